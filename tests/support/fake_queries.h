// The read side of the fake front door (fake_front_door.h): rows that a test puts there.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/digest.h"
#include "gateway/base/guarded.h"
#include "gateway/ports/queries.h"

namespace tocsin::testing {

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
  mutable int alerts_read = -1;  // the last limit an incident was read with
  base::Result<model::IncidentView> incident(int code, int alert_limit) const override {
    alerts_read = alert_limit;
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
  base::Result<std::map<model::AlertId, model::PersonId>> told_by(std::span<const model::AlertId> ids) const override {
    std::map<model::AlertId, model::PersonId> people;
    for (const auto& alert : alerts) {
      if (std::find(ids.begin(), ids.end(), alert.id) != ids.end()) people.emplace(alert.id, alert.person);
    }
    return people;
  }
  mutable model::AlertsWanted alerts_wanted;  // the last page asked for
  base::Result<model::Page<model::AlertView>> alerts_of(int code, const model::AlertsWanted& wanted) const override {
    alerts_wanted = wanted;
    auto view = incident(code, 0);
    if (!view.ok()) return view.error();
    model::Page<model::AlertView> page;
    for (auto& alert : view->alerts) {
      if (wanted.after < alert.alert.id) page.rows.push_back(std::move(alert));
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

}  // namespace tocsin::testing
