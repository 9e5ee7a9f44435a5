#include "gateway/store/sqlite_queries.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"
#include "gateway/store/schema.h"

namespace tocsin::store {

namespace {

std::int64_t number(db::Session& db, std::string_view query) {
  auto rows = db.statement(query).run();
  return rows.next() ? rows.int64(0) : 0;
}

std::string head_of(db::Session& db) {
  auto rows = db.statement("select hash from chain where commit_no = (select max(commit_no) from chain)").run();
  return rows.next() ? rows.string(0) : std::string();
}

// Facts of all places as far as they can be told without a plan: the highest number, yes before no, the latest choice.
model::Facts combine(const std::vector<model::PlacedFact>& placed) {
  model::Facts facts;
  std::map<std::string, base::UtcTime, std::less<>> latest;
  for (const model::PlacedFact& fact : placed) {
    const auto known = facts.find(fact.attribute);
    const bool is_choice = std::holds_alternative<model::Choice>(fact.value);
    const bool better = known == facts.end() || known->second.index() != fact.value.index() ||
                        (is_choice ? fact.at >= latest[fact.attribute] : known->second < fact.value);
    if (!better) continue;
    facts[fact.attribute] = fact.value;
    latest[fact.attribute] = fact.at;
  }
  return facts;
}

std::optional<model::Incident> find_incident(db::Session& db, int code) {
  auto found = read_one(db.statement("select " TOCSIN_INCIDENT_COLUMNS
                                     " from incident where id = coalesce((select incident from alias where code = ?1), "
                                     "(select id from incident where code = ?1))")
                            .run(code),
                        read_incident);
  for (int i = 0; i < 16 && found && found->merged_into; ++i) {
    found =
        read_one(db.statement("select " TOCSIN_INCIDENT_COLUMNS " from incident where id = ?1").run(found->merged_into),
                 read_incident);
  }
  return found;
}

base::Error no_such_code(int code) {
  return {base::ErrorCode::kNotFound, "no incident has the code " + std::to_string(code), "code"};
}

// The entries that speak of one incident, by way of the commits that do.
constexpr const char* kEntriesOfIncident =
    "select r.seq, r.at, r.kind, r.incident, r.subject, r.a, r.b, r.detail"
    " from incident_commit ic cross join chain c cross join record r where ic.incident = ?1 and c.commit_no = "
    "ic.commit_no "
    "and c.last_seq > ?2 and r.seq between c.first_seq and c.last_seq and r.incident = ?1 and r.seq > ?2 "
    "order by ic.commit_no, r.seq limit ?3";

constexpr int kMostReports = 1000;  // in the picture of one incident; reports_of() gives them all

// Reads everything one incident page shows.
class IncidentReader {
 public:
  IncidentReader(db::Session& db, model::Incident incident) : db_(db) { view_.incident = std::move(incident); }

  model::IncidentView read(int alert_limit) {
    const auto id = view_.incident.id;
    view_.aliases = read_all(db_.statement("select code from alias where incident = ?1 order by code").run(id),
                             [](const db::Rows& row) { return row.integer(0); });
    view_.facts = combine(
        read_all(db_.statement("select attribute, area, value, at from placed_fact where incident = ?1").run(id),
                 read_placed_fact));
    view_.reports =
        read_all(db_.statement("select " TOCSIN_REPORT_COLUMNS " from report where incident = ?1 order by id limit ?2")
                     .run(id, kMostReports + 1),
                 read_report);
    view_.reports_cut = static_cast<int>(view_.reports.size()) > kMostReports;
    if (view_.reports_cut) view_.reports.pop_back();
    view_.attachments = read_all(
        db_.statement("select x.report, x.hash, x.type, x.bytes, x.width, x.height, x.at from report r cross join "
                      "attachment x where r.incident = ?1 and x.report = r.id order by r.id, x.at, x.hash limit 10000")
            .run(id),
        read_attachment);
    read_callouts();
    view_.tasks = read_all(
        db_.statement("select " TOCSIN_TASK_COLUMNS " from task where incident = ?1 order by id").run(id), read_task);
    read_not_told();
    read_notes();
    if (alert_limit > 0) read_alerts({{}, alert_limit});
    return std::move(view_);
  }

  model::Page<model::AlertView> alerts(const model::AlertsWanted& wanted) {
    read_callouts();
    read_alerts(wanted);
    model::Page<model::AlertView> page;
    if (view_.alerts_cut && !view_.alerts.empty()) page.next = view_.alerts.back().alert.id.value;
    page.rows = std::move(view_.alerts);
    return page;
  }

 private:
  void read_callouts() {
    view_.callouts =
        read_all(db_.statement("select " TOCSIN_CALLOUT_COLUMNS " from callout where incident = ?1 order by id")
                     .run(view_.incident.id),
                 read_callout);
    for (const model::CallOut& callout : view_.callouts) read_steps(callout.id);
    view_.approvals =
        read_all(db_.statement("select " TOCSIN_APPROVAL_COLUMNS " from approval where incident = ?1 order by callout")
                     .run(view_.incident.id),
                 read_approval);
  }

  void read_steps(model::CallOutId callout) {
    for (auto& step : read_all(
             db_.statement("select " TOCSIN_STEP_COLUMNS " from step where callout = ?1 order by idx, id").run(callout),
             read_step)) {
      index_of_[step.id] = step.index;
      view_.steps.push_back(std::move(step));
    }
  }

  void read_not_told() {
    view_.not_told = read_all(db_.statement("select person, step_index, selector, what, reason from not_told where "
                                            "incident = ?1 order by id limit 10000")
                                  .run(view_.incident.id),
                              [](const db::Rows& row) {
                                return model::NotToldView{row.id<model::PersonId>(0), row.integer(1), row.string(2),
                                                          row.string(3), row.as<model::Reason>(4)};
                              });
  }

  void read_notes() {
    view_.notes = read_all(
        db_.statement("select n.alert, coalesce(a.person, 0), n.kind, n.body, n.at, n.looked_at from note n left join "
                      "alert a on a.id = n.alert where n.incident = ?1 order by n.id desc limit 500")
            .run(view_.incident.id),
        [](const db::Rows& row) {
          return model::Note{row.id<model::AlertId>(0),
                             row.id<model::PersonId>(1),
                             row.as<model::NoteKind>(2),
                             row.string(3),
                             row.time(4),
                             row.maybe_time(5)};
        });
    std::reverse(view_.notes.begin(), view_.notes.end());
    auto rows = db_.statement(
                       "select step, count(*) from (select a.step step, a.id from alert a where a.id in "
                       "(select alert from note where incident = ?1 and kind = 1 and looked_at is null) "
                       "union select m.step, m.alert from membership m where m.alert in "
                       "(select alert from note where incident = ?1 and kind = 1 and looked_at is null)) group by step")
                    .run(view_.incident.id);
    while (rows.next()) view_.replied[rows.id<model::StepId>(0)] = rows.integer(1);
  }

  void read_alerts(const model::AlertsWanted& wanted) {
    auto alerts =
        read_all(db_.statement("select " TOCSIN_ALERT_COLUMNS
                               " from alert where id in (select a.id from matter m cross join alert a "
                               "where m.incident = ?1 and (?4 = 0 or m.kind in (1, 5)) and a.matter = m.id) "
                               "and +id > ?2 and (?5 = 0 or (answer in (0, 5) and state <> 5 and needs <> 0)) "
                               "order by id limit ?3")
                     .run(view_.incident.id, wanted.after, wanted.limit + 1, wanted.asking, wanted.waiting),
                 read_alert);
    view_.alerts_cut = static_cast<int>(alerts.size()) > wanted.limit;
    if (view_.alerts_cut) alerts.resize(static_cast<std::size_t>(wanted.limit));
    read_selectors(alerts);
    for (auto& alert : alerts) view_.alerts.push_back(view_of(std::move(alert)));
  }

  // Which selector found whom is said once, in the record; people are found early in an incident.
  void read_selectors(const std::vector<model::Alert>& alerts) {
    std::size_t missing = 0;
    for (const auto& alert : alerts) {
      if (alert.step) missing += selector_of_.emplace(alert.id.value, std::string()).second ? 1 : 0;
    }
    if (missing == 0) return;
    auto rows = db_.statement(
                       "select r.subject, r.detail from incident_commit ic cross join chain c cross join record r "
                       "where ic.incident = ?1 and c.commit_no = ic.commit_no "
                       "and r.seq between c.first_seq and c.last_seq and r.incident = ?1 and r.kind = 40 "
                       "order by ic.commit_no")
                    .run(view_.incident.id);
    while (missing > 0 && rows.next()) {
      const auto found = selector_of_.find(rows.int64(0));
      if (found == selector_of_.end()) continue;
      found->second = rows.string(1);
      --missing;
    }
  }

  model::AlertView view_of(model::Alert alert) {
    model::AlertView v;
    v.deliveries = read_all(
        db_.statement("select " TOCSIN_DELIVERY_COLUMNS " from delivery where alert = ?1 and alert <> 0 order by id")
            .run(alert.id),
        read_delivery);
    if (alert.step) {
      v.steps.push_back(index_of_[alert.step]);
      v.selectors.push_back(selector_of_[alert.id.value]);
    }
    if (alert.more_hats) {
      auto rows = db_.statement("select step from membership where alert = ?1 order by step").run(alert.id);
      while (rows.next()) {
        v.steps.push_back(index_of_[rows.id<model::StepId>(0)]);
        v.selectors.emplace_back();
      }
    }
    v.alert = std::move(alert);
    return v;
  }

  db::Session& db_;
  model::IncidentView view_;
  std::unordered_map<model::StepId, int> index_of_;
  std::unordered_map<std::int64_t, std::string> selector_of_;  // by alert
};

// One open line of the call sheet, before lines of one person are put together.
struct OpenLine {
  model::DeliveryId id;
  model::PersonId person;
  int code = 0;
  model::Channel channel = model::Channel::kDeskCall;
  model::Urgency urgency = 0;
  bool drill = false;
  base::UtcTime since{};
  model::MessageId message;
  bool decision = false;

  [[nodiscard]] bool before(const OpenLine& other) const {
    if (drill != other.drill) return !drill;
    if (decision != other.decision) return decision;  // others wait for it
    if (urgency != other.urgency) return urgency > other.urgency;
    if (since != other.since) return since < other.since;
    return id < other.id;
  }
};

std::vector<OpenLine> read_open_lines(db::Session& db) {
  auto lines = read_all(
      db.statement(
            "select d.id, a.person, i.code, d.channel, d.urgency, a.drill, d.handed_over_at, d.message, a.needs "
            "from delivery d cross join alert a cross join incident i where d.state = 3 and d.channel in (20, 22) "
            "and a.id = d.alert and a.state in (1, 2, 4) and i.id = d.incident")
          .run(),
      [](const db::Rows& row) {
        const auto id = row.id<model::DeliveryId>(0);
        return OpenLine{id,
                        row.id<model::PersonId>(1),
                        row.integer(2),
                        row.as<model::Channel>(3),
                        row.integer(4),
                        row.flag(5),
                        row.maybe_time(6).value_or(base::time_of_id(id.value)),
                        row.id<model::MessageId>(7),
                        row.as<model::AnswerKind>(8) == model::AnswerKind::kDecision};
      });
  std::sort(lines.begin(), lines.end(), [](const OpenLine& a, const OpenLine& b) { return a.before(b); });
  return lines;
}

std::string body_of(db::Session& db, model::MessageId id) {
  auto rows = db.statement("select body from message where id = ?1").run(id);
  return rows.next() ? rows.string(0) : std::string();
}

std::vector<model::CallLine> read_call_sheet(db::Session& db, std::size_t limit) {
  std::vector<model::CallLine> sheet;
  std::vector<std::vector<model::DeliveryId>> lines_of;  // one for each of `sheet`
  std::unordered_map<model::PersonId, std::size_t> line_of;
  for (const OpenLine& open : read_open_lines(db)) {
    const auto known = line_of.find(open.person);
    if (known != line_of.end()) {
      model::CallLine& line = sheet[known->second];
      lines_of[known->second].push_back(open.id);
      if (std::find(line.incident_codes.begin(), line.incident_codes.end(), open.code) == line.incident_codes.end()) {
        line.incident_codes.push_back(open.code);
      }
      line.since = std::min(line.since, open.since);
      continue;
    }
    if (sheet.size() >= limit) continue;
    line_of.emplace(open.person, sheet.size());
    sheet.push_back({open.id,
                     open.person,
                     {open.code},
                     open.channel,
                     open.urgency,
                     open.since,
                     open.decision,
                     body_of(db, open.message),
                     {}});
    lines_of.push_back({open.id});
  }
  for (std::size_t i = 0; i < sheet.size(); ++i) sheet[i].version = model::version_of(lines_of[i]);
  return sheet;
}

}  // namespace

base::Result<std::unique_ptr<SqliteQueries>> SqliteQueries::open(const std::string& path, const QueryOptions& options) {
  std::unique_ptr<SqliteQueries> queries(new SqliteQueries(path, options));
  if (const auto status = queries->status(); !status.ok()) return status.error();
  return queries;
}

SqliteQueries::~SqliteQueries() = default;

base::Result<std::unique_ptr<db::Session>> SqliteQueries::borrow() const {
  auto idle = idle_.with([](auto& sessions) {
    std::unique_ptr<db::Session> last;
    if (!sessions.empty()) {
      last = std::move(sessions.back());
      sessions.pop_back();
    }
    return last;
  });
  if (idle) return idle;
  return db::Session::open(path_, {.mode = db::Mode::kReadOnly, .vfs = options_.vfs, .cache_kib = options_.cache_kib});
}

base::Result<model::IncidentView> SqliteQueries::incident(int code, int alert_limit) const {
  auto view = in_one_picture([&](db::Session& db) {
    std::optional<model::IncidentView> found;
    if (auto incident = find_incident(db, code)) {
      found = IncidentReader(db, std::move(*incident)).read(capped(alert_limit));
      found->head = head_of(db);
    }
    return found;
  });
  if (!view.ok()) return view.error();
  if (!*view) return no_such_code(code);
  return std::move(**view);
}

base::Result<model::Page<model::AlertView>> SqliteQueries::alerts_of(int code,
                                                                     const model::AlertsWanted& wanted) const {
  auto page = in_one_picture([&](db::Session& db) {
    std::optional<model::Page<model::AlertView>> found;
    if (auto incident = find_incident(db, code)) {
      auto page_of = wanted;
      page_of.limit = capped(wanted.limit);
      found = IncidentReader(db, std::move(*incident)).alerts(page_of);
    }
    return found;
  });
  if (!page.ok()) return page.error();
  if (!*page) return no_such_code(code);
  return std::move(**page);
}

base::Result<model::Page<model::ReportView>> SqliteQueries::reports_of(int code, model::ReportId after,
                                                                       int limit) const {
  auto page = in_one_picture([&](db::Session& db) {
    std::optional<model::Page<model::ReportView>> found;
    const auto incident = find_incident(db, code);
    if (!incident) return found;
    found.emplace();
    const int most = capped(limit);
    for (auto& report : read_all(db.statement("select " TOCSIN_REPORT_COLUMNS
                                              " from report where incident = ?1 and id > ?2 order by id limit ?3")
                                     .run(incident->id, after, most + 1),
                                 read_report)) {
      if (static_cast<int>(found->rows.size()) == most) {
        if (most > 0) found->next = found->rows.back().report.id.value;
        break;
      }
      auto files = read_all(
          db.statement("select " TOCSIN_ATTACHMENT_COLUMNS " from attachment where report = ?1 order by at, hash")
              .run(report.id),
          read_attachment);
      found->rows.push_back({std::move(report), std::move(files)});
    }
    return found;
  });
  if (!page.ok()) return page.error();
  if (!*page) return no_such_code(code);
  return std::move(**page);
}

base::Result<std::vector<model::AttachmentView>> SqliteQueries::attachment(int code, std::string_view hash) const {
  return in_one_picture([&](db::Session& db) {
    std::vector<model::AttachmentView> views;
    const auto incident = find_incident(db, code);
    if (!incident) return views;
    for (auto& file : read_all(
             db.statement("select " TOCSIN_ATTACHMENT_COLUMNS " from attachment where hash = ?1 and (select incident "
                          "from report where id = attachment.report) = ?2 order by report limit 32")
                 .run(hash, incident->id),
             read_attachment)) {
      auto report = read_one(
          db.statement("select " TOCSIN_REPORT_COLUMNS " from report where id = ?1").run(file.report), read_report);
      if (report) views.push_back({std::move(file), std::move(*report), incident->id});
    }
    return views;
  });
}

base::Result<std::optional<model::Report>> SqliteQueries::report(model::ReportId id) const {
  return in_one_picture([&](db::Session& db) {
    return read_one(db.statement("select " TOCSIN_REPORT_COLUMNS " from report where id = ?1").run(id), read_report);
  });
}

base::Result<std::vector<model::CallLine>> SqliteQueries::call_sheet(int limit) const {
  return in_one_picture([&](db::Session& db) { return read_call_sheet(db, static_cast<std::size_t>(capped(limit))); });
}

base::Result<std::optional<model::Alert>> SqliteQueries::alert(model::AlertId id) const {
  return in_one_picture([&](db::Session& db) {
    return read_one(db.statement("select " TOCSIN_ALERT_COLUMNS " from alert where id = ?1").run(id), read_alert);
  });
}

base::Result<std::vector<model::RecordEntry>> SqliteQueries::record(std::int64_t after, model::IncidentId only,
                                                                    int limit) const {
  return in_one_picture([&](db::Session& db) {
    if (only) return read_all(db.statement(kEntriesOfIncident).run(only, after, capped(limit)), read_entry);
    return read_all(db.statement("select " TOCSIN_RECORD_COLUMNS " from record where seq > ?1 order by seq limit ?2")
                        .run(after, capped(limit)),
                    read_entry);
  });
}

base::Result<model::StoreStatus> SqliteQueries::status() const {
  return in_one_picture([](db::Session& db) {
    model::StoreStatus s;
    if (const auto schema = db::schema_version(db, kModule); schema.ok()) s.schema = *schema;
    s.last_seq = number(db, "select max(seq) from record");
    s.head = head_of(db);
    s.open_incidents = number(db, "select count(*) from incident where state = 1");
    s.owed = number(db, "select count(*) from delivery where state in (1, 2)");
    const auto oldest = number(db, "select min(+id) from delivery where state in (1, 2) and state = 1");
    s.oldest_owed_us = oldest == 0 ? 0 : base::to_micros(base::time_of_id(oldest));
    return s;
  });
}

}  // namespace tocsin::store
