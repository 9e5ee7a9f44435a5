// A whole office in one process: the real engine, store, directory and plan; fake carriers; a clock the test moves.
//
// A scenario tells what people do and what their phones show.  Any text that no line of the test expected fails the
// test at its end, so a scenario also proves what did *not* happen.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gateway/app/office.h"
#include "tests/support/fake_carrier.h"
#include "tests/support/manual_clock.h"

namespace tocsin::testing {

struct WorldOptions {
  std::string plan;                            // path; empty = the test town's
  std::string plan_head;                       // more lines of its [plan]
  std::string directory;                       // path; empty = the test town's
  std::string vfs;                             // SQLite VFS
  std::string start = "2026-11-22T02:00:00Z";  // 10:00 in the office
  engine::Options engine;
  bool second_link = false;                   // another SMS link behind the first
  std::vector<callout::LinkPolicy> policies;  // of the two
  ports::LinkCan backup_can;
  std::vector<ports::Sender*> senders;  // in place of these; the test moves time for them
};

class World {
 public:
  explicit World(WorldOptions options = {});
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // ---- time and life ----
  void settle();                    // until nothing is left to do at this instant
  void advance(base::Duration by);  // what falls due on the way happens at its own time
  void restart();                   // orderly
  void crash();                     // the process dies: what was not committed is gone, held messages are nobody's
  // The office's verdict, waited for.
  [[nodiscard]] ports::PlanJudged judge(ports::PlanOffer offer);
  // Offers a plan as the administrator and puts it in force if it may stand; kInvalid with the first finding otherwise.
  // From then on each opening uses the plan that the database has in force, as the daemon does.
  model::CommandResult use_plan(const std::string& text, std::vector<model::PlanOverride> accept = {});
  void follow_plans() { follows_plans_ = true; }
  // From then on each opening uses the directory of the database, if it has one, as the daemon does.
  void follow_directory() { follows_directory_ = true; }
  // The plan of the options with its version replaced, and `more` at its end.
  [[nodiscard]] std::string plan_text(const std::string& version, const std::string& more = "") const;
  void reopen_with_backup_alone();            // an orderly restart; the settings have the first link no more
  void reopen_with(engine::Options options);  // an orderly restart with other measures
  bool try_open();                            // after crash(); false with `open_error` when the office refuses

  // ---- what people do ----
  model::CommandResult submit(model::Command command);  // and settles
  model::SubmittedReport report(const std::string& hazard, const std::string& facts, const std::string& area,
                                const std::string& place = "", bool drill = false);
  // Puts these bytes where photographs lie, as of now on the test's clock; their hash.
  std::string put_attachment(const std::string& bytes);
  base::Error refused_report(const model::SubmitReport& report);
  void texts(const std::string& person, const std::string& text);  // by SMS to the office
  void number_texts(const std::string& number, const std::string& text);
  model::CommandResult desk(model::Command command);  // fills in `by` as the duty desk
  // The desk phones whoever is on the call sheet under that code of a person; fails the test when nobody is.
  void desk_calls(const std::string& person, model::CallOutcome outcome);

  // ---- what they see ----
  // The oldest unexpected text on that person's phones that contains `words`; fails the test when there is none.
  std::string gets(const std::string& person, const std::string& words);
  [[nodiscard]] int waiting_texts(const std::string& person) const;  // not yet expected
  void forget_texts();  // marks all as expected: what follows is what matters
  [[nodiscard]] bool on_call_sheet(const std::string& person);
  [[nodiscard]] model::IncidentView incident(int code);
  [[nodiscard]] const model::Step& step(const model::IncidentView& view,
                                        const std::string& name) const;  // of the last call-out
  [[nodiscard]] model::AlertView alert_of(const model::IncidentView& view, const std::string& person) const;  // newest
  [[nodiscard]] std::vector<model::RecordEntry> record();
  [[nodiscard]] int count_records(model::RecordKind kind);
  [[nodiscard]] int words_stored_with(const std::string& words);  // messages in the database that contain them
  [[nodiscard]] std::string person_at(const std::string& number) const;
  [[nodiscard]] model::PersonId id_of(const std::string& person) const;
  [[nodiscard]] std::vector<std::string> unexpected() const;

  ManualClock clock;
  FakeCarrier sms{"main"}, backup{"backup"};
  std::unique_ptr<app::Office> office;
  base::Error open_error;
  std::string folder;  // the database lies in it

  app::OfficeParts parts();

 private:
  WorldOptions options_;
  plan::PlanPtr plan_;
  std::string plan_source_;
  ports::RosterPtr roster_;
  int keys_ = 0;
  bool backup_alone_ = false;
  bool follows_plans_ = false;
  bool follows_directory_ = false;
  base::Status take_stored_plan();
  base::Status take_stored_directory();
};

// One world per test; at its end nothing unexpected may have been sent.
class Scenario : public ::testing::Test {
 protected:
  void TearDown() override;
  World world;
};

}  // namespace tocsin::testing
