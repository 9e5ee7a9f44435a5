#include "gateway/plan/clause_space.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

// Quantities end at a thousand million (model/facts.h).
constexpr std::int64_t kMostWhole = 1'000'000'000;
// Comparisons of two boxes for one question, and for all to one hazard (some tenths of a second).  Real criteria need a
// few hundred; beyond it the answer is "too hard".
constexpr std::int64_t kMostComparisons = 100'000, kMostComparisonsInAll = 500'000;

const Side* side_of(const Box& box, int attribute) {
  const auto it = std::lower_bound(box.begin(), box.end(), attribute,
                                   [](const Side& side, int wanted) { return side.attribute < wanted; });
  return it == box.end() || it->attribute != attribute ? nullptr : &*it;
}

bool names_only(const Box& box, const Box& within) {
  return std::all_of(box.begin(), box.end(),
                     [&](const Side& side) { return side_of(within, side.attribute) != nullptr; });
}

bool meet(const Box& a, const Box& b) {
  return std::all_of(b.begin(), b.end(), [&](const Side& side) {
    const auto* other = side_of(a, side.attribute);
    return other == nullptr || !intersection(other->values, side.values).empty();
  });
}

// Cuts away one box after the other; each cut leaves at most one piece for each side.
class Cutting {
 public:
  Cutting(const std::vector<const Box*>& by, std::int64_t& comparisons_left)
      : by_(by), left_in_all_(comparisons_left), left_(kMostComparisons) {}

  Covered cut(Box box, std::size_t next) {
    for (; next < by_.size(); ++next) {
      const Box& other = *by_[next];
      if (--left_ < 0 || --left_in_all_ < 0) return {Cover::kTooHard, {}};
      if (!meet(box, other)) continue;
      for (const Side& side : other) {
        const auto at =
            std::find_if(box.begin(), box.end(), [&](const Side& own) { return own.attribute == side.attribute; });
        auto outside = difference(at->values, side.values);
        if (outside.empty()) continue;
        Box piece = box;
        piece[static_cast<std::size_t>(at - box.begin())].values = std::move(outside);
        auto left = cut(std::move(piece), next + 1);
        if (left.cover != Cover::kWhole) return left;
        at->values = intersection(at->values, side.values);
      }
      return {Cover::kWhole, {}};
    }
    return {Cover::kNotWhole, std::move(box)};
  }

 private:
  const std::vector<const Box*>& by_;
  std::int64_t& left_in_all_;
  std::int64_t left_;
};

}  // namespace

Values intersection(const Values& a, const Values& b) {
  Values both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Interval common{std::max(a[i].from, b[j].from), std::min(a[i].to, b[j].to)};
    if (common.from < common.to) both.push_back(common);
    a[i].to < b[j].to ? ++i : ++j;
  }
  return both;
}

Values difference(const Values& a, const Values& b) {
  Values left;
  for (auto rest : a) {
    for (const auto& cut : b) {
      if (cut.to <= rest.from || cut.from >= rest.to) continue;
      if (cut.from > rest.from) left.push_back({rest.from, cut.from});
      rest.from = cut.to;
      if (rest.from >= rest.to) break;
    }
    if (rest.from < rest.to) left.push_back(rest);
  }
  return left;
}

bool lies_in(const Box& narrow, const Box& wide) {
  return std::all_of(wide.begin(), wide.end(), [&](const Side& side) {
    const auto* own = side_of(narrow, side.attribute);
    return own != nullptr && difference(own->values, side.values).empty();
  });
}

ClauseSpace::ClauseSpace(const Plan& plan, const Hazard& hazard, const std::vector<Criteria>& criteria)
    : plan_(plan), hazard_(hazard), comparisons_left_(kMostComparisonsInAll) {
  for (const auto& level : criteria) {
    for (const auto& clause : level.any) {
      PlacedClause placed{&clause, level.level, {}, false};
      for (const auto& condition : clause.all) {
        const int index = index_of(condition.attribute);
        placed.box.push_back({index, values_of(condition, index)});
        placed.never = placed.never || placed.box.back().values.empty();
      }
      std::sort(placed.box.begin(), placed.box.end(),
                [](const Side& a, const Side& b) { return a.attribute < b.attribute; });
      clauses_.push_back(std::move(placed));
    }
  }
}

const Attribute* ClauseSpace::attribute(int index) const {
  return index < 0 ? nullptr : plan_.attribute(hazard_.attributes[static_cast<std::size_t>(index)]);
}

int ClauseSpace::index_of(std::string_view attribute) const {
  const auto& names = hazard_.attributes;
  const auto it = std::find(names.begin(), names.end(), attribute);
  return it == names.end() ? -1 : static_cast<int>(it - names.begin());
}

Values ClauseSpace::values_of(const Condition& condition, int index) const {
  const auto* attribute = this->attribute(index);
  if (attribute == nullptr) return {};
  if (const auto* flag = std::get_if<bool>(&condition.wanted)) return *flag ? Values{{1, 2}} : Values{{0, 1}};
  if (const auto* range = std::get_if<Range>(&condition.wanted)) {
    const std::int64_t unit = attribute->type == AttributeType::kCount ? 1000 : 1;
    const auto first = [&](const std::optional<model::Quantity>& q, std::int64_t otherwise) {
      return q ? (q->thousandths + unit - 1) / unit : otherwise;  // of the values at or above it
    };
    const Interval all{0, kMostWhole * 1000 / unit + 1};
    const Interval wanted{std::max(all.from, first(range->from, all.from)), std::min(all.to, first(range->to, all.to))};
    return wanted.from < wanted.to ? Values{wanted} : Values{};
  }
  Values values;
  for (std::size_t i = 0; i < attribute->choices.size(); ++i) {
    const auto& any = std::get<AnyChoice>(condition.wanted);
    if (std::find(any.begin(), any.end(), attribute->choices[i]) == any.end()) continue;
    const auto place = static_cast<std::int64_t>(i);
    if (!values.empty() && values.back().to == place) {
      ++values.back().to;
    } else {
      values.push_back({place, place + 1});
    }
  }
  return values;
}

Values ClauseSpace::worse_than(int index, const Values& values) const {
  const auto* number = attribute(index);
  if (number == nullptr || values.empty()) return {};
  if (number->type != AttributeType::kCount && number->type != AttributeType::kMeasure) return {};
  if (number->worse == Worse::kLower) return values.front().from > 0 ? Values{{0, values.front().from}} : Values{};
  const std::int64_t end = number->type == AttributeType::kCount ? kMostWhole + 1 : kMostWhole * 1000 + 1;
  return values.back().to < end ? Values{{values.back().to, end}} : Values{};
}

std::string ClauseSpace::text_of(int index, std::int64_t value) const {
  const auto* known = attribute(index);
  if (known == nullptr) return {};
  switch (known->type) {
    case AttributeType::kCount: return model::to_string(model::Quantity::whole(value));
    case AttributeType::kMeasure: return model::to_string(model::Quantity{value});
    case AttributeType::kFlag: return value == 0 ? "no" : "yes";
    case AttributeType::kChoice: break;
  }
  return known->choices[static_cast<std::size_t>(value)];
}

Covered ClauseSpace::covered(const Box& box, const std::vector<const Box*>& by) const {
  std::vector<const Box*> possible;
  for (const auto* other : by) {
    if (names_only(*other, box) && meet(box, *other)) possible.push_back(other);
  }
  return Cutting(possible, comparisons_left_).cut(box, 0);
}

}  // namespace tocsin::plan
