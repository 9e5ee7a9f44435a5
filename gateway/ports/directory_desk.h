// The directory as its administrators work with it: look somebody up, prepare a change, read what was changed.
//
// Thread-safe.  Reads see what is committed.  Nothing here changes anything: the command that prepare() answers with
// does, submitted.  Addresses come whole; whoever shows them masks them, or records why not.
#pragma once

#include <cstdint>
#include <future>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/diagnostic.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/model/directory_change.h"
#include "gateway/model/recipient.h"
#include "gateway/model/version.h"
#include "gateway/ports/past_directory.h"

namespace tocsin::ports {

struct DirectoryHead {
  std::int64_t version = 0;  // 0: nothing was imported yet
  std::int64_t persons = 0, contacts = 0, areas = 0, posts = 0, units = 0, groups = 0;
};
// For If-Match of everything that touches the whole directory.
[[nodiscard]] inline model::Version version_of(const DirectoryHead& head) {
  return {0, head.version};
}

struct DirectoryContact {
  model::ContactKind kind = model::ContactKind::kMobile;
  std::string address;  // typed or E.164
  std::string extension;
  int order = 0;  // 1 = called first
  std::optional<base::UtcTime> agreed_when;
  std::string agreed_how;
  std::optional<base::UtcTime> withdrawn;
  std::optional<base::UtcTime> verified_when;
  std::string verified_how;
  bool not_at_night = false;
  model::ContactId id;  // as read; 0 in what is written
};

struct DirectoryPerson {
  std::string code, name, language, door, notes;
  std::vector<DirectoryContact> contacts;  // as they are called
  bool section = false;                    // the desk of an upper office's section
  // Of this person's rows alone: a change of anybody else leaves it.
  model::Version version;
};

struct PersonSearch {
  // Beginning of a code, part of a name or of a unit's, how the name is read ("gyt", "guyu": 谷雨田), or the last
  // digits of a number (four at least).
  std::string words;
  std::string after;  // the code the page before ended with; empty: from the start
  int limit = 50;
};
struct FoundPersons {
  std::vector<DirectoryPerson> persons;  // by code
  bool more = false;
};

// One table, or the outlines of areas, in the form docs/directory.md describes.
struct DirectorySheet {
  std::string name;  // "persons.csv", "outlines.geojson"
  std::string text;
};

// One change as the history keeps it.
struct DirectoryEntry {
  std::int64_t version = 0;  // of the directory after it
  base::UtcTime at{};
  std::string by;
  model::DirectoryHow how = model::DirectoryHow::kImport;
  std::string reason;
  std::int64_t undoes = 0;     // with kUndo: the version it took back
  std::int64_t undone_by = 0;  // the version that took it back; 0: it stands
  model::DirectoryCounts rows;
};

// What was accepted of an office's list, by the name of its file: how the next one of that name is read.
struct DirectoryList {
  std::string name;                  // of the file, without folders
  std::string mapping;               // which column is what, as docs/directory.md writes it
  std::string header;                // the words over those columns
  std::vector<std::string> persons;  // codes, of everybody it brought
  base::UtcTime at{};                // accepted last
  std::string by;
};

// ---- what may be prepared ----
struct ImportSheets {
  std::vector<DirectorySheet> sheets;
  bool whole = false;     // they are the whole directory; else each replaces its own table only
  std::string time_zone;  // of the times in them; empty: the office's
  // Lists that they were made of, to be remembered; also when nothing else differs.
  std::vector<DirectoryList> lists;
};
struct PutPerson {  // a new one, or another state of one that is there
  DirectoryPerson person;
  model::Expected expected;  // of the row
  bool only_new = false;     // kChanged when there is such a person already
};
struct RemovePerson {
  std::string code;
  model::Expected expected;
};
// A phone that one carries and a mailbox are one's own; a landline, a console or a program is the office's.
[[nodiscard]] constexpr bool may_be_withdrawn_by_owner(model::ContactKind kind) {
  return kind == model::ContactKind::kMobile || kind == model::ContactKind::kEmail;
}
// By its owner.  kConflict: it is withdrawn already.  kNotFound: the person has no such contact point.
struct WithdrawContact {
  model::PersonId person;
  model::ContactId contact;
  base::UtcTime at{};
};
// kNotFound: nothing is remembered of a list of exactly that name.
struct ForgetList {
  std::string name;
};
// A person, and all that is held about them, is forgotten for good (docs/retention.md).  What the record says stays:
// it holds ids.  Refused with findings while they hold a post, have a duty, or are told of an incident under way.
struct ErasePerson {
  std::string code;  // of today, or of the history
  model::Expected expected;
};
struct UndoLastChange {};  // kConflict: there is none to undo
struct DirectoryWish {
  model::Principal by;
  std::string reason;
  std::variant<ImportSheets, PutPerson, RemovePerson, WithdrawContact, ForgetList, UndoLastChange, ErasePerson> what;
  model::Expected expected;  // of the directory
};

// What would differ, for people: at most some hundred rows, `rows` counts all.
struct DirectoryDifference {
  std::string table, row;           // "contacts", "gu-yutian, mobile, ..."; addresses are masked
  std::string what;                 // "added", "changed", "gone"
  std::vector<std::string> fields;  // names of those that change
};

struct PreparedChange {
  bool may_stand = false;      // false: findings say why
  bool always = false;         // something is to be done though no row of the directory differs: an erasure
  base::Diagnostics findings;  // of what the change brings in
  model::DirectoryCounts rows;
  std::vector<DirectoryDifference> differences;
  bool lists = false;                    // something is remembered or forgotten besides, which makes no version
  std::int64_t base = 0;                 // the version it was prepared on
  std::optional<model::Version> person;  // with PutPerson: of the row afterwards
  model::ChangeDirectory command;        // to submit, when it may stand and anything differs, or `always`
};

// The directory as one file for people outside the system: personal numbers whole.
struct DocumentWish {
  // "people", "side-by-side", "units", "areas", "offices" (offices' own lists), "vcard", or "call-list" of the plan in
  // force.
  std::string as;
  bool xlsx = false;  // of a list: a workbook instead of CSV
  int beside = 2;     // of "side-by-side": persons on a row, 2 or 3
  bool chinese = true;
  base::UtcTime at{};  // who holds a post then
};
struct DirectoryDocument {
  std::string content_type, ending;  // "text/csv; charset=utf-8", "csv"
  std::string bytes;
  std::vector<std::string> left_out;  // codes of persons whom such a list cannot hold
};

// Posts and units, with whoever fills them.
struct NamedOne {  // a person or an area; no code: there is none
  std::string code, name;
  std::string path;       // of an area, from the top
  bool on_leave = false;  // of a person, when it was asked
};
struct DirectoryPost {
  std::string code, name;
  NamedOne area, holder;
  std::vector<NamedOne> deputies;  // in order
};
struct DirectoryUnit {
  std::string code, name;
  NamedOne area;
  bool responsible = false;  // the first member is
  std::vector<NamedOne> members;
};

// An office's list of any shape, to be read before it is believed.
struct ListWish {
  std::string name;      // of the file; folders are left out
  std::string bytes;     // of the file, or text as pasted
  std::string encoding;  // of a text, against what was found: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"; may be empty
  std::string mapping, answers;  // as `tocsin directory read` takes them (docs/directory.md, "Offices' tables")
  bool everybody = false;        // ask about everybody of the directory whom the list does not name
  std::optional<base::UtcTime> agreed_when;  // of numbers that are new
  std::string agreed_how;
  base::UtcTime at{};      // when posts change hands
  bool unmasked = false;   // numbers whole: the caller has noted why
  bool to_import = false;  // give the sheets that it becomes
};
struct ListRead {
  std::string json;          // docs/directory.md, "Offices' tables"
  std::int64_t version = 0;  // of the directory it was held against
  ImportSheets import;       // with to_import
};

class DirectoryDesk {
 public:
  virtual ~DirectoryDesk() = default;
  [[nodiscard]] virtual base::Result<DirectoryHead> head() const = 0;
  [[nodiscard]] virtual base::Result<FoundPersons> persons(const PersonSearch& search) const = 0;
  [[nodiscard]] virtual base::Result<DirectoryPerson> person(const std::string& code) const = 0;  // kNotFound
  // Newest first, below version `before` (0: all).
  [[nodiscard]] virtual base::Result<std::vector<DirectoryEntry>> changes(std::int64_t before, int limit) const = 0;
  // Every table as it is now, with its header even when it is empty.
  [[nodiscard]] virtual base::Result<std::vector<DirectorySheet>> sheets() const = 0;
  // Without their persons, the one accepted last first.
  [[nodiscard]] virtual base::Result<std::vector<DirectoryList>> lists() const = 0;
  // kInvalid: there is no such form; kNotFound: no plan is in force.  Seconds for a large directory.
  [[nodiscard]] virtual base::Result<DirectoryDocument> document(const DocumentWish& wish) const = 0;
  // Everything held about one person, of today or of the history, as JSON (docs/retention.md, "A person's data").
  // Seconds in a large store.  kNotFound: nobody ever had that code.
  [[nodiscard]] virtual base::Result<std::string> person_data(const std::string& code) const = 0;
  // The directory as it was; remembered until it changes.
  [[nodiscard]] virtual base::Result<PastDirectoryPtr> past() const = 0;
  // Each post with who holds it at that time, and each unit with its members, in the order of the sheets.
  [[nodiscard]] virtual base::Result<std::vector<DirectoryPost>> posts(base::UtcTime at) const = 0;
  [[nodiscard]] virtual base::Result<std::vector<DirectoryUnit>> units() const = 0;
  // Who has which duty from the midnight (office time) before `from` on, as JSON (docs/directory.md, "JSON").
  [[nodiscard]] virtual base::Result<std::string> duties(base::UtcTime from, int days) const = 0;
  // The duties of one person as an iCalendar file, a month back and a year ahead; the same until the directory or the
  // day changes.  kNotFound: the directory has them no longer.
  [[nodiscard]] virtual base::Result<std::string> feed(model::PersonId person, base::UtcTime now,
                                                       const std::string& host) const = 0;
  // Changes nothing.  Seconds for a large list, on a thread of its own; kRetryLater, at once, while another is being
  // read.  kInvalid: a mapping or answers that are not understood.  With to_import, kConflict: a question is open;
  // kInvalid: the file cannot be read.
  [[nodiscard]] virtual std::future<base::Result<ListRead>> read_list(ListWish wish) const = 0;
  // Seconds for a large directory; kRetryLater, at once, while another change is being prepared.  kChanged: what
  // `expected` names does not stand.
  [[nodiscard]] virtual base::Result<PreparedChange> prepare(const DirectoryWish& wish) const = 0;
};

}  // namespace tocsin::ports
