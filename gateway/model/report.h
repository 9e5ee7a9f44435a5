// A report: what one reporter sent once.  Immutable; its text is kept as received, after masking.
// An assessment: what the plan makes of the facts known so far.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/facts.h"
#include "gateway/model/ids.h"
#include "gateway/model/kinds.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class ReportVia : std::uint8_t { kApi = 1, kWeb = 2, kSms = 3, kDesk = 4, kCap = 5 };
[[nodiscard]] std::string_view name_of(ReportVia via);  // "api", "web", ...

// Who did something.  `name` is a token's label, a link's name or "tocsin"; never shown as a person.
// Persisted: numbers are frozen.
enum class Role : std::uint8_t { kReporter = 1, kCommander = 2, kDuty = 3, kAdmin = 4, kAuditor = 5, kSystem = 9 };
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::optional<Role> role_named(std::string_view name);

struct Principal {
  Role role = Role::kSystem;
  std::string name = "tocsin";
  PersonId person;  // 0 when the principal is not one person of the directory
};

struct Report {
  ReportId id;
  IncidentId incident;
  ReportVia via = ReportVia::kApi;
  std::string reporter;  // Principal::name of web and API; for SMS the sender's person code or "unknown"
  PersonId reporter_person;
  std::string key;  // the client's idempotency key; unique per reporter; may be empty for SMS
  HazardKind kind = HazardKind::kUnclassified;
  Facts facts;
  AreaId area;        // 0 = not said or not understood
  std::string place;  // free words about the place, masked; empty for public-health kinds
  std::string text;   // free words, masked
  bool numbers_removed = false;
  bool drill = false;
  std::string body_digest;  // hex; the same key with another body is refused
  base::UtcTime received_at{};
  std::optional<base::UtcTime> occurred_at;
};

// The principal sent it: the same person of the directory, or the same token or session.  What came by SMS has a
// person's code where others have a token's name.
[[nodiscard]] inline bool sent_by(const Report& report, const Principal& by) {
  return (by.person && report.reporter_person == by.person) ||
         (report.via != ReportVia::kSms && report.reporter == by.name);
}

// One attribute as known at one place of an incident: the worse (or latest) of what was said there.
struct PlacedFact {
  std::string attribute;
  AreaId area;  // 0 = place not said
  FactValue value;
  base::UtcTime at{};
};

// Something to ask because its answer could raise the level.
struct Question {
  std::string attribute;
  std::string text;  // in the asked person's language
  LevelIndex could_reach = kNoLevel;
  std::string could_reach_id;
  bool of_desk = false;  // the plan asks the desk, not the reporter
};

struct Assessment {
  HazardKind kind = HazardKind::kUnclassified;
  LevelIndex level = kNoLevel;
  std::string level_id;  // "III"; "" for kNoLevel
  std::string
      clause;  // stable name: "fire/III/2" (hazard / level / clause from 1), "fire/default", "" when unclassified
  std::string clause_text;          // "serious = 2 is in 1..3 and spreading = yes": the very conditions that matched
  std::vector<Question> questions;  // highest reachable level first; each attribute once
  // By the published instruments, owed upward; "" when the plan has none or none is reached.  It calls nobody.
  std::string grade_id, grade_clause, grade_clause_text;
};

}  // namespace tocsin::model
