#include "adapters/https/json_directory.h"

#include <algorithm>

#include "adapters/https/json_text.h"
#include "adapters/https/problems.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/time.h"

namespace tocsin::https {
namespace {

std::string time_json(const std::optional<base::UtcTime>& time) {
  return time ? quoted_json(base::to_rfc3339(*time)) : std::string("null");
}

std::string contact_json(const ports::DirectoryContact& contact, bool whole) {
  return ObjectText()
      .text("kind", model::name_of(contact.kind))
      .text("address", whole ? contact.address : base::masked(contact.address))
      .null_or_text("extension", contact.extension)
      .number("order", contact.order)
      .raw("agreed_when", time_json(contact.agreed_when))
      .null_or_text("agreed_how", contact.agreed_how)
      .raw("withdrawn", time_json(contact.withdrawn))
      .raw("verified_when", time_json(contact.verified_when))
      .null_or_text("verified_how", contact.verified_how)
      .flag("not_at_night", contact.not_at_night)
      .done();
}

std::string finding_json(const base::Diagnostic& f) {
  return ObjectText()
      .text("severity", base::name_of(f.severity))
      .text("code", f.code)
      .null_or_text("file", f.file)
      .number("line", f.line)
      .number("column", f.column)
      .text("message", f.message)
      .null_or_text("hint", f.hint)
      .null_or_text("message_zh", f.message_zh)
      .null_or_text("hint_zh", f.hint_zh)
      .done();
}

std::string findings_json(const base::Diagnostics& findings) {
  std::vector<std::string> all;
  for (const auto& finding : findings) all.push_back(finding_json(finding));
  return list_json(all);
}

std::string difference_json(const ports::DirectoryDifference& one) {
  std::vector<std::string> fields;
  for (const auto& field : one.fields) fields.push_back(quoted_json(field));
  return ObjectText()
      .text("table", one.table)
      .text("row", one.row)
      .text("what", one.what)
      .raw("fields", list_json(fields))
      .done();
}

std::string person_json(const ports::NamedOne& one) {
  if (one.code.empty()) return "null";
  return ObjectText().text("code", one.code).text("name", one.name).done();
}

std::string area_json(const ports::NamedOne& one) {
  if (one.code.empty()) return "null";
  return ObjectText().text("code", one.code).text("name", one.name).text("path", one.path).done();
}

ObjectText& add_counts(ObjectText& json, const model::DirectoryCounts& rows) {
  return json.number("added", rows.added).number("changed", rows.changed).number("gone", rows.gone);
}

}  // namespace

std::string directory_head_json(const ports::DirectoryHead& head) {
  return ObjectText()
      .number("version", head.version)
      .number("persons", head.persons)
      .number("contacts", head.contacts)
      .number("areas", head.areas)
      .number("posts", head.posts)
      .number("units", head.units)
      .number("groups", head.groups)
      .done();
}

std::string directory_person_json(const ports::DirectoryPerson& person, bool whole) {
  std::vector<std::string> contacts;
  for (const auto& contact : person.contacts) contacts.push_back(contact_json(contact, whole));
  return ObjectText()
      .text("code", person.code)
      .text("name", person.name)
      .text("kind", person.section ? "section" : "person")
      .text("language", person.language)
      .null_or_text("door", person.door)
      .null_or_text("notes", person.notes)
      .raw("contacts", list_json(contacts))
      .text("version", model::to_text(person.version))
      .done();
}

std::string directory_persons_json(const ports::FoundPersons& found, bool whole, std::string_view next) {
  std::vector<std::string> persons;
  for (const auto& person : found.persons) persons.push_back(directory_person_json(person, whole));
  return ObjectText().raw("persons", list_json(persons)).null_or_text("next", next).done();
}

std::string directory_changes_json(const std::vector<ports::DirectoryEntry>& entries) {
  std::vector<std::string> all;
  for (const auto& e : entries) {
    ObjectText json;
    json.number("version", e.version)
        .text("at", base::to_rfc3339(e.at))
        .text("by", e.by)
        .text("how", model::name_of(e.how))
        .null_or_text("reason", e.reason)
        .raw("undoes", e.undoes == 0 ? "null" : std::to_string(e.undoes))
        .raw("undone_by", e.undone_by == 0 ? "null" : std::to_string(e.undone_by));
    all.push_back(add_counts(json, e.rows).done());
  }
  return ObjectText().raw("changes", list_json(all)).done();
}

std::string directory_sheets_json(std::int64_t version, const std::vector<ports::DirectorySheet>& sheets) {
  std::vector<std::string> all;
  for (const auto& sheet : sheets) {
    all.push_back(ObjectText().text("name", sheet.name).text("text", sheet.text).done());
  }
  return ObjectText().number("version", version).raw("sheets", list_json(all)).done();
}

std::string directory_lists_json(const std::vector<ports::DirectoryList>& lists) {
  std::vector<std::string> all;
  for (const auto& list : lists) {
    all.push_back(ObjectText()
                      .text("name", list.name)
                      .text("mapping", list.mapping)
                      .text("at", base::to_rfc3339(list.at))
                      .text("by", list.by)
                      .done());
  }
  return ObjectText().raw("lists", list_json(all)).done();
}

std::string directory_posts_json(const std::vector<ports::DirectoryPost>& posts) {
  std::vector<std::string> all;
  for (const auto& post : posts) {
    std::vector<std::string> deputies;
    for (const auto& deputy : post.deputies) {
      deputies.push_back(
          ObjectText().text("code", deputy.code).text("name", deputy.name).flag("on_leave", deputy.on_leave).done());
    }
    all.push_back(ObjectText()
                      .text("code", post.code)
                      .text("name", post.name)
                      .raw("area", area_json(post.area))
                      .raw("holder", person_json(post.holder))
                      .raw("deputies", list_json(deputies))
                      .flag("on_leave", post.holder.on_leave)
                      .done());
  }
  return ObjectText().raw("posts", list_json(all)).done();
}

std::string directory_units_json(const std::vector<ports::DirectoryUnit>& units) {
  std::vector<std::string> all;
  for (const auto& unit : units) {
    std::vector<std::string> members;
    for (const auto& member : unit.members) {
      const bool leads = unit.responsible && members.empty();
      members.push_back(
          ObjectText().raw("person", person_json(member)).text("role", leads ? "responsible" : "member").done());
    }
    all.push_back(ObjectText()
                      .text("code", unit.code)
                      .text("name", unit.name)
                      .raw("area", area_json(unit.area))
                      .raw("members", list_json(members))
                      .done());
  }
  return ObjectText().raw("units", list_json(all)).done();
}

std::string directory_changed_json(const ports::PreparedChange& change, std::int64_t version, bool dry_run) {
  std::vector<std::string> differences;
  for (const auto& one : change.differences) differences.push_back(difference_json(one));
  ObjectText json;
  json.number("version", version).number("base_version", change.base).flag("dry_run", dry_run);
  return add_counts(json, change.rows)
      .raw("differences", list_json(differences))
      .raw("findings", findings_json(change.findings))
      .done();
}

HttpResponse directory_refused(const ports::PreparedChange& change, std::string_view language) {
  const auto errors = std::count_if(change.findings.begin(), change.findings.end(),
                                    [](const auto& f) { return f.severity == base::Severity::kError; });
  const auto detail = language == "zh" ? std::to_string(errors) + "处错误，通讯录未改动"
                                       : "errors: " + std::to_string(errors) + "; nothing was changed";
  auto response = problem_response(Problem::kDirectoryRefused, detail, {}, language);
  response.body.pop_back();  // the brace
  response.body += ",\"findings\":" + findings_json(change.findings) + "}";
  return response;
}

}  // namespace tocsin::https
