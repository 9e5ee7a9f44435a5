#include "gateway/callout/choose_link.h"

#include <algorithm>
#include <tuple>

namespace tocsin::callout {
namespace {

constexpr std::size_t kMostDigits = 15;

// Length of the longest prefix that names the number; 0: none does.
std::size_t match_of(const LinkPolicy& policy, std::string_view number) {
  std::size_t longest = 0;
  for (const auto& prefix : policy.prefixes) {
    if (number.substr(0, prefix.size()) == prefix) longest = std::max(longest, prefix.size());
  }
  return longest;
}

bool is_general(const LinkPolicy& policy) {
  return policy.prefixes.empty();
}

bool can_now(LinkStanding standing) {
  return standing == LinkStanding::kReady || standing == LinkStanding::kDoubted;
}

// Smaller is better; weights decide between equals.
using Rank = std::tuple<bool, bool, bool, bool, std::size_t, int, std::size_t>;

class Look {
 public:
  // `only_trial`: no other link's trial counts; -1 = every link's does.
  Look(std::span<const LinkNow> links, const WantedLink& wanted, int only_trial = -1)
      : links_(links), wanted_(wanted), only_trial_(only_trial) {
    none_for_it_ = std::none_of(links.begin(), links.end(), [&](const LinkNow& l) {
      return l.channel == wanted.channel && (is_general(*l.policy) || match_of(*l.policy, wanted.number) > 0);
    });
  }

  [[nodiscard]] bool serves(const LinkNow& link) const {
    if (link.channel != wanted_.channel) return false;
    return none_for_it_ || is_general(*link.policy) || match_of(*link.policy, wanted_.number) > 0;
  }

  [[nodiscard]] bool takes_trial(std::size_t at) const {
    if (only_trial_ >= 0 && at != static_cast<std::size_t>(only_trial_)) return false;
    return links_[at].wants_trial && links_[at].standing == LinkStanding::kDoubted && wanted_.tried == 0 &&
           wanted_.urgency < model::kMostUrgent;
  }

  [[nodiscard]] bool was_tried(std::size_t at) const { return at < 64 && ((wanted_.tried >> at) & 1U) != 0; }

  [[nodiscard]] Rank rank(std::size_t at) const {
    const auto& link = links_[at];
    const bool trial = takes_trial(at);
    return {!can_now(link.standing),
            !trial,
            link.standing == LinkStanding::kDoubted && !trial,
            was_tried(at),
            kMostDigits + 1 - match_of(*link.policy, wanted_.number),
            link.policy->priority,
            link.policy->weight > 0 ? 0 : at + 1};
  }

  [[nodiscard]] LinkChoice best() const {
    std::vector<std::size_t> equals;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (!serves(links_[i])) continue;
      if (!equals.empty() && rank(i) > rank(equals.front())) continue;
      if (!equals.empty() && rank(i) < rank(equals.front())) equals.clear();
      equals.push_back(i);
    }
    if (equals.empty()) return {};
    const auto at = by_weight(equals);
    return {static_cast<int>(at), can_now(links_[at].standing)};
  }

 private:
  [[nodiscard]] std::size_t by_weight(const std::vector<std::size_t>& equals) const {
    std::uint64_t sum = 0;
    for (const auto i : equals) sum += static_cast<std::uint64_t>(links_[i].policy->weight);
    if (sum == 0) return equals.front();  // alone: what has no weight is nobody's equal
    auto drawn = wanted_.draw % sum;
    for (const auto i : equals) {
      const auto weight = static_cast<std::uint64_t>(links_[i].policy->weight);
      if (drawn < weight) return i;
      drawn -= weight;
    }
    return equals.front();
  }

  std::span<const LinkNow> links_;
  const WantedLink& wanted_;
  int only_trial_;
  bool none_for_it_ = false;  // every link of the channel is for other numbers
};

}  // namespace

LinkChoice choose_link(std::span<const LinkNow> links, const WantedLink& wanted) {
  return Look(links, wanted).best();
}

bool may_take_over(std::span<const LinkNow> links, const WantedLink& wanted, int from, int at) {
  const Look look(links, wanted, at);  // a trial elsewhere takes one message, not the queue
  const auto here = static_cast<std::size_t>(at), there = static_cast<std::size_t>(from);
  if (here == there || !look.serves(links[here]) || !can_now(links[here].standing)) return false;
  if (!(look.rank(here) < look.rank(there))) return false;
  const auto best = look.best();
  return best.at == at || !(look.rank(static_cast<std::size_t>(best.at)) < look.rank(here));
}

std::optional<std::vector<std::string>> read_prefixes(std::string_view text) {
  std::vector<std::string> prefixes;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" ,"), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const auto digits = word.substr(1);
    const bool good = word[0] == '+' && !digits.empty() && digits.size() <= kMostDigits &&
                      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!good) return std::nullopt;
    prefixes.emplace_back(word);
  }
  return prefixes;
}

}  // namespace tocsin::callout
