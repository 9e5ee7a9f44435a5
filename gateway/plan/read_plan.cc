#include "gateway/plan/read_plan.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include "gateway/base/digest.h"
#include "gateway/plan/reading.h"
#include "gateway/plan/toml_tree.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;

void read_languages(TableReader& head, Reading& reading) {
  static const std::vector<std::string> known{"zh", "en"};
  reading.plan.languages = known;
  const auto given = head.list("languages", known.size(), NodeKind::kText);
  if (given.empty()) return;
  std::vector<std::string> languages;
  for (const Node* node : given) {
    if (std::find(known.begin(), known.end(), node->text) == known.end()) {
      reading.findings.error(node->at, "unknown-language", "unknown language " + quoted(node->text),
                             suggestion(node->text, known));
    } else if (std::find(languages.begin(), languages.end(), node->text) != languages.end()) {
      reading.findings.error(node->at, "duplicate-name", "language " + quoted(node->text) + " is named twice");
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
    reading.findings.error(head.at("time_zone"), "bad-time-zone", quoted(*zone) + " is not a time zone",
                           "write a name like \"Asia/Shanghai\"");
    return;
  }
  reading.plan.time_zone = *zone;
}

void read_all(const Node& root_node, Reading& reading) {
  TableReader root(reading, root_node, "the plan");
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
  TableReader head(reading, *node, "[plan]");
  plan.name = head.required_text("name").value_or("");
  plan.version = head.required_text("version", 40).value_or("");
  read_languages(head, reading);
  read_time_zone(head, reading);
  plan.stale_after = head.duration("stale_after").value_or(plan.stale_after);
  plan.open_within = head.duration("open_within").value_or(plan.open_within);
  head.finish();
}

ReadPlan read_plan(std::string_view toml, const std::string& file) {
  if (toml.size() > kMaxPlanBytes) return too_large(file);
  ReadPlan read;
  read.source = std::string(toml);
  read.files.emplace(file, read.source);
  Reading reading(file);
  reading.plan.digest = base::to_hex(base::digest(toml));
  const auto tree = parse_toml(toml);
  if (tree.root) {
    read_all(*tree.root, reading);
  } else {
    reading.findings.error(tree.error_at, "toml-syntax",
                           base::said("not TOML: {0}", "不是有效的TOML：{0}", tree.error));
  }
  read.findings = reading.findings.take();
  read.places = std::move(reading.places);
  if (!base::has_errors(read.findings)) read.plan = std::make_shared<const Plan>(std::move(reading.plan));
  return read;
}

base::Result<ReadPlan> read_plan_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::Error{base::ErrorCode::kNotFound, "cannot open " + path, {}};
  std::string text(kMaxPlanBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (in.gcount() == 0 && !in.eof())) {
    return base::Error{base::ErrorCode::kNotFound, "cannot read " + path, {}};
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return read_plan(text, path);
}

}  // namespace tocsin::plan
