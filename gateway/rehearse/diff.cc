#include "gateway/rehearse/diff.h"

#include <algorithm>
#include <array>

#include "gateway/rehearse/diff_parts.h"

namespace tocsin::rehearse {
namespace {

// The order in which a leader reads them: what is called what, then who is told what.
constexpr std::array<const char*, 21> kOrder{"office",   "levels",     "hazard", "attribute", "level",  "grade",
                                             "question", "understood", "merge",  "step",      "answer", "task",
                                             "approval", "stand_down", "more",   "fewer",     "later",  "sooner",
                                             "channel",  "course",     "text"};

auto rank(const std::string& what) {
  return std::find(kOrder.begin(), kOrder.end(), what) - kOrder.begin();
}

bool equal_but_about(const Change& a, const Change& b) {
  return a.what == b.what && a.subject == b.subject && a.before == b.before && a.after == b.after && a.was == b.was &&
         a.now == b.now && a.when == b.when && a.people == b.people;
}

}  // namespace

void merge_equal(std::vector<Change>& changes) {
  std::vector<Change> kept;
  for (auto& change : changes) {
    const auto found =
        std::find_if(kept.begin(), kept.end(), [&](const Change& other) { return equal_but_about(change, other); });
    if (found == kept.end() || found->about.empty() || change.about.empty()) {
      kept.push_back(std::move(change));
      continue;
    }
    for (auto& name : change.about) {
      if (std::find(found->about.begin(), found->about.end(), name) == found->about.end()) {
        found->about.push_back(std::move(name));
      }
    }
  }
  changes = std::move(kept);
}

PlanDiff diff(const plan::Plan& before, const plan::Plan& after, const DiffOptions& options) {
  PlanDiff out;
  out.before = before.name;
  out.before_version = before.version;
  out.before_digest = before.digest;
  out.after = after.name;
  out.after_version = after.version;
  out.after_digest = after.digest;
  diff_head(before, after, out);
  for (const auto& info : model::all_kinds()) {
    if (before.hazard(info.kind) == nullptr || after.hazard(info.kind) == nullptr) continue;
    diff_levels(before, after, info.kind, options, out);
    diff_questions(before, after, info.kind, out);
  }
  diff_understood(before, after, options, out);
  diff_responses(before, after, options, out);
  diff_texts(before, after, out);
  merge_equal(out.changes);
  std::stable_sort(out.changes.begin(), out.changes.end(),
                   [](const Change& a, const Change& b) { return rank(a.what) < rank(b.what); });
  return out;
}

}  // namespace tocsin::rehearse
