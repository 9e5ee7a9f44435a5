// A directory for a plan that has none at hand: each selector is one person who can be reached over everything, with
// two deputies; one area.  Who is told is then the selector itself: "post:commander", "deputy of post:commander".
//
// Also the directory of cases: `areas` are known by their names, as the cases write them.  Any thread.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

class StandInRoster final : public ports::Roster {
 public:
  // Every selector of the plans' responses, each with its people.
  StandInRoster(const std::vector<const plan::Plan*>& plans, const std::set<std::string>& areas);

  [[nodiscard]] std::int64_t version() const override { return 1; }
  [[nodiscard]] model::Resolved resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                        base::UtcTime at) const override;
  [[nodiscard]] std::optional<model::PersonId> next_deputy(model::PersonId person, const model::Selector& selector,
                                                           std::span<const model::PersonId> told,
                                                           base::UtcTime at) const override;
  [[nodiscard]] const model::PersonCard* person(model::PersonId id) const override;
  [[nodiscard]] const model::PersonCard* person_coded(std::string_view code) const override;
  [[nodiscard]] std::span<const model::PersonId> people_at(std::string_view) const override { return {}; }
  [[nodiscard]] std::vector<const model::PersonCard*> people() const override;
  [[nodiscard]] const model::AreaInfo* area(model::AreaId id) const override;
  [[nodiscard]] std::span<const model::AreaInfo> areas() const override { return areas_; }
  [[nodiscard]] std::string area_path(model::AreaId id) const override;
  [[nodiscard]] model::AreaId community_of(model::AreaId id) const override { return id; }
  [[nodiscard]] bool near(model::AreaId a, model::AreaId b, double) const override { return a == b; }

 private:
  void add_person(const std::string& code);

  std::deque<model::PersonCard> cards_;
  std::map<std::string, model::PersonId, std::less<>> by_code_;
  std::vector<model::AreaInfo> areas_;
};

}  // namespace tocsin::rehearse
