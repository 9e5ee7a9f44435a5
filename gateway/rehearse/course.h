// The incident of a rehearsal and the clock that drives it: what gateway/engine does in intake.cc, response.cc
// (reassess), desk.cc and timers.cc, over a Stage.  Private to rehearse.
#pragma once

#include <memory>

#include "gateway/rehearse/stage.h"
#include "gateway/triage/understand.h"

namespace tocsin::rehearse {

// What intake makes of reports.  The words of plan and areas are prepared when the first text needs them.
class Reader {
 public:
  Reader(const plan::Plan& plan, const ports::Roster& roster) : plan_(plan), roster_(roster) {}
  // Words fill in what was not given, health events keep the community only, a kind the plan does not have is none.
  [[nodiscard]] Case understood(Case report);
  // Names nobody knows are added to `unknown`.
  [[nodiscard]] Case read(const plan::CaseReport& report, std::vector<std::string>& unknown);

 private:
  [[nodiscard]] model::AreaId find_area(const std::string& name);
  [[nodiscard]] const triage::Vocabulary& words();

  const plan::Plan& plan_;
  const ports::Roster& roster_;
  std::unique_ptr<triage::Vocabulary> words_;
};

class Course {
 public:
  Course(Stage& stage, Reader& reader) : stage_(stage), reader_(reader) {}

  // Opens the incident: the first report.
  void begin(const Case& report);
  // What falls due until then, and then the event; false when that lies behind the horizon.
  bool play(const plan::CaseEvent& event);
  // What falls due until nothing is left, or the horizon.
  void play_out();

 private:
  void take_in(const Case& report, bool opens);
  void reassess(bool started);
  // The one that is played, or one of the others: opened now when it belongs to none.
  [[nodiscard]] model::Incident& incident_for(const Case& report);
  void change_link(const plan::CaseLink& change);
  void open();
  void stand_down();

  void run_until(base::UtcTime limit);
  void settle();
  // A task that nobody does is not waited for at the end.
  [[nodiscard]] std::optional<base::UtcTime> next_due(bool with_tasks = true);
  [[nodiscard]] std::optional<base::UtcTime> next_answer() const;
  [[nodiscard]] base::UtcTime end() const { return stage_.out.at + stage_.options.horizon; }

  Stage& stage_;
  Reader& reader_;
  std::vector<model::PlacedFact> known_;  // of the incident, one for each attribute and area
  std::vector<model::Incident> others_;   // not followed; later reports may belong to one of them
};

}  // namespace tocsin::rehearse
