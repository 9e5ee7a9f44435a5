// The plan in the file of the settings, at a start and at a reload: is it in force already, does it wait, may it be
// taken?
//
// A plan put in force by API or command line stays until the file changes: the store remembers the file as it was last
// taken.  A file that is refused is judged anew each time.
#pragma once

#include <memory>
#include <string>

#include "gateway/app/plan_swap.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"

namespace tocsin::app {

// What the store knows before the file is read.
struct StoredPlan {
  std::optional<model::PlanInForce> in_force;
  std::string seen;  // digest of the file as it was last taken
};
[[nodiscard]] StoredPlan stored_plan(db::Session& session);

enum class FilePlanIs {
  kInForce,  // it is what is in force: used without a new verdict
  kOld,      // as it was when something else was put in force, which stays
  kTaken,    // new, and may be put in force
  kRefused,
};

struct FilePlan {
  FilePlanIs is = FilePlanIs::kRefused;
  JudgedPlan judged;              // of kInForce and kOld: findings of the file alone, no verdict
  std::string said;               // all findings with their lines, for people, in their language
  base::Said why;                 // kRefused: the first reason, with its place
  model::PutPlanInForce command;  // kTaken, kInForce
};

// `read`: the file, of load_plan().  `earlier`: what was answered for when this very plan was in force before.
[[nodiscard]] FilePlan judge_file(plan::ReadPlan read, const StoredPlan& stored, const ports::Roster& roster,
                                  base::UtcTime at, const LookAtPlan& look,
                                  const std::vector<model::KeptOverride>& earlier, model::PlanVia via,
                                  bool chinese = false);

// ---- at a reload ----

// The file, judged against `roster`; a refusal shows in readiness from now on.  kNotFound: it cannot be opened.
[[nodiscard]] base::Result<FilePlan> look_at_file(PlanSwap& plans, const std::string& path, db::Session& session,
                                                  const ports::Roster& roster, base::UtcTime at, bool chinese = false);
// Puts it in force when it is to be taken, and waits for the commit.  Not for a refused one.
[[nodiscard]] base::Status take_file(PlanSwap& plans, const std::string& path, FilePlan file);

// ---- at a start ----

// The plan an office starts with.
class FirstPlan {
 public:
  // Reads the file and, when something was in force, what the store has of it; `session` may be null: there is no
  // database yet.  An error only when there is no plan at
  // all: kNotFound when the file cannot be opened, kInvalid with all findings when it has errors.
  [[nodiscard]] static base::Result<FirstPlan> read(const std::string& file, db::Session* session,
                                                    bool chinese = false);

  // A plan to read the first directory with: the file's, or the last good one.
  [[nodiscard]] const plan::Plan& any() const { return file_ ? *file_ : *last_good_; }

  // Which of the two it is.  Where nothing was in force the file is taken with its warnings, all of them told: an alarm
  // must ring.
  void choose(const ports::Roster& roster, base::UtcTime at, const LookAtPlan& look);

  // ---- after choose() ----
  plan::PlanPtr plan;
  std::string source;
  model::PutPlanInForce how;
  std::string said;    // findings and what was decided, for people
  base::Said refused;  // why the file was, for readiness; empty when it was not
  std::string digest;  // of the file's plan; empty when it cannot be read

 private:
  FirstPlan() = default;
  void keep_last_good();

  plan::ReadPlan read_;
  plan::PlanPtr file_, last_good_;
  std::string last_good_source_;
  std::string unreadable_;  // why the file could not be opened
  bool chinese_ = false;    // what is said, and the message of an error
  StoredPlan stored_;
  std::vector<model::KeptOverride> earlier_;
};

}  // namespace tocsin::app
