// Outlines of areas as map programs have them: a FeatureCollection of GeoJSON (RFC 7946), read and written.
#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "directory/import_pass.h"
#include "directory/map/geojson.h"
#include "directory/map/metres.h"
#include "directory/map/shapes.h"
#include "directory/row_reader.h"
#include "directory/table/limits.h"
#include "directory/write_sheets.h"

namespace tocsin::directory {
namespace {

using base::Severity;

constexpr std::size_t kEnough = 8U << 20U;  // of one file that is written: half of what is read
constexpr double kFar = 100'000;            // metres: no outline lies so far from its area
constexpr double kShareOutside = 0.05;      // of an area: less comes of drawing by hand
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class Reader {
 public:
  Reader(ImportPass& pass, const Sheet& sheet) : pass_(pass), sheet_(sheet) {
    const auto& areas = pass.tables.areas;
    for (std::size_t i = 0; i < areas.size(); ++i) {
      by_code_.emplace(areas[i].code, i);
      ++count_of_name_[areas[i].name];
      by_name_.emplace(areas[i].name, i);
    }
  }

  void run() {
    if (sheet_.text.size() > table::kMaxFileBytes) {
      return report(Severity::kError, words::kOutlinesTooLarge());
    }
    const map::Features read = map::read_features(sheet_.text);
    if (!read.fault.code.empty()) return report(Severity::kError, finding_of(read.fault));
    if (read.features.empty()) return report(Severity::kWarning, words::kNoFeatures());
    for (const map::Feature& feature : read.features) {
      ++number_;
      take(feature);
    }
    number_ = 0;
    check_places();
  }

 private:
  static Finding finding_of(const map::Fault& fault) { return {fault.code, fault.message, fault.hint}; }

  void report(Severity severity, Finding found) {
    if (++(severity == Severity::kError ? pass_.errors : pass_.others) > kMostFindings) return;
    if (number_ != 0) {
      auto where = base::said("feature {0}{1}: ", "第{0}个要素{1}：", number_, named_);
      found.message = where += found.message;
    }
    pass_.report_in(severity, std::move(found), sheet_.name);
  }
  void error(Finding found) { report(Severity::kError, std::move(found)); }
  void warn(Finding found) { report(Severity::kWarning, std::move(found)); }

  void take(const map::Feature& feature) {
    const std::string& called = feature.code.empty() ? feature.name : feature.code;
    named_ = called.empty() ? base::Said() : base::said(" (\"{0}\")", "（“{0}”）", shown(called));
    const auto area = area_of(feature);
    if (!area) return;
    if (!given_.insert(*area).second) return error(words::kOutlineTwice());
    if (!feature.fault.code.empty()) return error(finding_of(feature.fault));
    AreaRow& row = pass_.tables.areas[*area];
    row.outline.clear();
    if (feature.geometry.empty()) return;
    const auto outline = shapes_.add_outline(feature.geometry);
    if (!outline) return error(words::kOutlineNotValid(outline.error().message));
    if (!lies_near(*area, *outline)) return;
    outline_of_.emplace(*area, *outline);
    row.outline = feature.geometry;
  }

  std::optional<std::size_t> area_of(const map::Feature& feature) {
    const bool by_name = feature.code.empty();
    if (by_name && feature.name.empty()) {
      error(words::kOutlineOfNone());
      return std::nullopt;
    }
    const auto& known = by_name ? by_name_ : by_code_;
    const auto found = known.find(by_name ? feature.name : feature.code);
    if (found == known.end()) {
      error(words::kOutlineOfUnknown());
      return std::nullopt;
    }
    if (by_name && count_of_name_[feature.name] > 1) {
      error(words::kOutlineOfSeveral());
      return std::nullopt;
    }
    return found->second;
  }

  // The centre of the area, or else of one above it.
  [[nodiscard]] std::optional<map::Position> centre_of(std::size_t area) const {
    const auto& areas = pass_.tables.areas;
    for (int steps = 0; steps < 64; ++steps) {
      if (areas[area].has_centre) return map::Position{areas[area].latitude, areas[area].longitude};
      const auto parent = by_code_.find(areas[area].parent);
      if (parent == by_code_.end()) break;
      area = parent->second;
    }
    return std::nullopt;
  }

  bool lies_near(std::size_t area, std::size_t outline) {
    const auto known = centre_of(area);
    if (!known) return true;
    const map::Position middle = shapes_.box(outline).centre();
    const auto away = [&](double latitude, double longitude) {
      return map::metres_between(known->latitude, known->longitude, latitude, longitude);
    };
    const double metres = away(middle.latitude, middle.longitude);
    if (metres <= kFar) return true;
    if (std::abs(middle.longitude) <= 90 && away(middle.longitude, middle.latitude) <= kFar) {
      error(finding_of(
          map::swapped(base::said("{0} km from its area", "离所属区域{0}千米", static_cast<int>(metres / 1000)))));
      return false;
    }
    warn(words::kFarAway(static_cast<int>(metres / 1000)));
    return true;
  }

  // Against the areas around, whichever file their outlines came with.
  void check_places() {
    auto& areas = pass_.tables.areas;
    for (std::size_t i = 0; i < areas.size(); ++i) {
      if (areas[i].outline.empty() || outline_of_.count(i) != 0) continue;
      if (const auto known = shapes_.add_outline(areas[i].outline)) outline_of_.emplace(i, *known);
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
      const auto own = outline_of_.find(i);
      if (own == outline_of_.end()) continue;
      named_ = {};
      if (given_.count(i) != 0 && areas[i].has_centre &&
          !shapes_.holds(own->second, {areas[i].latitude, areas[i].longitude})) {
        warn(words::kCentreOutside(shown(areas[i].code)));
      }
      check_parent(i, own->second);
    }
  }

  void check_parent(std::size_t area, std::size_t outline) {
    const auto& areas = pass_.tables.areas;
    auto parent = by_code_.find(areas[area].parent);
    for (int steps = 0; parent != by_code_.end() && outline_of_.count(parent->second) == 0 && steps < 64; ++steps) {
      parent = by_code_.find(areas[parent->second].parent);
    }
    if (parent == by_code_.end() || outline_of_.count(parent->second) == 0) return;
    if (given_.count(area) == 0 && given_.count(parent->second) == 0) return;
    const double share = shapes_.share_outside(outline, outline_of_[parent->second]);
    if (share <= kShareOutside) return;
    warn(words::kOutsideParent(shown(areas[area].code), shown(parent->first), static_cast<int>(share * 100)));
  }

  ImportPass& pass_;
  const Sheet& sheet_;
  std::unordered_map<std::string, std::size_t> by_code_, by_name_;
  std::unordered_map<std::string, int> count_of_name_;
  map::Shapes shapes_;
  std::unordered_map<std::size_t, std::size_t> outline_of_;  // of areas, in `shapes_`
  std::unordered_set<std::size_t> given_;                    // areas of this file
  std::size_t number_ = 0;                                   // of the feature, from 1
  base::Said named_;
};

}  // namespace

bool is_outlines(const Sheet& sheet) {
  std::string_view text = sheet.text;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

void read_outlines(ImportPass& pass, const Sheet& sheet) {
  if (!pass.is_incomplete(Table::kAreas)) Reader(pass, sheet).run();
}

std::vector<Sheet> write_outlines(const Tables& tables) {
  std::vector<Sheet> sheets;
  for (const AreaRow& row : tables.areas) {
    if (row.outline.empty()) continue;
    if (sheets.empty() || sheets.back().text.size() > kEnough) {
      const std::string number = sheets.empty() ? "" : "-" + std::to_string(sheets.size() + 1);
      sheets.push_back({"outlines" + number + ".geojson", ""});
    }
    std::string& text = sheets.back().text;
    text += text.empty() ? map::kCollectionBegins : ",\n";
    text += map::feature_text(row.code, row.name, row.outline);
  }
  for (Sheet& sheet : sheets) sheet.text += map::kCollectionEnds;
  return sheets;
}

}  // namespace tocsin::directory
