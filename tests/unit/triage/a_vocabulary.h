// The usual plan and a small town, as a vocabulary; facts come back in text form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/triage/understand.h"
#include "tests/support/a_plan.h"

namespace tocsin::triage {

inline constexpr model::AreaId kTown{1}, kEast{2}, kEastOne{3}, kEastTwo{4}, kWest{5}, kWestOne{6}, kStation{7};

inline model::AreaInfo an_area(model::AreaId id, std::string code, std::string name, model::AreaId parent,
                               std::vector<std::string> aliases = {}) {
  model::AreaInfo area;
  area.id = id;
  area.code = std::move(code);
  area.name = std::move(name);
  area.parent = parent;
  area.aliases = std::move(aliases);
  return area;
}

inline std::vector<model::AreaInfo> a_town() {
  return {an_area(kTown, "QS", "青石街道", {}),
          an_area(kEast, "QS-01", "东湖社区", kTown, {"东湖", "East Lake", "老街"}),
          an_area(kEastOne, "QS-01-1", "一网格", kEast, {"东湖3号楼"}),
          an_area(kEastTwo, "QS-01-2", "二网格", kEast),
          an_area(kWest, "QS-02", "西山社区", kTown, {"西山", "老街"}),
          an_area(kWestOne, "102", "一网格", kWest, {"3"}),
          an_area(kStation, "QS-03", "火车站社区", kTown, {"和平里"})};
}

inline const Vocabulary& the_vocabulary() {
  static const Vocabulary vocabulary(support::a_plan().shared(), a_town());
  return vocabulary;
}
inline Understood read(std::string_view text) {
  return the_vocabulary().read_report(text);
}
inline std::string facts_of(std::string_view text) {
  return model::to_text(read(text).facts);
}

}  // namespace tocsin::triage
