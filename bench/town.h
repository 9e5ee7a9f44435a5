// A generated town for the end-to-end benchmark: a plan of four hazards and a directory of any size.
//
//   fire             level IV: one text to each person of group "everybody"
//   gas_leak         level IV: one text to the head of the area
//   building_collapse  level I, the most urgent: one text to the head of the area
//   flood            level IV: one text to the head of the area; reports of one area merge for two hours
// Reports of gas leaks and collapses merge within their area for a second only, so each is an incident of its own.
#pragma once

#include <string>

#include "directory/tables.h"
#include "gateway/plan/plan.h"

namespace tocsin::bench {

inline constexpr int kAreas = 400;

struct Town {
  plan::PlanPtr plan;
  std::string plan_source;
  directory::Tables tables;
};

// `people` in the group, and a head in each of kAreas areas.  Numbers are invented, of ranges nobody has.
[[nodiscard]] Town make_town(int people);
[[nodiscard]] std::string area_code(int index);
// Which area's head has that number (digits, without the plus); -1 for people of the group.
[[nodiscard]] int head_of_number(std::string_view digits);

}  // namespace tocsin::bench
