#include "gateway/app/settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/app/link_kinds.h"
#include "gateway/app/secret_file.h"
#include "gateway/app/web_url.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;

class Reader {
 public:
  Reader(std::string file, base::Diagnostics& findings) : file_(std::move(file)), findings_(findings) {}

  void find(const toml::node& node, std::string code, std::string message, std::string hint = {}) {
    const auto at = node.source().begin;
    findings_.push_back({base::Severity::kError, std::move(code), file_, static_cast<int>(at.line),
                         static_cast<int>(at.column), std::move(message), std::move(hint)});
  }

  // Walks tables; a key is known as "section.key".
  template <typename T>
  void read(const toml::table& table, const std::string& prefix, const std::vector<SettingInfo<T>>& known, T& into) {
    for (const auto& [key, node] : table) {
      const auto name = prefix + std::string(key.str());
      if (prefix.empty() && name == "link") continue;  // the list of links has a table of its own
      if (const auto* section = node.as_table(); section != nullptr && prefix.empty()) {
        read(*section, name + ".", known, into);
        continue;
      }
      const auto* info = find_setting(known, name);
      if (info == nullptr) {
        unknown(key, name, known);
      } else {
        put(node, *info, into);
      }
    }
  }

  [[nodiscard]] std::size_t errors() const { return findings_.size(); }

 private:
  template <typename T>
  static const SettingInfo<T>* find_setting(const std::vector<SettingInfo<T>>& known, const std::string& name) {
    for (const auto& info : known) {
      if (name == info.key) return &info;
    }
    return nullptr;
  }

  template <typename T>
  void unknown(const toml::key& key, const std::string& name, const std::vector<SettingInfo<T>>& known) {
    std::vector<std::string> names;
    for (const auto& info : known) names.emplace_back(info.key);
    const auto near = base::nearest_name(name, names);
    const auto at = key.source().begin;
    findings_.push_back({base::Severity::kError, "unknown-key", file_, static_cast<int>(at.line),
                         static_cast<int>(at.column), "unknown setting \"" + name + "\"",
                         near.empty() ? "" : "did you mean \"" + near + "\"?"});
  }

  template <typename T>
  void put(const toml::node& node, const SettingInfo<T>& info, T& into) {
    const auto range = " from " + std::to_string(info.least) + " to " + std::to_string(info.most);
    std::visit(
        [&](const auto& slot) {
          auto& target = slot(into);
          using V = std::decay_t<decltype(target)>;
          if constexpr (std::is_same_v<V, std::string>) {
            const auto value = node.template value<std::string>();
            if (!node.is_string() || !value)
              return find(node, "wrong-type", std::string(info.key) + ": expected a text");
            const auto length = static_cast<std::int64_t>(base::count_characters(*value));
            if (length < info.least || length > info.most) {
              return find(node, "out-of-range", std::string(info.key) + ": expected a text of" + range + " characters");
            }
            target = *value;
          } else if constexpr (std::is_same_v<V, bool>) {
            const auto value = node.template value<bool>();
            if (!node.is_boolean() || !value)
              return find(node, "wrong-type", std::string(info.key) + ": expected true or false");
            target = *value;
          } else if constexpr (std::is_same_v<V, base::Duration>) {
            const auto text = node.is_string() ? node.template value<std::string>() : std::nullopt;
            const auto value = text ? base::parse_duration(*text) : std::nullopt;
            if (!value)
              return find(node, "wrong-type",
                          std::string(info.key) + ": expected a duration such as \"30s\" or \"5m\"");
            const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(*value).count();
            if (ms < info.least || ms > info.most) {
              return find(node, "out-of-range", std::string(info.key) + ": expected" + range + " milliseconds");
            }
            target = *value;
          } else {
            const auto value = node.is_integer() ? node.template value<std::int64_t>() : std::nullopt;
            if (!value) return find(node, "wrong-type", std::string(info.key) + ": expected a whole number");
            if (*value < info.least || *value > info.most) {
              return find(node, "out-of-range", std::string(info.key) + ": expected a whole number" + range);
            }
            target = static_cast<V>(*value);
          }
        },
        info.slot);
  }

  std::string file_;
  base::Diagnostics& findings_;
};

void read_link(const toml::table& table, Reader& reader, LinkSettings& link) {
  const auto named = table["kind"].value<std::string>();
  const auto* kind = link_kind(named.value_or(link.kind));
  if (kind == nullptr) {
    reader.find(*table.get("kind"), "unknown-kind",
                "unknown kind of link \"" + *named + "\"; expected " + names_of_link_kinds());
    return;
  }
  const auto before = reader.errors();
  reader.read(table, "", settings_of(*kind), link);
  if (link.name.empty()) return reader.find(table, "missing-key", "a link needs a name");
  if (reader.errors() > before) return;
  if (!callout::read_prefixes(link.prefixes)) {
    return reader.find(*table.get("prefixes"), "bad-value",
                       "link " + link.name + ": prefixes: expected numbers such as +86144, separated by blanks");
  }
  const auto& number = link.policy.probe_number;
  if (!number.empty() && (number.size() < 8 || !callout::read_prefixes(number))) {
    return reader.find(*table.get("probe_number"), "bad-value",
                       "link " + link.name + ": probe_number: expected a whole number such as +8614400000099");
  }
  if (const auto checked = kind->check(link); !checked) {
    const auto* where = table.get(checked.error().field);
    reader.find(where == nullptr ? table : *where, where == nullptr ? "missing-key" : "bad-value",
                "link " + link.name + ": " + checked.error().field + ": " + checked.error().message);
  }
}

// A number that no prefix names must not depend on a link made for others.
void check_general_links(const toml::array& tables, Reader& reader, const std::vector<LinkSettings>& links) {
  const auto channel_of = [](const LinkSettings& link) {
    const auto* kind = link_kind(link.kind);
    return kind == nullptr ? std::nullopt : std::optional(kind->channel);
  };
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto same = [&](const LinkSettings& other) { return channel_of(other) == channel_of(links[i]); };
    const bool first = std::none_of(links.begin(), links.begin() + static_cast<std::ptrdiff_t>(i), same);
    const bool general = std::any_of(links.begin(), links.end(),
                                     [&](const LinkSettings& other) { return same(other) && other.prefixes.empty(); });
    if (first && !general) {
      reader.find(*tables.get(i), "no-general-link",
                  "link " + links[i].name + ": every link of this channel has prefixes",
                  "leave them out of one, for all other numbers");
    }
  }
}

void read_links(const toml::table& root, Reader& reader, ReadSettings& out) {
  const auto* node = root.get("link");
  if (node == nullptr) return;
  const auto* links = node->as_array();
  if (links == nullptr || !links->is_array_of_tables()) {
    return reader.find(*node, "wrong-type", "link: expected a list of [[link]] tables");
  }
  for (const auto& element : *links) {
    LinkSettings link;
    read_link(*element.as_table(), reader, link);
    for (const auto& other : out.settings.links) {
      if (other.name == link.name) reader.find(element, "duplicate", "two links are called \"" + link.name + "\"");
    }
    out.settings.links.push_back(std::move(link));
  }
  check_general_links(*links, reader, out.settings.links);
}

void check_public_url(const toml::table& root, Reader& reader, Settings& settings) {
  if (settings.public_url.empty()) return;
  const auto url = parse_web_url(settings.public_url);
  if (url) {
    settings.public_url = url->text();
    return;
  }
  reader.find(*root.at_path("https.public_url").node(), "bad-url",
              "https.public_url: expected https://, a name or address, and a port if need be; nothing else");
}

void check_map_tiles(const toml::table& root, Reader& reader, const Settings& settings) {
  if (settings.card.map_tiles.empty() || is_tile_address(settings.card.map_tiles)) return;
  reader.find(*root.at_path("map.tiles").node(), "bad-url",
              "map.tiles: expected such as https://tiles.example/{z}/{x}/{y}.png");
}

// "09:00-17:00" as minutes of the day.
std::optional<std::pair<int, int>> read_hours(const std::string& text) {
  const auto minute_of = [&](std::size_t at) -> std::optional<int> {
    const auto digit = [&](std::size_t i) {
      return text[at + i] >= '0' && text[at + i] <= '9' ? text[at + i] - '0' : -1;
    };
    if (text[at + 2] != ':' || digit(0) < 0 || digit(1) < 0 || digit(3) < 0 || digit(4) < 0 || digit(3) > 5)
      return std::nullopt;
    return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
  };
  if (text.size() != std::string_view("09:00-17:00").size() || text[5] != '-') return std::nullopt;
  const auto from = minute_of(0), until = minute_of(6);
  return from && until ? std::optional(std::pair(*from, *until)) : std::nullopt;
}

// Nobody is to be woken by a check, nor to be asked so often that they stop looking.
void check_contact_check(const toml::table& root, Reader& reader, Settings& settings) {
  constexpr int kEarliest = 7 * 60, kLatest = 21 * 60;
  constexpr base::Duration kShortest = std::chrono::hours(28 * 24);
  auto& check = settings.engine.contact_check;
  const auto hours = read_hours(settings.contact_check_hours);
  if (!hours || hours->first < kEarliest || hours->second > kLatest || hours->first >= hours->second) {
    reader.find(*root.at_path("contact_check.hours").node(), "bad-value",
                "contact_check.hours: expected hours such as \"09:00-17:00\", from 07:00 to 21:00");
  } else {
    check.from_minute = hours->first;
    check.until_minute = hours->second;
  }
  if (check.every > base::Duration{} && check.every < kShortest) {
    reader.find(*root.at_path("contact_check.every").node(), "out-of-range",
                "contact_check.every: expected 0s, or 28d at least");
  }
}

template <typename T>
std::string default_of(const SettingInfo<T>& info) {
  T defaults;
  return std::visit(
      [&](const auto& slot) -> std::string {
        const auto& value = slot(defaults);
        using V = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<V, std::string>)
          return "\"" + value + "\"";
        else if constexpr (std::is_same_v<V, bool>)
          return value ? "true" : "false";
        else if constexpr (std::is_same_v<V, base::Duration>)
          return "\"" + base::to_string(value) + "\"";
        else
          return std::to_string(value);
      },
      info.slot);
}

// " (unit; live)"
template <typename T>
std::string remark_of(const SettingInfo<T>& info) {
  std::string remark = info.unit;
  if (info.takes == Takes::kLive) remark += remark.empty() ? "live" : "; live";
  return remark.empty() ? remark : " (" + remark + ")";
}

template <typename T>
bool same_value(const SettingInfo<T>& info, T& a, T& b) {
  return std::visit([&](const auto& slot) { return slot(a) == slot(b); }, info.slot);
}

void resolve_paths(Settings& s, const std::filesystem::path& folder) {
  const auto resolve = [&](std::string& path) {
    if (is_credential(path)) return;
    if (!path.empty() && std::filesystem::path(path).is_relative()) path = (folder / path).lexically_normal().string();
  };
  for (auto* path : {&s.database, &s.plan, &s.directory, &s.https.certificate_file, &s.https.key_file, &s.authority}) {
    resolve(*path);
  }
  for (auto& link : s.links) {
    const auto* kind = link_kind(link.kind);
    if (kind == nullptr) continue;
    for (const auto& info : kind->settings) {
      const auto* path = std::get_if<std::function<std::string&(LinkSettings&)>>(&info.slot);
      if (path != nullptr && std::string_view(info.unit).substr(0, 4) == "path") resolve((*path)(link));
    }
  }
}

}  // namespace

ReadSettings read_settings_text(std::string_view text, const std::string& file) {
  ReadSettings out;
  out.source = std::string(text);
  if (text.size() > kMaxBytes) {
    out.findings.push_back({base::Severity::kError, "too-large", file, 0, 0, "settings of more than 1 MiB", ""});
    return out;
  }
  try {
    const toml::table root = toml::parse(text, file);
    Reader reader(file, out.findings);
    reader.read(root, "", settings_table(), out.settings);
    read_links(root, reader, out);
    check_public_url(root, reader, out.settings);
    check_map_tiles(root, reader, out.settings);
    check_contact_check(root, reader, out.settings);
    static const std::vector<std::string> kLevels = {"debug", "info", "warning", "error"};
    if (std::find(kLevels.begin(), kLevels.end(), out.settings.log_level) == kLevels.end()) {
      reader.find(*root.get("log_level"), "unknown-name", "log_level: expected debug, info, warning or error");
    }
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    out.findings.push_back({base::Severity::kError, "syntax", file, static_cast<int>(at.line),
                            static_cast<int>(at.column), std::string(error.description()), ""});
  }
  return out;
}

base::Result<ReadSettings> read_settings(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (!in || std::filesystem::is_directory(path, ignored)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open " + path, ""};
  }
  std::ostringstream text;
  text << in.rdbuf();
  auto read = read_settings_text(text.str(), path);
  read.settings.file = path;
  resolve_paths(read.settings, std::filesystem::absolute(path, ignored).parent_path());
  return read;
}

std::vector<std::string> take_live_settings(Settings& running, const Settings& fresh) {
  std::vector<std::string> at_restart;
  Settings next = fresh;
  for (const auto& info : settings_table()) {
    if (same_value(info, running, next)) continue;
    if (info.takes == Takes::kLive) {
      std::visit([&](const auto& slot) { slot(running) = slot(next); }, info.slot);
    } else {
      at_restart.emplace_back(info.key);
    }
  }
  const auto differ = [](LinkSettings& a, LinkSettings& b) {
    const auto* kind = link_kind(a.kind);
    if (kind == nullptr || a.kind != b.kind) return true;
    const auto table = settings_of(*kind);
    return std::any_of(table.begin(), table.end(), [&](const auto& info) { return !same_value(info, a, b); });
  };
  for (std::size_t i = 0; i < std::max(running.links.size(), next.links.size()); ++i) {
    const bool both = i < running.links.size() && i < next.links.size();
    if (both && !differ(running.links[i], next.links[i])) continue;
    at_restart.push_back("link " + (i < next.links.size() ? next : running).links[i].name);
  }
  return at_restart;
}

base::LogLevel log_level_of(const Settings& settings) {
  if (settings.log_level == "debug") return base::LogLevel::kDebug;
  if (settings.log_level == "warning") return base::LogLevel::kWarning;
  if (settings.log_level == "error") return base::LogLevel::kError;
  return base::LogLevel::kInfo;
}

namespace {

// "# help (unit)" and, below it, "#key = default".
template <typename T>
std::string commented(const SettingInfo<T>& info) {
  const std::string key = info.key;
  const auto dot = key.find('.');
  return "# " + std::string(info.help) + remark_of(info) + "\n#" + key.substr(dot == std::string::npos ? 0 : dot + 1) +
         " = " + default_of(info) + "\n";
}

}  // namespace

std::string sample_settings() {
  std::string out =
      "# Settings of tocsin.  Every key, with its default; take the # before a key away to change it.\n"
      "# What is marked live takes effect at a reload (SIGHUP), the rest at the next start.\n";
  std::string section;
  for (const auto& info : settings_table()) {
    const std::string key = info.key;
    const auto dot = key.find('.');
    const auto in = dot == std::string::npos ? std::string() : key.substr(0, dot);
    if (in != section) out += "\n[" + (section = in) + "]\n";
    out += commented(info);
  }
  out += "\n# Each link is a table of its own; of those that are equal the first goes first.\n#[[link]]\n";
  for (const auto& info : common_link_settings()) out += commented(info);
  for (const auto& kind : link_kinds()) {
    out += "# Of kind = \"" + std::string(kind.name) + "\": " + kind.help + "\n";
    for (const auto& info : kind.settings) out += commented(info);
  }
  return out;
}

}  // namespace tocsin::app
