#include "gateway/rehearse/check.h"

#include <algorithm>
#include <set>

namespace tocsin::rehearse {
namespace {

using base::Severity;
using model::Channel;
using model::PersonCard;
using model::Selector;
using model::SelectorKind;

bool depends_on_place(const Selector& selector) {
  return selector.kind == SelectorKind::kAreaRole || selector.kind == SelectorKind::kAreaUpRole;
}

// "post commander", "area role heads": the message says what is missing in the directory's words.
std::string in_words(const Selector& selector) {
  switch (selector.kind) {
    case SelectorKind::kPost: return "a post " + selector.name;
    case SelectorKind::kUnit: return "a unit " + selector.name;
    case SelectorKind::kGroup: return "a group " + selector.name;
    case SelectorKind::kDuty: return "anybody with duty " + selector.name;
    case SelectorKind::kAreaRole:
    case SelectorKind::kAreaUpRole: break;
  }
  return "anybody with area role " + selector.name;
}

// Places a report can name that hold no smaller ones; no place at all when the directory has no areas.
std::vector<model::AreaId> smallest_areas(const ports::Roster& roster) {
  std::set<model::AreaId> parents;
  for (const auto& area : roster.areas()) parents.insert(area.parent);
  std::vector<model::AreaId> leaves;
  for (const auto& area : roster.areas()) {
    if (parents.count(area.id) == 0) leaves.push_back(area.id);
  }
  if (leaves.empty()) leaves.push_back({});
  return leaves;
}

class Check {
 public:
  Check(const plan::Plan& plan, const ports::Roster& roster, const std::string& file, base::UtcTime at, unsigned links)
      : plan_(plan), roster_(roster), file_(file), at_(at), links_(links), places_(smallest_areas(roster)) {}

  base::Diagnostics run() {
    for (const auto& response : plan_.responses) {
      for (const auto& step : response.steps) {
        check_step(response, step);
      }
    }
    return std::move(findings_);
  }

 private:
  void find(Severity severity, std::string code, std::string message, std::string hint) {
    findings_.push_back({severity, std::move(code), file_, 0, 0, std::move(message), std::move(hint)});
  }

  std::string where(const plan::Response& response, const plan::PlanStep& step) const {
    const auto level = plan_.level_id(response.level);
    return std::string(model::name_of(response.kind)) + (level.empty() ? "" : "/" + level) + ", step " + step.name;
  }

  void check_step(const plan::Response& response, const plan::PlanStep& step) {
    const auto in = where(response, step);
    for (const auto& selector : step.to) check_selector(selector, in);
    if (step.ladder < 0) return;  // a task of the desk tells nobody
    const auto& ladder = plan_.ladders[static_cast<std::size_t>(step.ladder)];
    for (const auto& rung : ladder.rungs) {
      if (rung.who) check_selector(*rung.who, in + ", who knocks");
    }
    const bool by_place = std::any_of(step.to.begin(), step.to.end(), depends_on_place);
    const std::size_t places = by_place ? places_.size() : 1;
    std::optional<std::size_t> fewest;
    model::AreaId fewest_at;
    for (std::size_t i = 0; i < places; ++i) {
      const auto found = roster_.resolve(step.to, places_[i], at_);
      for (const auto& recipient : found.recipients) check_person(recipient.person, ladder, in);
      if (fewest && found.recipients.size() >= *fewest) continue;
      fewest = found.recipients.size();
      fewest_at = places_[i];
    }
    check_enough(step, in, *fewest, by_place ? fewest_at : model::AreaId{});
  }

  // ---- selectors ----

  void check_selector(const Selector& selector, const std::string& in) {
    if (!seen_selectors_.insert(selector).second) return;
    const auto text = model::to_text(selector);
    if (!roster_.knows(selector)) {
      find(Severity::kError, "selector-resolves-to-nobody",
           in + ": " + text + " names nobody; the directory does not have " + in_words(selector),
           "correct the name in the plan, or add it to the directory");
      return;
    }
    const std::size_t places = depends_on_place(selector) ? places_.size() : 1;
    std::vector<std::string> empty;
    for (std::size_t i = 0; i < places; ++i) {
      if (!roster_.resolve(std::span(&selector, 1), places_[i], at_).recipients.empty()) continue;
      const auto* area = roster_.area(places_[i]);
      empty.push_back(area == nullptr ? "" : area->code);
    }
    if (empty.empty()) return;
    find(Severity::kWarning, "selector-resolves-to-nobody",
         in + ": " + text + " names nobody" + (depends_on_place(selector) ? " at " + listed(empty) : " at this moment"),
         "see who fills it, and who is on leave");
  }

  static std::string listed(const std::vector<std::string>& codes) {
    constexpr std::size_t kShown = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(kShown, codes.size()); ++i) {
      text += (i > 0 ? ", " : "") + (codes[i].empty() ? std::string("an unknown place") : codes[i]);
    }
    if (codes.size() > kShown) text += " and " + std::to_string(codes.size() - kShown) + " more";
    return text;
  }

  // ---- people ----

  bool has_agreed(const PersonCard& card, Channel channel) const {
    if (is_carried(channel) && ((links_ >> static_cast<unsigned>(channel)) & 1U) == 0) return false;
    return std::any_of(card.contacts.begin(), card.contacts.end(),
                       [&](const model::ContactPoint& c) { return c.agreed && can_carry(channel, c.kind); });
  }

  void check_person(model::PersonId person, const plan::Ladder& ladder, const std::string& in) {
    const auto* card = roster_.person(person);
    if (card == nullptr || seen_people_.count(person) != 0) return;
    const auto uses = [&](auto&& rung_fits) {
      return std::any_of(ladder.rungs.begin(), ladder.rungs.end(), rung_fits);
    };
    const bool reachable = uses([&](const plan::Rung& rung) { return has_agreed(*card, rung.channel); });
    const bool desk_wanted = uses([](const plan::Rung& rung) { return rung.channel == Channel::kDeskCall; });
    const bool knock = uses([](const plan::Rung& rung) { return rung.channel == Channel::kKnock; });
    const auto who = card->name + " (" + card->code + ")";
    if (!reachable) {
      seen_people_.insert(person);
      find(Severity::kWarning, "person-unreachable",
           in + ": " + who + " has no agreed contact point that ladder " + ladder.name + " can use",
           card->contacts.empty() ? "add a contact point" : "have the person agree to one, or add another rung");
    } else if (desk_wanted && !knock && !has_agreed(*card, Channel::kDeskCall)) {
      seen_people_.insert(person);
      find(Severity::kWarning, "nobody-can-phone",
           in + ": the desk has no agreed number of " + who + ", so ladder " + ladder.name + " ends without a human",
           "add a mobile or landline the person agrees to");
    }
  }

  void check_enough(const plan::PlanStep& step, const std::string& in, std::size_t recipients, model::AreaId place) {
    if (step.enough_all || step.enough <= 0 || recipients == 0) return;
    if (static_cast<std::size_t>(step.enough) <= recipients) return;
    const auto* area = roster_.area(place);
    find(Severity::kWarning, "enough-above-recipients",
         in + ": asks for " + std::to_string(step.enough) + " answers of " + std::to_string(recipients) +
             (recipients == 1 ? " recipient" : " recipients") + (area == nullptr ? "" : " at " + area->code),
         "lower \"enough\", or name more recipients");
  }

  const plan::Plan& plan_;
  const ports::Roster& roster_;
  const std::string& file_;
  const base::UtcTime at_;
  const unsigned links_;
  const std::vector<model::AreaId> places_;
  std::set<Selector> seen_selectors_;
  std::set<model::PersonId> seen_people_;
  base::Diagnostics findings_;
};

}  // namespace

base::Diagnostics check(const plan::Plan& plan, const ports::Roster& roster, const std::string& file, base::UtcTime at,
                        unsigned links_for) {
  return Check(plan, roster, file, at, links_for).run();
}

}  // namespace tocsin::rehearse
