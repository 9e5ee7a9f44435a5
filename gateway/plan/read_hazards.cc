// [hazard.KIND]: kinds come from the closed list; a plan names, words and grades them.
#include "gateway/plan/reading.h"

#include <algorithm>

#include "gateway/model/facts.h"
#include "gateway/model/kinds.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

using namespace std::chrono_literals;

constexpr double kMaxMergeDistanceMetres = 100'000;

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& info : model::all_kinds()) names.emplace_back(info.name);
  return names;
}

void report_unknown_kind(const Entry& entry, Reading& reading) {
  if (entry.key == "unclassified") {
    reading.findings.error(
        entry.key_at, "unknown-kind",
        said("\"unclassified\" is not a kind a plan describes", "\"unclassified\"不是预案能描述的灾种"),
        said("only give it a [[response]] with hazard = \"unclassified\"",
             "只要给它一个 hazard = \"unclassified\" 的 [[response]]"));
    return;
  }
  const auto near = base::nearest_name(entry.key, kind_names());
  reading.findings.error(entry.key_at, "unknown-kind",
                         said("{0} is not on the closed list of kinds", "{0}不在规定的灾种之中", in_quotes(entry.key)),
                         near.empty() ? said("a plan cannot invent a kind; docs/plan.md lists them all",
                                             "预案不能自造灾种；全部灾种见docs/plan.md")
                                      : said("did you mean {0}?", "是不是想写{0}？", in_quotes(near)));
}

void read_name(TableReader& table, Hazard& hazard, const model::KindInfo& info, Reading& reading) {
  hazard.name = table.words("name", false);
  if (!hazard.name.empty()) return;
  for (const auto& language : reading.plan.languages) {
    hazard.name[language] = std::string(language == "zh" ? info.zh : info.en);
  }
}

void read_attribute_list(TableReader& table, Hazard& hazard, Reading& reading) {
  const Node* list = table.find("attributes", NodeKind::kArray);
  if (list == nullptr) return;
  std::vector<std::string> known;
  for (const auto& attribute : reading.plan.attributes) known.push_back(attribute.first);
  for (const Node* node : table.list("attributes", kMaxAttributes, NodeKind::kText)) {
    if (reading.plan.attribute(node->text) == nullptr) {
      reading.findings.error(node->at, "unknown-attribute",
                             said("{0} names attribute {1}, which the plan does not have",
                                  "{0}列出的要素{1}在预案里没有", table.what(), in_quotes(node->text)),
                             suggested(node->text, known));
    } else if (std::find(hazard.attributes.begin(), hazard.attributes.end(), node->text) != hazard.attributes.end()) {
      reading.findings.error(
          node->at, "duplicate-name",
          said("attribute {0} stands twice in {1}", "要素{0}在{1}里出现两次", in_quotes(node->text), table.what()));
    } else {
      hazard.attributes.push_back(node->text);
    }
  }
}

// "800m", "1.5km".
std::optional<double> parse_distance(std::string_view text) {
  double unit = 1;
  if (text.size() > 2 && text.substr(text.size() - 2) == "km") {
    unit = 1000;
    text.remove_suffix(2);
  } else if (text.size() > 1 && text.back() == 'm') {
    text.remove_suffix(1);
  } else {
    return std::nullopt;
  }
  const auto quantity = model::parse_quantity(text);
  if (!quantity) return std::nullopt;
  const double metres = static_cast<double>(quantity->thousandths) / 1000 * unit;
  if (metres > kMaxMergeDistanceMetres) return std::nullopt;
  return metres;
}

void read_merging(TableReader& table, Hazard& hazard, Reading& reading) {
  hazard.merge_window = table.duration("merge_window").value_or(2h);
  const auto distance = table.text("merge_distance");
  if (!distance) return;
  if (const auto metres = parse_distance(*distance)) {
    hazard.merge_distance_m = *metres;
  } else {
    reading.findings.error(table.at("merge_distance"), "bad-distance",
                           said("{0} is not a distance", "{0}不是距离", in_quotes(*distance)),
                           said("write \"800m\" or \"1.5km\", at most \"100km\"",
                                "写成 \"800m\"（800米）或 \"1.5km\"（1.5公里），最长 \"100km\""));
  }
}

void read_hazard(const Entry& entry, Reading& reading) {
  const auto kind = model::kind_named(entry.key);
  if (!kind || *kind == model::HazardKind::kUnclassified) {
    report_unknown_kind(entry, reading);
    return;
  }
  Hazard hazard;
  hazard.kind = *kind;
  reading.hazard_at[*kind] = entry.key_at;
  reading.place(entry.key, entry.key_at);
  TableReader table(reading, entry.value, Table::kHazard, base::same("[hazard." + entry.key + "]"));
  read_name(table, hazard, *model::kind_info(*kind), reading);
  hazard.keywords = table.keywords("keywords");
  read_attribute_list(table, hazard, reading);
  if (const auto level = table.one_of("default_level", level_ids(reading.plan))) {
    hazard.default_level = static_cast<model::LevelIndex>(*level);
  }
  read_merging(table, hazard, reading);
  read_criteria(table, hazard, reading);
  table.finish();
  reading.plan.hazards[*kind] = std::move(hazard);
}

}  // namespace

void read_hazards(TableReader& root, Reading& reading) {
  const Node* node = root.require("hazard");
  if (node == nullptr) return;
  if (node->kind != NodeKind::kTable) {
    wrong_type(reading, *node, base::same("\"hazard\""),
               said("tables like [hazard.fire]", "像 [hazard.fire] 这样的表"));
    return;
  }
  for (const auto& entry : node->entries) {
    if (reading.findings.full()) return;
    read_hazard(entry, reading);
  }
}

}  // namespace tocsin::plan
