#include "tests/support/world.h"

#include <stdlib.h>
#include <sys/time.h>

#include <algorithm>
#include <filesystem>

#include "directory/directory_store.h"
#include "directory/import.h"
#include "directory/snapshot.h"
#include "gateway/db/session.h"
#include "gateway/plan/read_plan.h"
#include "gateway/store/plans.h"

namespace tocsin::testing {
namespace {

std::string make_folder() {
  std::string path = (std::filesystem::temp_directory_path() / "tocsin-world-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
  return path;
}

ports::RosterPtr read_roster(const std::string& path) {
  auto imported = directory::read_directory(path, {});
  if (!imported) {
    ADD_FAILURE() << imported.error().message;
    return nullptr;
  }
  EXPECT_FALSE(base::has_errors(imported->findings)) << directory::render_findings(*imported);
  auto tables = std::move(imported->tables);
  std::int64_t next_id = 1;
  directory::number_rows(tables, {}, next_id);
  return std::make_shared<directory::Snapshot>(std::move(tables), 1);
}

model::Principal duty() {
  model::Principal by;
  by.role = model::Role::kDuty;
  by.name = "desk";
  return by;
}

}  // namespace

World::World(WorldOptions options)
    : clock(base::parse_rfc3339(options.start).value()), folder(make_folder()), options_(std::move(options)) {
  const std::string town = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/";
  if (options_.plan.empty()) options_.plan = town + "plan.toml";
  if (options_.directory.empty()) options_.directory = town + "directory";
  auto read = plan::read_plan_file(options_.plan);
  if (read && !options_.plan_head.empty()) {
    const std::string head = "[plan]\n";
    auto text = read->source;
    text.replace(text.find(head), head.size(), head + options_.plan_head);
    read = plan::read_plan(text, options_.plan);
  }
  if (!read || !read->plan) {
    std::string findings = read ? "" : read.error().message;
    if (read) {
      for (const auto& finding : read->findings) findings += base::render(finding, read->files.at(finding.file));
    }
    ADD_FAILURE() << findings;
    std::abort();
  }
  plan_ = read->plan;
  plan_source_ = read->source;
  roster_ = read_roster(options_.directory);
  backup.able = options_.backup_can;
  if (!try_open()) ADD_FAILURE() << open_error.message;
}

World::~World() {
  if (office) office->stop(std::chrono::seconds(0));
  office.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

app::OfficeParts World::parts() {
  app::OfficeParts parts;
  parts.database = folder + "/tocsin.db";
  parts.vfs = options_.vfs;
  parts.clock = &clock;
  parts.senders = options_.senders;
  if (parts.senders.empty()) {
    if (!backup_alone_) parts.senders.push_back(&sms);
    if (options_.second_link) parts.senders.push_back(&backup);
  }
  parts.policies = options_.policies;
  parts.plan = plan_;
  parts.plan_source = plan_source_;
  parts.plan_how.via = model::PlanVia::kStart;
  parts.roster = roster_;
  parts.options = options_.engine;
  return parts;
}

base::Status World::take_stored_plan() {
  db::OpenOptions read_only;
  read_only.mode = db::Mode::kReadOnly;
  read_only.vfs = options_.vfs;
  auto session = db::Session::open(folder + "/tocsin.db", read_only);
  if (!session) return session.error();
  const auto in_force = store::read_plan_in_force(**session);
  const auto source = in_force ? store::read_plan_source(**session, in_force->swap.version) : std::nullopt;
  if (auto read = (*session)->status(); !read) return read;
  if (!source) return base::invalid("no plan is in force");
  auto stored = plan::read_plan(*source, "stored").plan;
  if (!stored) return base::invalid("the plan in force cannot be read");
  plan_ = std::move(stored);
  plan_source_ = *source;
  return base::Done{};
}

std::string World::plan_text(const std::string& version, const std::string& more) const {
  auto text = plan_source_;
  const auto at = text.find("version = \"");
  return text.replace(at, text.find('\n', at) - at, "version = \"" + version + "\"") + more;
}

ports::PlanJudged World::judge(ports::PlanOffer offer) {
  return *office->judge_plan(std::move(offer)).get();  // nobody else offers one
}

model::CommandResult World::use_plan(const std::string& text, std::vector<model::PlanOverride> accept) {
  follow_plans();
  ports::PlanOffer offer;
  offer.by.role = model::Role::kAdmin;
  offer.by.name = "office";
  offer.text = text;
  offer.accept = std::move(accept);
  auto judged = judge(std::move(offer));
  if (!judged.may_stand) {
    const auto& first = judged.findings.front().finding;
    return base::invalid(judged.why_not.en + ": " + first.code + " " + first.where + " " + first.message);
  }
  return submit(std::move(judged.command));
}

base::Status World::take_stored_directory() {
  db::OpenOptions read_only;
  read_only.mode = db::Mode::kReadOnly;
  read_only.vfs = options_.vfs;
  auto session = db::Session::open(folder + "/tocsin.db", read_only);
  if (!session) return session.error();
  auto stored = directory::load_snapshot(**session);
  if (!stored) return stored.error();
  if ((*stored)->version() > 0) roster_ = *stored;
  return base::Done{};
}

bool World::try_open() {
  if (follows_directory_) {
    if (const auto taken = take_stored_directory(); !taken) {
      open_error = taken.error();
      return false;
    }
  }
  if (follows_plans_) {
    if (const auto taken = take_stored_plan(); !taken) {
      open_error = taken.error();
      return false;
    }
  }
  auto opened = app::Office::open(parts());
  if (!opened) {
    open_error = opened.error();
    return false;
  }
  office = std::move(*opened);
  settle();
  return true;
}

void World::settle() {
  for (int i = 0; i < 100000 && office->engine().pump(); ++i) {
  }
}

void World::advance(base::Duration by) {
  settle();
  const auto end = clock.utc_now() + by;
  while (clock.utc_now() < end) {
    const auto wake = office->engine().next_wake();
    const auto left = end - clock.utc_now();
    // At least a millisecond, so that a wake-up already past does not stand still.
    const auto step =
        wake ? std::clamp<base::Duration>(*wake - clock.utc_now(), std::chrono::milliseconds(1), left) : left;
    clock.advance(step);
    settle();
  }
}

void World::restart() {
  office->stop(std::chrono::seconds(0));
  office.reset();
  if (!try_open()) ADD_FAILURE() << open_error.message;
}

void World::reopen_with_backup_alone() {
  backup_alone_ = true;
  restart();
}

void World::reopen_with(engine::Options options) {
  options_.engine = std::move(options);
  restart();
}

void World::crash() {
  sms.forget();
  backup.forget();
  office.reset();
}

model::CommandResult World::submit(model::Command command) {
  auto future = office->submit(std::move(command));
  settle();
  if (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    return base::Error{base::ErrorCode::kInternal, "no result", ""};
  }
  return future.get();
}

model::SubmittedReport World::report(const std::string& hazard, const std::string& facts, const std::string& area,
                                     const std::string& place, bool drill) {
  model::SubmitReport report;
  report.by.role = model::Role::kReporter;
  report.by.name = "worker";
  report.by.person = id_of("worker");
  report.key = "key-" + std::to_string(++keys_) + "-00000000";
  report.hazard = hazard;
  const auto read = model::parse_facts(facts);
  EXPECT_TRUE(read.ok()) << facts;
  if (read) report.facts = *read;
  report.area = area;
  report.place = place;
  report.drill = drill;
  const auto result = submit(report);
  if (!result) {
    ADD_FAILURE() << result.error().message << " (" << result.error().field << ")";
    return {};
  }
  return std::get<model::SubmittedReport>(*result);
}

std::string World::put_attachment(const std::string& bytes) {
  auto hash = office->attachments().put(bytes);
  if (!hash) {
    ADD_FAILURE() << hash.error().message;
    return {};
  }
  const timeval now{static_cast<time_t>(base::to_micros(clock.utc_now()) / 1'000'000), 0};
  const timeval times[2] = {now, now};
  EXPECT_EQ(utimes((folder + "/attachments/" + hash->substr(0, 2) + "/" + *hash).c_str(), times), 0);
  return *hash;
}

base::Error World::refused_report(const model::SubmitReport& report) {
  const auto result = submit(report);
  if (result) {
    ADD_FAILURE() << "the report was taken";
    return {};
  }
  return result.error();
}

void World::texts(const std::string& person, const std::string& text) {
  const auto* card = roster_->person_coded(person);
  ASSERT_NE(card, nullptr) << person;
  ASSERT_FALSE(card->contacts.empty()) << person;
  number_texts(card->contacts.front().address, text);
}

void World::number_texts(const std::string& number, const std::string& text) {
  bool stored = false;
  sms.phone_texts(number, text, [&](bool ok) { stored = ok; });
  settle();
  EXPECT_TRUE(stored) << "a text was not taken: " << text;
}

model::CommandResult World::desk(model::Command command) {
  std::visit(
      [](auto& c) {
        if constexpr (requires { c.by.role; }) c.by = duty();
      },
      command);
  return submit(std::move(command));
}

void World::desk_calls(const std::string& person, model::CallOutcome outcome) {
  const auto sheet = office->queries().call_sheet(1000);
  ASSERT_TRUE(sheet.ok());
  for (const auto& line : *sheet) {
    if (line.person != id_of(person)) continue;
    const auto done = desk(model::RecordCall{{}, line.line, outcome, ""});
    EXPECT_TRUE(done.ok()) << (done ? "" : done.error().message);
    return;
  }
  ADD_FAILURE() << person << " is not on the call sheet";
}

std::string World::gets(const std::string& person, const std::string& words) {
  for (auto* carrier : {&sms, &backup}) {
    for (auto& text : carrier->log) {
      if (text.expected || person_at(text.to) != person || text.text.find(words) == std::string::npos) continue;
      text.expected = true;
      return text.text;
    }
  }
  std::string all;
  for (const auto& text : unexpected()) all += "\n  " + text;
  ADD_FAILURE() << person << " got no text with \"" << words << "\"; waiting:" << all;
  return "";
}

int World::waiting_texts(const std::string& person) const {
  int n = 0;
  for (const auto* carrier : {&sms, &backup}) {
    n += static_cast<int>(std::count_if(carrier->log.begin(), carrier->log.end(), [&](const CarriedText& t) {
      return !t.expected && person_at(t.to) == person;
    }));
  }
  return n;
}

void World::forget_texts() {
  for (auto* carrier : {&sms, &backup}) {
    for (auto& text : carrier->log) text.expected = true;
  }
}

bool World::on_call_sheet(const std::string& person) {
  const auto sheet = office->queries().call_sheet(1000);
  if (!sheet) return false;
  const auto id = id_of(person);
  return std::any_of(sheet->begin(), sheet->end(), [&](const model::CallLine& line) { return line.person == id; });
}

model::IncidentView World::incident(int code) {
  auto view = office->queries().incident(code, 100000);
  if (!view) {
    ADD_FAILURE() << view.error().message;
    return {};
  }
  return *view;
}

const model::Step& World::step(const model::IncidentView& view, const std::string& name) const {
  for (auto it = view.steps.rbegin(); it != view.steps.rend(); ++it) {
    if (it->name == name && !view.callouts.empty() && it->callout == view.callouts.back().id) return *it;
  }
  ADD_FAILURE() << "no step " << name;
  static const model::Step none;
  return none;
}

model::AlertView World::alert_of(const model::IncidentView& view, const std::string& person) const {
  const auto id = id_of(person);
  for (auto it = view.alerts.rbegin(); it != view.alerts.rend(); ++it) {
    if (it->alert.person == id) return *it;
  }
  ADD_FAILURE() << person << " has no alert";
  return {};
}

std::vector<model::RecordEntry> World::record() {
  std::vector<model::RecordEntry> all;
  for (std::int64_t after = 0;;) {
    const auto some = office->queries().record(after, {}, 1000);
    if (!some || some->empty()) return all;
    all.insert(all.end(), some->begin(), some->end());
    after = all.back().seq;
  }
}

int World::count_records(model::RecordKind kind) {
  const auto all = record();
  return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const auto& e) { return e.kind == kind; }));
}

int World::words_stored_with(const std::string& words) {
  auto session = db::Session::open(folder + "/tocsin.db", {.mode = db::Mode::kReadOnly});
  if (!session) return -1;
  auto rows = (*session)->statement("select count(*) from message where instr(body, ?1) > 0").run(words);
  return rows.next() ? rows.integer(0) : -1;
}

std::string World::person_at(const std::string& number) const {
  const auto people = roster_->people_at(number);
  if (people.empty()) return number;
  const auto* card = roster_->person(people.front());
  return card == nullptr ? number : card->code;
}

model::PersonId World::id_of(const std::string& person) const {
  const auto* card = roster_->person_coded(person);
  EXPECT_NE(card, nullptr) << person;
  return card == nullptr ? model::PersonId{} : card->id;
}

std::vector<std::string> World::unexpected() const {
  std::vector<std::string> all;
  for (const auto* carrier : {&sms, &backup}) {
    for (const auto& text : carrier->log) {
      if (!text.expected) all.push_back(person_at(text.to) + ": " + text.text);
    }
  }
  return all;
}

void Scenario::TearDown() {
  for (const auto& text : world.unexpected()) ADD_FAILURE() << "nobody expected: " << text;
}

}  // namespace tocsin::testing
