#include "gateway/app/plan_swap.h"

#include <algorithm>

#include "gateway/app/plan_file.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

constexpr auto kCommitWithin = std::chrono::seconds(10);

base::Said called(const model::PlanSwap& swap, const std::string& label) {
  auto name = base::said("version {0}", "第{0}版", swap.version);
  if (!label.empty()) name += base::said(" (\"{0}\")", "（“{0}”）", label);
  return name;
}

std::string place_of(const base::Diagnostic& finding) {
  std::string place = finding.file;
  if (finding.line > 0) place += ":" + std::to_string(finding.line);
  if (finding.line > 0 && finding.column > 0) place += ":" + std::to_string(finding.column);
  return place;
}

std::string gauge(const std::string& name, const std::string& help, std::int64_t value,
                  const std::string& type = "gauge") {
  return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n" + name + " " + std::to_string(value) +
         "\n";
}

}  // namespace

JudgedPlan judge_plan(plan::ReadPlan read, const ports::Roster& roster, base::UtcTime at, const LookAtPlan& look,
                      const std::vector<model::KeptOverride>& earlier, const std::vector<model::PlanOverride>& now) {
  JudgedPlan judged;
  if (read.plan && look) {
    auto seen = look(read, roster, at);
    read.findings.insert(read.findings.end(), std::make_move_iterator(seen.begin()),
                         std::make_move_iterator(seen.end()));
  }
  judged.verdict =
      app::judge(read.findings, read.plan ? read.plan->accepted : std::vector<plan::Acceptance>{}, earlier, now);
  if (!read.plan) judged.verdict.may_stand = false;
  judged.read = std::move(read);
  return judged;
}

ports::PlanJudged judge_offer(const ports::PlanOffer& offer, const ports::Roster& roster, base::UtcTime at,
                              const LookAtPlan& look,
                              const std::function<std::vector<model::KeptOverride>(const std::string& digest)>& earlier,
                              const std::string& in_force, plan::PlanPtr& plan) {
  auto read = read_checked(offer.text, offer.name);
  plan = read.plan;
  const auto kept = plan ? earlier(plan->digest) : std::vector<model::KeptOverride>{};
  auto judged = judge_plan(std::move(read), roster, at, look, kept, offer.accept);
  ports::PlanJudged answer;
  answer.may_stand = judged.verdict.may_stand;
  answer.why_not = why_not(judged.verdict);
  answer.unused = judged.verdict.unused;
  answer.accepted = judged.verdict.accepted;
  for (std::size_t i = 0; i < judged.read.findings.size(); ++i) {
    answer.findings.push_back({std::move(judged.read.findings[i]), std::string(name_of(judged.verdict.standings[i]))});
  }
  if (!plan) return answer;
  answer.digest = plan->digest;
  answer.name = plan->name;
  answer.label = plan->version;
  answer.may_stand = answer.may_stand || plan->digest == in_force;
  if (!answer.may_stand) return answer;
  auto& command = answer.command;
  command.by = offer.by;
  command.via = offer.via;
  command.digest = plan->digest;
  command.source = std::move(judged.read.source);
  command.name = plan->name;
  command.label = plan->version;
  command.note = offer.note;
  command.overrides = judged.verdict.given;
  command.accepted = judged.verdict.accepted;
  command.expected = offer.expected;
  return answer;
}

base::Said first_reason(const JudgedPlan& judged) {
  const auto& standings = judged.verdict.standings;
  auto first = std::find(standings.begin(), standings.end(), Standing::kError);
  if (first == standings.end()) first = std::find(standings.begin(), standings.end(), Standing::kInTheWay);
  if (first == standings.end()) return {};
  const auto& finding = judged.read.findings[static_cast<std::size_t>(first - standings.begin())];
  const int more = judged.verdict.errors + judged.verdict.in_the_way - 1;
  const base::Said message{finding.message, finding.message_zh.empty() ? finding.message : finding.message_zh};
  auto reason = base::said("{0}: {1} [{2}]", "{0}：{1} [{2}]", place_of(finding), message, finding.code);
  if (more > 0) reason += base::said(" and {0} more", "，另有{0}处", more);
  return reason;
}

std::future<base::Result<ports::PlanJudged>> PlanSwap::judge(ports::PlanOffer offer) {
  return judge_.judge([this, offer = std::move(offer)] { return judge_now(offer); });
}

ports::PlanJudged PlanSwap::judge_now(const ports::PlanOffer& offer) {
  const auto earlier = [this](const std::string& digest) {
    auto kept = queries_.plan_overrides(digest);
    return kept.ok() ? std::move(*kept) : std::vector<model::KeptOverride>{};
  };
  plan::PlanPtr plan;
  auto judged = judge_offer(offer, *engine_.roster(), clock_.utc_now(), look_, earlier, engine_.plan()->digest, plan);
  if (judged.may_stand) {
    engine_.offer_plan(std::move(plan));
  } else {
    file_.with([](File& file) { ++file.refusals; });
  }
  return judged;
}

base::Result<model::PlanTaken> PlanSwap::take(plan::PlanPtr plan, model::PutPlanInForce command) {
  engine_.offer_plan(std::move(plan));
  auto done = engine_.submit(std::move(command));
  if (done.wait_for(kCommitWithin) != std::future_status::ready) {
    return base::Error{base::ErrorCode::kRetryLater, "not confirmed in time: it may or may not be in force", ""};
  }
  const auto result = done.get();
  if (!result) return result.error();
  return std::get<model::PlanTaken>(*result);
}

void PlanSwap::file_read(std::string path, std::string digest) {
  file_.with([&](File& file) {
    file.path = std::move(path);
    file.digest = std::move(digest);
    file.refused = {};
  });
}

void PlanSwap::file_refused(std::string path, base::Said why) {
  file_.with([&](File& file) {
    file.path = std::move(path);
    file.refused = std::move(why);
    ++file.refusals;
  });
}

std::vector<base::Said> PlanSwap::sentences() const {
  const auto file = file_.with([](const File& f) { return f; });
  if (file.path.empty()) return {};
  const auto plan = engine_.plan();
  const auto swap = engine_.plan_swap();
  if (!file.refused.empty()) {
    return {base::said("The plan in {0} was refused: {1}. The last good plan, {2}, is in force.",
                       "{0}中的预案未被采用：{1}。现用的是最近一份有效预案{2}。", file.path, file.refused,
                       called(swap, plan->version))};
  }
  if (file.digest == plan->digest) return {};
  return {
      base::said("The plan in force is {0}, put in force by {1} at {2}, not the one in {3}, which is looked at again "
                 "when it changes.",
                 "现用预案是{0}，由{1}于{2}启用，不是{3}中的那份；该文件改动后才会再看。", called(swap, plan->version),
                 swap.by, base::to_rfc3339(swap.at), file.path)};
}

std::string PlanSwap::metrics() const {
  const auto swap = engine_.plan_swap();
  return gauge("tocsin_plan_version", "Version of the plan in force.", swap.version) +
         gauge("tocsin_plan_last_swap_seconds", "When it was put in force, in seconds since 1970.",
               base::to_micros(swap.at) / 1000000) +
         gauge("tocsin_plan_refused_total", "Plans that were offered or found in the file and refused.",
               file_.with([](const File& f) { return f.refusals; }), "counter");
}

}  // namespace tocsin::app
