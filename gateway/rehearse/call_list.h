// The call list on paper: by whom and in which order to call when nothing of tocsin runs.
//
// One HTML page for print: A4, black on white, no scripts, nothing fetched, every text escaped.  Each response of the
// plan begins a page, under the number it has in the printed plan (doc.h); its steps in order, each person with whole
// numbers in order of preference as one dials them here, deputies below the holder of their post, room for the time and
// the outcome.  A duty shows everybody who has it in the next days, and when.  Gaps are named.  At the end, once: heads
// and workers of every area, units, groups and upper offices whole.  Only contact points whose owners agreed are in it.
//
// The page holds personal numbers: whoever makes it records why.  Pure: no IO, no clock; equal inputs give equal pages.
// Any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/phone_number.h"
#include "gateway/base/time.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

// A unit, a group or an upper office.
struct CallListBody {
  std::string name, area;
  std::vector<model::PersonId> people;  // the responsible person first
};

struct CallListOptions {
  std::string language;                   // "zh"; anything else is English
  const ports::Roster* roster = nullptr;  // never null
  base::UtcTime at{};                     // who holds posts then, and from when duties are listed
  int duty_days = 7;
  base::DialingRules dialing;
  std::map<model::PersonId, std::optional<base::UtcTime>> on_leave;  // at `at`; until when, if that is known
  std::vector<CallListBody> units, groups, offices;
};

[[nodiscard]] std::string call_list(const plan::Plan& plan, const CallListOptions& options);

}  // namespace tocsin::rehearse
