// Who is told more, less, later or otherwise: both responses rehearsed with nobody answering.
#include <algorithm>
#include <map>
#include <set>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/rehearse/moments.h"
#include "gateway/rehearse/stand_in_roster.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::same;

constexpr std::int64_t kMostCallOuts = 2'000;
constexpr std::size_t kMostAreasTried = 50, kMostTriesShown = 8, kMostNamed = 3;

// The plan with nothing in it but that response, reached by every report of its hazard.
plan::Plan only(const plan::Plan& plan, const plan::Response& response) {
  plan::Plan small;
  small.name = plan.name;
  small.version = plan.version;
  small.time_zone = plan.time_zone;
  small.languages = plan.languages;
  small.stale_after = plan.stale_after;
  small.open_within = plan.open_within;
  small.levels = plan.levels;
  small.ladders = plan.ladders;
  small.calendar = plan.calendar;
  small.responses = {response};
  if (const auto* hazard = plan.hazard(response.kind)) {
    plan::Hazard bare;
    bare.kind = hazard->kind;
    bare.name = hazard->name;
    bare.default_level = response.level;
    small.hazards.emplace(bare.kind, std::move(bare));
  }
  return small;
}

struct Place {
  model::AreaId area;
  Said words;
};

// One area of each kind, where the response finds most selectors filled; and none.
std::vector<Place> places_of(const ports::Roster& roster, const plan::Response& before, const plan::Response& after,
                             base::UtcTime at) {
  std::vector<model::Selector> by_place;
  for (const auto* response : {&before, &after}) {
    for (const auto& step : response->steps) {
      for (const auto& selector : step.to) {
        const bool placed =
            selector.kind == model::SelectorKind::kAreaRole || selector.kind == model::SelectorKind::kAreaUpRole;
        if (placed) by_place.push_back(selector);
      }
    }
  }
  std::vector<Place> places;
  std::map<std::string, std::pair<std::size_t, std::size_t>> best;  // kind: place, people found
  std::map<std::string, std::size_t> tried;
  for (const auto& area : roster.areas()) {
    if (by_place.empty() && best.count(area.kind) != 0) continue;
    if (++tried[area.kind] > kMostAreasTried) continue;
    const auto people = by_place.empty() ? 0 : roster.resolve(by_place, area.id, at).recipients.size();
    const Place place{area.id, said("in {0} ({1})", "在{0}（{1}）", area.name, area.kind)};
    const auto [found, fresh] = best.try_emplace(area.kind, places.size(), people);
    if (fresh) {
      places.push_back(place);
    } else if (people > found->second.second) {
      places[found->second.first] = place;
      found->second.second = people;
    }
  }
  places.push_back({{}, {"place unknown", "地点不明"}});
  return places;
}

bool same_try(const Try& a, const Try& b) {
  return a.after == b.after && a.channel == b.channel && a.contact == b.contact && a.deputy == b.deputy;
}

// "SMS +0s > desk phones +3m > deputy told (li) +8m"; where the first ones are the same, from the first that is not.
Said course_in_words(const Told& told, std::size_t from) {
  std::vector<Said> parts;
  const auto end = std::min(told.tries.size(), from + kMostTriesShown);
  if (from > 0) parts.push_back(same("..."));
  for (std::size_t i = from; i < end; ++i) {
    const auto& one = told.tries[i];
    const Said channel{in_words(one.channel, false), in_words(one.channel, true)};
    const auto whom = one.deputy.empty() ? channel : said("{0} ({1})", "{0}（{1}）", channel, one.deputy);
    parts.push_back(said("{0} {1}", "{0} {1}", whom, after(one.after)));
  }
  if (end < told.tries.size()) parts.push_back(said("{0} tries in all", "共{0}次", told.tries.size()));
  return parts.empty() ? Said{"on the list, never tried", "在名单上，未曾通知"} : plan::joined(parts, {" > ", " → "});
}

struct Difference {
  std::string what;
  Said before, after;
};

// What changed for one person; nothing when every try is the same.
std::optional<Difference> compared(const Told* was, const Told* now) {
  if (was == nullptr) return Difference{"more", {}, course_in_words(*now, 0)};
  if (now == nullptr) return Difference{"fewer", course_in_words(*was, 0), {}};
  const auto &old_tries = was->tries, &new_tries = now->tries;
  const auto [old_at, new_at] =
      std::mismatch(old_tries.begin(), old_tries.end(), new_tries.begin(), new_tries.end(), same_try);
  if (old_at == old_tries.end() && new_at == new_tries.end()) return std::nullopt;
  const auto from = static_cast<std::size_t>(old_at - old_tries.begin());
  const auto shown = from < kMostTriesShown / 2 ? 0 : from;
  Difference found{"course", course_in_words(*was, shown), course_in_words(*now, shown)};
  if (!old_tries.empty() && !new_tries.empty() && old_tries[0].after != new_tries[0].after) {
    found.what = old_tries[0].after < new_tries[0].after ? "later" : "sooner";
  } else if (!std::equal(old_tries.begin(), old_tries.end(), new_tries.begin(), new_tries.end(),
                         [](const Try& a, const Try& b) { return a.channel == b.channel; })) {
    found.what = "channel";
  }
  return found;
}

// Where and when something holds, of all the moments and places tried.
using Contexts = std::set<std::pair<std::size_t, std::size_t>>;

struct Key {
  std::string what, selector;
  Said before, after;
  bool operator<(const Key& other) const {
    const auto order = [](const Key& k) {
      return std::tie(k.what, k.selector, k.before.en, k.before.zh, k.after.en, k.after.zh);
    };
    return order(*this) < order(other);
  }
};

class PeopleCompared {
 public:
  PeopleCompared(const plan::Plan& before, const plan::Plan& after, const ResponsePair& pair,
                 const DiffOptions& options, PlanDiff& out)
      : before_(only(before, *pair.before)),
        after_(only(after, *pair.after)),
        pair_(pair),
        options_(options),
        out_(out),
        stand_ins_({&before_, &after_}, {}),
        roster_(options.roster == nullptr ? stand_ins_ : *options.roster) {}

  void compare() {
    const bool real = options_.roster != nullptr;
    moments_ = moments_of(before_, after_, *pair_.before, *pair_.after, options_.at, real);
    if (real) {
      places_ = places_of(roster_, *pair_.before, *pair_.after, options_.at);
    } else {
      places_ = {{}};
    }
    const auto wanted = static_cast<std::int64_t>(moments_.size() * places_.size());
    if (out_.call_outs + wanted > kMostCallOuts) {
      out_.left_out.push_back(said("{0}: compared step by step only; {1} call-outs were rehearsed already",
                                   "{0}：只逐步比较；已推演{1}次", base::listed(pair_.about), out_.call_outs));
      return;
    }
    for (std::size_t m = 0; m < moments_.size(); ++m) {
      for (std::size_t p = 0; p < places_.size(); ++p) rehearse_both(m, p);
    }
    tell();
  }

 private:
  Rehearsal play(const plan::Plan& plan, std::size_t moment, std::size_t place) const {
    Case report;
    report.hazard = pair_.before->kind;
    report.area = places_[place].area;
    Options how;
    how.links_for = options_.links_for;
    how.horizon = std::chrono::hours(24);
    return rehearse(plan, roster_, report, moments_[moment].at, how);
  }

  void rehearse_both(std::size_t moment, std::size_t place) {
    ++out_.call_outs;
    const auto was = play(before_, moment, place), now = play(after_, moment, place);
    std::map<std::string, std::pair<const Told*, const Told*>> people;
    for (const auto& told : was.people) people[told.code].first = &told;
    for (const auto& told : now.people) people[told.code].second = &told;
    for (const auto& [code, both] : people) {
      const auto& told = both.second != nullptr ? *both.second : *both.first;
      seen_[told.selector].emplace(moment, place);
      const auto found = compared(both.first, both.second);
      if (!found) continue;
      auto& here = found_[{found->what, told.selector, found->before, found->after}];
      here.first.emplace(code, told.name);
      here.second.emplace(moment, place);
    }
  }

  // Nothing where it holds wherever the selector finds anybody.
  Said when(const std::string& selector, const Contexts& holds) const {
    const auto& all = seen_.at(selector);
    if (holds == all) return {};
    std::set<std::size_t> moments, places, all_places;
    for (const auto& [moment, place] : holds) {
      moments.insert(moment);
      places.insert(place);
    }
    for (const auto& [moment, place] : all) all_places.insert(place);
    std::vector<Said> parts;
    const auto hours = in_words(moments_, {moments.begin(), moments.end()});
    if (!hours.empty()) parts.push_back(hours);
    if (places != all_places) {
      std::vector<Said> names;
      for (const auto place : places) names.push_back(places_[place].words);
      parts.push_back(plan::joined(names, {", ", "、"}));
    }
    return plan::joined(parts, {"; ", "；"});
  }

  static Said subject(const std::string& selector, const std::map<std::string, std::string>& people) {
    std::vector<std::string> names;
    for (const auto& [code, name] : people) {
      if (names.size() == kMostNamed) break;
      names.push_back(name == code ? code : name + " " + code);
    }
    if (people.size() == 1 && people.begin()->first == selector) return same(selector);
    if (people.size() == 1) return said("{0}: {1}", "{0}：{1}", selector, names.front());
    if (people.size() > names.size()) names.emplace_back("...");
    return said("{0}: {1} people ({2})", "{0}：{1}人（{2}）", selector, people.size(), base::listed(names));
  }

  void tell() {
    static const char* const kOrder[] = {"more", "fewer", "later", "sooner", "channel", "course"};
    for (const auto* what : kOrder) {
      for (const auto& [key, here] : found_) {
        if (key.what != what) continue;
        Change change;
        change.what = key.what;
        change.about = pair_.about;
        change.subject = subject(key.selector, here.first);
        change.before = key.before;
        change.after = key.after;
        change.when = when(key.selector, here.second);
        for (const auto& [code, name] : here.first) change.people.push_back(code);
        out_.changes.push_back(std::move(change));
      }
    }
  }

  const plan::Plan before_, after_;
  const ResponsePair& pair_;
  const DiffOptions& options_;
  PlanDiff& out_;
  const StandInRoster stand_ins_;
  const ports::Roster& roster_;
  std::vector<Moment> moments_;
  std::vector<Place> places_;
  std::map<std::string, Contexts> seen_;  // by selector: where it found anybody under either plan
  std::map<Key, std::pair<std::map<std::string, std::string>, Contexts>> found_;
};

}  // namespace

void diff_people(const plan::Plan& before, const plan::Plan& after, const ResponsePair& pair,
                 const DiffOptions& options, PlanDiff& out) {
  PeopleCompared(before, after, pair, options, out).compare();
}

}  // namespace tocsin::rehearse
