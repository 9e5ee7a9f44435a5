// The directory as plain rows, table by table, as an office keeps it in its sheets.
//
// Rows refer to each other by code.  `read_directory` (import.h) is the only maker of checked tables: in those
// every reference is known, the area tree has no cycle and codes are unique.  `number_rows` gives the ids.
// docs/directory.md says what each column means.  Plain values: safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/recipient.h"

namespace tocsin::directory {

// Half-open: from <= t < to; an absent end is open.
struct Period {
  std::optional<base::UtcTime> from, to;
  [[nodiscard]] bool contains(base::UtcTime t) const { return (!from || t >= *from) && (!to || t < *to); }
  [[nodiscard]] bool overlaps(const Period& other) const {
    return (!from || !other.to || *from < *other.to) && (!other.from || !to || *other.from < *to);
  }
};

struct AreaRow {
  model::AreaId id;
  std::string code, name;
  std::string kind;    // "subdistrict", "work_area", "community", "grid"
  std::string parent;  // code; empty at the top
  std::vector<std::string> aliases;
  bool has_centre = false;
  double latitude = 0, longitude = 0;  // WGS 84
  std::string assembly_point;
  std::string outline;  // a geometry of GeoJSON as outlines.h accepts it; empty: not known
};

struct PersonRow {
  model::PersonId id;
  std::string code, name, language;
  std::string door;   // where to knock, in words
  std::string notes;  // for the office alone; numbers are masked
  // The desk of an upper office's section: whoever answers there.  Nobody's deputy, and never on leave.
  bool section = false;
};

struct ContactRow {
  model::ContactId id;
  std::string person;
  int order = 0;  // 1 = called first
  model::ContactKind kind = model::ContactKind::kMobile;
  std::string address;  // E.164, e-mail address, URL, console name
  std::string extension;
  std::optional<base::UtcTime> agreed_when;
  std::string agreed_how;
  std::optional<base::UtcTime> withdrawn;      // its owner took it back then
  std::optional<base::UtcTime> verified_when;  // last seen to reach its owner
  std::string verified_how;                    // "contact check", "drill", or as written by hand
  bool not_at_night = false;                   // used at night only when nothing else is left (callout/next_rung.h)
  // Nobody is called on a contact point whose owner did not say when and how they agreed.
  [[nodiscard]] bool agreed() const { return agreed_when.has_value() && !agreed_how.empty(); }
};

// One holding of a post.  A post changes hands by two rows with one code and periods that do not overlap.
struct PostRow {
  std::string code, name;
  std::string area;    // code; may be empty
  std::string person;  // empty: vacant
  Period period;
};

struct DeputyRow {
  std::string post;
  int order = 0;  // 1 = asked first
  std::string person;
};

struct UnitRow {
  std::string code, name, responsible, area;  // responsible: a person, told first; may be empty
};
struct UnitMemberRow {
  std::string unit, person;
};

struct GroupRow {
  std::string code, name;
};
struct GroupMemberRow {
  std::string group, person;
};

struct AreaRoleRow {
  std::string area;
  std::string role;  // "heads" or "workers"
  std::string person;
};

struct DutyRow {
  std::string duty;  // "desk", "leader"
  std::string who;   // a person's code, or "post:" and a post's code
  Period period;
};

// Who takes turns at a duty.  A rotation that changes is two rows with one duty and name whose days do not overlap.
struct RotationRow {
  std::string duty, name;
  std::vector<std::string> turns;       // in order, each as `who` of a duty row, or kNobodysTurn
  int every_days = 1;                   // 1 daily, 7 weekly
  int handover_minute = 0;              // since midnight by the clocks of `zone`
  std::int32_t first_day = 0;           // since 1970-01-01: the first turn begins at that day's handover
  std::optional<std::int32_t> end_day;  // the last turn ends at that day's handover
  std::string zone;  // IANA name: the office's when the sheet was read, as for every other time in it
};
inline constexpr std::string_view kNobodysTurn = "-";

// Goes before rotations and duty rows.  docs/decisions/0021 says what one without a person does: nothing.
struct OverrideRow {
  std::string duty;
  std::string who;         // as of a duty row; may be empty
  Period period;           // with both ends
  std::string instead_of;  // a swap: only this one is replaced; empty: everybody is
};

struct LeaveRow {
  std::string person;
  Period period;
};

// Rows in the office's order.
struct Tables {
  std::vector<AreaRow> areas;
  std::vector<PersonRow> persons;
  std::vector<ContactRow> contacts;
  std::vector<PostRow> posts;
  std::vector<DeputyRow> deputies;
  std::vector<UnitRow> units;
  std::vector<UnitMemberRow> unit_members;
  std::vector<GroupRow> groups;
  std::vector<GroupMemberRow> group_members;
  std::vector<AreaRoleRow> area_roles;
  std::vector<DutyRow> duty;
  std::vector<RotationRow> rotations;
  std::vector<OverrideRow> overrides;
  std::vector<LeaveRow> leave;
};

// The post's code when `who` of a duty, rotation or override row names a post, else empty.
[[nodiscard]] std::string post_in(std::string_view who);
[[nodiscard]] std::string post_of_duty(const DutyRow& row);

// As the sheets write them: "08:00", "2026-11-22".
[[nodiscard]] std::string clock_text(int minute);
[[nodiscard]] std::string day_text(std::int32_t day);

// What makes a contact point itself: its person, kind, address and extension.
[[nodiscard]] std::string key_of(const ContactRow& row);

// Gives every area, person and contact an id: the one it has in `before` under the same key (code; for a contact
// its person, kind, address and extension), else the next of `next_id`, which only grows: an id is never given
// to another row, so that old alerts and deliveries keep meaning whom they meant.
void number_rows(Tables& tables, const Tables& before, std::int64_t& next_id);

}  // namespace tocsin::directory
