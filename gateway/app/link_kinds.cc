#include "gateway/app/link_kinds.h"

#include <algorithm>

namespace tocsin::app {

using L = LinkSettings;
using P = callout::LinkPolicy;

const std::vector<LinkKind>& link_kinds() {
  static const std::vector<LinkKind> kinds = {console_link(), smpp_link(),    modem_link(),
                                              http_link(),    webhook_link(), email_link()};
  return kinds;
}

const LinkKind* link_kind(std::string_view name) {
  const auto& kinds = link_kinds();
  const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
  return it == kinds.end() ? nullptr : &*it;
}

std::string names_of_link_kinds() {
  std::string names;
  const auto& kinds = link_kinds();
  for (const auto& kind : kinds) {
    if (!names.empty()) names += &kind == &kinds.back() ? " or " : ", ";
    names += kind.name;
  }
  return names;
}

const std::vector<SettingInfo<LinkSettings>>& common_link_settings() {
  static const std::vector<SettingInfo<LinkSettings>> table = {
      {"name", "", 1, 64, "What record and desk call it; stays the same for ever.", slot_of(&L::name)},
      {"kind", "one of those below", 1, 16, "What it is; console shows messages instead of sending them.",
       slot_of(&L::kind)},
      {"signature", "", 0, 40, "Put before each text, for example 【青石应急】.", slot_of(&L::signature)},
      {"rate", "messages per second", 0, 100000, "0 = no limit.", slot_of(&L::rate)},
      {"receipts", "true or false", 0, 1, "Ask for delivery receipts.", slot_of(&L::receipts)},
      {"priority", "", 0, 1000, "Of several links of one channel the lowest goes first.",
       slot_of(&L::policy, &P::priority)},
      {"weight", "", 0, 1000,
       "Share of the messages among those of one priority; 0 = only when those before it cannot.",
       slot_of(&L::policy, &P::weight)},
      {"prefixes", "numbers such as +86144", 0, 400,
       "It carries numbers that begin with one of these, and they prefer it; empty = any.", slot_of(&L::prefixes)},
      {"per_hour", "messages", 0, 1000000, "At most, each part of a long one counted; 0 = no cap.",
       slot_of(&L::policy, &P::per_hour)},
      {"per_day", "messages", 0, 10000000, "At most, each part of a long one counted; 0 = no cap.",
       slot_of(&L::policy, &P::per_day)},
      {"carrier", "", 0, 64, "Links of one account, given the same word here: a receipt for one may come over another.",
       slot_of(&L::policy, &P::carrier)},
      {"probe_number", "number with +", 0, 16,
       "A number of the office whose messages come in over some link: probes are sent to it; empty = none.",
       slot_of(&L::policy, &P::probe_number)},
      {"probe_every", "duration", 60000, kDayMs, "Between two probes; each one costs a message.",
       slot_of(&L::policy, &P::probe_every)},
  };
  return table;
}

std::vector<SettingInfo<LinkSettings>> settings_of(const LinkKind& kind) {
  auto all = common_link_settings();
  all.insert(all.end(), kind.settings.begin(), kind.settings.end());
  return all;
}

callout::LinkPolicy policy_of(const LinkSettings& link) {
  auto policy = link.policy;
  policy.prefixes = callout::read_prefixes(link.prefixes).value_or(std::vector<std::string>());
  return policy;
}

}  // namespace tocsin::app
