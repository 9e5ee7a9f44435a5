// The kinds of link there are: for each, which settings it has, what it carries, how one is made.  One file per kind
// (link_smpp.cc ...); a further kind is one more file and one more line in link_kinds.cc.
//
// Pure but for make() and can(), which read the files that a link's settings name; one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/sms/segments.h"
#include "gateway/app/link_settings.h"
#include "gateway/app/setting.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/ports/sender.h"
#include "gateway/rehearse/text_parts.h"

namespace tocsin::app {

// What a link is made with beside its own settings.
struct LinkWorld {
  base::DialingRules dialing;
  std::function<void(std::string_view line)> show;  // where a console shows its messages
};

struct LinkKind {
  const char* name;  // "smpp"
  const char* help;
  model::Channel channel;
  std::vector<SettingInfo<LinkSettings>> settings;  // its own; common_link_settings() come before them
  // The first thing that is missing or wrong though each value is in its range, the key named; no file is read.
  base::Status (*check)(const LinkSettings& link);
  // kInvalid, or what reading a secret says, the link named.
  base::Result<std::unique_ptr<ports::Sender>> (*make)(const LinkSettings& link, const LinkWorld& world);
  // The short messages it makes of a text, as its adapter does; kRefused: it is longer than the number of characters in
  // the error's `field`; null: as any phone would, behind its signature.
  base::Result<sms::EncodedText> (*cut)(const LinkSettings& link, std::string_view text) = nullptr;
  // What it will carry, from the settings and the files they name, as its Sender says once it is made; null:
  // everything.
  ports::LinkCan (*can)(const LinkSettings& link) = nullptr;
  // What is registered with its provider, which takes nothing else; nullopt: any text.  An error: the file that says so
  // cannot be used.  Null: any text.
  base::Result<std::optional<rehearse::Registered>> (*registered)(const LinkSettings& link) = nullptr;
};

[[nodiscard]] const std::vector<LinkKind>& link_kinds();
[[nodiscard]] const LinkKind* link_kind(std::string_view name);  // null: there is no such kind
[[nodiscard]] std::string names_of_link_kinds();                 // "console, smpp or modem"

// Of every link, whatever its kind.
[[nodiscard]] const std::vector<SettingInfo<LinkSettings>>& common_link_settings();
// Those and the kind's own, in the order of the sample.
[[nodiscard]] std::vector<SettingInfo<LinkSettings>> settings_of(const LinkKind& kind);
// What the engine is told of a link that has been checked.
[[nodiscard]] callout::LinkPolicy policy_of(const LinkSettings& link);

// The kinds themselves.
[[nodiscard]] LinkKind console_link();
[[nodiscard]] LinkKind smpp_link();
[[nodiscard]] LinkKind modem_link();
[[nodiscard]] LinkKind http_link();
[[nodiscard]] LinkKind webhook_link();
[[nodiscard]] LinkKind email_link();

}  // namespace tocsin::app
