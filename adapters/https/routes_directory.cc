// The directory: looked up, changed and taken back by its administrators.
#include <algorithm>
#include <limits>

#include "adapters/https/handlers.h"
#include "adapters/https/json_directory.h"
#include "adapters/https/json_in.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {
namespace {

constexpr int kUsualPersons = 50, kMostPersons = 500, kUsualChanges = 50, kMostChanges = 500;
constexpr std::size_t kMostSheets = 100, kMostContacts = 20, kMostLists = 10;
constexpr std::size_t kLongestSheet = 16 * 1024 * 1024;

base::Result<std::string> reason_given(const Call& call, bool required) {
  const auto reason = std::string(call.query_value("reason"));
  if (reason.empty() && required) return base::invalid("reason: is required", "reason");
  if (reason.size() > 2000) return base::invalid("reason: at most 2000 bytes", "reason");
  return reason;
}

base::Result<ports::DirectoryContact> read_contact(const JsonObject& object) {
  Fields fields(object);
  ports::DirectoryContact contact;
  const auto kind = fields.word("kind", {"mobile", "landline", "email", "webhook", "console"}, true);
  contact.address = fields.text("address", {.required = true, .max_characters = 500});
  contact.extension = fields.text("extension", {.max_characters = 8});
  contact.order = static_cast<int>(std::min<std::int64_t>(fields.whole_number("order", false).value_or(0), 1001));
  contact.agreed_when = fields.time("agreed_when");
  contact.agreed_how = fields.text("agreed_how", {.max_characters = 500});
  contact.withdrawn = fields.time("withdrawn");
  contact.verified_when = fields.time("verified_when");
  contact.verified_how = fields.text("verified_how", {.max_characters = 500});
  contact.not_at_night = fields.flag("not_at_night");
  if (auto status = fields.finish(); !status.ok()) return status.error().within("contacts");
  contact.kind = model::contact_kind_named(kind).value_or(model::ContactKind::kMobile);
  return contact;
}

struct PersonBody {
  ports::DirectoryPerson person;
  std::string reason;
};

base::Result<PersonBody> read_person(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  PersonBody body;
  body.person.code = call.arguments.at(0);
  body.person.name = fields.text("name", {.required = true, .max_characters = 100});
  body.person.section = fields.word("kind", {"person", "section"}, false) == "section";
  body.person.language = fields.text("language", {.required = true, .max_characters = 16});
  body.person.door = fields.text("door", {.max_characters = 500});
  body.person.notes = fields.text("notes", {.max_characters = 500});
  body.reason = fields.text("reason", {.max_characters = 500});
  const auto contacts = fields.objects("contacts", kMostContacts);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  for (const auto* one : contacts) {
    auto contact = read_contact(*one);
    if (!contact.ok()) return contact.error();
    body.person.contacts.push_back(std::move(*contact));
  }
  return body;
}

base::Result<ports::DirectoryList> read_list(const JsonObject& object) {
  constexpr std::size_t kLongestName = 200, kLongestMapping = 64UL * 1024, kLongestPersons = 8UL * 1024 * 1024;
  constexpr std::size_t kLongestCode = 64;
  Fields fields(object);
  ports::DirectoryList list;
  list.name = fields.text("name", {.required = true, .max_characters = kLongestName});
  list.mapping = fields.document("mapping", kLongestMapping);
  list.header = fields.document("header", kLongestMapping);
  const auto persons = fields.document("persons", kLongestPersons);
  if (auto status = fields.finish(); !status.ok()) return status.error().within("lists");
  for (std::size_t at = 0; at < persons.size();) {
    const auto end = std::min(persons.find('\n', at), persons.size());
    if (end - at > kLongestCode) return base::invalid("lists: persons: a code is too long", "lists");
    if (end > at) list.persons.push_back(persons.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

bool chinese(const Call& call) {
  const auto language = call.query_value("lang");
  return (language.empty() ? std::string_view(call.language) : language) == "zh";
}

// Made first, so that what cannot be made is not in the record as having gone out.
base::Result<HttpResponse> send_document(const Call& call, const ports::DocumentWish& wish, std::string_view route) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto reason = reason_given(call, true);
  if (!reason.ok()) return reason.error();
  auto document = base::Result<ports::DirectoryDocument>(ports::DirectoryDocument{});
  {
    const Waiting waiting;
    document = (*desk)->document(wish);
  }
  if (!document.ok()) return document.error();
  if (auto noted = note_reason(call, *reason, route); !noted) return noted.error();
  HttpResponse response;
  response.content_type = document->content_type;
  response.body = std::move(document->bytes);
  std::string left_out;
  for (const auto& code : document->left_out) {
    if (left_out.size() + code.size() > 2000) break;
    left_out += (left_out.empty() ? "" : " ") + code;
  }
  if (!left_out.empty()) response.headers.emplace_back("Tocsin-Left-Out", left_out);
  if (document->ending != "html") {
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + wish.as + "." + document->ending + "\"");
  }
  return response;
}

base::Result<HttpResponse> export_document(const Call& call) {
  ports::DocumentWish wish;
  wish.as = std::string(call.query_value("as"));
  wish.chinese = chinese(call);
  wish.at = call.door.now();
  const auto format = call.query_value("format");
  const auto beside = query_number(call, "beside", 2, 2, 3);
  if (!beside.ok()) return beside.error();
  if (wish.as == "call-list") return base::invalid("as: the call list is at /api/v1/directory/print", "as");
  if (!format.empty() && format != "csv" && format != "xlsx") return base::invalid("format: csv or xlsx", "format");
  wish.xlsx = format == "xlsx";
  wish.beside = static_cast<int>(*beside);
  return send_document(call, wish, "GET /api/v1/directory/export");
}

}  // namespace

base::Result<HttpResponse> get_directory(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto head = (*desk)->head();
  if (!head.ok()) return head.error();
  return with_version(json_response(200, directory_head_json(*head)), ports::version_of(*head));
}

base::Result<HttpResponse> get_directory_persons(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto limit = query_number(call, "limit", kUsualPersons, 1, kMostPersons);
  if (!limit.ok()) return limit.error();
  const auto reason = reason_given(call, false);
  if (!reason.ok()) return reason.error();
  ports::PersonSearch search;
  search.words = std::string(call.query_value("q")).substr(0, 100);
  search.after = std::string(call.query_value("cursor")).substr(0, 64);
  search.limit = static_cast<int>(*limit);
  if (!reason->empty()) {
    if (auto noted = note_reason(call, *reason, "GET /api/v1/directory/persons"); !noted) return noted.error();
  } else {
    call.doorway.audit.read_list(call.by, "GET /api/v1/directory/persons");
  }
  const auto found = (*desk)->persons(search);
  if (!found.ok()) return found.error();
  const auto next = found->more && !found->persons.empty() ? found->persons.back().code : std::string();
  return json_response(200, directory_persons_json(*found, !reason->empty(), next));
}

base::Result<HttpResponse> get_directory_person(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto reason = reason_given(call, false);
  if (!reason.ok()) return reason.error();
  const auto person = (*desk)->person(call.arguments.at(0));
  if (!person.ok()) return person.error();
  if (!reason->empty()) {
    if (auto noted = note_reason(call, *reason, "GET /api/v1/directory/persons/{person}"); !noted) return noted.error();
  }
  return with_version(json_response(200, directory_person_json(*person, !reason->empty())), person->version);
}

base::Result<HttpResponse> get_person_data(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto reason = reason_given(call, true);
  if (!reason.ok()) return reason.error();
  auto data = base::Result<std::string>(std::string());
  {
    const Waiting waiting;
    data = (*desk)->person_data(call.arguments.at(0));
  }
  if (!data.ok()) return data.error();
  if (auto noted = note_reason(call, *reason, "GET /api/v1/directory/persons/{person}/data"); !noted)
    return noted.error();
  return json_response(200, std::move(*data));
}

base::Result<HttpResponse> post_erase_person(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.reason = fields.text("reason", {.required = true, .max_characters = 500});
  const auto base_version = fields.whole_number("base_version", false);
  const bool dry_run = fields.flag("dry_run");
  if (auto status = fields.finish(); !status.ok()) return status.error();
  ports::ErasePerson erase{call.arguments.at(0), expected(call)};
  if (call.request.if_match.empty()) wish.expected = expected_directory(call, base_version);
  if (!dry_run && !base_version && call.request.if_match.empty()) {
    return version_needed(call, "If-Match: the ETag of this person, or base_version of the directory");
  }
  wish.what = std::move(erase);
  return change_directory(call, wish, dry_run, 200);
}

base::Result<HttpResponse> put_directory_person(const Call& call) {
  const bool only_new = call.request.if_none_match == "*";
  if (call.request.if_match.empty() && !only_new) {
    return version_needed(call, "If-Match: the ETag of this person; If-None-Match: * for a new one");
  }
  auto body = read_person(call);
  if (!body.ok()) return body.error();
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.reason = std::move(body->reason);
  wish.what = ports::PutPerson{std::move(body->person), expected(call), only_new};
  return change_directory(call, wish, false, only_new ? 201 : 200);
}

base::Result<HttpResponse> delete_directory_person(const Call& call) {
  if (call.request.if_match.empty()) return version_needed(call, "If-Match: the ETag of this person");
  const auto reason = reason_given(call, false);
  if (!reason.ok()) return reason.error();
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.reason = *reason;
  wish.what = ports::RemovePerson{call.arguments.at(0), expected(call)};
  return change_directory(call, wish, false, 200);
}

base::Result<HttpResponse> post_directory_import(const Call& call) {
  const auto object = parse_object(call.request.body, kMostDirectoryBytes);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  ports::ImportSheets import;
  import.whole = fields.flag("whole");
  import.time_zone = fields.text("time_zone", {.max_characters = 64});
  const bool dry_run = fields.flag("dry_run");
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.reason = fields.text("reason", {.max_characters = 500});
  wish.expected = expected_directory(call, fields.whole_number("base_version", false));
  const auto sheets = fields.objects("sheets", kMostSheets);
  const auto lists = fields.objects("lists", kMostLists);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (sheets.empty()) return base::invalid("sheets: is required", "sheets");
  for (const auto* one : lists) {
    auto list = read_list(*one);
    if (!list.ok()) return list.error();
    import.lists.push_back(std::move(*list));
  }
  for (const auto* one : sheets) {
    Fields given(*one);
    ports::DirectorySheet sheet;
    sheet.name = given.text("name", {.required = true, .max_characters = 200});
    sheet.text = given.document("text", kLongestSheet);
    if (auto status = given.finish(); !status.ok()) return status.error().within("sheets");
    import.sheets.push_back(std::move(sheet));
  }
  if (!dry_run && wish.expected.empty() && call.request.if_match.empty()) {
    return version_needed(call, "If-Match: the ETag of the directory, or base_version");
  }
  wish.what = std::move(import);
  return change_directory(call, wish, dry_run, 201);
}

base::Result<HttpResponse> post_directory_undo(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.what = ports::UndoLastChange{};
  wish.reason = fields.text("reason", {.max_characters = 500});
  wish.expected = expected_directory(call, fields.whole_number("base_version", false));
  const bool dry_run = fields.flag("dry_run");
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!dry_run && wish.expected.empty() && call.request.if_match.empty()) {
    return version_needed(call, "If-Match: the ETag of the directory, or base_version");
  }
  return change_directory(call, wish, dry_run, 200);
}

base::Result<HttpResponse> get_directory_changes(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto limit = query_number(call, "limit", kUsualChanges, 1, kMostChanges);
  if (!limit.ok()) return limit.error();
  const auto before = query_number(call, "before", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!before.ok()) return before.error();
  const auto entries = (*desk)->changes(*before, static_cast<int>(*limit));
  if (!entries.ok()) return entries.error();
  return json_response(200, directory_changes_json(*entries));
}

base::Result<HttpResponse> get_directory_export(const Call& call) {
  if (!call.query_value("as").empty()) return export_document(call);
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto reason = reason_given(call, true);
  if (!reason.ok()) return reason.error();
  const auto head = (*desk)->head();
  if (!head.ok()) return head.error();
  if (auto noted = note_reason(call, *reason, "GET /api/v1/directory/export"); !noted) return noted.error();
  const auto sheets = (*desk)->sheets();
  if (!sheets.ok()) return sheets.error();
  const auto wanted = std::string(call.query_value("sheet"));
  if (wanted.empty()) return json_response(200, directory_sheets_json(head->version, *sheets));
  for (const auto& sheet : *sheets) {
    if (sheet.name != wanted && sheet.name != wanted + ".csv") continue;
    HttpResponse response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = sheet.text;
    return response;
  }
  return base::Error{base::ErrorCode::kNotFound, "there is no such sheet", {}};
}

base::Result<HttpResponse> get_directory_lists(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto lists = (*desk)->lists();
  if (!lists.ok()) return lists.error();
  return json_response(200, directory_lists_json(*lists));
}

base::Result<HttpResponse> post_directory_list_forgotten(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.what = ports::ForgetList{fields.text("name", {.required = true, .max_characters = 200})};
  wish.reason = fields.text("reason", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  return change_directory(call, wish, false, 200);
}

base::Result<HttpResponse> get_directory_print(const Call& call) {
  const auto plan = call.query_value("plan");
  if (!plan.empty() && plan != "in-force") return base::invalid("plan: in-force", "plan");
  ports::DocumentWish wish;
  wish.as = "call-list";
  wish.chinese = chinese(call);
  wish.at = call.door.now();
  auto page = send_document(call, wish, "GET /api/v1/directory/print");
  // Its own style, which is written on the elements too; nothing else.
  if (page.ok()) {
    page->headers.emplace_back("Content-Security-Policy",
                               "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                               "frame-ancestors 'none'");
  }
  return page;
}

// Of what is read from the database itself, where no route shows it.
base::Result<HttpResponse> post_directory_reading(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto what = fields.word("what", {"list", "show", "read", "doubtful", "simulate", "print", "person-data"}, true);
  const auto reason = fields.text("reason", {.required = true, .max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (auto noted = note_reason(call, reason, "directory " + what); !noted) return noted.error();
  return json_response(200, "{}");
}

}  // namespace tocsin::https
