// What the work on a whole plan costs: read, check, classify, simulate and compare, on as large a plan as the closed
// list of kinds allows, with a thousand clauses, and a directory of ten thousand persons.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <sstream>

#include "directory/snapshot.h"
#include "gateway/plan/lint.h"
#include "gateway/plan/read_plan.h"
#include "gateway/rehearse/check.h"
#include "gateway/rehearse/diff.h"
#include "gateway/rehearse/simulate.h"
#include "gateway/triage/classify.h"

namespace tocsin {
namespace {

constexpr int kPersons = 10'000, kAreas = 400, kClauses = 1'000;
const base::UtcTime kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{4}};

std::string both(const std::string& zh, const std::string& en) {
  return "{ zh = \"" + zh + "\", en = \"" + en + "\" }";
}

void write_attributes(std::ostream& out) {
  for (const char* count : {"dead", "missing", "serious", "light", "trapped", "threatened"}) {
    out << "[attribute." << count << "]\ntype = \"count\"\n";
  }
  out << "[attribute.spreading]\ntype = \"flag\"\nname = " << both("蔓延", "spreading")
      << "\nask = " << both("在蔓延吗？", "Spreading?")
      << "\n[attribute.depth]\ntype = \"measure\"\nname = " << both("水深", "depth") << "\nunit = " << both("米", "m")
      << "\nask = " << both("多深？", "How deep?")
      << "\n[attribute.place_kind]\ntype = \"choice\"\nname = " << both("场所", "place")
      << "\nask = " << both("什么场所？", "What place?") << "\nchoices = [";
  for (int i = 0; i < 8; ++i) {
    const auto n = std::to_string(i);
    out << "{ id = \"p" << n << "\", name = " << both("场所" + n, "place " + n) << " },";
  }
  out << "]\n";
}

// Numbers rise with the level, so that the plan is clean; a share of the clauses asks for two things.
void write_criteria(std::ostream& out, const std::string& kind, int clauses) {
  const char* counts[] = {"dead", "missing", "serious", "light", "trapped", "threatened"};
  const char* levels[] = {"III", "II", "I"};
  for (int level = 0; level < 3; ++level) {
    out << "[[hazard." << kind << ".criteria]]\nlevel = \"" << levels[level] << "\"\nany = [\n";
    for (int i = 0; i < clauses / 3; ++i) {
      const int from = 1 + level * 10 + (i / 6);
      out << "  { " << counts[i % 6] << " = \"" << from << "..\"";
      if (i >= 6) out << ", place_kind = \"p" << i % 8 << "\"" << (i % 2 == 0 ? ", spreading = true" : "");
      out << " },\n";
    }
    out << "]\n";
  }
}

std::string plan_text(int shift = 0) {
  std::ostringstream out;
  out << "[plan]\nname = \"Benchmark\"\nversion = \"1\"\n";
  write_attributes(out);
  const int each = kClauses / static_cast<int>(model::all_kinds().size());
  for (const auto& kind : model::all_kinds()) {
    const std::string name(kind.name);
    out << "[hazard." << name << "]\nkeywords = { zh = [\"" << kind.zh << "\"] }\nattributes = [\"dead\", \"missing\", "
        << "\"serious\", \"light\", \"trapped\", \"threatened\", \"spreading\", \"depth\", \"place_kind\"]\n";
    write_criteria(out, name, each + 2);
  }
  out << "[ladder.person]\nrungs = [{ channel = \"sms\", wait = \"" << 3 + shift
      << "m\" }, { channel = \"desk_call\", wait = \"5m\" }]\n";
  const auto response = [&](const std::string& head) {
    out << "[[response]]\n" << head;
    out << "step = [\n"
           "  { name = \"command\", to = [\"post:p0\", \"duty:leader\"], ladder = \"person\", enough = 1 },\n"
           "  { name = \"heads\", to = [\"area+up:heads\"], ladder = \"person\", enough = 1 },\n"
           "  { name = \"team\", to = [\"unit:u0\", \"unit:u1\"], ladder = \"person\", enough = 3 },\n"
           "  { name = \"everybody\", to = [\"group:everybody\"], ladder = \"person\", enough = 0 },\n]\n";
  };
  for (const auto& kind : model::all_kinds()) {
    for (const char* level : {"IV", "III", "II", "I"}) {
      response("hazard = \"" + std::string(kind.name) + "\"\nlevel = \"" + level + "\"\n");
    }
  }
  response("hazard = \"unclassified\"\n");
  out << "[template]\n";
  for (const char* name : {"alert", "update", "stand_down", "receipt", "question", "unreadable", "stranger"}) {
    out << name << " = { zh = { default = \"{{hazard}} {{area}} {{place}} {{code}}\" }, en = { default = \"{{hazard}} "
        << "{{area}} {{place}} {{code}}\" } }\n";
  }
  return out.str();
}

plan::PlanPtr plan_of(const std::string& text) {
  auto read = plan::read_plan(text, "bench.toml");
  for (const auto& finding : read.findings) std::fputs(base::render(finding, text).c_str(), stderr);
  if (!read.plan) std::abort();
  return read.plan;
}

const plan::PlanPtr& the_plan() {
  static const plan::PlanPtr plan = plan_of(plan_text());
  return plan;
}

std::string person(int i) {
  return "person-" + std::to_string(i);
}

// Every tenth person is away for a day of the coming month; the desk's duty changes three times a day.
const directory::Snapshot& the_directory() {
  static const auto* const made = [] {
    directory::Tables tables;
    tables.areas.push_back({{}, "town", "Town", "subdistrict", "", {}, false, 0, 0, "", ""});
    for (int i = 1; i < kAreas; ++i) {
      tables.areas.push_back(
          {{}, "area-" + std::to_string(i), "Area " + std::to_string(i), "community", "town", {}, false, 0, 0, "", ""});
    }
    tables.groups.push_back({"everybody", "Everybody"});
    tables.units = {{"u0", "Unit 0", person(0), ""}, {"u1", "Unit 1", person(20), ""}};
    tables.posts.push_back({"p0", "Commander", "", person(1), {}});
    for (int i = 2; i < 5; ++i) tables.deputies.push_back({"p0", i, person(i)});
    for (int i = 0; i < kPersons; ++i) {
      tables.persons.push_back({{}, person(i), "Person " + std::to_string(i), "zh", "", ""});
      const auto number = std::to_string(100'000 + i).substr(1);
      directory::ContactRow contact;
      contact.person = person(i);
      contact.order = 1;
      contact.address = "+86144000" + number;
      contact.agreed_when = kNow;
      contact.agreed_how = "form";
      tables.contacts.push_back(std::move(contact));
      tables.group_members.push_back({"everybody", person(i)});
      if (i < 40) tables.unit_members.push_back({i < 20 ? "u0" : "u1", person(i)});
      const auto from = kNow + std::chrono::hours(i % 700);
      if (i % 10 == 0) tables.leave.push_back({person(i), {from, from + std::chrono::hours(24)}});
    }
    for (int i = 0; i < kAreas; ++i) {
      tables.area_roles.push_back({i == 0 ? "town" : "area-" + std::to_string(i), "heads", person(100 + i)});
    }
    for (int i = 0; i < 90; ++i) {
      const auto from = kNow + std::chrono::hours(8 * i);
      tables.duty.push_back({"leader", person(50 + i % 7), {from, from + std::chrono::hours(8)}});
    }
    std::int64_t next = 1;
    directory::number_rows(tables, {}, next);
    return new directory::Snapshot(tables, 1);
  }();
  return *made;
}

void read_plan(benchmark::State& state) {
  const auto text = plan_text();
  for (auto _ : state) benchmark::DoNotOptimize(plan::read_plan(text, "bench.toml"));
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(read_plan)->Unit(benchmark::kMillisecond);

// All that `plan check` does once plan and directory are read.  Goal: 2 s.
void check_plan(benchmark::State& state) {
  rehearse::CheckOptions options;
  options.at = kNow;
  rehearse::LinkFacts link;
  link.name = "modem";
  link.messages_per_second = 20;
  link.parts_of = [](std::string_view text) { return rehearse::Parts{static_cast<int>(text.size() / 201) + 1, true}; };
  options.links = std::vector<rehearse::LinkFacts>{std::move(link)};
  the_directory();
  std::size_t findings = 0;
  for (auto _ : state) {
    auto found = plan::lint(*the_plan());
    findings = found.size() + rehearse::check(*the_plan(), &the_directory(), options).findings.size();
  }
  state.counters["findings"] = static_cast<double>(findings);
}
BENCHMARK(check_plan)->Unit(benchmark::kMillisecond);

// Goal: 2 us.
void classify(benchmark::State& state) {
  model::Facts facts;
  facts["serious"] = model::Quantity::whole(2);
  facts["spreading"] = true;
  if (state.range(0) == 1) facts.clear();
  for (auto _ : state) {
    benchmark::DoNotOptimize(triage::classify(*the_plan(), model::HazardKind::kFire, facts, "zh"));
  }
}
BENCHMARK(classify)->ArgName("nothing_known")->Arg(0)->Arg(1);

// Everybody is told.  Goal: 50 ms.
void simulate(benchmark::State& state) {
  rehearse::Case report;
  report.hazard = model::HazardKind::kFire;
  report.facts["serious"] = model::Quantity::whole(2);
  the_directory();
  for (auto _ : state) benchmark::DoNotOptimize(rehearse::rehearse(*the_plan(), the_directory(), report, kNow));
}
BENCHMARK(simulate)->Unit(benchmark::kMillisecond);

void diff(benchmark::State& state) {
  const auto other = plan_of(plan_text(1));
  for (auto _ : state) benchmark::DoNotOptimize(rehearse::diff(*the_plan(), *other));
}
BENCHMARK(diff)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tocsin
