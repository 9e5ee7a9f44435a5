#include "gateway/app/link_kinds.h"

#include <algorithm>

namespace tocsin::app {

using L = LinkSettings;

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
  };
  return table;
}

std::vector<SettingInfo<LinkSettings>> settings_of(const LinkKind& kind) {
  auto all = common_link_settings();
  all.insert(all.end(), kind.settings.begin(), kind.settings.end());
  return all;
}

}  // namespace tocsin::app
