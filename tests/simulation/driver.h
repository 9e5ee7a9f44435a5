// The office under the simulator's hand: commands go in, time moves, the disk fails, the process dies and comes back.
//
// Whatever an action does, the office lives again when a function of this class returns, or `broken` says why not.
#pragma once

#include <functional>
#include <future>
#include <string>
#include <vector>

#include "gateway/base/random.h"
#include "gateway/db/fault_vfs.h"
#include "tests/simulation/journal.h"
#include "tests/simulation/simulation.h"
#include "tests/support/world.h"

namespace tocsin::simulation {

class Driver {
 public:
  using Handler = std::function<void(const model::CommandResult&)>;

  Driver(std::uint64_t seed, const Options& options);

  // Queues a command.  `then` is called with its result once there is one; never when the process died before.
  void submit(model::Command command, Handler then = {});
  void settle();  // until nothing is left to do at this instant, then revives a dead office
  void pump_some(int times);
  void advance(base::Duration by);
  void crash(db::Survives survives);
  void restart();
  void sleep(base::Duration by);  // the office is closed that long
  void heal();                    // no more faults, links up and confirming
  // Ends faults, lets time pass until all is quiet, closes the office.
  void finish();

  void note(const std::string& line);
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return chance.below(bound); }
  [[nodiscard]] bool one_in(std::uint64_t n) { return chance.one_in(n); }
  template <typename List>
  [[nodiscard]] const auto& any_of(const List& list) {
    return list[static_cast<std::size_t>(below(std::size(list)))];
  }
  [[nodiscard]] const ports::Queries& ask() const { return world.office->queries(); }

  Options options;
  base::Random chance;
  base::Random directory_chance;  // of whoever changes the directory, alone
  base::Random check_chance;      // of whoever sees to the contact check, alone
  base::Random stranger_chance;   // of strangers who write, and of the desk that reads them or not, alone
  Journal journal;
  db::FaultVfs disk;
  testing::World world;
  bool with_approvals = false;  // the town's plan asks somebody before it calls all
  std::vector<std::string> trace, broken;
  std::vector<std::pair<std::string, model::SubmitReport>> sent;  // web reports to repeat: what was sent, oldest first
  std::vector<model::InboundMessage> texts;                       // to repeat
  std::vector<std::string> probes;                                // that a carrier took
  int serial = 0;

 private:
  struct Waiting {
    std::future<model::CommandResult> result;
    Handler then;
  };
  void pump_to_rest();
  void collect();
  void revive();
  void note_handovers();

  std::vector<Waiting> waiting_;
  std::size_t seen_main_ = 0, seen_backup_ = 0;
};

}  // namespace tocsin::simulation
