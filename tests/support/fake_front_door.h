// A front door with nothing behind it but memory: what an HTTPS test needs of the core.
//
// Records every command it was given, so that a test can prove that something was *not* done.
// Thread-safe as the port demands; set it up before the server starts.  Destructors are out of line so that one source
// alone carries the compiled bodies.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/digest.h"
#include "gateway/base/guarded.h"
#include "gateway/ports/directory_desk.h"
#include "gateway/ports/front_door.h"

namespace tocsin::testing {

// Two persons, a sub-district and a community below it.
class FakeRoster final : public ports::Roster {
 public:
  ~FakeRoster() override;
  FakeRoster();

  std::int64_t version() const override { return 1; }
  model::Resolved resolve(std::span<const model::Selector>, model::AreaId, base::UtcTime) const override { return {}; }
  std::optional<model::PersonId> next_deputy(model::PersonId, const model::Selector&, std::span<const model::PersonId>,
                                             base::UtcTime) const override {
    return std::nullopt;
  }
  const model::PersonCard* person(model::PersonId id) const override {
    for (const auto& card : people_) {
      if (card.id == id) return &card;
    }
    return nullptr;
  }
  const model::PersonCard* person_coded(std::string_view code) const override {
    for (const auto& card : people_) {
      if (card.code == code) return &card;
    }
    return nullptr;
  }
  std::span<const model::PersonId> people_at(std::string_view) const override { return {}; }
  std::vector<const model::PersonCard*> people() const override {
    std::vector<const model::PersonCard*> all;
    for (const auto& card : people_) all.push_back(&card);
    return all;
  }
  const model::AreaInfo* area(model::AreaId id) const override {
    for (const auto& info : areas_) {
      if (info.id == id) return &info;
    }
    return nullptr;
  }
  std::span<const model::AreaInfo> areas() const override { return areas_; }
  // North of the equator: 120 metres from the first area's centre.
  std::optional<model::PlaceFound> area_at(double latitude, double) const override {
    if (latitude < 0) return std::nullopt;
    return model::PlaceFound{areas_.front().id, false, 119.6};
  }
  std::string_view outline(model::AreaId id) const override {
    return id == areas_.front().id ? R"({"type":"Polygon","coordinates":[[[118,36],[118.1,36],[118.1,36.1],[118,36]]]})"
                                   : std::string_view();
  }
  std::string area_path(model::AreaId id) const override {
    const auto* info = area(id);
    if (info == nullptr) return {};
    return info->parent ? area_path(info->parent) + " / " + info->name : info->name;
  }
  model::AreaId community_of(model::AreaId id) const override { return id; }
  bool near(model::AreaId a, model::AreaId b, double) const override { return a == b; }

 private:
  std::vector<model::PersonCard> people_;
  std::vector<model::AreaInfo> areas_;
};

class FakeQueries final : public ports::Queries {
 public:
  ~FakeQueries() override;
  std::vector<model::IncidentView> views;
  std::vector<model::CallLine> lines;
  std::vector<model::Alert> alerts;
  std::vector<model::RecordEntry> entries;
  model::StoreStatus store_status;
  mutable std::atomic<int> changes_asked{0};

  void add_token(const std::string& token, model::TokenRow row) {
    tokens_.with([&](auto& tokens) { tokens[std::string(base::as_bytes(base::digest(token)))] = std::move(row); });
  }
  void revoke(const std::string& token) {
    tokens_.with([&](auto& tokens) { tokens.erase(std::string(base::as_bytes(base::digest(token)))); });
    sessions_.with([&](auto& all) { all.erase(std::string(base::as_bytes(base::digest(token)))); });
  }

  base::Result<model::Page<model::Incident>> incidents(const model::IncidentsWanted& wanted) const override {
    model::Page<model::Incident> page;
    for (auto view = views.rbegin(); view != views.rend(); ++view) {
      const model::Incident& incident = view->incident;
      const bool open = incident.state == model::IncidentState::kOpen;
      if (wanted.open.has_value() && *wanted.open != open) continue;
      if (wanted.before && !(incident.id < wanted.before)) continue;
      if (wanted.told && !*was_told(incident.id, wanted.told)) continue;
      if (static_cast<int>(page.rows.size()) == wanted.limit) {
        page.next = page.rows.back().id.value;
        break;
      }
      page.rows.push_back(incident);
    }
    return page;
  }
  base::Result<model::IncidentView> incident(int code, int) const override {
    for (const auto& view : views) {
      if (view.incident.code == code) return view;
    }
    return base::Error{base::ErrorCode::kNotFound, "no incident has that code", {}};
  }
  std::vector<model::ContactDoubt> doubts;
  base::Result<std::vector<model::ContactDoubt>> doubtful_contacts(base::UtcTime since) const override {
    std::vector<model::ContactDoubt> found;
    for (const auto& doubt : doubts) {
      if (doubt.since >= since) found.push_back(doubt);
    }
    return found;
  }
  model::ContactChecks checks;
  base::Result<model::ContactChecks> contact_checks(base::UtcTime since, model::PersonId only = {}) const override {
    auto found = checks;
    std::erase_if(found.silent, [&](const model::CheckedContact& c) {
      return c.check.asked_at < since || (only && c.check.person != only);
    });
    return found;
  }
  std::optional<std::int64_t> summaries_of;  // how far they are counted; empty: all
  base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids) const override {
    model::Summaries stand;
    stand.seq = summaries_of.value_or(entries.empty() ? 0 : entries.back().seq);
    for (const auto& view : views) {
      if (std::find(ids.begin(), ids.end(), view.incident.id) != ids.end())
        stand.of[view.incident.id].people = static_cast<int>(view.alerts.size());
    }
    return stand;
  }
  std::vector<model::OpenTask> tasks;
  base::Result<std::vector<model::OpenTask>> open_tasks(int) const override { return tasks; }
  base::Result<model::DeskCounts> desk_counts(base::UtcTime) const override { return model::DeskCounts{}; }
  base::Result<std::map<int, model::LinkTraffic>> link_traffic(base::UtcTime) const override {
    return std::map<int, model::LinkTraffic>{};
  }
  std::vector<model::Handover> past_handovers;  // newest first
  base::Result<std::vector<model::Handover>> handovers(int limit) const override {
    auto newest = past_handovers;
    if (static_cast<int>(newest.size()) > limit) newest.resize(static_cast<std::size_t>(limit));
    return newest;
  }
  std::vector<model::InboxEntry> inbox_entries;  // newest first
  base::Result<model::Inbox> inbox(const model::InboxWanted& wanted) const override {
    model::Inbox inbox;
    inbox.left_out = 2;
    for (const auto& entry : inbox_entries) {
      const bool there = entry.at >= wanted.since && (wanted.only == 0 || entry.id == wanted.only);
      if (!there || (wanted.before != 0 && entry.id >= wanted.before)) continue;
      if (static_cast<int>(inbox.entries.size()) == wanted.limit) {
        inbox.next = inbox.entries.back().id;
        break;
      }
      inbox.entries.push_back(entry);
    }
    return inbox;
  }
  base::Result<std::vector<model::CallLine>> call_sheet(int) const override { return lines; }
  base::Result<model::Page<model::Alert>> alerts_of(model::PersonId person, bool, model::AlertId, int) const override {
    model::Page<model::Alert> own;
    for (const auto& alert : alerts) {
      if (alert.person == person) own.rows.push_back(alert);
    }
    return own;
  }
  base::Result<std::map<model::IncidentId, model::Awaiting>> awaiting(
      std::span<const model::IncidentId> ids) const override {
    std::map<model::IncidentId, model::Awaiting> awaiting;
    for (const auto& view : views) {
      const bool asked = std::find(ids.begin(), ids.end(), view.incident.id) != ids.end();
      if (asked && !view.approvals.empty() && view.approvals.back().state == model::ApprovalState::kPending)
        awaiting[view.incident.id].approval = view.approvals.back();
    }
    return awaiting;
  }
  base::Result<std::map<model::IncidentId, int>> codes(std::span<const model::IncidentId> ids) const override {
    std::map<model::IncidentId, int> found;
    for (const auto& view : views) {
      if (std::find(ids.begin(), ids.end(), view.incident.id) != ids.end())
        found.emplace(view.incident.id, view.incident.code);
    }
    return found;
  }
  base::Result<model::Page<model::AlertView>> alerts_of(int code, model::AlertId after, int) const override {
    auto view = incident(code, 0);
    if (!view.ok()) return view.error();
    model::Page<model::AlertView> page;
    for (auto& alert : view->alerts) {
      if (after < alert.alert.id) page.rows.push_back(std::move(alert));
    }
    return page;
  }
  base::Result<model::Page<model::ReportView>> reports_of(int code, model::ReportId after, int) const override {
    auto view = incident(code, 0);
    if (!view.ok()) return view.error();
    model::Page<model::ReportView> page;
    for (auto& report : view->reports) {
      if (after < report.id) page.rows.push_back({std::move(report), {}});
    }
    return page;
  }
  base::Result<std::optional<model::Report>> report(model::ReportId id) const override {
    for (const auto& view : views) {
      for (const auto& report : view.reports) {
        if (report.id == id) return std::optional(report);
      }
    }
    return std::optional<model::Report>();
  }
  base::Result<std::vector<model::AttachmentView>> attachment(int code, std::string_view hash) const override {
    std::vector<model::AttachmentView> found;
    for (const auto& view : views) {
      for (const auto& file : view.attachments) {
        if (view.incident.code != code || file.hash != hash) continue;
        for (const auto& report : view.reports) {
          if (report.id == file.report) found.push_back({file, report, view.incident.id});
        }
      }
    }
    return found;
  }
  base::Result<bool> was_told(model::IncidentId incident, model::PersonId person) const override {
    return std::any_of(alerts.begin(), alerts.end(),
                       [&](const auto& a) { return a.incident == incident && a.person == person; });
  }
  base::Result<model::Changes> changes(const model::ChangesWanted& wanted) const override {
    ++changes_asked;
    model::Changes changes;
    changes.cursor = entries.empty() ? 0 : entries.back().seq;
    changes.full = wanted.since > changes.cursor;
    for (const auto& view : views) {
      if (wanted.desk || *was_told(view.incident.id, wanted.by.person)) changes.incidents.push_back(view.incident);
    }
    changes.call_sheet = changes.inbox = wanted.desk;
    return changes;
  }
  base::Result<std::optional<model::Alert>> alert(model::AlertId id) const override {
    for (const auto& one : alerts) {
      if (one.id == id) return std::optional(one);
    }
    return std::optional<model::Alert>();
  }
  base::Result<std::vector<model::RecordEntry>> record(std::int64_t after, model::IncidentId only,
                                                       int limit) const override {
    std::vector<model::RecordEntry> found;
    for (const auto& entry : entries) {
      if (entry.seq <= after || (only && entry.incident != only)) continue;
      if (static_cast<int>(found.size()) < limit) found.push_back(entry);
    }
    return found;
  }
  base::Result<model::StoreStatus> status() const override { return store_status; }
  std::vector<model::PlanVersion> plans;
  std::string plan_text = "[plan]\n";  // of every version
  base::Result<std::vector<model::PlanVersion>> plan_versions(int) const override { return plans; }
  base::Result<std::string> plan_source(int version) const override {
    for (const auto& one : plans) {
      if (one.version == version) return plan_text;
    }
    return base::Error{base::ErrorCode::kNotFound, "no plan has that version", {}};
  }
  base::Result<std::optional<model::PlanInForce>> plan_in_force() const override {
    for (const auto& one : plans) {
      if (one.in_force && one.last_swap) return std::optional(model::PlanInForce{*one.last_swap, one.digest});
    }
    return std::optional<model::PlanInForce>();
  }
  base::Result<std::vector<model::KeptOverride>> plan_overrides(std::string_view) const override {
    return std::vector<model::KeptOverride>();
  }
  std::uint32_t feed = 0;
  base::Result<std::uint32_t> feed_number(model::PersonId) const override { return feed; }
  std::vector<model::Report> own_reports;
  std::vector<model::Account> accounts_list;
  std::vector<model::Session> session_list;

  void add_session(const std::string& token, const model::Session& session) {
    session_list.push_back(session);
    sessions_.with([&](auto& all) { all[std::string(base::as_bytes(base::digest(token)))] = session; });
  }
  base::Result<std::vector<model::TokenRow>> tokens() const override {
    return tokens_.with([](const auto& tokens) {
      std::vector<model::TokenRow> rows;
      for (const auto& token : tokens) rows.push_back(token.second);
      return rows;
    });
  }
  base::Result<std::optional<model::Session>> session(std::string_view hash) const override {
    return sessions_.with([&](const auto& all) {
      const auto found = all.find(std::string(hash));
      return found == all.end() ? std::optional<model::Session>() : std::optional(found->second);
    });
  }
  base::Result<std::vector<model::Session>> sessions(model::AccountId account, model::PersonId person, base::UtcTime,
                                                     int) const override {
    std::vector<model::Session> found;
    for (const auto& one : session_list) {
      const bool all = !account && !person;
      if (all || (account && one.account == account) || (person && one.person == person)) found.push_back(one);
    }
    return found;
  }
  base::Result<std::optional<model::Account>> account(std::string_view name) const override {
    for (const auto& one : accounts_list) {
      if (one.name == name) return std::optional(one);
    }
    return std::optional<model::Account>();
  }
  base::Result<std::vector<model::Account>> accounts() const override { return accounts_list; }
  base::Result<model::Page<model::Report>> reports_by(model::PersonId person, std::string_view name, model::ReportId,
                                                      int) const override {
    model::Page<model::Report> own;
    for (const auto& one : own_reports) {
      if (person ? one.reporter_person == person : one.reporter == name) own.rows.push_back(one);
    }
    return own;
  }
  base::Result<std::optional<model::AlertPage>> alert_page(model::AlertId id) const override {
    for (const auto& one : alerts) {
      if (one.id != id) continue;
      model::AlertPage page;
      page.alert = one;
      page.text = "Fire at Donghu";
      for (const auto& view : views) {
        if (view.incident.id == one.incident) page.incident = view.incident;
      }
      return std::optional(page);
    }
    return std::optional<model::AlertPage>();
  }
  base::Result<std::optional<model::TokenRow>> token(std::string_view hash) const override {
    return tokens_.with([&](const auto& tokens) {
      const auto found = tokens.find(std::string(hash));
      return found == tokens.end() ? std::optional<model::TokenRow>() : std::optional(found->second);
    });
  }

 private:
  base::Guarded<std::map<std::string, model::TokenRow>> tokens_;
  base::Guarded<std::map<std::string, model::Session>> sessions_;
};

// Keeps what was put in memory.
class FakeAttachments final : public ports::Attachments {
 public:
  ~FakeAttachments() override;
  base::Result<std::string> put(std::string_view bytes) override {
    auto hash = base::to_hex(base::digest(bytes));
    files_.with([&](auto& files) { files[hash] = std::string(bytes); });
    return hash;
  }
  bool has(std::string_view hash) const override { return read(hash).ok(); }
  base::Result<std::string> read(std::string_view hash) const override {
    return files_.with([&](const auto& files) -> base::Result<std::string> {
      const auto found = files.find(std::string(hash));
      if (found == files.end()) return base::Error{base::ErrorCode::kNotFound, "no such attachment", {}};
      return found->second;
    });
  }
  base::Status remove(std::string_view hash) override {
    files_.with([&](auto& files) { files.erase(std::string(hash)); });
    return base::Done{};
  }
  std::vector<std::string> put_before(base::UtcTime, int, int) override { return {}; }

 private:
  base::Guarded<std::map<std::string, std::string>> files_;
};

inline constexpr const char* kCallbackToken = "a-token-of-22-letters--";

// A directory of one person at version 7, where every change may stand and adds one row.
class FakeDirectory final : public ports::DirectoryDesk {
 public:
  ~FakeDirectory() override;
  ports::DirectoryPerson chen{"chen", "Chen Gang", "zh", "", "", {}, false, {20, 1}};
  bool may_stand = true;
  mutable base::Guarded<std::vector<ports::DirectoryWish>> wishes;

  base::Result<ports::DirectoryHead> head() const override { return ports::DirectoryHead{7, 1, 1, 0, 0, 0, 0}; }
  base::Result<ports::FoundPersons> persons(const ports::PersonSearch& /*search*/) const override {
    return ports::FoundPersons{{chen}, false};
  }
  base::Result<ports::DirectoryPerson> person(const std::string& code) const override {
    if (code != chen.code) return base::Error{base::ErrorCode::kNotFound, "nobody", {}};
    return chen;
  }
  base::Result<std::vector<ports::DirectoryEntry>> changes(std::int64_t /*before*/, int /*limit*/) const override {
    return std::vector<ports::DirectoryEntry>{};
  }
  base::Result<std::vector<ports::DirectorySheet>> sheets() const override {
    return std::vector<ports::DirectorySheet>{{"persons.csv", "code,name,language\r\n"}};
  }
  base::Result<std::vector<ports::DirectoryList>> lists() const override {
    return std::vector<ports::DirectoryList>{{"people.xlsx", "1@1: A=name B=mobile", "A", {}, {}, "admin"}};
  }
  base::Result<ports::DirectoryDocument> document(const ports::DocumentWish& wish) const override {
    if (wish.as == "call-list") return ports::DirectoryDocument{"text/html; charset=utf-8", "html", "<p>list", {}};
    if (wish.as != "people") return base::invalid("no such form", "as");
    return ports::DirectoryDocument{"text/csv; charset=utf-8", wish.xlsx ? "xlsx" : "csv", "Name\r\n", {"wu"}};
  }
  base::Result<std::string> person_data(const std::string& code) const override {
    if (code != chen.code) return base::Error{base::ErrorCode::kNotFound, "nobody", {}};
    return std::string(
        R"({"code":"chen","ids":[20],"names":["Chen Gang"],"directory":{},"history":[],"tables":{},"record":[]})");
  }
  ports::PastDirectoryPtr past_then;
  base::Result<ports::PastDirectoryPtr> past() const override { return past_then; }
  base::Result<std::vector<ports::DirectoryPost>> posts(base::UtcTime /*at*/) const override {
    return std::vector<ports::DirectoryPost>{{"commander", "Commander", {}, {"chen", "Chen Gang", {}}, {}, true}};
  }
  base::Result<std::vector<ports::DirectoryUnit>> units() const override {
    return std::vector<ports::DirectoryUnit>{{"rescue",
                                              "Rescue",
                                              {"donghu", "东湖", "青石 / 东湖"},
                                              true,
                                              {{"chen", "Chen Gang", {}}, {"wang", "Wang Li", {}}}}};
  }
  base::Result<std::string> duties(base::UtcTime from, int days) const override {
    return R"({"from":")" + base::to_rfc3339(from) + R"(","to":")" +
           base::to_rfc3339(from + std::chrono::hours(24) * days) + R"(","duties":[]})";
  }
  base::Result<std::string> feed(model::PersonId person, base::UtcTime, const std::string& host) const override {
    if (person != model::PersonId{1}) return base::Error{base::ErrorCode::kNotFound, "nobody", {}};
    return "BEGIN:VCALENDAR\r\nX-HOST:" + host + "\r\nEND:VCALENDAR\r\n";
  }
  mutable base::Guarded<std::vector<ports::ListWish>> lists_read;
  bool question_open = false;
  std::future<base::Result<ports::ListRead>> read_list(ports::ListWish wish) const override {
    std::promise<base::Result<ports::ListRead>> read;
    if (wish.to_import && question_open) {
      read.set_value(base::Error{base::ErrorCode::kConflict, "answer post:commander first (1 open)", {}});
    } else {
      read.set_value(ports::ListRead{
          "{}", 7,
          wish.to_import ? ports::ImportSheets{{{"persons.csv", "code\r\n"}}, true, "", {}} : ports::ImportSheets{}});
    }
    lists_read.with([&](auto& all) { all.push_back(std::move(wish)); });
    return read.get_future();
  }
  base::Result<ports::PreparedChange> prepare(const ports::DirectoryWish& wish) const override {
    wishes.with([&](auto& all) { all.push_back(wish); });
    if (auto stands = model::check(wish.expected, {0, 7}); !stands) return stands.error();
    ports::PreparedChange prepared;
    prepared.may_stand = may_stand;
    prepared.rows.added = 1;
    prepared.base = 7;
    prepared.command.by = wish.by;
    if (!may_stand)
      prepared.findings.push_back({base::Severity::kError, "bad-number", "contacts.csv", 2, 1, "short", {}});
    return prepared;
  }
};

class FakeFrontDoor final : public ports::FrontDoor {
 public:
  ~FakeFrontDoor() override;
  FakeQueries fake_queries;
  mutable FakeAttachments fake_attachments;
  ports::PlanForm form;
  ports::OfficeCard office_card;
  const ports::Scenes* fake_scenes = nullptr;
  ports::Readiness ready{true, {}};
  ports::InstallFilesPtr install =
      std::make_shared<ports::InstallFiles>(ports::InstallFiles{"<!doctype html>", "certificate", "<?xml?>"});
  // When set, answers a command instead of the default.
  std::function<std::optional<model::CommandResult>(const model::Command&)> reply_instead;

  FakeFrontDoor();

  FakeDirectory fake_directory;
  const ports::DirectoryDesk* directory() const override { return &fake_directory; }
  std::future<base::Result<std::string>> coverage(base::UtcTime from, int days) override {
    std::promise<base::Result<std::string>> counted;
    counted.set_value(R"({"covered":true,"from":")" + base::to_rfc3339(from) + R"(","to":")" +
                      base::to_rfc3339(from + std::chrono::hours(24) * days) +
                      R"(","steps":1,"directory_version":7,"shortfalls":[]})");
    return counted.get_future();
  }
  ports::PlanJudged judged;  // what every offered plan comes to
  // Instead of that: what is to come is this future.
  std::function<std::future<base::Result<ports::PlanJudged>>()> judge_instead;
  std::future<base::Result<ports::PlanJudged>> judge_plan(ports::PlanOffer offer) override {
    offers_.with([&](auto& all) { all.push_back(offer); });
    if (judge_instead) return judge_instead();
    auto answer = judged;
    answer.command.by = offer.by;
    answer.command.source = offer.text;
    answer.command.expected = offer.expected;
    std::promise<base::Result<ports::PlanJudged>> promise;
    promise.set_value(std::move(answer));
    return promise.get_future();
  }

  std::vector<ports::PlanOffer> offers() const {
    return offers_.with([](const auto& all) { return all; });
  }

  std::future<model::CommandResult> submit(model::Command command) override {
    std::promise<model::CommandResult> promise;
    auto future = promise.get_future();
    auto instead = reply_instead ? reply_instead(command) : std::nullopt;
    promise.set_value(instead ? std::move(*instead) : reply_to(command));
    auto* identity = std::get_if<model::IdentityCommand>(&command);
    if (identity != nullptr) {
      identity_.with([&](auto& commands) { commands.push_back(std::move(*identity)); });
    } else {
      commands_.with([&](auto& commands) { commands.push_back(std::move(command)); });
    }
    return future;
  }
  const ports::Queries& queries() const override { return fake_queries; }
  model::DeskLook look;
  base::Result<std::shared_ptr<const model::DeskLook>> desk_look() const override {
    return std::make_shared<const model::DeskLook>(look);
  }
  std::int64_t last_seq() const override { return fake_queries.entries.empty() ? 0 : fake_queries.entries.back().seq; }
  ports::Attachments& attachments() const override { return fake_attachments; }
  ports::RosterPtr roster() const override { return roster_; }
  ports::PlanForm plan_form(const std::string&) const override { return form; }
  ports::OfficeCard card() const override { return office_card; }
  const ports::Scenes* scenes() const override { return fake_scenes; }
  ports::Readiness readiness() const override { return ready; }
  std::string metrics() const override { return "tocsin_up 1\n"; }
  ports::InstallFilesPtr install_files() const override { return install; }
  std::optional<std::future<ports::CallbackAnswer>> called_back(std::string_view link, std::string_view token,
                                                                std::string_view body) override {
    if (link != "cloud" || token != kCallbackToken) return std::nullopt;
    called_back_with.with([&](auto& last) { last = body; });
    std::promise<ports::CallbackAnswer> answer;
    answer.set_value({callback_status, "text/plain; charset=utf-8", "taken"});
    return answer.get_future();
  }
  std::atomic<int> callback_status = 200;
  base::Guarded<std::string> called_back_with;

  base::UtcTime now() const override { return base::from_micros(now_us); }
  std::uint64_t identity_version() const override { return version; }
  const std::string& link_key() const override { return key; }
  // What the core does when it revokes: what the front door remembers counts no more.
  void revoke(const std::string& token) {
    fake_queries.revoke(token);
    ++version;
  }
  std::atomic<std::int64_t> now_us{base::to_micros(*base::parse_rfc3339("2026-11-22T02:00:00Z"))};
  std::atomic<std::uint64_t> version{1};
  std::string key = "a key of the office, 32 bytes or so";

  // What would happen: always the same; `looked_at` is answered, and the last wishes are kept.
  ports::PlanLookedAt looked_at{true, {}, R"({"level":"III"})"};
  base::Guarded<ports::RehearsalWish> rehearsed;
  base::Guarded<ports::ComparisonWish> compared;
  std::future<base::Result<ports::PlanLookedAt>> simulate_plan(ports::RehearsalWish wish) override {
    rehearsed.with([&](auto& last) { last = std::move(wish); });
    return what_was_looked_at();
  }
  std::future<base::Result<ports::PlanLookedAt>> compare_plans(ports::ComparisonWish wish) override {
    compared.with([&](auto& last) { last = std::move(wish); });
    return what_was_looked_at();
  }

  // Those about accounts, sessions and the record of access.
  [[nodiscard]] std::vector<model::IdentityCommand> identity_commands() const {
    return identity_.with([](const auto& commands) { return commands; });
  }
  [[nodiscard]] std::vector<model::Command> commands() const {
    return commands_.with([](const auto& commands) { return commands; });
  }

 private:
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> what_was_looked_at() const {
    std::promise<base::Result<ports::PlanLookedAt>> looked;
    looked.set_value(looked_at);
    return looked.get_future();
  }
  base::Guarded<std::vector<ports::PlanOffer>> offers_;
  model::CommandResult reply_to(const model::Command& command) {
    if (const auto* report = std::get_if<model::SubmitReport>(&command)) return submitted(*report);
    if (std::holds_alternative<model::AnswerAlert>(command) || std::holds_alternative<model::RecordCall>(command) ||
        std::holds_alternative<model::CompleteTask>(command) || std::holds_alternative<model::OpenMessage>(command)) {
      return model::Reply(base::Done{});
    }
    if (const auto* taken = std::get_if<model::HandOver>(&command)) {
      auto sheet = taken->sheet;
      sheet.id = model::HandoverId{9};
      sheet.by = "duty:desk";
      return model::Reply(sheet);
    }
    if (const auto* ask = std::get_if<model::AskApprovalCode>(&command)) {
      model::ApprovalReply asked;
      asked.incident_code = ask->code;
      asked.request = ask->request;
      return model::Reply(asked);
    }
    if (const auto* decision = std::get_if<model::Approve>(&command)) {
      model::ApprovalReply decided;
      decided.incident_code = decision->code;
      decided.state = decision->approved ? model::ApprovalState::kApproved : model::ApprovalState::kDeclined;
      return model::Reply(decided);
    }
    if (std::holds_alternative<model::AttachFile>(command)) return model::Reply(model::AttachedFile{101, false});
    if (std::holds_alternative<model::IdentityCommand>(command)) {
      return identity_reply(std::get<model::IdentityCommand>(command));
    }
    if (std::holds_alternative<model::ChangeDirectory>(command)) {
      return model::Reply(model::DirectoryChanged{8, {1, 0, 0}});
    }
    if (const auto* probe = std::get_if<model::ProbeLink>(&command)) {
      if (probe->link != "sms") return base::Error{base::ErrorCode::kConflict, "this link is down", {}};
      return model::Reply(model::ProbeSent{model::DeliveryId{7}});
    }
    if (std::holds_alternative<model::PutPlanInForce>(command)) {
      return model::Reply(model::PlanTaken{{2, 2, {}, model::PlanVia::kApi, "admin:office", ""}, true});
    }
    return model::Reply(model::IncidentReply{101, 0, 2});
  }

  static model::CommandResult identity_reply(const model::IdentityCommand& command) {
    model::IdentityReply reply;
    reply.session.id = model::SessionId{77};
    reply.session.role = model::Role::kReporter;
    reply.session.expires_at = reply.session.made_at + std::chrono::hours(24 * 180);
    if (const auto* ask = std::get_if<model::AskCode>(&command)) {
      reply.request = ask->request;
      return model::Reply(reply);
    }
    const bool signs_in = std::holds_alternative<model::PasswordSignIn>(command) ||
                          std::holds_alternative<model::CodeSignIn>(command) ||
                          std::holds_alternative<model::LinkSignIn>(command);
    return signs_in ? model::Reply(reply) : model::Reply(base::Done{});
  }

  // One report per (reporter, key): again the first reply, or a conflict when it differs.
  model::CommandResult submitted(const model::SubmitReport& report) {
    if (!report.hazard.empty() && report.hazard != "fire" && report.hazard != "unsure") {
      return base::invalid("hazard: the plan knows no \"" + report.hazard + "\"", "hazard");
    }
    if (!report.area.empty() && report.area != "donghu") return base::invalid("area: unknown", "area");
    const std::string body = report.hazard + "|" + model::to_text(report.facts) + "|" + report.text;
    return seen_.with([&](auto& seen) -> model::CommandResult {
      const auto [at, is_new] = seen.emplace(report.by.name + "/" + report.key, body);
      if (!is_new && at->second != body) {
        return base::Error{base::ErrorCode::kConflict, "this key was used for another report", "key"};
      }
      model::SubmittedReport reply;
      reply.report = model::ReportId{7};
      reply.incident_code = 101;
      reply.opened = true;
      reply.repeated = !is_new;
      reply.assessment.kind = model::HazardKind::kFire;
      reply.assessment.level = 0;
      reply.assessment.level_id = "IV";
      reply.assessment.clause = "fire/IV/1";
      reply.assessment.clause_text = "serious = 2 is in 1..3";
      reply.assessment.questions.push_back({"spreading", "Is it spreading?", 1, "III"});
      return model::Reply(reply);
    });
  }

  const ports::RosterPtr roster_ = std::make_shared<FakeRoster>();
  base::Guarded<std::vector<model::Command>> commands_;
  base::Guarded<std::vector<model::IdentityCommand>> identity_;
  base::Guarded<std::map<std::string, std::string>> seen_;
};

}  // namespace tocsin::testing
