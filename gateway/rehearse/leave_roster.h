// A directory in which some people more are on leave.
#pragma once

#include <vector>

#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

// `roster` outlives it.  Selectors and deputies follow the rules of ports::Roster as if those persons were on leave at
// every moment; everything else is the roster's own.  Any thread.
class LeaveRoster final : public ports::Roster {
 public:
  LeaveRoster(const ports::Roster& roster, std::vector<model::PersonId> on_leave)
      : roster_(roster), on_leave_(std::move(on_leave)) {}

  [[nodiscard]] std::int64_t version() const override { return roster_.version(); }
  [[nodiscard]] model::Resolved resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                        base::UtcTime at) const override;
  [[nodiscard]] std::vector<base::UtcTime> changes(std::span<const model::Selector> selectors, model::AreaId where,
                                                   base::UtcTime from, base::UtcTime to) const override {
    return roster_.changes(selectors, where, from, to);
  }
  [[nodiscard]] bool knows(const model::Selector& selector) const override { return roster_.knows(selector); }
  [[nodiscard]] std::optional<model::PersonId> next_deputy(model::PersonId person, const model::Selector& selector,
                                                           std::span<const model::PersonId> told,
                                                           base::UtcTime at) const override;
  [[nodiscard]] const model::PersonCard* person(model::PersonId id) const override { return roster_.person(id); }
  [[nodiscard]] const model::PersonCard* person_coded(std::string_view code) const override {
    return roster_.person_coded(code);
  }
  [[nodiscard]] std::span<const model::PersonId> people_at(std::string_view address) const override {
    return roster_.people_at(address);
  }
  [[nodiscard]] std::vector<const model::PersonCard*> people() const override { return roster_.people(); }
  [[nodiscard]] bool commands(model::PersonId person) const override { return roster_.commands(person); }
  [[nodiscard]] const model::AreaInfo* area(model::AreaId id) const override { return roster_.area(id); }
  [[nodiscard]] std::span<const model::AreaInfo> areas() const override { return roster_.areas(); }
  [[nodiscard]] std::string area_path(model::AreaId id) const override { return roster_.area_path(id); }
  [[nodiscard]] model::AreaId community_of(model::AreaId id) const override { return roster_.community_of(id); }
  [[nodiscard]] bool near(model::AreaId a, model::AreaId b, double metres) const override {
    return roster_.near(a, b, metres);
  }

 private:
  [[nodiscard]] bool away(model::PersonId person) const;

  const ports::Roster& roster_;
  const std::vector<model::PersonId> on_leave_;
};

}  // namespace tocsin::rehearse
