// Who has the duties, stretch by stretch: the roster as a list or a month, with its gaps.
//
// As the call-out would find it at every instant: overrides, rows and rotations, leave, deputies standing in
// (snapshot.h).  The JSON keys are documented in docs/directory.md and stay.  Pure; safe from any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "directory/snapshot.h"

namespace tocsin::directory {

struct OnDuty {
  const model::PersonCard* person = nullptr;         // of the snapshot
  std::string as;                                    // the duty or post, as a message to them would say it
  const model::PersonCard* stands_in_for = nullptr;  // on leave
  bool operator==(const OnDuty&) const = default;
};

struct DutyStretch {
  roster::Span span;
  std::vector<OnDuty> on;                          // nobody: a gap
  std::vector<const model::PersonCard*> on_leave;  // named for it, and not there
};

// The stretches of one duty, from the beginning of `span` to its end without a hole between them: two neighbours
// differ.
[[nodiscard]] std::vector<DutyStretch> duty_course(const Snapshot& roster, const std::string& duty,
                                                   const roster::Span& span);

// Of these duties (person_feed.h, duties_of), a paragraph each.  Times by the clocks of `zone`.
[[nodiscard]] std::string duty_text(const Snapshot& roster, const std::vector<std::string>& duties,
                                    const roster::Span& span, const std::string& zone, bool chinese);
// `titles`: what a duty is called, where it is known.
[[nodiscard]] std::string duty_json(const Snapshot& roster, const std::vector<std::string>& duties,
                                    const roster::Span& span, const std::map<std::string, std::string>& titles = {});

}  // namespace tocsin::directory
