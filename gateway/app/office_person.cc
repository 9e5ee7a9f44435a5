#include "gateway/app/office_person.h"

#include <algorithm>
#include <map>
#include <utility>

#include "adapters/https/json_text.h"
#include "directory/snapshot.h"
#include "directory/trail.h"
#include "gateway/app/directory_differences.h"
#include "gateway/store/care.h"
#include "gateway/store/person.h"

namespace tocsin::app {
namespace {

constexpr std::chrono::hours kEvidence{24 * 90};  // of contact points: model/contact_care.h looks no farther back

// All of one moment.
class Picture {
 public:
  explicit Picture(db::Session& session) : session_(session), begun_(session.begin_read()) {}
  ~Picture() {
    if (begun_) session_.end_read();
  }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  [[nodiscard]] const base::Status& begun() const { return begun_; }

 private:
  db::Session& session_;
  const base::Status begun_;
};

struct Known {
  directory::State state;
  directory::Trail trail;
};
base::Result<Known> look_up(db::Session& session, const std::string& code) {
  Known known;
  auto state = directory::load_state(session);
  if (!state) return state.error();
  auto trail = directory::read_trail(session, *state, code);
  if (!trail) return trail.error();
  known.state = std::move(*state);
  known.trail = std::move(*trail);
  return known;
}

store::PersonKeys keys_of(const Known& known) {
  store::PersonKeys keys;
  keys.ids = known.trail.ids;
  keys.contacts = known.trail.contacts;
  keys.code = known.trail.code;
  keys.names = known.trail.names;
  // One that somebody else has too is somebody else's.
  for (const auto& address : known.trail.addresses) {
    const auto& rows = known.state.tables.contacts;
    const bool shared = std::any_of(rows.begin(), rows.end(), [&](const directory::ContactRow& row) {
      return row.address == address && row.person != known.trail.code;
    });
    if (!shared) keys.addresses.push_back(address);
  }
  for (const auto& other : known.state.tables.persons) {
    if (other.code == known.trail.code) continue;
    for (const auto& name : keys.names) {
      // A namesake's name is theirs as well: what names both names nobody any more than before.
      if (other.name.find(name) != std::string::npos && other.name != name) keys.longer_names.push_back(other.name);
    }
  }
  return keys;
}

// ---- as JSON ----

using https::list_json;
using https::ObjectText;
using https::quoted_json;

// Times are kept as microseconds since 1970.
bool is_time(std::string_view column) {
  return column == "at" || column.ends_with("_at") || column == "paused_until" || column == "not_before" ||
         column.ends_with("_when") || column == "withdrawn" || column == "from" || column == "to";
}

std::string value_of(std::string_view column, const store::HeldValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return is_time(column) ? quoted_json(base::to_rfc3339(base::from_micros(*number))) : std::to_string(*number);
  }
  if (const auto* text = std::get_if<std::string>(&value)) return quoted_json(*text);
  return "null";
}

std::string rows_of(const store::HeldTable& table) {
  std::vector<std::string> rows;
  for (const auto& row : table.rows) {
    ObjectText one;
    for (std::size_t i = 0; i < row.size(); ++i) one.raw(table.columns[i], value_of(table.columns[i], row[i]));
    rows.push_back(one.done());
  }
  return list_json(rows);
}

std::string row_of(directory::Table table, const directory::Cells& cells) {
  if (cells.empty()) return "null";
  constexpr std::size_t kDigitsOfATime = 12;  // a day or a minute has fewer
  ObjectText row;
  const auto columns = directory::shape_of(table).columns;
  for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
    const auto& cell = cells[i];
    const bool digits = cell.size() >= kDigitsOfATime && cell.find_first_not_of("0123456789") == std::string::npos;
    row.text(columns[i].name,
             digits && is_time(columns[i].name) ? base::to_rfc3339(base::from_micros(std::stoll(cell))) : cell);
  }
  return row.done();
}

std::string directory_of(const Known& known) {
  std::map<directory::Table, std::vector<std::string>> by_table;
  for (const auto& row : known.trail.rows) by_table[row.table].push_back(row_of(row.table, row.cells));
  ObjectText rows;
  for (const auto& [table, own] : by_table) rows.raw(directory::shape_of(table).name, list_json(own));
  return ObjectText().number("version", known.state.version).raw("rows", rows.done()).done();
}

std::string history_of(const directory::Trail& trail) {
  std::vector<std::string> changes;
  for (const auto& change : trail.changes) {
    changes.push_back(ObjectText()
                          .number("version", change.version)
                          .text("table", directory::shape_of(change.table).name)
                          .raw("before", row_of(change.table, change.before))
                          .raw("after", row_of(change.table, change.after))
                          .done());
  }
  return list_json(changes);
}

base::Result<std::string> doubts_of(db::Session& session, const directory::Trail& trail) {
  std::optional<base::UtcTime> last;
  {
    auto rows = session.statement("select max(at) from chain").run();  // nothing here reads a clock
    if (rows.next()) last = rows.maybe_time(0);
  }
  std::vector<std::string> doubts;
  const auto since = last.value_or(base::UtcTime{}) - kEvidence;
  for (const auto& doubt : store::read_doubtful_contacts(session, since)) {
    if (std::find(trail.contacts.begin(), trail.contacts.end(), doubt.contact.value) == trail.contacts.end()) continue;
    doubts.push_back(ObjectText()
                         .number("contact", doubt.contact.value)
                         .number("failures", doubt.failures)
                         .flag("certain", doubt.certain)
                         .text("since", base::to_rfc3339(doubt.since))
                         .text("last_at", base::to_rfc3339(doubt.last.at))
                         .text("meaning", model::name_of(doubt.last.meaning))
                         .done());
  }
  if (session.failed()) return session.status().error().within("reading what is known of contact points");
  return list_json(doubts);
}

// ---- erased ----

class ErasureWork final : public ports::DirectoryWork {
 public:
  ErasureWork(directory::Erasure erasure, store::PersonErasure person, db::Session& writer)
      : erasure_(std::move(erasure)),
        person_(std::move(person)),
        writer_(writer),
        roster_(
            std::make_shared<const directory::Snapshot>(erasure_.change.after.tables, erasure_.change.after.version)) {}

  base::Result<model::DirectoryChanged> apply(const std::string& by, const std::string& reason,
                                              base::UtcTime now) override {
    const store::PersonWords words(person_.keys);
    const auto said = words.without(reason, directory::kErasedName);
    if (auto written = directory::write_erasure(writer_, erasure_, by, said, now); !written) return written.error();
    if (auto erased = store::erase_person(writer_, person_, directory::kErasedName, now); !erased) {
      return erased.error();
    }
    return model::DirectoryChanged{erasure_.change.after.version, directory::counts_of(erasure_.change.delta)};
  }
  [[nodiscard]] ports::RosterPtr roster() const override { return roster_; }

 private:
  const directory::Erasure erasure_;
  const store::PersonErasure person_;
  db::Session& writer_;
  const ports::RosterPtr roster_;
};

base::Diagnostic under_way(int incident) {
  return base::finding(base::Severity::kError, "incident-under-way",
                       base::said("incident {0} is not over: they were told of it, or reported it",
                                  "事件{0}尚未结束：此人已被通知或为其报告人", incident),
                       base::said("end it first", "请先结束该事件"), "incident " + std::to_string(incident));
}

}  // namespace

base::Result<std::string> person_data(db::Session& reader, const std::string& code) {
  const Picture picture(reader);
  if (!picture.begun()) return picture.begun().error();
  const auto known = look_up(reader, code);
  if (!known) return known.error();
  auto held = store::held_of(reader, keys_of(*known));
  if (!held) return held.error();
  auto doubts = doubts_of(reader, known->trail);
  if (!doubts) return doubts.error();
  ObjectText tables;
  std::string record = "[]";
  for (const auto& table : *held) {
    if (table.name == "record") {
      record = rows_of(table);
    } else {
      tables.raw(table.name, rows_of(table));
    }
  }
  std::vector<std::string> ids, names;
  for (const auto id : known->trail.ids) ids.push_back(std::to_string(id));
  for (const auto& name : known->trail.names) names.push_back(quoted_json(name));
  return ObjectText()
      .text("code", known->trail.code)
      .raw("ids", list_json(ids))
      .raw("names", list_json(names))
      .raw("directory", directory_of(*known))
      .raw("history", history_of(known->trail))
      .raw("doubtful_contacts", *doubts)
      .raw("tables", tables.done())
      .raw("record", record)
      .done();
}

base::Result<ports::PreparedChange> prepare_person_erasure(db::Session& reader, db::Session& writer,
                                                           const ports::DirectoryWish& wish,
                                                           const directory::ImportOptions& options) {
  const auto& erase = std::get<ports::ErasePerson>(wish.what);
  const Picture picture(reader);
  if (!picture.begun()) return picture.begun().error();
  const auto known = look_up(reader, erase.code);
  if (!known) return known.error();
  if (auto stands = check_person(known->state.tables, erase.code, erase.expected); !stands) return stands.error();
  const auto keys = keys_of(*known);
  auto erasure = directory::prepare_erasure(reader, known->state, known->trail, options);
  if (!erasure) return erasure.error();
  const auto open = store::open_incidents_of(reader, keys);
  if (!open) return open.error();
  ports::PreparedChange prepared;
  prepared.base = known->state.version;
  prepared.findings = std::move(erasure->findings);
  for (const int incident : *open) prepared.findings.push_back(under_way(incident));
  prepared.may_stand = !base::has_errors(prepared.findings);
  if (!prepared.may_stand) return prepared;
  auto person = store::prepare_person_erasure(reader, keys, directory::kErasedName);
  if (!person) return person.error();
  prepared.rows = directory::counts_of(erasure->change.delta);
  prepared.differences = differences_of(erasure->change.delta);
  prepared.always = true;
  prepared.command.by = wish.by;
  prepared.command.how = model::DirectoryHow::kErase;
  prepared.command.reason = wish.reason;
  prepared.command.person = model::PersonId{known->trail.ids.front()};
  prepared.command.work = std::make_shared<ErasureWork>(std::move(*erasure), std::move(*person), writer);
  return prepared;
}

}  // namespace tocsin::app
