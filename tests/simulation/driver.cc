#include "tests/simulation/driver.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace tocsin::simulation {
namespace {

using namespace std::chrono_literals;

// Two links of one carrier or of two, in either order, equal or not, capped, probed.
std::vector<callout::LinkPolicy> policies(base::Random& chance, Journal& journal) {
  std::vector<callout::LinkPolicy> both(2);
  const bool one_carrier = chance.one_in(2);
  for (auto& policy : both) {
    policy.priority = static_cast<int>(chance.below(2));
    policy.weight = static_cast<int>(chance.below(3));
    if (one_carrier) policy.carrier = "north";
    // Seldom, for what is owed over a full link takes hours to go, or days.
    constexpr int kAnHour[] = {8, 20, 60};
    if (chance.one_in(8)) policy.per_hour = kAnHour[chance.below(3)];
    if (policy.per_hour > 0 && chance.one_in(6)) policy.per_day = 120;
    if (policy.per_hour > 0) journal.caps[&policy == &both[0] ? "main" : "backup"] = {policy.per_hour, policy.per_day};
    if (chance.one_in(4)) policy.probe_number = "+8614400000099";
    policy.probe_every = std::chrono::minutes(10);
  }
  if (chance.one_in(4)) both[1].prefixes = {"+861440000000"};
  return both;
}

testing::WorldOptions world_options(std::uint64_t seed, const std::string& vfs, base::Random& chance,
                                    Journal& journal) {
  testing::WorldOptions options;
  options.vfs = vfs;
  options.second_link = chance.one_in(2);
  options.policies = policies(chance, journal);
  if (chance.one_in(2)) options.plan = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan-approval.toml";
  options.plan_head = "inbox_unopened = [\"duty:leader\"]\n";
  // Small measures, so that few people are enough to meet every limit.
  constexpr int kSlices[] = {1, 2, 3, 200};
  options.engine.slice = kSlices[chance.below(4)];
  options.engine.due_slice = kSlices[chance.below(4)];
  constexpr base::Duration kPatience[] = {std::chrono::seconds(20), std::chrono::minutes(2), std::chrono::minutes(10)};
  options.engine.summary_after = kPatience[chance.below(3)];
  // A Sunday, or a Monday with a check that does not wait for long.
  if (seed % 2 == 0) options.start = "2026-11-23T02:00:00Z";
  options.engine.contact_check.per_hour = 600;
  options.engine.contact_check.calm = std::chrono::minutes(10);
  options.engine.contact_check.answer_within = std::chrono::hours(3);
  if (seed % 4 == 0) options.engine.contact_check.every = std::chrono::hours(24 * 28);
  journal.calm_us = base::to_micros(base::UtcTime(options.engine.contact_check.calm));
  options.engine.batch_commands = chance.one_in(2) ? 256 : 2;
  return options;
}

}  // namespace

Driver::Driver(std::uint64_t seed, const Options& wanted)
    : options(wanted),
      chance(seed),
      directory_chance(~seed),
      check_chance(seed * 2 + 1),
      stranger_chance(seed * 2 + 2),
      disk(seed),
      world(world_options(seed, disk.name(), chance, journal)) {
  const auto plan = world.office->engine().plan();
  for (const char* person : {"commander", "deputy-a", "deputy-b"})
    journal.may_decide["post:commander"].insert(world.id_of(person).value);
  journal.may_decide["post:director"].insert(world.id_of("director").value);
  with_approvals = plan->templates.count("approval") > 0;
}

void Driver::note(const std::string& line) {
  trace.push_back(base::to_rfc3339(world.clock.utc_now()) + " " + line);
  if (options.verbose) std::printf("%s\n", trace.back().c_str());
}

void Driver::submit(model::Command command, Handler then) {
  waiting_.push_back({world.office->submit(std::move(command)), std::move(then)});
}

void Driver::collect() {
  std::vector<Waiting> still;
  for (auto& one : std::exchange(waiting_, {})) {
    if (one.result.wait_for(0s) != std::future_status::ready) {
      still.push_back(std::move(one));
      continue;
    }
    try {
      const auto result = one.result.get();
      // A disk that fails is "retry later"; anything else the database says is a mistake of ours.
      if (!result &&
          (result.error().code == base::ErrorCode::kInternal || result.error().message.rfind("database:", 0) == 0))
        broken.push_back("commands fail for a reason: " + result.error().message);
      if (one.then) one.then(result);
    } catch (const std::future_error&) {
      note("a reply was lost with the process");
    }
  }
  waiting_.insert(waiting_.begin(), std::make_move_iterator(still.begin()), std::make_move_iterator(still.end()));
}

void Driver::note_handovers() {
  const auto take = [&](testing::FakeCarrier& carrier, std::size_t& seen) {
    for (; seen < carrier.log.size(); ++seen) {
      const auto& text = carrier.log[seen];
      // Its mood is still the one it had then: this is called before anything changes it.
      const bool kept =
          carrier.mood != testing::CarrierMood::kRefuses && carrier.mood != testing::CarrierMood::kThrottles;
      // One each, as its answers say: what a link remembers over a restart is what the answers told it.
      journal.handed_over.push_back({carrier.name(), text.delivery.value, text.to, text.text, 1, kept});
      if (text.text.rfind("tocsin probe ", 0) == 0) probes.push_back(text.text);
      if (options.verbose) {
        std::printf("    %s <- %s [%lld] %s\n", world.person_at(text.to).c_str(), carrier.name().c_str(),
                    static_cast<long long>(text.delivery.value), text.text.c_str());
      }
    }
  };
  take(world.sms, seen_main_);
  take(world.backup, seen_backup_);
}

void Driver::pump_to_rest() {
  for (int i = 0; i < 20000; ++i) {
    if (!world.office->engine().pump()) return;
  }
  broken.emplace_back("liveness: the engine does not come to rest");
}

void Driver::settle() {
  pump_to_rest();
  collect();
  note_handovers();
  if (disk.crashed()) revive();
}

void Driver::pump_some(int times) {
  for (int i = 0; i < times; ++i) (void)world.office->engine().pump();
  collect();
  note_handovers();
  if (disk.crashed()) revive();
}

void Driver::advance(base::Duration by) {
  settle();
  const auto end = world.clock.steady_now() + by;
  while (world.clock.steady_now() < end) {
    const auto wake = world.office->engine().next_wake();
    // The engine's time may be ahead of the clock on the wall, so a wake-up is looked for every now and then as well.
    const auto left = std::min<base::Duration>(end - world.clock.steady_now(), 20s);
    const auto ahead = wake ? *wake - world.clock.utc_now() : left;
    const auto least = world.office->engine().intake_open() ? base::Duration(1ms) : base::Duration(500ms);
    world.clock.advance(std::clamp<base::Duration>(ahead, std::min(least, left), left));
    settle();
  }
}

void Driver::revive() {
  note("the office is dead");
  for (int tries = 0; tries < 12; ++tries) {
    waiting_.clear();
    world.crash();
    note_handovers();
    if (tries >= 3) disk.heal();
    if (!world.try_open()) {
      note("it does not open: " + world.open_error.message);
      continue;
    }
    note_handovers();
    if (disk.crashed()) continue;
    note("the office lives again");
    return;
  }
  broken.emplace_back("durability: the database cannot be opened again: " + world.open_error.message);
  throw std::runtime_error("no office");
}

void Driver::crash(db::Survives survives) {
  disk.crash(survives);
  world.sms.forget();
  world.backup.forget();
  collect();
  revive();
}

void Driver::restart() {
  world.office->stop(0s);
  collect();
  note_handovers();
  if (disk.crashed() || !world.office->engine().intake_open()) note("it stopped with a disk that fails");
  revive();
}

void Driver::sleep(base::Duration by) {
  world.office->stop(0s);
  collect();
  note_handovers();
  world.clock.advance(by);
  revive();
}

void Driver::heal() {
  disk.heal();
  for (auto* carrier : {&world.sms, &world.backup}) {
    carrier->mood = testing::CarrierMood::kConfirms;
    carrier->set_window(100);
  }
}

void Driver::finish() {
  heal();
  settle();
  for (auto* carrier : {&world.sms, &world.backup}) {
    if (!carrier->started()) continue;
    carrier->release();
    carrier->come_back();
  }
  settle();
  note("faults end");
  // A cap lets go of what is owed hour by hour, or day by day.
  const bool by_day =
      std::any_of(journal.caps.begin(), journal.caps.end(), [](const auto& c) { return c.second.per_day > 0; });
  advance(by_day ? 50h : journal.caps.empty() ? 6h : 16h);
  journal.ended_at_us = base::to_micros(world.clock.utc_now());
  world.office->stop(0s);
  collect();
  note_handovers();
  world.office.reset();
}

}  // namespace tocsin::simulation
