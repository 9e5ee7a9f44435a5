#include "gateway/engine/intake.h"

#include <algorithm>

#include "gateway/base/diagnostic.h"
#include "gateway/base/digest.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"
#include "gateway/engine/placed_facts.h"
#include "gateway/engine/response.h"
#include "gateway/engine/strangers.h"
#include "gateway/model/inbox.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/combine.h"
#include "gateway/triage/correlate.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;

constexpr std::size_t kMaxText = 2000, kMaxPlace = 200;
constexpr auto kSameUnclassified = std::chrono::minutes(10);
constexpr auto kKeysKept = std::chrono::hours(24 * 30);

bool is_key(std::string_view key) {
  return key.size() >= 8 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
         });
}

base::Error unknown_name(const char* what, const std::string& given, const std::vector<std::string>& known,
                         const char* field) {
  const auto near = base::nearest_name(given, known);
  return base::invalid(std::string("unknown ") + what + " \"" + base::cut(base::without_controls(given), 40) + "\"" +
                           (near.empty() ? "" : "; did you mean \"" + near + "\"?"),
                       field);
}

std::vector<std::string> hazard_names(const plan::Plan& plan) {
  std::vector<std::string> names;
  for (const auto& [kind, hazard] : plan.hazards) names.emplace_back(model::name_of(kind));
  return names;
}

base::Result<model::HazardKind> hazard_of(const plan::Plan& plan, const std::string& name) {
  if (name.empty() || name == "unsure") return model::HazardKind::kUnclassified;
  const auto kind = model::kind_named(name);
  if (!kind || plan.hazard(*kind) == nullptr) return unknown_name("hazard", name, hazard_names(plan), "hazard");
  return *kind;
}

base::Result<model::AreaId> area_of(Core& core, const std::string& name) {
  if (name.empty()) return model::AreaId{};
  if (const auto id = core.vocabulary().find_area(name)) return id;
  std::vector<std::string> known;
  for (const auto& area : core.roster().areas()) known.push_back(area.code);
  return unknown_name("area", name, known, "area");
}

base::Status check_shape(const model::SubmitReport& c) {
  if (!is_key(c.key)) return base::invalid("the key must be 8 to 64 characters of A-Z a-z 0-9 _ -", "key");
  if (!base::is_utf8(c.text) || base::count_characters(c.text) > kMaxText)
    return base::invalid("at most 2000 characters of UTF-8", "text");
  if (!base::is_utf8(c.place) || base::count_characters(c.place) > kMaxPlace)
    return base::invalid("at most 200 characters of UTF-8", "place");
  if (c.area.size() > 200 || !base::is_utf8(c.area)) return base::invalid("at most 200 bytes of UTF-8", "area");
  if (c.hazard.size() > 64) return base::invalid("at most 64 bytes", "hazard");
  return base::Done{};
}

std::string digest_of(const model::SubmitReport& c) {
  const auto occurred = c.occurred_at ? std::to_string(base::to_micros(*c.occurred_at)) : std::string();
  std::string all;
  for (const auto& piece :
       {c.hazard, model::to_text(c.facts), c.area, c.place, c.text, std::string(c.drill ? "drill" : ""), occurred}) {
    all += std::to_string(piece.size()) + ":" + piece;
  }
  if (c.follows) all += "follows:" + std::to_string(c.follows.value);
  return base::to_hex(base::digest(all));
}

// What the desk is asked stands on the incident, not in the reporter's hands.
void keep_for_reporter(model::Assessment& assessment) {
  std::erase_if(assessment.questions, [](const model::Question& q) { return q.of_desk; });
}

// A key seen before: the first reply again, with the assessment as it stands now.
model::SubmittedReport again(Core& core, const model::Report& first, const std::string& language) {
  model::SubmittedReport reply;
  reply.report = first.id;
  reply.repeated = true;
  reply.numbers_removed = first.numbers_removed;
  if (const auto* incident = core.incident(first.incident)) {
    reply.incident_code = incident->code;
    if (incident->kind != model::HazardKind::kUnclassified) {
      const auto& plan = core.plan_of(*incident);
      const auto facts = triage::combine(plan, core.store.placed_facts(incident->id)).facts;
      reply.assessment = triage::classify(plan, incident->kind, facts, language);
      keep_for_reporter(reply.assessment);
    }
  }
  core.record(RecordKind::kReportRepeated, first.incident, first.id.value);
  ++core.metrics.reports_repeated;
  return reply;
}

model::Incident open_incident(Core& core, const model::Report& report) {
  model::Incident incident;
  incident.id = core.ids.next_id<model::IncidentId>(core.now);
  incident.code = core.store.next_code();
  incident.kind = report.kind;
  incident.area = report.area;
  incident.place = report.place;
  incident.drill = report.drill;
  incident.plan_version = core.plan_version();
  incident.revision = 1;
  incident.opened_at = incident.last_report_at = core.now;
  incident.open_by = core.now + core.plan().open_within;
  core.store.insert(incident);
  core.keep(incident);
  core.record(RecordKind::kIncidentOpened, incident.id, incident.id.value, incident.code,
              static_cast<int>(incident.kind), std::string(model::name_of(incident.kind)));
  ++core.metrics.incidents_opened;
  return incident;
}

std::optional<model::IncidentId> join_which(Core& core, const model::Report& report) {
  if (report.kind == model::HazardKind::kUnclassified) {
    if (!report.reporter_person) return std::nullopt;
    const auto last = core.store.latest_report_of(report.reporter_person, core.now - kSameUnclassified);
    const auto* incident = last ? core.incident(last->incident) : nullptr;
    const bool joins = incident != nullptr && incident->state == model::IncidentState::kOpen &&
                       incident->kind == model::HazardKind::kUnclassified && incident->drill == report.drill;
    return joins ? std::optional(incident->id) : std::nullopt;
  }
  const auto* hazard = core.plan().hazard(report.kind);
  if (hazard == nullptr) return std::nullopt;
  const auto candidates = core.open_of(report.kind, report.drill, core.now - hazard->merge_window);
  const auto metres = hazard->merge_distance_m;
  return triage::correlate(core.plan(), report, candidates, core.now,
                           [&](model::AreaId a, model::AreaId b) { return core.roster().near(a, b, metres); });
}

}  // namespace

void stop_at_community(const Core& core, model::HazardKind kind, model::AreaId& area, std::string& place) {
  const auto* info = model::kind_info(kind);
  if (info == nullptr || info->hazard_class != model::HazardClass::kPublicHealth) return;
  area = core.roster().community_of(area);
  place.clear();
}

std::optional<SentBefore> sent_by_other_way(Core& core, const model::Report& report) {
  if (!report.reporter_person || report.key.empty()) return std::nullopt;
  const auto first = core.store.report_of_person(report.reporter_person, report.key, core.now - kKeysKept);
  if (!first || first->reporter == report.reporter) return std::nullopt;
  const auto* incident = core.incident(first->incident);
  if (incident == nullptr) return std::nullopt;
  const bool open = incident->state == model::IncidentState::kOpen && incident->drill == report.drill;
  const bool says_more = report.kind != incident->kind && report.kind != model::HazardKind::kUnclassified;
  // The form names a hazard that the text did not, or another: that opens what must be opened.
  if (open && says_more) return std::nullopt;
  return SentBefore{*first, open};
}

model::SubmittedReport take_in(Core& core, model::Report report, const std::string& language, bool desk_only,
                               std::optional<model::IncidentId> into) {
  if (into) report.kind = core.incident(*into)->kind;
  stop_at_community(core, report.kind, report.area, report.place);
  const auto joins = into ? into : join_which(core, report);
  const bool opened = !joins;
  auto incident = joins ? *core.incident(*joins) : open_incident(core, report);
  report.incident = incident.id;
  core.store.insert(report);
  core.record(RecordKind::kReportAccepted, incident.id, report.id.value, static_cast<int>(report.via), 0,
              core.store.text_digest(report.text));
  ++core.metrics.reports_accepted;
  if (!opened) {
    core.record(RecordKind::kReportJoined, incident.id, report.id.value, incident.code);
    incident.last_report_at = core.now;
    if (!incident.area && report.area) incident.area = report.area;
    if (incident.place.empty()) incident.place = report.place;
  }
  add_facts(core, incident, facts_said_by(report));
  model::SubmittedReport reply;
  reply.report = report.id;
  reply.opened = opened;
  reply.incident_code = incident.code;
  reply.numbers_removed = report.numbers_removed;
  reply.assessment = reassess(core, incident, language, !opened);
  if (opened) {
    if (incident.kind != model::HazardKind::kUnclassified && incident.level == model::kNoLevel) {
      set_level(core, incident, reply.assessment.level);
      core.save(incident);
    }
    start_callout(core, incident, desk_only);
  }
  for (const auto& question : reply.assessment.questions) {
    core.record(RecordKind::kQuestionAsked, incident.id, report.id.value, question.could_reach,
                question.of_desk ? 1 : 0, question.attribute);
  }
  keep_for_reporter(reply.assessment);
  return reply;
}

namespace {

// What a report says, checked against plan and directory.
struct Checked {
  model::HazardKind kind = model::HazardKind::kUnclassified;
  model::AreaId area;
  std::optional<model::Report> first;     // that it follows
  std::optional<model::IncidentId> into;  // of that one, when it goes on
};

// What is not one's own is as if it were not there.
base::Status find_first(Core& core, const model::SubmitReport& c, Checked& checked) {
  if (!c.follows) return base::Done{};
  checked.first = core.store.report(c.follows);
  const auto* incident = checked.first ? core.incident(checked.first->incident) : nullptr;
  if (incident == nullptr || !model::sent_by(*checked.first, c.by)) {
    return base::Error{base::ErrorCode::kNotFound, "no report of yours has that id", "follows"};
  }
  const auto by_now = incident->kind;
  const bool unclassified = by_now == model::HazardKind::kUnclassified;
  if (c.hazard.empty()) checked.kind = unclassified ? checked.first->kind : by_now;
  if (c.area.empty()) checked.area = checked.first->area;
  // One that gives a name to what nobody could name opens what must be opened.
  const bool says_more = unclassified && checked.kind != model::HazardKind::kUnclassified;
  if (incident->state != model::IncidentState::kOpen || says_more) return base::Done{};
  checked.into = incident->id;
  checked.kind = by_now;
  return base::Done{};
}

base::Result<Checked> check_words(Core& core, const model::SubmitReport& c) {
  Checked checked;
  const auto kind = hazard_of(core.plan(), c.hazard);
  if (!kind) return kind.error();
  checked.kind = *kind;
  const auto area = area_of(core, c.area);
  if (!area) return area.error();
  checked.area = *area;
  if (const auto found = find_first(core, c, checked); !found) return found.error();
  // What joins is said of that incident, by its plan.
  const auto& plan = checked.into ? core.plan_of(*core.incident(*checked.into)) : core.plan();
  if (const auto facts = triage::check_facts(plan, checked.kind, c.facts); !facts) return facts.error();
  if (c.occurred_at && *c.occurred_at > core.now + std::chrono::minutes(10))
    return base::invalid("lies in the future", "occurred_at");
  return checked;
}

model::Report report_of(Core& core, const model::SubmitReport& c, const Checked& checked, const std::string& body) {
  const auto understood = core.vocabulary().read_report(c.text);
  model::Report report;
  report.id = core.ids.next_id<model::ReportId>(core.now);
  report.via = c.via;
  report.reporter = c.by.name;
  report.reporter_person = c.by.person;
  report.key = c.key;
  report.kind = checked.kind == model::HazardKind::kUnclassified ? understood.kind : checked.kind;
  report.facts = understood.facts;
  if (const auto fits = triage::check_facts(core.plan(), report.kind, report.facts); !fits) report.facts.clear();
  for (const auto& [name, value] : c.facts) report.facts[name] = value;
  report.area = checked.area ? checked.area : understood.area;
  const auto text = base::mask_numbers(base::without_controls(c.text));
  const auto place = base::mask_numbers(base::without_controls(c.place));
  report.text = text.text;
  report.place = place.text;
  if (checked.first && c.area.empty() && report.place.empty()) report.place = checked.first->place;
  report.numbers_removed = text.removed + place.removed > 0;
  report.drill = checked.first ? checked.first->drill : c.drill;
  report.body_digest = body;
  report.received_at = core.now;
  report.occurred_at = c.occurred_at;
  return report;
}

}  // namespace

model::CommandResult submit_report(Core& core, const model::SubmitReport& c) {
  if (const auto shape = check_shape(c); !shape) return shape.error();
  const auto* person = core.roster().person(c.by.person);
  const auto language = person == nullptr ? core.plan().default_language() : person->language;
  const auto body = digest_of(c);
  if (const auto first = core.store.report_by_key(c.by.name, c.key)) {
    if (first->body_digest != body) {
      return base::Error{base::ErrorCode::kConflict, "this key was used for another report", "key"};
    }
    return model::Reply{again(core, *first, language)};
  }
  if (c.takes_message) {
    if (const auto taken = core.store.report_with_key(c.key, core.now - 2 * model::kInboxKept)) {
      const auto* incident = core.incident(taken->incident);
      return base::Error{base::ErrorCode::kConflict,
                         "it was taken over already by " + taken->reporter + ": incident " +
                             std::to_string(incident == nullptr ? 0 : incident->code),
                         ""};
    }
  }
  if (core.storage_full)
    return base::Error{base::ErrorCode::kRetryLater, "the disk is full; reports are taken again when there is room",
                       ""};
  const auto checked = check_words(core, c);
  if (!checked) return checked.error();
  auto report = report_of(core, c, *checked, body);
  const bool stale = c.occurred_at && core.now - *c.occurred_at > core.plan().stale_after;
  const auto before = sent_by_other_way(core, report);
  note_taken(core, report.key, before && !before->adds ? before->first.id : report.id);
  if (before) {
    if (!before->adds) return model::Reply{again(core, before->first, language)};
    return model::Reply{take_in(core, std::move(report), language, stale, before->first.incident)};
  }
  return model::Reply{take_in(core, std::move(report), language, stale, checked->into)};
}

}  // namespace tocsin::engine
