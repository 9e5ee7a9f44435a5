#include "gateway/app/file_plan.h"

#include "gateway/app/plan_file.h"
#include "gateway/store/plans.h"

namespace tocsin::app {
namespace {

model::PutPlanInForce command_for(const plan::PlanPtr& plan, const JudgedPlan& judged, model::PlanVia via) {
  model::PutPlanInForce command;  // by the office itself
  command.via = via;
  command.digest = plan->digest;
  command.source = judged.read.source;
  command.name = plan->name;
  command.label = plan->version;
  command.accepted = judged.verdict.accepted;
  command.from_file = true;
  return command;
}

}  // namespace

StoredPlan stored_plan(db::Session& session) {
  return {store::read_plan_in_force(session), store::read_plan_file_seen(session)};
}

FilePlan judge_file(plan::ReadPlan read, const StoredPlan& stored, const ports::Roster& roster, base::UtcTime at,
                    const LookAtPlan& look, const std::vector<model::KeptOverride>& earlier, model::PlanVia via,
                    bool chinese) {
  FilePlan file;
  const auto digest = read.plan ? read.plan->digest : "";
  const bool in_force = read.plan && stored.in_force && stored.in_force->digest == digest;
  const bool old = read.plan && stored.in_force && stored.seen == digest;
  if (in_force || old) {
    file.is = in_force ? FilePlanIs::kInForce : FilePlanIs::kOld;
    file.judged.read = std::move(read);
    if (in_force) file.command = command_for(file.judged.read.plan, file.judged, via);
  } else {
    file.judged = judge_plan(std::move(read), roster, at, look, earlier, {});
    file.is = file.judged.verdict.may_stand ? FilePlanIs::kTaken : FilePlanIs::kRefused;
    if (file.is == FilePlanIs::kTaken) {
      file.command = command_for(file.judged.read.plan, file.judged, via);
    } else {
      file.why = first_reason(file.judged);
    }
  }
  file.said = render_all(file.judged.read, chinese);
  return file;
}

base::Result<FilePlan> look_at_file(PlanSwap& plans, const std::string& path, db::Session& session,
                                    const ports::Roster& roster, base::UtcTime at, bool chinese) {
  auto read = load_plan(path);
  if (!read) {
    plans.file_refused(path, base::same(read.error().message));
    return read.error();
  }
  const auto earlier =
      read->plan ? store::read_plan_overrides(session, read->plan->digest) : std::vector<model::KeptOverride>{};
  auto file = judge_file(std::move(*read), stored_plan(session), roster, at, plans.look(), earlier,
                         model::PlanVia::kReload, chinese);
  if (file.is == FilePlanIs::kRefused) {
    plans.file_refused(path, file.why);
    file.said +=
        base::said("the plan is refused: {0}\n", "预案未被采用：{0}\n", why_not(file.judged.verdict)).in(chinese);
  }
  if (file.is == FilePlanIs::kOld) {
    file.said += base::said(
                     "warning: {0} is as it was when another plan was put in force, which stays; `tocsin plan use "
                     "{0}` takes it\n",
                     "警告：{0}在另一份预案启用之后没有改动，现用预案不变；要用它：`tocsin plan use {0}`\n", path)
                     .in(chinese);
  }
  return file;
}

base::Status take_file(PlanSwap& plans, const std::string& path, FilePlan file) {
  const auto plan = file.judged.read.plan;
  if (file.is == FilePlanIs::kTaken || file.is == FilePlanIs::kInForce) {
    if (auto taken = plans.take(plan, std::move(file.command)); !taken) return taken.error();
  }
  plans.file_read(path, plan->digest);
  return base::Done{};
}

base::Result<FirstPlan> FirstPlan::read(const std::string& file, db::Session* session, bool chinese) {
  FirstPlan first;
  first.chinese_ = chinese;
  if (session != nullptr) first.stored_ = stored_plan(*session);
  if (first.stored_.in_force) {
    first.last_good_source_ = store::read_plan_source(*session, first.stored_.in_force->swap.version).value_or("");
  }
  auto read = load_plan(file);
  if (read) {
    first.read_ = std::move(*read);
    first.file_ = first.read_.plan;
    if (first.file_ && session != nullptr) first.earlier_ = store::read_plan_overrides(*session, first.file_->digest);
  } else {
    first.unreadable_ = read.error().message;
  }
  const bool same = first.file_ && first.stored_.in_force && first.stored_.in_force->digest == first.file_->digest;
  if (first.stored_.in_force && !same) {
    auto kept =
        plan::read_plan(first.last_good_source_, "version " + std::to_string(first.stored_.in_force->swap.version));
    first.last_good_ = kept.plan;
    if (!kept.plan) {
      first.said += base::Said{"warning: this program cannot read the plan that was in force any more\n",
                               "警告：本程序已读不了原来启用的预案\n"}
                        .in(chinese) +
                    render_all(kept, chinese);
    }
  }
  if (first.file_ || first.last_good_) return first;
  if (!read) return read.error();
  return base::invalid(first.said + render_all(first.read_, chinese));
}

void FirstPlan::keep_last_good() {
  plan = last_good_;
  source = last_good_source_;
  how = {};
}

void FirstPlan::choose(const ports::Roster& roster, base::UtcTime at, const LookAtPlan& look) {
  if (file_) digest = file_->digest;
  if (!unreadable_.empty()) {
    refused = base::same(unreadable_);
    said +=
        base::said("warning: {0}; the last good plan is in force\n", "警告：{0}；现用最近一份有效预案\n", unreadable_)
            .in(chinese_);
    return keep_last_good();
  }
  auto file = judge_file(std::move(read_), stored_, roster, at, look, earlier_, model::PlanVia::kStart, chinese_);
  said += file.said;
  if (file.is == FilePlanIs::kRefused && last_good_) {
    refused = file.why;
    said += base::said("warning: the plan in the file is refused ({0}); the last good plan is in force\n",
                       "警告：文件中的预案未被采用（{0}）；现用最近一份有效预案\n", why_not(file.judged.verdict))
                .in(chinese_);
    return keep_last_good();
  }
  if (file.is == FilePlanIs::kOld && last_good_) return keep_last_good();
  plan = file_;
  source = file.judged.read.source;
  how = command_for(file_, file.judged, model::PlanVia::kStart);
  if (file.is == FilePlanIs::kRefused) {
    const auto note = base::said("there was no other plan, so it is in force with {0}", "没有别的预案，带着{0}启用",
                                 why_not(file.judged.verdict));
    how.note = note.zh + " / " + note.en;  // read in both languages later
    said += base::said("warning: {0}\n", "警告：{0}\n", note).in(chinese_);
  }
}

}  // namespace tocsin::app
