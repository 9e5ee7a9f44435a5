// The operator's settings: one TOML file, one table that knows every key.
//
// The tables (settings_table(), and of links link_kinds.h) are the only place where a setting's name, type, unit,
// range, default and help stand; the reader, the checker, the sample file and docs/settings.md come from them.
#pragma once

#include <string>
#include <vector>

#include "adapters/https/settings.h"
#include "gateway/app/link_settings.h"
#include "gateway/app/setting.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/log.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/engine/options.h"
#include "gateway/ports/front_door.h"

namespace tocsin::app {

struct Settings {
  bool chinese = false;  // what is said to whoever starts it; not of the file
  std::string file;      // where these were read from, for reading them anew; empty = nowhere
  std::string database = "tocsin.db";
  std::string plan = "plan.toml";
  std::string directory;  // CSV folder, imported at start when the database has no directory yet; may be empty
  std::string log_level = "info";
  base::DialingRules dialing;
  // Without certificate and key: self-signed beside the database.  Its local_socket is filled in at start.
  https::HttpsSettings https;
  bool https_local_socket = true;    // a unix socket "<database>.sock"
  std::string public_url;            // "https://tocsin.example.org": how phones reach it; checked; may be empty
  std::string authority;             // folder of `tocsin tls init`; may be empty
  bool authority_installed = false;  // on the phones of all who are told
  ports::OfficeCard card;            // its map_tiles are checked
  std::int64_t ballast_mb = 16;
  std::string contact_check_hours = "09:00-17:00";  // checked; what the engine takes of it is in `engine`
  engine::Options engine;
  std::vector<LinkSettings> links;
};

[[nodiscard]] base::LogLevel log_level_of(const Settings& settings);

[[nodiscard]] const std::vector<SettingInfo<Settings>>& settings_table();

struct ReadSettings {
  Settings settings;
  base::Diagnostics findings;  // unknown keys (nearest known name), wrong types, out of range, links without a name
  std::string source;
};

// kNotFound when the file cannot be opened.  Relative paths in it count from the file's own folder.
[[nodiscard]] base::Result<ReadSettings> read_settings(const std::string& path);
[[nodiscard]] ReadSettings read_settings_text(std::string_view toml, const std::string& file);
// Takes what `fresh` changes of the live settings; the names of those changed that take effect at the next start only
// ("https.port", "link carrier").
[[nodiscard]] std::vector<std::string> take_live_settings(Settings& running, const Settings& fresh);
// Every key with its default and help as comments: what `tocsin settings` prints.
[[nodiscard]] std::string sample_settings();

}  // namespace tocsin::app
