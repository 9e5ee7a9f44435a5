#include "directory/duty_course.h"

#include "gateway/base/local_time.h"
#include "gateway/ports/stretches.h"

namespace tocsin::directory {
namespace {

DutyStretch stretch_of(const Snapshot& roster, const model::Resolved& found) {
  DutyStretch stretch;
  for (const auto& who : found.recipients) {
    stretch.on.push_back({roster.person(who.person), who.post_name, roster.person(who.stands_in_for)});
  }
  for (const auto& who : found.not_told) {
    const auto* card = who.reason == model::Reason::kOnLeave ? roster.person(who.person) : nullptr;
    if (card != nullptr) stretch.on_leave.push_back(card);
  }
  return stretch;
}

std::string names(const DutyStretch& stretch, bool chinese) {
  std::string text;
  for (const auto& one : stretch.on) {
    text += (text.empty() ? "" : chinese ? "、" : ", ") + one.person->name;
    if (one.stands_in_for != nullptr) {
      text += chinese ? "（代" + one.stands_in_for->name + "）" : " (for " + one.stands_in_for->name + ")";
    }
  }
  if (text.empty()) text = chinese ? "无人" : "nobody";
  std::string away;
  for (const auto* card : stretch.on_leave) away += (away.empty() ? "" : chinese ? "、" : ", ") + card->name;
  if (!away.empty()) text += chinese ? "；请假：" + away : "; on leave: " + away;
  return text;
}

}  // namespace

std::vector<DutyStretch> duty_course(const Snapshot& roster, const std::string& duty, const roster::Span& span) {
  const model::Selector selector{model::SelectorKind::kDuty, duty};
  std::vector<DutyStretch> course;
  const auto look = [&](base::UtcTime from, base::UtcTime to, const model::Resolved& found) {
    auto stretch = stretch_of(roster, found);
    const bool same = !course.empty() && course.back().on == stretch.on && course.back().on_leave == stretch.on_leave;
    if (!same) {
      stretch.span.from = from;
      course.push_back(std::move(stretch));
    }
    course.back().span.to = to;
  };
  ports::each_stretch(roster, selector, {}, span.from, span.to, look);
  return course;
}

std::string duty_text(const Snapshot& roster, const std::vector<std::string>& duties, const roster::Span& span,
                      const std::string& zone, bool chinese) {
  const auto clock = [&zone](base::UtcTime at) { return base::local_text(at, zone, "%Y-%m-%d %H:%M").value_or(""); };
  std::string text;
  for (const auto& duty : duties) {
    text += (text.empty() ? "" : "\n") + duty + "\n";
    for (const auto& stretch : duty_course(roster, duty, span)) {
      text += "  " + clock(stretch.span.from) + "  " + clock(stretch.span.to) + "  " + names(stretch, chinese) + "\n";
    }
  }
  return text;
}

}  // namespace tocsin::directory
