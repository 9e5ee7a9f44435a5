// A directory of a few lines: verbs add persons, posts, units, groups, areas, duties and leave; resolving follows
// the words of ports/roster.h.  Everybody is called by their code.  Not for several threads.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ports/roster.h"
#include "tests/support/moments.h"

namespace tocsin::support {

class FakeRoster final : public ports::Roster {
 public:
  using Codes = std::vector<std::string>;

  // ---- verbs ----

  // A person with an agreed mobile (1440000 and their number) unless told otherwise.
  FakeRoster& add_person(const std::string& code, const std::string& name = "") {
    auto& card = add_card(code, name);
    const auto number = std::to_string(10000 + card.id.value).substr(1);
    return with_contact(code, model::ContactKind::kMobile, "+861440000" + number);
  }
  FakeRoster& add_person_without_contacts(const std::string& code) {
    add_card(code, "");
    return *this;
  }
  FakeRoster& with_contact(const std::string& code, model::ContactKind kind, const std::string& address,
                           bool agreed = true) {
    auto& card = card_of(code);
    card.contacts.push_back({{++last_contact_}, kind, address, "", agreed});
    people_at_[address].push_back(card.id);
    return *this;
  }
  FakeRoster& speaks(const std::string& code, const std::string& language) {
    card_of(code).language = language;
    return *this;
  }
  FakeRoster& add_post(const std::string& code, const Codes& holders, const Codes& deputies = {}) {
    lists_[{model::SelectorKind::kPost, code}] = holders;
    deputies_[code] = deputies;
    return *this;
  }
  FakeRoster& add_unit(const std::string& code, const Codes& members) {
    return list(model::SelectorKind::kUnit, code, members);
  }
  FakeRoster& add_group(const std::string& code, const Codes& members) {
    return list(model::SelectorKind::kGroup, code, members);
  }
  FakeRoster& add_duty(const std::string& duty, const Codes& people) {
    return list(model::SelectorKind::kDuty, duty, people);
  }
  FakeRoster& add_area(const std::string& code, const std::string& parent = "", const std::string& kind = "community",
                       const Codes& aliases = {}) {
    model::AreaInfo area;
    area.id = {static_cast<std::int64_t>(areas_.size()) + 1};
    area.code = area.name = code;
    area.kind = kind;
    area.parent = area_id(parent);
    area.aliases = aliases;
    areas_.push_back(std::move(area));
    return *this;
  }
  FakeRoster& add_area_role(const std::string& area, const std::string& role, const Codes& people) {
    area_roles_[{area_id(area).value, role}] = people;
    return *this;
  }
  FakeRoster& on_leave(const std::string& code, base::UtcTime from = noon - 24h, base::UtcTime to = noon + 24h) {
    leave_[id_of(code).value].emplace_back(from, to);
    return *this;
  }

  [[nodiscard]] model::PersonId id_of(const std::string& code) const {
    const auto* card = person_coded(code);
    return card == nullptr ? model::PersonId{} : card->id;
  }
  [[nodiscard]] model::AreaId area_id(const std::string& code) const {
    for (const auto& area : areas_) {
      if (area.code == code) return area.id;
    }
    return {};
  }

  // ---- ports::Roster ----

  [[nodiscard]] std::int64_t version() const override { return 1; }

  [[nodiscard]] model::Resolved resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                        base::UtcTime at) const override {
    model::Resolved found;
    for (const auto& selector : selectors) {
      const auto codes = named_by(selector, where);
      for (const auto& code : codes) add(found, selector, code, at);
      if (codes.empty()) found.not_told.push_back({{}, selector, model::to_text(selector), model::Reason::kPostEmpty});
    }
    return found;
  }

  // Every leave that begins or ends.
  [[nodiscard]] std::vector<base::UtcTime> changes(std::span<const model::Selector>, model::AreaId, base::UtcTime from,
                                                   base::UtcTime to) const override {
    std::set<base::UtcTime> all;
    for (const auto& [person, periods] : leave_) {
      for (const auto& period : periods) all.insert({period.first, period.second});
    }
    return {all.lower_bound(from), all.lower_bound(to)};
  }

  [[nodiscard]] bool knows(const model::Selector& selector) const override {
    const bool by_place =
        selector.kind == model::SelectorKind::kAreaRole || selector.kind == model::SelectorKind::kAreaUpRole;
    if (!by_place) return lists_.count({selector.kind, selector.name}) != 0;
    return std::any_of(area_roles_.begin(), area_roles_.end(),
                       [&](const auto& role) { return role.first.second == selector.name; });
  }

  [[nodiscard]] std::optional<model::PersonId> next_deputy(model::PersonId person, const model::Selector& selector,
                                                           std::span<const model::PersonId> told,
                                                           base::UtcTime at) const override {
    for (const auto& code : deputies_behind(person, selector)) {
      const auto id = id_of(code);
      if (id != person && !away(id, at) && std::find(told.begin(), told.end(), id) == told.end()) return id;
    }
    return std::nullopt;
  }

  [[nodiscard]] const model::PersonCard* person(model::PersonId id) const override {
    const auto place = static_cast<std::size_t>(id.value);
    return id && place <= cards_.size() ? &cards_[place - 1] : nullptr;
  }
  [[nodiscard]] const model::PersonCard* person_coded(std::string_view code) const override {
    for (const auto& card : cards_) {
      if (card.code == code) return &card;
    }
    return nullptr;
  }
  [[nodiscard]] std::span<const model::PersonId> people_at(std::string_view address) const override {
    const auto found = people_at_.find(std::string(address));
    return found == people_at_.end() ? std::span<const model::PersonId>() : found->second;
  }
  [[nodiscard]] std::vector<const model::PersonCard*> people() const override {
    std::vector<const model::PersonCard*> all;
    for (const auto& card : cards_) all.push_back(&card);
    return all;
  }

  [[nodiscard]] const model::AreaInfo* area(model::AreaId id) const override {
    const auto place = static_cast<std::size_t>(id.value);
    return id && place <= areas_.size() ? &areas_[place - 1] : nullptr;
  }
  [[nodiscard]] std::span<const model::AreaInfo> areas() const override { return areas_; }
  [[nodiscard]] std::string area_path(model::AreaId id) const override {
    const auto* here = area(id);
    if (here == nullptr) return "";
    return here->parent ? area_path(here->parent) + " / " + here->name : here->name;
  }
  [[nodiscard]] model::AreaId community_of(model::AreaId id) const override {
    const auto* here = area(id);
    return here != nullptr && here->kind == "grid" ? here->parent : id;
  }
  [[nodiscard]] bool near(model::AreaId a, model::AreaId b, double) const override {
    if (a == b) return true;
    return (area(a) != nullptr && area(a)->parent == b) || (area(b) != nullptr && area(b)->parent == a);
  }

 private:
  model::PersonCard& add_card(const std::string& code, const std::string& name) {
    model::PersonCard card;
    card.id = {static_cast<std::int64_t>(cards_.size()) + 1};
    card.code = code;
    card.name = name.empty() ? code : name;
    card.language = "zh";
    cards_.push_back(std::move(card));
    return cards_.back();
  }
  model::PersonCard& card_of(const std::string& code) {
    return cards_[static_cast<std::size_t>(id_of(code).value) - 1];
  }
  FakeRoster& list(model::SelectorKind kind, const std::string& name, const Codes& codes) {
    lists_[{kind, name}] = codes;
    return *this;
  }

  Codes named_by(const model::Selector& selector, model::AreaId where) const {
    const bool up = selector.kind == model::SelectorKind::kAreaUpRole;
    if (!up && selector.kind != model::SelectorKind::kAreaRole) {
      const auto found = lists_.find({selector.kind, selector.name});
      return found == lists_.end() ? Codes() : found->second;
    }
    Codes codes;
    for (const auto* at = area(where); at != nullptr; at = up ? area(at->parent) : nullptr) {
      const auto role = area_roles_.find({at->id.value, selector.name});
      if (role != area_roles_.end()) codes.insert(codes.end(), role->second.begin(), role->second.end());
    }
    return codes;
  }

  bool away(model::PersonId id, base::UtcTime at) const {
    const auto found = leave_.find(id.value);
    return found != leave_.end() && std::any_of(found->second.begin(), found->second.end(), [&](const auto& period) {
             return period.first <= at && at < period.second;
           });
  }

  // Of the post the selector names, else of any post the person holds.
  Codes deputies_behind(model::PersonId person, const model::Selector& selector) const {
    const auto named = deputies_.find(selector.name);
    if (selector.kind == model::SelectorKind::kPost) return named == deputies_.end() ? Codes() : named->second;
    for (const auto& [post, deputies] : deputies_) {
      const auto& holders = lists_.at({model::SelectorKind::kPost, post});
      if (std::any_of(holders.begin(), holders.end(), [&](const auto& code) { return id_of(code) == person; })) {
        return deputies;
      }
    }
    return {};
  }

  void add(model::Resolved& found, const model::Selector& selector, const std::string& code, base::UtcTime at) const {
    const auto id = id_of(code);
    if (!away(id, at)) return tell(found, selector, id, {});
    found.not_told.push_back({id, selector, model::to_text(selector), model::Reason::kOnLeave});
    if (const auto stand_in = next_deputy(id, selector, {}, at)) tell(found, selector, *stand_in, id);
  }

  static void tell(model::Resolved& found, const model::Selector& selector, model::PersonId id,
                   model::PersonId stands_in_for) {
    const bool known = std::any_of(found.recipients.begin(), found.recipients.end(),
                                   [&](const model::Recipient& r) { return r.person == id; });
    if (!known) found.recipients.push_back({id, selector, selector.name, selector.name, stands_in_for});
  }

  std::deque<model::PersonCard> cards_;
  std::vector<model::AreaInfo> areas_;
  std::map<std::pair<model::SelectorKind, std::string>, Codes> lists_;
  std::map<std::string, Codes> deputies_;
  std::map<std::pair<std::int64_t, std::string>, Codes> area_roles_;
  std::map<std::int64_t, std::vector<std::pair<base::UtcTime, base::UtcTime>>> leave_;
  std::map<std::string, std::vector<model::PersonId>> people_at_;
  std::int64_t last_contact_ = 0;
};

}  // namespace tocsin::support
