// From a report to the receipt, with everything real but the people: the whole office with its engine thread, SQLite on
// the disk, and an SMPP link to our own centre (a child process) over the loopback.
//
// Each scenario runs in a process of its own with an empty database, so that its peak of memory is its own.  Never a
// test: it fails only when messages get lost.
#include <malloc.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

#include "adapters/sms/smpp/link.h"
#include "bench/centre.h"
#include "bench/figures.h"
#include "bench/past.h"
#include "bench/town.h"
#include "directory/directory_store.h"
#include "directory/snapshot.h"
#include "gateway/app/office.h"
#include "gateway/base/log.h"

namespace tocsin::bench {
namespace {

struct Arguments {
  bool quick = false;
  std::string folder = ".";
  std::string json;
  std::string only;  // name of one scenario
};

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "bench_end_to_end: %s\n", why.c_str());
  std::exit(1);
}

// A folder of its own under `parent`, gone at the end.
struct TempFolder {
  explicit TempFolder(const std::string& parent) {
    std::string pattern = parent + "/tocsin-bench-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) give_up("no folder in " + parent);
    path = pattern;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::string path;
};

app::OfficeParts parts_of(const std::string& folder, const base::Clock& clock, const Town& town,
                          ports::RosterPtr roster, std::vector<ports::Sender*> senders) {
  app::OfficeParts parts;
  parts.database = folder + "/tocsin.db";
  parts.clock = &clock;
  parts.senders = std::move(senders);
  parts.plan = town.plan;
  parts.plan_source = town.plan_source;
  parts.roster = std::move(roster);
  return parts;
}

// The whole office at work.
class Desk {
 public:
  Desk(const std::string& parent, int people, int window) : folder_(parent) {
    Town town = make_town(people);
    auto roster = std::make_shared<directory::Snapshot>(town.tables, 1);
    town.tables = {};
    ::malloc_trim(0);
    auto settings = link_to(centre);
    settings.window = window;
    link_ = std::make_unique<sms::SmppLink>(settings);
    auto opened = app::Office::open(parts_of(folder_.path, clock_, town, roster, {link_.get()}));
    if (!opened) give_up(opened.error().message);
    office = std::move(*opened);
    office->engine().run();
    if (!centre.wait_bound()) give_up("the link did not come up");
    // Up at the centre is not yet known to the engine.
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak of memory counts from here
  }
  ~Desk() {
    office->stop(std::chrono::seconds(2));
    office.reset();
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  std::future<model::CommandResult> report(const char* hazard, int area, const char* text = "") {
    model::SubmitReport report;
    report.by.role = model::Role::kReporter;
    report.by.name = "bench";
    report.key = "bench-" + std::to_string(++keys_) + "-0000";
    report.hazard = hazard;
    report.facts["serious"] = model::FactValue{model::Quantity::whole(2)};
    report.area = area_code(area);
    report.text = text;
    return office->submit(std::move(report));
  }
  static void expect_taken(std::future<model::CommandResult> future) {
    const auto result = future.get();
    if (!result) give_up("a report was refused: " + result.error().message);
  }

  Centre centre;  // first: forks before there are threads
  std::unique_ptr<app::Office> office;

 private:
  TempFolder folder_;
  base::SystemClock clock_;
  std::unique_ptr<sms::SmppLink> link_;
  int keys_ = 0;
};

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double ms(std::int64_t ns) {
  return static_cast<double>(ns) / 1e6;
}

// ---- scenarios ----

// One incident after the other, `people` recipients each, every receipt on disk before the next begins.
void flood(Figures& figures, const Arguments& arguments, int people, int window) {
  Desk desk(arguments.folder, people, window);
  auto& board = desk.centre.board();
  const int rounds = std::max(1, 2000 / people);
  BareCommit disk(arguments.folder);
  std::vector<double> commits;
  for (int i = 0; i < 50; ++i) commits.push_back(disk.once());
  const double cpu = cpu_seconds();
  double seconds = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::int64_t before = board.acknowledged;
    const auto start = now_ns();
    Desk::expect_taken(desk.report("fire", i % kAreas));
    if (!desk.centre.wait_acknowledged(before + people, 120)) give_up("receipts are missing");
    seconds += ms(board.acknowledged_at - start) / 1000;
  }
  const double messages = static_cast<double>(people) * rounds;
  if (board.submitted != static_cast<std::int64_t>(messages)) give_up("the centre got another number of messages");
  for (int i = 0; i < 50; ++i) commits.push_back(disk.once());
  const double commit_ms = percentile(commits, 0.5);
  const auto& metrics = desk.office->engine().metrics();
  const std::string group =
      "flood: " + std::to_string(people) + " recipients, window " + std::to_string(window) + ", receipts, synced";
  figures.add(group, "messages per second", messages / seconds, "1/s", window == 100 ? "goal 20,000" : "");
  figures.add(group, "wall time per recipient", seconds / messages * 1e6, "us");
  figures.add(group, "CPU of the gateway per recipient", (cpu_seconds() - cpu) / messages * 1e6, "us",
              "all its threads, user and system");
  figures.add(group, "messages per transaction", messages / static_cast<double>(metrics.batches.load()), "");
  figures.add(group, "bare commit p50", commit_ms, "ms", "just before and after");
  figures.add(group, "messages per second / bare commits per second", messages / seconds * commit_ms / 1000, "times");
  figures.add(group, "peak RSS", memory_mib("VmHWM"), "MiB", "goal 100 with 10,000 recipients");
}

// 20 reports a second, each an incident of its own with one recipient; a bare commit on the same disk between them.
void single_reports(Figures& figures, const Arguments& arguments) {
  Desk desk(arguments.folder, 10, 100);
  auto& board = desk.centre.board();
  BareCommit disk(arguments.folder);
  const int count = arguments.quick ? 100 : 600;
  std::vector<double> to_wire, to_reply, commits;
  auto next = Clock::now();
  for (int i = 0; i < count; ++i) {
    const int area = i % kAreas;
    board.head_at[area] = 0;
    std::this_thread::sleep_until(next);
    const auto start = now_ns();
    Desk::expect_taken(desk.report("gas_leak", area));
    to_reply.push_back(ms(now_ns() - start));
    const auto wire = desk.centre.wait_head(area);
    if (wire == 0) give_up("a message did not come");
    to_wire.push_back(ms(wire - start));
    std::this_thread::sleep_until(next + std::chrono::milliseconds(25));
    commits.push_back(disk.once());
    next += std::chrono::milliseconds(50);
  }
  const char* group = "single reports: 20 per second, one recipient each";
  figures.add(group, "report to first submit_sm p50", percentile(to_wire, 0.5), "ms", "goal 1.5");
  figures.add(group, "report to first submit_sm p99", percentile(to_wire, 0.99), "ms", "goal 4");
  figures.add(group, "report to reply p50", percentile(to_reply, 0.5), "ms");
  figures.add(group, "report to reply p99", percentile(to_reply, 0.99), "ms");
  figures.add(group, "bare commit p50", percentile(commits, 0.5), "ms", "4 KiB append and fdatasync, between reports");
  figures.add(group, "bare commit p99", percentile(commits, 0.99), "ms");
  figures.add(group, "to wire in bare commits, p50", percentile(to_wire, 0.5) / percentile(commits, 0.5), "times");
}

// Urgent incidents while one with 10,000 recipients goes out.
void urgent_in_between(Figures& figures, const Arguments& arguments) {
  constexpr int kPeople = 10'000;
  Desk desk(arguments.folder, kPeople, 100);
  auto& board = desk.centre.board();
  std::vector<double> to_wire;
  int area = 200;
  for (int round = 0; round < (arguments.quick ? 2 : 8); ++round) {
    const std::int64_t before = board.acknowledged;
    Desk::expect_taken(desk.report("fire", round));
    int asked = 0;
    while (board.acknowledged < before + kPeople * 8 / 10 && area < kAreas) {
      std::this_thread::sleep_for(std::chrono::milliseconds(17));
      const auto start = now_ns();
      auto reply = desk.report("building_collapse", area);
      const auto wire = desk.centre.wait_head(area);
      if (wire == 0) give_up("an urgent message did not come");
      Desk::expect_taken(std::move(reply));
      if (board.acknowledged < before + kPeople) to_wire.push_back(ms(wire - start));
      ++area;
      ++asked;
    }
    if (!desk.centre.wait_acknowledged(before + kPeople + asked, 120)) give_up("receipts are missing");
  }
  const char* group = "urgent incidents amid one of 10,000 recipients, window 100";
  figures.add(group, "report to first submit_sm p50", percentile(to_wire, 0.5), "ms");
  figures.add(group, "report to first submit_sm p99", percentile(to_wire, 0.99), "ms", "goal 20");
  figures.add(group, "slowest", percentile(to_wire, 1), "ms");
  figures.add(group, "samples", static_cast<double>(to_wire.size()), "");
}

// A wave of reports of what the desk knows already: each joins one of `kOpen` open incidents, `window` under way at
// once.
void merging_reports(Figures& figures, const Arguments& arguments, int window) {
  constexpr int kOpen = 50;
  Desk desk(arguments.folder, 10, 100);
  for (int area = 0; area < kOpen; ++area) Desk::expect_taken(desk.report("flood", area));
  const int count = arguments.quick ? 20'000 : 60'000;
  BareCommit disk(arguments.folder);
  std::vector<double> commits;
  for (int i = 0; i < 50; ++i) commits.push_back(disk.once());
  const auto& metrics = desk.office->engine().metrics();
  const auto batches = metrics.batches.load();
  const double cpu = cpu_seconds();
  const auto start = now_ns();
  std::deque<std::pair<std::int64_t, std::future<model::CommandResult>>> under_way;
  std::vector<double> to_reply;
  const auto take_one = [&] {
    Desk::expect_taken(std::move(under_way.front().second));
    to_reply.push_back(ms(now_ns() - under_way.front().first));
    under_way.pop_front();
  };
  for (int i = 0; i < count; ++i) {
    if (static_cast<int>(under_way.size()) == window) take_one();
    under_way.emplace_back(now_ns(),
                           desk.report("flood", i % kOpen, "东湖桥下积水，水深过膝，车辆已不能通行，请派人封路"));
  }
  while (!under_way.empty()) take_one();
  const double seconds = ms(now_ns() - start) / 1000;
  const std::string group = "reports that join open incidents, " + std::to_string(window) + " under way, synced";
  figures.add(group, "reports per second", count / seconds, "1/s");
  figures.add(group, "CPU per report", (cpu_seconds() - cpu) / count * 1e6, "us", "all threads, user and system");
  figures.add(group, "reports per transaction", count / static_cast<double>(metrics.batches - batches), "");
  figures.add(group, "to reply p50", percentile(to_reply, 0.5), "ms");
  figures.add(group, "to reply p99", percentile(to_reply, 0.99), "ms");
  figures.add(group, "bare commit p50", percentile(commits, 0.5), "ms", "just before");
}

void restart(Figures& figures, const Arguments& arguments) {
  const int contacts = arguments.quick ? 10'000 : 100'000, past = arguments.quick ? 100'000 : 1'000'000;
  TempFolder folder(arguments.folder);
  Town town = make_town(contacts - kAreas);
  const base::SystemClock clock;
  const auto parts = parts_of(folder.path, clock, town, nullptr, {});
  {
    const auto filled = fill_with_past(parts.database, town, past, clock.utc_now());
    if (!filled) give_up(filled.error().message);
  }
  town.tables = {};
  ::malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
  const auto start = now_ns();
  ports::RosterPtr roster;
  {
    auto session = db::Session::open(parts.database, {});
    if (!session) give_up(session.error().message);
    auto snapshot = directory::load_snapshot(**session);
    if (!snapshot) give_up(snapshot.error().message);
    roster = *snapshot;
  }
  const auto loaded = now_ns();
  auto again = parts;
  again.roster = roster;
  auto office = app::Office::open(std::move(again));
  if (!office) give_up(office.error().message);
  (*office)->engine().run();
  if (!(*office)->readiness().ready) give_up("not ready");
  const auto ready = now_ns();
  const std::string group =
      "start with " + std::to_string(contacts) + " contacts and " + std::to_string(past) + " past deliveries";
  figures.add(group, "directory read", ms(loaded - start), "ms");
  figures.add(group, "Office::open to ready", ms(ready - loaded), "ms");
  figures.add(group, "in all", ms(ready - start), "ms", "goal 1000");
  figures.add(group, "database", static_cast<double>(std::filesystem::file_size(parts.database)) / (1 << 20), "MiB");
  figures.add(group, "peak RSS", memory_mib("VmHWM"), "MiB");
  (*office)->stop(std::chrono::seconds(0));
}

// ---- running them ----

void in_own_process(Figures& figures, const std::function<void(Figures&)>& scenario) {
  int ends[2];
  if (::pipe(ends) != 0) give_up("no pipe");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) give_up("no process");
  if (child == 0) {
    ::close(ends[0]);
    Figures mine;
    scenario(mine);
    const std::string lines = mine.lines();
    if (::write(ends[1], lines.data(), lines.size()) != static_cast<ssize_t>(lines.size())) std::_Exit(1);
    std::_Exit(0);
  }
  ::close(ends[1]);
  std::string lines;
  char some[4096];
  for (ssize_t n = 0; (n = ::read(ends[0], some, sizeof some)) > 0;) lines.append(some, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) give_up("a scenario failed");
  figures.add_lines(lines);
}

void run_all(Figures& figures, const Arguments& arguments) {
  const auto run = [&](const std::string& name, const std::function<void(Figures&)>& scenario) {
    if (!arguments.only.empty() && arguments.only != name) return;
    std::fprintf(stderr, "%s ...\n", name.c_str());
    in_own_process(figures, scenario);
  };
  const int rounds = arguments.quick ? 10 : 30;
  measure_machine(figures, "the machine before", arguments.folder, rounds);
  for (const int window : {10, 100}) {
    run("flood-10000-" + std::to_string(window), [&](Figures& f) { flood(f, arguments, 10'000, window); });
  }
  for (const int people : {100, 1'000, 100'000}) {
    if (arguments.quick && arguments.only.empty() && people > 1'000) continue;
    run("flood-" + std::to_string(people) + "-100", [&](Figures& f) { flood(f, arguments, people, 100); });
  }
  for (const int window : {1, 64, 256}) {
    run("merging-" + std::to_string(window), [&](Figures& f) { merging_reports(f, arguments, window); });
  }
  run("single", [&](Figures& f) { single_reports(f, arguments); });
  run("urgent", [&](Figures& f) { urgent_in_between(f, arguments); });
  run("restart", [&](Figures& f) { restart(f, arguments); });
  measure_machine(figures, "the machine after", arguments.folder, rounds);
}

void add_ratios(Figures& figures) {
  const double few = figures.value("flood: 1000 recipients, window 100, receipts, synced", "wall time per recipient");
  const double many =
      figures.value("flood: 100000 recipients, window 100, receipts, synced", "wall time per recipient");
  if (few > 0 && many > 0) {
    figures.add("ratios of this run", "cost per recipient, 100,000 / 1,000", many / few, "times", "flat: 1");
  }
}

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string given = argv[i];
    const auto value = [&] {
      if (++i >= argc) give_up(given + " wants a value");
      return std::string(argv[i]);
    };
    if (given == "--quick") {
      arguments.quick = true;
    } else if (given == "--dir") {
      arguments.folder = value();
    } else if (given == "--json") {
      arguments.json = value();
    } else if (given == "--only") {
      arguments.only = value();
    } else {
      std::fprintf(stderr,
                   "usage: bench_end_to_end [--quick] [--dir FOLDER] [--json FILE] [--only SCENARIO]\n"
                   "scenarios: flood-10000-10 flood-10000-100 flood-100-100 flood-1000-100 flood-100000-100 "
                   "merging-1 merging-64 merging-256 single urgent restart\n");
      std::exit(given == "--help" ? 0 : 2);
    }
  }
  return arguments;
}

int run(int argc, char** argv) {
  const Arguments arguments = read_arguments(argc, argv);
  base::set_log_level(base::LogLevel::kWarning);
  constexpr long kTmpfs = 0x01021994;
  struct statfs disk {};
  if (::statfs(arguments.folder.c_str(), &disk) == 0 && disk.f_type == kTmpfs) {
    std::fprintf(stderr, "warning: %s is in memory; a sync costs nothing there\n", arguments.folder.c_str());
  }
  Figures figures;
  run_all(figures, arguments);
  add_ratios(figures);
  figures.print();
  if (!arguments.json.empty()) std::ofstream(arguments.json) << figures.json();
  return 0;
}

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  return tocsin::bench::run(argc, argv);
}
