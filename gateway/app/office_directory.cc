#include "gateway/app/office_directory.h"

#include <algorithm>
#include <utility>

#include "directory/edit.h"
#include "directory/history.h"
#include "directory/lookup.h"
#include "directory/snapshot.h"
#include "directory/write_sheets.h"
#include "gateway/app/directory_document.h"
#include "gateway/base/digest.h"
#include "gateway/base/local_time.h"
#include "gateway/base/phone_number.h"
#include "gateway/ports/directory_work.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMostDifferences = 200;  // shown; all are counted

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

// Moves with the rows of that person and with nothing else; the same rows have the same version again.
model::Version version_of_rows(const directory::PersonRow& person, const std::vector<directory::ContactRow>& contacts) {
  std::string text;
  const auto add = [&text](const directory::Cells& cells) {
    for (const auto& cell : cells) text += std::to_string(cell.size()) + ':' + cell;
  };
  add(directory::exact_cells(person));
  for (const auto& contact : contacts) add(directory::exact_cells(contact));
  std::int64_t number = 0;
  const auto digest = base::digest(text);
  for (std::size_t i = 0; i < 7; ++i) number = number << 8 | digest[i];
  return {person.id.value, number};
}

ports::DirectoryPerson person_of(const directory::PersonRow& row, const std::vector<directory::ContactRow>& contacts) {
  ports::DirectoryPerson person{row.code, row.name, row.language, row.door, row.notes, {}, row.section, {}};
  for (const auto& c : contacts) {
    person.contacts.push_back({c.kind, c.address, c.extension, c.order, c.agreed_when, c.agreed_how, c.withdrawn,
                               c.verified_when, c.verified_how, c.not_at_night, c.id});
  }
  person.version = version_of_rows(row, contacts);
  return person;
}

// As find_person() gives them.
std::vector<directory::ContactRow> contacts_in(const directory::Tables& tables, const std::string& person) {
  std::vector<directory::ContactRow> contacts;
  for (const auto& row : tables.contacts) {
    if (row.person == person) contacts.push_back(row);
  }
  std::stable_sort(contacts.begin(), contacts.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
  return contacts;
}

const directory::PersonRow* person_in(const directory::Tables& tables, const std::string& code) {
  const auto found = std::find_if(tables.persons.begin(), tables.persons.end(),
                                  [&](const directory::PersonRow& row) { return row.code == code; });
  return found == tables.persons.end() ? nullptr : &*found;
}

// "wu, mobile, *******0001": enough to know which row, never a whole number.
std::string shown(directory::Table table, const directory::Cells& cells) {
  std::string text;
  const auto columns = directory::shape_of(table).columns;
  for (std::size_t i = 0; i < cells.size() && i < 4; ++i) {
    if (cells[i].empty() || i >= columns.size() || columns[i].name == "order") continue;
    const bool address = columns[i].name == "address";
    text += (text.empty() ? "" : ", ") + (address ? base::masked(cells[i]) : cells[i]);
  }
  return text;
}

std::vector<std::string> changed_columns(directory::Table table, const directory::ChangedRow& row) {
  std::vector<std::string> names;
  const auto columns = directory::shape_of(table).columns;
  for (std::size_t i = 0; i < columns.size() && i < row.before.size() && i < row.after.size(); ++i) {
    if (row.before[i] != row.after[i]) names.emplace_back(columns[i].name);
  }
  // Kept with the row, in no sheet.
  if (table == directory::Table::kAreas && row.before.back() != row.after.back()) names.emplace_back("outline");
  return names;
}

std::vector<ports::DirectoryDifference> differences_of(const directory::Delta& delta) {
  std::vector<ports::DirectoryDifference> all;
  const auto add = [&all](directory::Table table, const directory::Cells& cells, const char* what,
                          std::vector<std::string> fields) {
    if (all.size() >= kMostDifferences) return;
    all.push_back({std::string(directory::shape_of(table).name), shown(table, cells), what, std::move(fields)});
  };
  for (const auto& one : delta.tables) {
    for (const auto& row : one.gone) add(one.table, row.cells, "gone", {});
    for (const auto& row : one.changed) add(one.table, row.after, "changed", changed_columns(one.table, row));
    for (const auto& row : one.added) add(one.table, row.cells, "added", {});
  }
  return all;
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
  if (there == nullptr && !wish.expected.empty()) {
    return base::Error{base::ErrorCode::kChanged, "the directory has nobody of that code", {}};
  }
  if (there != nullptr && wish.only_new) {
    return base::Error{base::ErrorCode::kChanged, "the directory has somebody of that code already", {}};
  }
  if (there != nullptr) {
    const auto stands = model::check(wish.expected, version_of_rows(*there, contacts_in(before.tables, person.code)));
    if (!stands) return stands.error();
  }
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
  const auto stands = model::check(wish.expected, version_of_rows(*there, contacts_in(before.tables, wish.code)));
  if (!stands) return stands.error();
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
                                 std::function<plan::PlanPtr()> plan, db::Session& writer)
    : database_(std::move(database)),
      vfs_(std::move(vfs)),
      dialing_(std::move(dialing)),
      plan_(std::move(plan)),
      writer_(writer) {}

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
  const auto found = directory::find_persons(**session, search.words, search.after, search.limit + 1);
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
