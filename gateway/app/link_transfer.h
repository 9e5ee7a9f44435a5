// The settings that all kinds of link over libcurl share.
#pragma once

#include <vector>

#include "gateway/app/link_settings.h"
#include "gateway/app/setting.h"

namespace tocsin::app {

[[nodiscard]] const std::vector<SettingInfo<LinkSettings>>& transfer_table();
// Those of a link, with what every link has.
[[nodiscard]] transfer::LinkSettings transfer_settings(const LinkSettings& link);

}  // namespace tocsin::app
