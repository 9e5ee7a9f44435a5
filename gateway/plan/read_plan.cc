#include "gateway/plan/read_plan.h"

#include <algorithm>
#include <memory>

#include "gateway/base/digest.h"
#include "gateway/plan/includes.h"
#include "gateway/plan/plan_files.h"
#include "gateway/plan/reading.h"
#include "gateway/plan/toml_tree.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using base::said;

constexpr std::size_t kMaxBundleHeads = 64 * 1024;

void read_languages(TableReader& head, Reading& reading) {
  static const std::vector<std::string> known{"zh", "en"};
  reading.plan.languages = known;
  const auto given = head.list("languages", known.size(), NodeKind::kText);
  if (given.empty()) return;
  std::vector<std::string> languages;
  for (const Node* node : given) {
    if (std::find(known.begin(), known.end(), node->text) == known.end()) {
      reading.findings.error(node->at, "unknown-language",
                             said("unknown language {0}", "没有{0}这种语言", in_quotes(node->text)),
                             suggested(node->text, known));
    } else if (std::find(languages.begin(), languages.end(), node->text) != languages.end()) {
      reading.findings.error(node->at, "duplicate-name",
                             said("language {0} is named twice", "语言{0}写了两次", in_quotes(node->text)));
    } else {
      languages.push_back(node->text);
    }
  }
  if (!languages.empty()) reading.plan.languages = languages;
}

// The shape of an IANA name; whether the machine knows it is for those who use it.
void read_time_zone(TableReader& head, Reading& reading) {
  const auto zone = head.text("time_zone");
  if (!zone) return;
  const bool shaped = std::all_of(zone->begin(), zone->end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+';
  });
  if (!shaped || zone->front() == '/') {
    reading.findings.error(head.at("time_zone"), "bad-time-zone",
                           said("{0} is not a time zone", "{0}不是时区", in_quotes(*zone)),
                           said("write a name like \"Asia/Shanghai\"", "写成 \"Asia/Shanghai\" 这样的名称"));
    return;
  }
  reading.plan.time_zone = *zone;
}

void read_all(const Node& root_node, Reading& reading) {
  TableReader root(reading, root_node, Table::kFile, said("the plan", "预案"));
  read_head(root, reading);  // languages first: everything after needs them
  read_levels(root, reading);
  read_attributes(root, reading);
  read_ladders(root, reading);
  read_templates(root, reading);
  read_hazards(root, reading);
  read_responses(root, reading);
  read_cases(root, reading);
  read_accept(root, reading);
  root.finish();
}

Loader from_bundle(std::vector<PlanFile> parts) {
  auto texts = std::make_shared<std::map<std::string, std::string, std::less<>>>();
  for (auto& part : parts) texts->emplace(std::move(part.path), std::move(part.text));
  return [texts](const std::string& path) -> base::Result<std::string> {
    const auto it = texts->find(path);
    if (it == texts->end()) return base::Error{base::ErrorCode::kNotFound, path + " is not in the bundle", {}};
    return it->second;
  };
}

// A name that a bundle can hold.
std::string one_line(std::string path) {
  std::replace_if(
      path.begin(), path.end(), [](unsigned char c) { return c < 0x20; }, '_');
  return path.empty() ? "plan.toml" : path;
}

ReadPlan broken_bundle(std::string_view text, const std::string& file, int line) {
  ReadPlan read;
  read.source = std::string(text);
  read.files.emplace(file, read.source);
  auto finding = base::finding(
      base::Severity::kError, "bad-bundle",
      base::said("the files of the plan do not lie in this text as its heads say", "文本中各文件与其文件头不符"),
      base::said("\"# file BYTES PATH\", then so many bytes and a line end",
                 "先写\"# file 字节数 路径\"，再写那么多字节和一个换行"));
  finding.file = file;
  finding.line = line;
  read.findings.push_back(std::move(finding));
  return read;
}

ReadPlan too_large(const std::string& file) {
  ReadPlan read;
  read.findings.push_back({base::Severity::kError, "too-large", file, 0, 0,
                           "the file is larger than " + std::to_string(kMaxPlanBytes / 1024 / 1024) + " MB", ""});
  return read;
}

}  // namespace

void read_head(TableReader& root, Reading& reading) {
  auto& plan = reading.plan;
  plan.languages = {"zh", "en"};
  plan.stale_after = 6h;
  plan.open_within = 2min;
  const Node* node = root.require("plan");
  if (node == nullptr) return;
  reading.place("plan", node->at);
  TableReader head(reading, *node, Table::kPlan, base::same("[plan]"));
  plan.name = head.required_text("name").value_or("");
  plan.version = head.required_text("version", 40).value_or("");
  read_languages(head, reading);
  read_time_zone(head, reading);
  read_holidays(head, *reading.files, reading);
  plan.stale_after = head.duration("stale_after").value_or(plan.stale_after);
  plan.open_within = head.duration("open_within").value_or(plan.open_within);
  plan.inbox_unopened = read_selectors(head, "inbox_unopened", "plan/inbox_unopened", reading);
  plan.night.from_minute = read_clock(head, "night_from", reading).value_or(plan.night.from_minute);
  plan.night.to_minute = read_clock(head, "night_to", reading).value_or(plan.night.to_minute);
  head.finish();
}

ReadPlan read_plan(std::string_view toml, const std::string& file, const Loader& load) {
  if (toml.size() > kMaxPlanBytes + (is_bundle(toml) ? kMaxBundleHeads : 0)) return too_large(file);
  Reading reading(file);
  std::string text(toml), path = file.substr(file.rfind('/') + 1);
  auto loader = load;
  if (is_bundle(toml)) {
    int line = 0;
    auto parts = unbundled(toml, line);
    if (parts.empty()) return broken_bundle(toml, file, line);
    text = std::move(parts.front().text);
    path = parts.front().path;
    loader = from_bundle(std::move(parts));
  }
  PlanFiles files(reading, file, std::move(loader));
  reading.files = &files;
  if (auto root = files.open_main(std::move(text), one_line(path))) {
    read_includes(*root, files, reading);
    read_all(*root, reading);
  }
  ReadPlan read;
  read.source = files.bundled();
  read.files = files.by_name();
  reading.plan.digest = base::to_hex(base::digest(read.source));
  read.findings = reading.findings.take();
  read.places = std::move(reading.places);
  if (!base::has_errors(read.findings)) read.plan = std::make_shared<const Plan>(std::move(reading.plan));
  return read;
}

}  // namespace tocsin::plan
