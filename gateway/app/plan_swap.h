// Putting a plan in force: by SIGHUP, command line, API and at a start, all through the same judgement.
//
// A plan is judged against the directory in force and the links of the settings, then the engine takes it as a command,
// so that the swap is one transaction with its entry in the record.
#pragma once

#include <functional>
#include <future>
#include <string>
#include <vector>

#include "gateway/app/plan_judge.h"
#include "gateway/app/plan_verdict.h"
#include "gateway/base/guarded.h"
#include "gateway/engine/engine.h"
#include "gateway/plan/read_plan.h"
#include "gateway/ports/plan_offer.h"
#include "gateway/ports/queries.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

// What directory and links show about a plan that reads without error (plan_look.h makes one).  Any thread.
using LookAtPlan =
    std::function<base::Diagnostics(const plan::ReadPlan& read, const ports::Roster& roster, base::UtcTime at)>;

struct JudgedPlan {
  plan::ReadPlan read;  // its findings are all of them now, those of `look` too
  Verdict verdict;
};
// `read`: of plan_file.h.  `look` may be empty.
[[nodiscard]] JudgedPlan judge_plan(plan::ReadPlan read, const ports::Roster& roster, base::UtcTime at,
                                    const LookAtPlan& look, const std::vector<model::KeptOverride>& earlier,
                                    const std::vector<model::PlanOverride>& now);

// Reads the offer's text and judges it; the command is filled in when it may stand.  What is in force already, by its
// digest, stands whatever is found.  `plan` is set when it could be read.
[[nodiscard]] ports::PlanJudged judge_offer(
    const ports::PlanOffer& offer, const ports::Roster& roster, base::UtcTime at, const LookAtPlan& look,
    const std::function<std::vector<model::KeptOverride>(const std::string& digest)>& earlier,
    const std::string& in_force, plan::PlanPtr& plan);

// "plan.toml:12:3: error: ... [unknown-key]" of the finding that says most: the first error, else the first warning in
// the way; and how many more there are.
[[nodiscard]] base::Said first_reason(const JudgedPlan& judged);

// What an office in force knows of its plan, for readiness and metrics; and the judge of what is offered to it.
// Any thread.
class PlanSwap {
 public:
  PlanSwap(engine::Engine& engine, const ports::Queries& queries, const base::Clock& clock, LookAtPlan look)
      : engine_(engine), queries_(queries), clock_(clock), look_(std::move(look)) {}

  // On the judge's thread (plan_judge.h): kRetryLater when it is busy.  What the store cannot tell (warnings answered
  // for earlier) counts as not there.
  [[nodiscard]] std::future<base::Result<ports::PlanJudged>> judge(ports::PlanOffer offer);
  [[nodiscard]] const LookAtPlan& look() const { return look_; }

  // Submits the command and waits for its commit, at most ten seconds: kRetryLater then.  Not on the engine's thread.
  [[nodiscard]] base::Result<model::PlanTaken> take(plan::PlanPtr plan, model::PutPlanInForce command);

  // The file of the settings was read and is, or is not, what is in force; or was refused, for that reason.
  void file_read(std::string path, std::string digest);
  void file_refused(std::string path, base::Said why);

  // For readiness: the file was refused; something else than the file is in force.
  [[nodiscard]] std::vector<base::Said> sentences() const;
  [[nodiscard]] std::string metrics() const;

 private:
  struct File {
    std::string path, digest;
    base::Said refused;         // why, of the last try; empty when it was taken
    std::int64_t refusals = 0;  // of offers too
  };

  [[nodiscard]] ports::PlanJudged judge_now(const ports::PlanOffer& offer);

  engine::Engine& engine_;
  const ports::Queries& queries_;
  const base::Clock& clock_;
  const LookAtPlan look_;
  base::Guarded<File> file_;
  PlanJudge judge_;  // the last: its thread uses all above
};

}  // namespace tocsin::app
