#include "gateway/rehearse/stand_in_roster.h"

#include <algorithm>

namespace tocsin::rehearse {
namespace {

constexpr int kDeputies = 2;

std::string deputy_code(int number, const std::string& selector) {
  return "deputy-" + std::to_string(number) + "-of-" + selector;
}

}  // namespace

StandInRoster::StandInRoster(const std::vector<const plan::Plan*>& plans, const std::set<std::string>& areas) {
  std::set<std::string> selectors;
  for (const auto* plan : plans) {
    for (const auto& response : plan->responses) {
      for (const auto& step : response.steps) {
        for (const auto& selector : step.to) selectors.insert(model::to_text(selector));
      }
    }
  }
  for (const auto& selector : selectors) {
    add_person(selector);
    for (int i = 1; i <= kDeputies; ++i) add_person(deputy_code(i, selector));
  }
  for (const auto& name : areas) {
    model::AreaInfo area;
    area.id = {static_cast<std::int64_t>(areas_.size()) + 1};
    area.code = area.name = name;
    area.kind = "community";
    areas_.push_back(std::move(area));
  }
}

// Addresses are of a range nobody can be reached at; they are never shown.
void StandInRoster::add_person(const std::string& code) {
  model::PersonCard card;
  card.id = {static_cast<std::int64_t>(cards_.size()) + 1};
  card.code = card.name = code;
  const auto number = card.id.value * 10;
  const auto contact = [&](model::ContactKind kind, const std::string& address) {
    card.contacts.push_back({{number + static_cast<int>(card.contacts.size())}, kind, address, "", true});
  };
  contact(model::ContactKind::kMobile, "+8614400000000");
  contact(model::ContactKind::kEmail, "nobody@tocsin.example");
  contact(model::ContactKind::kWebhook, "https://tocsin.example/");
  contact(model::ContactKind::kConsole, "console");
  by_code_.emplace(code, card.id);
  cards_.push_back(std::move(card));
}

model::Resolved StandInRoster::resolve(std::span<const model::Selector> selectors, model::AreaId, base::UtcTime) const {
  model::Resolved found;
  for (const auto& selector : selectors) {
    const auto text = model::to_text(selector);
    const auto person = by_code_.find(text);
    if (person == by_code_.end()) continue;
    const auto known = std::any_of(found.recipients.begin(), found.recipients.end(),
                                   [&](const model::Recipient& r) { return r.person == person->second; });
    if (!known) found.recipients.push_back({person->second, selector, selector.name, text, {}});
  }
  return found;
}

std::optional<model::PersonId> StandInRoster::next_deputy(model::PersonId, const model::Selector& selector,
                                                          std::span<const model::PersonId> told, base::UtcTime) const {
  if (selector.kind != model::SelectorKind::kPost) return std::nullopt;
  for (int i = 1; i <= kDeputies; ++i) {
    const auto found = by_code_.find(deputy_code(i, model::to_text(selector)));
    if (found == by_code_.end()) return std::nullopt;
    if (std::find(told.begin(), told.end(), found->second) == told.end()) return found->second;
  }
  return std::nullopt;
}

const model::PersonCard* StandInRoster::person(model::PersonId id) const {
  const auto place = static_cast<std::size_t>(id.value);
  return id && place <= cards_.size() ? &cards_[place - 1] : nullptr;
}

const model::PersonCard* StandInRoster::person_coded(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : person(found->second);
}

std::vector<const model::PersonCard*> StandInRoster::people() const {
  std::vector<const model::PersonCard*> all;
  all.reserve(cards_.size());
  for (const auto& card : cards_) all.push_back(&card);
  return all;
}

const model::AreaInfo* StandInRoster::area(model::AreaId id) const {
  const auto place = static_cast<std::size_t>(id.value);
  return id && place <= areas_.size() ? &areas_[place - 1] : nullptr;
}

std::string StandInRoster::area_path(model::AreaId id) const {
  const auto* here = area(id);
  return here == nullptr ? "" : here->name;
}

}  // namespace tocsin::rehearse
