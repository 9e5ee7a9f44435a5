#include "gateway/app/office.h"

#include <filesystem>

#include "directory/directory_store.h"
#include "directory/history.h"
#include "gateway/app/coverage_desk.h"
#include "gateway/app/desk_look.h"
#include "gateway/app/desk_memory.h"
#include "gateway/app/office_directory.h"
#include "gateway/app/office_scenes.h"
#include "gateway/app/plans_by_version.h"
#include "gateway/app/rehearsal_desk.h"
#include "gateway/ports/link_condition.h"
#include "gateway/store/attachment_files.h"
#include "gateway/store/ballast.h"
#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::app {
namespace {

class BallastFile final : public engine::Ballast {
 public:
  BallastFile(std::string path, std::int64_t bytes) : file_(std::move(path), bytes) {}
  void release() override { (void)file_.release(); }
  bool restore() override { return file_.restore().ok(); }

 private:
  store::Ballast file_;
};

std::string label(const plan::Words& words, const std::string& language, const plan::Plan& plan) {
  return words.empty() ? std::string() : plan::say(words, language, plan.default_language());
}

ports::AttributeForm form_of(const plan::Attribute& attribute, const std::string& language, const plan::Plan& plan) {
  ports::AttributeForm form;
  form.name = attribute.name;
  form.label = label(attribute.label, language, plan);
  switch (attribute.type) {
    case plan::AttributeType::kCount: form.type = "count"; break;
    case plan::AttributeType::kMeasure: form.type = "measure"; break;
    case plan::AttributeType::kFlag: form.type = "flag"; break;
    case plan::AttributeType::kChoice: form.type = "choice"; break;
  }
  form.unit = label(attribute.unit, language, plan);
  form.question = label(attribute.ask, language, plan);
  for (const auto& choice : attribute.choices) {
    const auto words = attribute.choice_labels.find(choice);
    form.choices.emplace_back(choice,
                              words == attribute.choice_labels.end() ? choice : label(words->second, language, plan));
  }
  return form;
}

}  // namespace

struct Office::Rooms {
  const base::Clock* clock = nullptr;
  std::string link_key;
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<store::SqliteQueries> queries;
  std::unique_ptr<DeskMemory> desk;
  std::string database;
  std::vector<std::string> link_kinds;
  std::unique_ptr<BallastFile> ballast;
  std::unique_ptr<store::AttachmentFiles> attachments;
  std::vector<ports::Sender*> senders;
  std::function<std::vector<base::Said>()> more_warnings;
  std::function<std::string()> more_metrics;
  base::Guarded<ports::InstallFilesPtr> install_files;
  base::Guarded<ports::OfficeCard> card;
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<PlanSwap> plans;
  std::unique_ptr<OfficeDirectory> directory;
  std::unique_ptr<PlansByVersion> plans_by_version;
  std::unique_ptr<OfficeScenes> scenes;
  CoverageDesk coverage;
  std::unique_ptr<RehearsalDesk> rehearsals;  // the last: its thread uses all above
};

Office::Office(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}

Office::~Office() {
  if (rooms_->engine) rooms_->engine->stop(std::chrono::seconds(1));
}

base::Result<std::unique_ptr<Office>> Office::open(const OfficeParts& parts) {
  auto rooms = std::make_unique<Rooms>();
  rooms->clock = parts.clock;
  rooms->senders = parts.senders;
  rooms->database = parts.database;
  rooms->link_kinds = parts.link_kinds;
  store::StoreOptions store_options;
  store_options.vfs = parts.vfs;
  auto opened = store::SqliteStore::open(parts.database, store_options);
  if (!opened) return opened.error().within("opening the database");
  rooms->store = std::move(*opened);
  rooms->link_key = rooms->store->secret_key();
  if (auto migrated = directory::migrate(rooms->store->session()); !migrated) {
    return migrated.error().within("opening the database");
  }
  store::QueryOptions query_options;
  query_options.vfs = parts.vfs;
  auto queries = store::SqliteQueries::open(parts.database, query_options);
  if (!queries) return queries.error().within("opening the database to read");
  rooms->queries = std::move(*queries);
  rooms->desk = std::make_unique<DeskMemory>(*rooms->queries, *parts.clock);
  if (parts.ballast_bytes > 0) {
    rooms->ballast = std::make_unique<BallastFile>(parts.database + ".ballast", parts.ballast_bytes);
    (void)rooms->ballast->restore();
  }
  const auto beside = std::filesystem::path(parts.database).parent_path();
  rooms->attachments = std::make_unique<store::AttachmentFiles>((beside / "attachments").string());
  engine::Parts engine_parts;
  engine_parts.attachments = rooms->attachments.get();
  engine_parts.store = rooms->store.get();
  engine_parts.clock = parts.clock;
  engine_parts.senders = parts.senders;
  engine_parts.policies = parts.policies;
  engine_parts.plan = parts.plan;
  engine_parts.plan_source = parts.plan_source;
  engine_parts.plan_how = parts.plan_how;
  engine_parts.roster = parts.roster;
  engine_parts.ballast = rooms->ballast.get();
  engine_parts.options = parts.options;
  engine_parts.heartbeat = parts.heartbeat;
  engine_parts.forget_more = [store = rooms->store.get()](base::UtcTime now) {
    return directory::forget_history(store->session(), now);
  };
  rooms->more_warnings = parts.more_warnings;
  rooms->more_metrics = parts.more_metrics;
  rooms->engine = std::make_unique<engine::Engine>(std::move(engine_parts));
  if (auto started = rooms->engine->start(); !started) return started.error().within("starting the engine");
  rooms->plans = std::make_unique<PlanSwap>(*rooms->engine, *rooms->queries, *parts.clock, parts.look_at_plan);
  rooms->directory = std::make_unique<OfficeDirectory>(
      parts.database, parts.vfs, parts.options.dialing, [e = rooms->engine.get()] { return e->plan(); },
      rooms->store->session(), [e = rooms->engine.get()] { return e->roster(); });
  const auto* e = rooms->engine.get();
  rooms->plans_by_version = std::make_unique<PlansByVersion>(
      *rooms->queries, [e] { return e->plan(); }, [e] { return e->plan_swap(); });
  const auto past = [d = rooms->directory.get()]() -> ports::PastDirectoryPtr {
    auto known = d->past();
    return known.ok() ? std::move(*known) : nullptr;
  };
  rooms->scenes = std::make_unique<OfficeScenes>(
      OfficeScenes::Parts{rooms->queries.get(), parts.clock, [e] { return e->roster(); }, past},
      *rooms->plans_by_version);
  RehearsalDesk::Office seen;
  seen.plan = [e] { return e->plan(); };
  seen.roster = [e] { return e->roster(); };
  seen.directory = [d = rooms->directory.get()] { return d->loaded(); };
  seen.queries = rooms->queries.get();
  seen.clock = parts.clock;
  for (const auto* sender : parts.senders) seen.links_for |= 1U << static_cast<unsigned>(sender->channel());
  rooms->rehearsals = std::make_unique<RehearsalDesk>(std::move(seen));
  return std::unique_ptr<Office>(new Office(std::move(rooms)));
}

std::future<base::Result<ports::PlanLookedAt>> Office::simulate_plan(ports::RehearsalWish wish) {
  return rooms_->rehearsals->simulate(std::move(wish));
}
std::future<base::Result<ports::PlanLookedAt>> Office::compare_plans(ports::ComparisonWish wish) {
  return rooms_->rehearsals->compare(std::move(wish));
}
std::future<base::Result<std::string>> Office::coverage(base::UtcTime from, int days) {
  return rooms_->coverage.ask(rooms_->engine->plan(), rooms_->engine->roster(), from, days);
}
const ports::Scenes* Office::scenes() const {
  return rooms_->scenes.get();
}
const ports::DirectoryDesk* Office::directory() const {
  return rooms_->directory.get();
}
std::future<model::CommandResult> Office::submit(model::Command command) {
  return rooms_->engine->submit(std::move(command));
}
const ports::Queries& Office::queries() const {
  return *rooms_->queries;
}
base::Result<model::Summaries> Office::summaries(std::span<const model::IncidentId> ids) const {
  return rooms_->desk->summaries(ids, rooms_->engine->last_seq());
}
base::Result<std::shared_ptr<const model::DeskLook>> Office::desk_look() const {
  return rooms_->desk->look([this] { return look_now(); });
}
std::int64_t Office::last_seq() const {
  return rooms_->engine->last_seq();
}
ports::Attachments& Office::attachments() const {
  return *rooms_->attachments;
}
ports::RosterPtr Office::roster() const {
  return rooms_->engine->roster();
}
base::UtcTime Office::now() const {
  return rooms_->clock->utc_now();
}
std::uint64_t Office::identity_version() const {
  return rooms_->engine->identity_version();
}
const std::string& Office::link_key() const {
  return rooms_->link_key;
}
std::future<base::Result<ports::PlanJudged>> Office::judge_plan(ports::PlanOffer offer) {
  return rooms_->plans->judge(std::move(offer));
}
PlanSwap& Office::plans() {
  return *rooms_->plans;
}
engine::Engine& Office::engine() {
  return *rooms_->engine;
}
void Office::stop(base::Duration limit) {
  rooms_->engine->stop(limit);
}
namespace {

std::string signal_metrics(const std::vector<ports::Sender*>& senders) {
  std::string rows;
  for (const auto* sender : senders) {
    const auto* tells = dynamic_cast<const ports::TellsCondition*>(sender);
    const int signal = tells == nullptr ? -1 : tells->condition().signal_percent;
    if (signal >= 0)
      rows += "tocsin_link_signal_percent{link=\"" + sender->name() + "\"} " + std::to_string(signal) + "\n";
  }
  if (rows.empty()) return rows;
  return "# HELP tocsin_link_signal_percent Signal strength of a modem.\n# TYPE tocsin_link_signal_percent gauge\n" +
         rows;
}

}  // namespace

std::string Office::metrics() const {
  std::string text = rooms_->engine->metrics().exposition() + rooms_->plans->metrics();
  text += signal_metrics(rooms_->senders);
  if (rooms_->more_metrics) text += rooms_->more_metrics();
  return text;
}
std::optional<std::future<ports::CallbackAnswer>> Office::called_back(std::string_view link, std::string_view token,
                                                                      std::string_view body) {
  for (auto* sender : rooms_->senders) {
    auto* takes = sender->name() == link ? dynamic_cast<ports::TakesCallbacks*>(sender) : nullptr;
    if (takes != nullptr) return takes->called_back(token, body);
  }
  return std::nullopt;
}
ports::InstallFilesPtr Office::install_files() const {
  return rooms_->install_files.with([](const auto& files) { return files; });
}
void Office::offer(ports::InstallFilesPtr files) {
  rooms_->install_files.with([&](auto& current) { current.swap(files); });
}
ports::OfficeCard Office::card() const {
  return rooms_->card.with([](const auto& card) { return card; });
}
void Office::show(ports::OfficeCard card) {
  rooms_->card.with([&](auto& current) { std::swap(current, card); });
}

ports::PlanForm Office::plan_form(const std::string& language) const {
  const auto plan = rooms_->engine->plan();
  ports::PlanForm form;
  form.name = plan->name;
  form.version = plan->version;
  form.time_zone = plan->time_zone;
  form.open_within_s = std::chrono::ceil<std::chrono::seconds>(plan->open_within).count();
  for (const auto& level : plan->levels)
    form.levels.push_back({level.id, label(level.name, language, *plan), level.colour});
  for (const auto& info : model::all_kinds()) {
    const auto* hazard = plan->hazard(info.kind);
    if (hazard == nullptr) continue;
    form.hazards.push_back({std::string(info.name), label(hazard->name, language, *plan), hazard->attributes,
                            std::string(model::name_of(info.hazard_class))});
  }
  for (const auto& [name, attribute] : plan->attributes) form.attributes.push_back(form_of(attribute, language, *plan));
  return form;
}

namespace {

// What holds a sender back, in its own words.
base::Said condition_of(const ports::Sender* sender) {
  const auto* tells = dynamic_cast<const ports::TellsCondition*>(sender);
  return tells == nullptr ? base::Said() : tells->condition().words;
}

}  // namespace

std::vector<model::Danger> Office::dangers() const {
  auto dangers = rooms_->engine->dangers();
  for (auto& sentence : rooms_->plans->sentences())
    dangers.push_back({model::DangerKind::kPlan, std::move(sentence), std::nullopt});
  for (const auto* sender : rooms_->senders) {
    const auto words = condition_of(sender);
    if (words.empty()) continue;
    dangers.push_back({model::DangerKind::kLink, base::said("Link {0}: {1}.", "通道{0}：{1}。", sender->name(), words),
                       std::nullopt});
  }
  if (rooms_->more_warnings) {
    for (auto& sentence : rooms_->more_warnings())
      dangers.push_back({model::DangerKind::kCertificate, std::move(sentence), std::nullopt});
  }
  return dangers;
}

ports::Readiness Office::readiness() const {
  ports::Readiness readiness{rooms_->engine->intake_open(), {}};
  for (auto& danger : dangers()) readiness.problems.push_back(std::move(danger.words));
  return readiness;
}

base::Result<model::DeskLook> Office::look_now() const {
  LookParts parts;
  parts.queries = rooms_->queries.get();
  parts.memory = rooms_->desk.get();
  parts.plan = rooms_->engine->plan();
  parts.roster = rooms_->engine->roster();
  parts.database = rooms_->database;
  parts.last_seq = last_seq();
  parts.now = now();
  parts.dangers = dangers();
  parts.links = rooms_->engine->links();
  for (std::size_t i = 0; i < parts.links.size(); ++i) {
    auto& link = parts.links[i];
    if (i < rooms_->link_kinds.size()) link.kind = rooms_->link_kinds[i];
    if (i < rooms_->senders.size() && link.why.empty()) link.why = condition_of(rooms_->senders[i]);
  }
  return look_at_everything(std::move(parts));
}

}  // namespace tocsin::app
