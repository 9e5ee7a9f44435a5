#include "gateway/app/office_directory.h"

#include <algorithm>
#include <utility>

#include "directory/directory_store.h"
#include "directory/duty_course.h"
#include "directory/edit.h"
#include "directory/history.h"
#include "directory/holders.h"
#include "directory/lookup.h"
#include "directory/person_feed.h"
#include "directory/snapshot.h"
#include "directory/write_sheets.h"
#include "gateway/app/directory_differences.h"
#include "gateway/app/directory_document.h"
#include "gateway/app/office_list.h"
#include "gateway/app/office_person.h"
#include "gateway/base/local_time.h"
#include "gateway/ports/directory_work.h"

namespace tocsin::app {
namespace {

constexpr int kFeedDaysBack = 31, kFeedDays = 366;

class Work final : public ports::DirectoryWork {
 public:
  Work(directory::Change change, db::Session& writer, model::PersonId owner)
      : change_(std::move(change)),
        writer_(writer),
        owner_(owner),
        roster_(std::make_shared<const directory::Snapshot>(
            change_.after.tables, change_.only_lists() ? change_.base : change_.after.version)) {}

  base::Result<model::DirectoryChanged> apply(const std::string& by, const std::string& reason,
                                              base::UtcTime now) override {
    if (auto written = directory::write_change(writer_, change_, by, reason, now); !written) return written.error();
    if (change_.only_lists()) return model::DirectoryChanged{change_.base, {}};
    return model::DirectoryChanged{change_.after.version, directory::counts_of(change_.delta)};
  }
  [[nodiscard]] ports::RosterPtr roster() const override { return roster_; }
  [[nodiscard]] model::PersonId owner() const override { return owner_; }

 private:
  const directory::Change change_;
  db::Session& writer_;
  const model::PersonId owner_;
  const ports::RosterPtr roster_;
};

ports::DirectoryPerson person_of(const directory::PersonRow& row, const std::vector<directory::ContactRow>& contacts) {
  ports::DirectoryPerson person{row.code, row.name, row.language, row.door, row.notes, {}, row.section, {}};
  for (const auto& c : contacts) {
    person.contacts.push_back({c.kind, c.address, c.extension, c.order, c.agreed_when, c.agreed_how, c.withdrawn,
                               c.verified_when, c.verified_how, c.not_at_night, c.id});
  }
  person.version = version_of_rows(row, contacts);
  return person;
}

// What a wish makes of the directory: a change, or findings that forbid one.
struct Wished {
  base::Diagnostics findings;
  std::optional<directory::Change> change;
};

Wished wished(const directory::State& before, directory::Edited edited) {
  Wished result{std::move(edited.findings), {}};
  if (!base::has_errors(result.findings)) {
    result.change = directory::prepare_change(before, std::move(edited.tables), model::DirectoryHow::kEdit);
  }
  return result;
}

base::Result<Wished> wished(const directory::State& before, const ports::ImportSheets& wish,
                            directory::ImportOptions options) {
  if (!wish.time_zone.empty()) options.time_zone = wish.time_zone;
  options.keep = &before.tables;
  std::vector<directory::Sheet> sheets;
  for (const auto& sheet : wish.sheets) sheets.push_back({sheet.name, sheet.text});
  auto imported = directory::read_sheets(std::move(sheets), wish.whole, options);
  Wished result{std::move(imported.findings), {}};
  if (!base::has_errors(result.findings)) {
    result.change =
        directory::prepare_change(before, std::move(imported.tables), model::DirectoryHow::kImport, imported.digest);
    for (const auto& list : wish.lists) {
      result.change->remember.push_back({list.name, list.mapping, list.header, list.persons, {}, {}});
    }
  }
  return result;
}

base::Result<Wished> wished(const directory::State& before, const ports::PutPerson& wish,
                            const directory::ImportOptions& options) {
  const auto& person = wish.person;
  const auto* there = person_in(before.tables, person.code);
  if (there != nullptr && wish.only_new) {
    return base::Error{base::ErrorCode::kChanged, "the directory has somebody of that code already", {}};
  }
  if (auto stands = check_person(before.tables, person.code, wish.expected); !stands) return stands.error();
  directory::PersonEdit edit;
  edit.person = {{}, person.code, person.name, person.language, person.door, person.notes, person.section};
  for (const auto& c : person.contacts) {
    directory::ContactRow row;
    row.kind = c.kind;
    row.address = c.address;
    row.extension = c.extension;
    row.order = c.order;
    row.agreed_when = c.agreed_when;
    row.agreed_how = c.agreed_how;
    row.withdrawn = c.withdrawn;
    row.verified_when = c.verified_when;
    row.verified_how = c.verified_how;
    row.not_at_night = c.not_at_night;
    edit.contacts.push_back(std::move(row));
  }
  return wished(before, directory::put_person(before.tables, edit, options));
}

base::Result<Wished> wished(const directory::State& before, const ports::RemovePerson& wish,
                            const directory::ImportOptions& options) {
  const auto* there = person_in(before.tables, wish.code);
  if (there == nullptr) return base::Error{base::ErrorCode::kNotFound, "the directory has nobody of that code", {}};
  if (auto stands = check_person(before.tables, wish.code, wish.expected); !stands) return stands.error();
  return wished(before, directory::remove_person(before.tables, wish.code, options));
}

base::Result<Wished> wished(const directory::State& before, const ports::WithdrawContact& wish) {
  directory::Tables after = before.tables;
  const auto owner = std::find_if(after.persons.begin(), after.persons.end(),
                                  [&](const directory::PersonRow& row) { return row.id == wish.person; });
  const auto row = std::find_if(after.contacts.begin(), after.contacts.end(),
                                [&](const directory::ContactRow& c) { return c.id == wish.contact; });
  if (owner == after.persons.end() || row == after.contacts.end() || row->person != owner->code) {
    return base::Error{base::ErrorCode::kNotFound, "you have no such contact point", {}};
  }
  if (row->withdrawn) return base::Error{base::ErrorCode::kConflict, "it is withdrawn already", {}};
  row->withdrawn = wish.at;
  return Wished{{}, directory::prepare_change(before, std::move(after), model::DirectoryHow::kEdit)};
}

base::Result<Wished> wished(db::Session& session, const directory::State& before, const ports::ForgetList& wish) {
  const auto known = directory::known_list(session, wish.name);
  if (!known) return known.error();
  if (!*known || (*known)->name != wish.name) {
    return base::Error{base::ErrorCode::kNotFound, "nothing is remembered of a list of that name", {}};
  }
  Wished result;
  result.change = directory::prepare_change(before, before.tables, model::DirectoryHow::kEdit);
  result.change->forget.push_back(wish.name);
  return result;
}

}  // namespace

OfficeDirectory::OfficeDirectory(std::string database, std::string vfs, base::DialingRules dialing,
                                 std::function<plan::PlanPtr()> plan, db::Session& writer,
                                 std::function<ports::RosterPtr()> roster)
    : database_(std::move(database)),
      vfs_(std::move(vfs)),
      dialing_(std::move(dialing)),
      plan_(std::move(plan)),
      writer_(writer),
      roster_(std::move(roster)) {}

base::Result<std::unique_ptr<db::Session>> OfficeDirectory::reader() const {
  db::OpenOptions how;
  how.mode = db::Mode::kReadOnly;
  how.vfs = vfs_;
  return db::Session::open(database_, how);
}

std::string OfficeDirectory::zone() const {
  const auto plan = plan_();
  return plan ? plan->time_zone : directory::ImportOptions().time_zone;
}

directory::ImportOptions OfficeDirectory::options() const {
  directory::ImportOptions how;
  how.dialing = dialing_;
  how.time_zone = zone();
  return how;
}

base::Result<ports::DirectoryHead> OfficeDirectory::head() const {
  auto session = reader();
  if (!session) return session.error();
  const auto sizes = directory::directory_sizes(**session);
  if (!sizes) return sizes.error();
  return ports::DirectoryHead{sizes->version, sizes->persons, sizes->contacts, sizes->areas,
                              sizes->posts,   sizes->units,   sizes->groups};
}

base::Result<ports::FoundPersons> OfficeDirectory::persons(const ports::PersonSearch& search) const {
  auto session = reader();
  if (!session) return session.error();
  auto one_more = search;
  ++one_more.limit;
  const auto found = finder_.find(**session, one_more);
  if (!found) return found.error();
  ports::FoundPersons page;
  for (const auto& one : *found) {
    if (static_cast<int>(page.persons.size()) == search.limit) {
      page.more = true;
      break;
    }
    page.persons.push_back(person_of(one.person, one.contacts));
  }
  return page;
}

base::Result<ports::DirectoryPerson> OfficeDirectory::person(const std::string& code) const {
  auto session = reader();
  if (!session) return session.error();
  const auto found = directory::find_person(**session, code);
  if (!found) return found.error();
  return person_of(found->person, found->contacts);
}

base::Result<std::vector<ports::DirectoryEntry>> OfficeDirectory::changes(std::int64_t before, int limit) const {
  auto session = reader();
  if (!session) return session.error();
  auto entries = directory::history(**session, before, limit);
  if (!entries) return entries.error();
  std::vector<ports::DirectoryEntry> all;
  for (auto& e : *entries) {
    all.push_back({e.version, e.at, std::move(e.by), e.how, std::move(e.reason), e.undoes, e.undone_by, e.rows});
  }
  return all;
}

base::Result<std::vector<ports::DirectorySheet>> OfficeDirectory::sheets() const {
  auto session = reader();
  if (!session) return session.error();
  const auto state = directory::load_state(**session);
  if (!state) return state.error();
  std::vector<ports::DirectorySheet> sheets;
  for (auto& sheet : directory::write_sheets(state->tables, zone())) {
    sheets.push_back({std::move(sheet.name), std::move(sheet.text)});
  }
  return sheets;
}

base::Result<std::vector<ports::DirectoryList>> OfficeDirectory::lists() const {
  auto session = reader();
  if (!session) return session.error();
  auto known = directory::known_lists(**session);
  if (!known) return known.error();
  std::vector<ports::DirectoryList> all;
  for (auto& one : *known) {
    all.push_back({std::move(one.name), std::move(one.mapping), std::move(one.header), {}, one.at, std::move(one.by)});
  }
  return all;
}

base::Result<ports::DirectoryDocument> OfficeDirectory::document(const ports::DocumentWish& wish) const {
  auto session = reader();
  if (!session) return session.error();
  const auto state = directory::load_state(**session);
  if (!state) return state.error();
  const auto plan = plan_();
  return document_of(state->tables, state->version, wish, dialing_, plan.get());
}

base::Result<std::string> OfficeDirectory::person_data(const std::string& code) const {
  auto session = reader();
  if (!session) return session.error();
  return app::person_data(**session, code);
}

base::Result<ports::PastDirectoryPtr> OfficeDirectory::past() const {
  auto session = reader();
  if (!session) return session.error();
  const auto version = directory::directory_version(**session);
  if (!version) return version.error();
  auto known = past_.with([](const auto& past) { return past; });
  if (known && known->version() == *version) return ports::PastDirectoryPtr(std::move(known));
  auto read = directory::Past::read(**session);
  if (!read) return read.error();
  past_.with([&](auto& past) { past = *read; });
  return ports::PastDirectoryPtr(std::move(*read));
}

base::Result<std::shared_ptr<const directory::Snapshot>> OfficeDirectory::people() const {
  auto people = std::dynamic_pointer_cast<const directory::Snapshot>(roster_());
  if (!people) return base::Error{base::ErrorCode::kNotFound, "this office has no directory of its own", {}};
  return people;
}

base::Result<LoadedDirectory> OfficeDirectory::loaded() const {
  auto who = people();
  if (!who) return who.error();
  auto session = reader();
  if (!session) return session.error();
  auto state = directory::load_state(**session);
  if (!state) return state.error();
  return LoadedDirectory{std::move(state->tables), std::move(*who), {}};
}

base::Result<std::vector<ports::DirectoryPost>> OfficeDirectory::posts(base::UtcTime at) const {
  const auto who = people();
  if (!who) return who.error();
  auto session = reader();
  if (!session) return session.error();
  return directory::posts_held(**session, **who, at);
}

base::Result<std::vector<ports::DirectoryUnit>> OfficeDirectory::units() const {
  const auto who = people();
  if (!who) return who.error();
  auto session = reader();
  if (!session) return session.error();
  return directory::units_filled(**session, **who);
}

base::Result<std::string> OfficeDirectory::duties(base::UtcTime from, int days) const {
  const auto who = people();
  if (!who) return who.error();
  auto session = reader();
  if (!session) return session.error();
  const auto stored = directory::stored_duties(**session);
  if (!stored) return stored.error();
  const auto titles = directory::stored_duty_titles(**session);
  if (!titles) return titles.error();
  const auto midnight = base::midnight_before(from, zone());
  return directory::duty_json(**who, *stored, {midnight, midnight + std::chrono::hours(24) * days}, *titles);
}

base::Result<std::string> OfficeDirectory::feed(model::PersonId person, base::UtcTime now,
                                                const std::string& host) const {
  const auto people = std::dynamic_pointer_cast<const directory::Snapshot>(roster_());
  const auto* card = people ? people->person(person) : nullptr;
  if (card == nullptr) return base::Error{base::ErrorCode::kNotFound, "the directory has nobody of that id", {}};
  auto session = reader();
  if (!session) return session.error();
  const auto duties = directory::stored_duties(**session);
  if (!duties) return duties.error();
  const auto today = base::midnight_before(now, zone());
  const roster::Span span{today - std::chrono::hours(24) * kFeedDaysBack, today + std::chrono::hours(24) * kFeedDays};
  // Made when the day began, so that a feed that says the same is the same.
  return roster::write_feed(directory::person_feed(*duties, *people, *card, span, host, today));
}

std::future<base::Result<ports::ListRead>> OfficeDirectory::read_list(ports::ListWish wish) const {
  return lists_.run([this, wish = std::move(wish)]() -> base::Result<ports::ListRead> {
    auto session = reader();
    if (!session) return session.error();
    const auto plan = plan_();
    return read_office_list(**session, wish, {dialing_, zone(), plan.get()});
  });
}

base::Result<ports::PreparedChange> OfficeDirectory::prepare(const ports::DirectoryWish& wish) const {
  const std::unique_lock alone(preparing_, std::try_to_lock);
  if (!alone.owns_lock()) {
    return base::Error{base::ErrorCode::kRetryLater, "another change of the directory is being prepared", {}};
  }
  auto session = reader();
  if (!session) return session.error();
  const auto before = directory::load_state(**session);
  if (!before) return before.error();
  ports::DirectoryHead head;
  head.version = before->version;
  if (auto stands = model::check(wish.expected, ports::version_of(head)); !stands) return stands.error();
  if (std::holds_alternative<ports::ErasePerson>(wish.what)) {
    return prepare_person_erasure(**session, writer_, wish, options());
  }
  auto made = base::Result<Wished>(Wished{});
  if (std::holds_alternative<ports::UndoLastChange>(wish.what)) {
    auto undo = directory::prepare_undo(**session, *before);
    if (!undo) return undo.error();
    made->change = std::move(*undo);
  } else if (const auto* import = std::get_if<ports::ImportSheets>(&wish.what)) {
    made = wished(*before, *import, options());
  } else if (const auto* forget = std::get_if<ports::ForgetList>(&wish.what)) {
    made = wished(**session, *before, *forget);
  } else if (const auto* put = std::get_if<ports::PutPerson>(&wish.what)) {
    made = wished(*before, *put, options());
  } else if (const auto* withdraw = std::get_if<ports::WithdrawContact>(&wish.what)) {
    made = wished(*before, *withdraw);
  } else {
    made = wished(*before, std::get<ports::RemovePerson>(wish.what), options());
  }
  if (!made) return made.error();
  ports::PreparedChange prepared;
  prepared.findings = std::move(made->findings);
  prepared.base = before->version;
  prepared.may_stand = made->change.has_value();
  if (!prepared.may_stand) return prepared;
  auto& change = *made->change;
  prepared.rows = directory::counts_of(change.delta);
  prepared.lists = !change.remember.empty() || !change.forget.empty();
  prepared.differences = differences_of(change.delta);
  if (const auto* put = std::get_if<ports::PutPerson>(&wish.what)) {
    const auto& after = change.after.tables;
    if (const auto* row = person_in(after, put->person.code)) {
      prepared.person = version_of_rows(*row, contacts_in(after, row->code));
    }
  }
  prepared.command.by = wish.by;
  prepared.command.how = change.how;
  prepared.command.reason = wish.reason;
  const auto* withdraw = std::get_if<ports::WithdrawContact>(&wish.what);
  prepared.command.work =
      std::make_shared<Work>(std::move(change), writer_, withdraw == nullptr ? model::PersonId{} : withdraw->person);
  return prepared;
}

}  // namespace tocsin::app
