#include "gateway/app/course_words.h"

#include "gateway/model/approval.h"
#include "gateway/plan/clause_words.h"

namespace tocsin::app {
namespace {

using base::said;
using base::Said;
using model::ApprovalState;
using model::RecordKind;

// What was decided, as two words: began, or did not.
std::string_view what_was_decided(ApprovalState state) {
  if (state == ApprovalState::kApproved || state == ApprovalState::kStartedByDefault) return "approved";
  return state == ApprovalState::kDeclined || state == ApprovalState::kLeftByDefault ? "declined" : "";
}

Said called(const NameOf& name_of, model::PersonId person) {
  auto name = name_of(person);
  return name.empty() ? Said{"somebody no longer in the directory", "已不在名录中的人员"} : base::same(std::move(name));
}

Said level(const plan::Plan& plan, std::int64_t index) {
  const bool known = index >= 0 && index < static_cast<std::int64_t>(plan.levels.size());
  if (!known) return {"no level", "未定级"};
  return plan::said_of(plan, plan.levels[static_cast<std::size_t>(index)].name);
}

Said hazard(const plan::Plan& plan, std::int64_t number) {
  const auto* found = plan.hazard(static_cast<model::HazardKind>(number));
  return found == nullptr ? Said{"not classified yet", "尚未分类"} : plan::name_of(plan, *found);
}

Said via(std::int64_t number) {
  switch (static_cast<model::ReportVia>(number)) {
    case model::ReportVia::kSms: return {" by SMS", "（短信）"};
    case model::ReportVia::kDesk: return {" by phone", "（电话）"};
    case model::ReportVia::kApi:
    case model::ReportVia::kWeb:
    case model::ReportVia::kCap: break;
  }
  return {};
}

// Who it was stands in the record as "role:name"; a clause of the plan, or "merge", has no colon.
bool by_somebody(const model::RecordEntry& entry) {
  return entry.detail.find(':') != std::string::npos;
}

Said decided(const model::RecordEntry& entry, const NameOf& name_of) {
  switch (static_cast<ApprovalState>(entry.a)) {
    case ApprovalState::kApproved:
      return said("{0} started the response", "{0}批准启动响应", called(name_of, {entry.b}));
    case ApprovalState::kDeclined:
      return said("{0} left the response alone", "{0}决定不启动响应", called(name_of, {entry.b}));
    case ApprovalState::kStartedByDefault:
      return {"Nobody decided in time: the response began", "逾期无人决定：响应自动启动"};
    case ApprovalState::kLeftByDefault:
      return {"Nobody decided in time: the response was left alone", "逾期无人决定：响应未启动"};
    case ApprovalState::kPending:
    case ApprovalState::kMoot: break;
  }
  return {};
}

Said answered(const CourseEvent& event, const NameOf& name_of) {
  const auto who = called(name_of, event.person);
  switch (static_cast<model::AnswerKind>(event.entry.a)) {
    case model::AnswerKind::kComing: return said("{0} is coming", "{0}正在前往", who);
    case model::AnswerKind::kArrived: return said("{0} has arrived", "{0}已到达", who);
    case model::AnswerKind::kCannot: return said("{0} cannot come", "{0}不能到场", who);
    default: return said("{0} has received it", "{0}已收到", who);
  }
}

}  // namespace

std::string_view what_of(const CourseEvent& event) {
  if (event.leads) return "leader";
  switch (event.entry.kind) {
    case RecordKind::kIncidentOpened: return "opened";
    case RecordKind::kReportAccepted: return "report";
    case RecordKind::kLevelRaised: return "level_raised";
    case RecordKind::kLevelLowered: return "level_lowered";
    case RecordKind::kApprovalAsked: return "approval_asked";
    case RecordKind::kApprovalDecided: return what_was_decided(static_cast<ApprovalState>(event.entry.a));
    case RecordKind::kCallOutStarted: return "callout_started";
    case RecordKind::kAnswered: return "answer";
    case RecordKind::kMerged: return "merged";
    case RecordKind::kSplit: return "split";
    case RecordKind::kStoodDown: return "stand_down";
    default: return "";
  }
}

Said in_words(const CourseEvent& event, const plan::Plan& plan, const NameOf& name_of) {
  const auto& entry = event.entry;
  if (event.leads) return said("{0} leads", "{0}负责指挥", called(name_of, event.person));
  switch (entry.kind) {
    case RecordKind::kIncidentOpened:
      return said("It is incident {0}: {1}", "立为事件{0}：{1}", entry.a, hazard(plan, entry.b));
    case RecordKind::kReportAccepted: return said("A report came in{0}", "收到报告{0}", via(entry.a));
    case RecordKind::kLevelRaised:
      return by_somebody(entry) ? said("The desk raised the level to {0}", "值班室将级别升为{0}", level(plan, entry.b))
                                : said("Level raised to {0}", "级别升为{0}", level(plan, entry.b));
    case RecordKind::kLevelLowered:
      return said("The desk lowered the level to {0}", "值班室将级别降为{0}", level(plan, entry.b));
    case RecordKind::kApprovalAsked: return {"Asked whether the response may begin", "已请示是否启动响应"};
    case RecordKind::kApprovalDecided: return decided(entry, name_of);
    case RecordKind::kCallOutStarted: return said("Response: {0}", "响应级别：{0}", level(plan, entry.a));
    case RecordKind::kAnswered: return answered(event, name_of);
    case RecordKind::kMerged: return said("Incident {0} became part of {1}", "事件{0}并入{1}", entry.a, entry.b);
    case RecordKind::kSplit: return said("Part of it goes on as incident {0}", "部分内容另立为事件{0}", entry.a);
    case RecordKind::kStoodDown: return {"It is over: stood down", "响应终止"};
    default: return {};
  }
}

}  // namespace tocsin::app
