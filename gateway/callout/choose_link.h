// Which of several links carries a message: by what each is for, how each stands, and what was tried before.
//
// Pure, any thread.  The rules are docs/guarantees.md, "Links".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"

namespace tocsin::callout {

// What the office wants of a link, whatever its kind.
struct LinkPolicy {
  int priority = 0;                   // lower first
  int weight = 0;                     // share among those of one priority; 0: only when none before it can
  std::vector<std::string> prefixes;  // of numbers as stored ("+86144"): it carries these alone; empty = any
  int per_hour = 0, per_day = 0;      // messages at most, each part counted; 0 = no cap
  std::string carrier;                // links of one carrier: a receipt may come over any; empty = over its own alone
  std::string probe_number;           // E.164, of the office's own; empty = it is not probed
  base::Duration probe_every = std::chrono::minutes(30);  // between two probes
};

// Persisted nowhere.  Better ones first.
enum class LinkStanding : std::uint8_t {
  kReady,
  kDoubted,  // its carrier does not confirm as it used to: only where nothing better is left
  kFull,     // its cap is reached
  kDown,
};

struct LinkNow {
  const LinkPolicy* policy = nullptr;
  model::Channel channel = model::Channel::kSms;
  LinkStanding standing = LinkStanding::kDown;
  bool wants_trial = false;  // doubted, and one message would tell whether it confirms again
};

struct WantedLink {
  model::Channel channel = model::Channel::kSms;
  std::string_view number;
  model::Urgency urgency = 0;
  std::uint64_t tried = 0;  // bit per link (its place in the list): had this message, and it did not arrive for certain
  std::uint64_t draw = 0;   // spreads equals by their weights; the same number, the same choice
};

struct LinkChoice {
  int at = -1;       // place in the list; -1: no link serves the channel
  bool now = false;  // it can carry it at once; false: owed until it can
};

// In this order: a link that can carry it now; one that is not doubted; one that has not had this message in vain; one
// whose prefixes name the number (the longest prefix); the lowest priority; those with a weight, shared by it; the
// first in the list.  A link with prefixes carries other numbers only when every link of the channel has prefixes.  A
// link on trial takes a message that is neither most urgent nor a repeat before any other link does.
[[nodiscard]] LinkChoice choose_link(std::span<const LinkNow> links, const WantedLink& wanted);

// May the link at `at` take a message that waits for the link at `from`?  Yes when that one cannot carry it now or is
// doubted, and this one is as good as any that can; and when this one comes before it by prefix or priority.
[[nodiscard]] bool may_take_over(std::span<const LinkNow> links, const WantedLink& wanted, int from, int at);

// Digits behind a plus, at most 15 (E.164 6.2.1); separated by blanks or commas.  Empty: one of them is no such prefix.
[[nodiscard]] std::optional<std::vector<std::string>> read_prefixes(std::string_view text);

}  // namespace tocsin::callout
