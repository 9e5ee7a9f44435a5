// The read side on SQLite: a small pool of read-only connections.
//
// Any thread.  Each call borrows a connection (or opens one), reads in one transaction of less than a second, and gives
// it back.  What takes longer ends as kRetryLater.  The store must have been opened once before, so that the tables are
// there.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/base/guarded.h"
#include "gateway/db/session.h"
#include "gateway/ports/queries.h"
#include "gateway/ports/scene_queries.h"

namespace tocsin::store {

struct QueryOptions {
  std::string vfs;       // empty = the operating system's
  int cache_kib = 2048;  // per connection
  std::size_t kept = 8;  // connections kept open; more are opened when needed and closed after
};

class SqliteQueries final : public ports::Queries, public ports::SceneQueries {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<SqliteQueries>> open(const std::string& path,
                                                                         const QueryOptions& options = {});
  ~SqliteQueries() override;

  [[nodiscard]] base::Result<model::Page<model::Incident>> incidents(
      const model::IncidentsWanted& wanted) const override;
  [[nodiscard]] base::Result<model::IncidentView> incident(int code, int alert_limit) const override;
  [[nodiscard]] base::Result<model::Page<model::AlertView>> alerts_of(int code,
                                                                      const model::AlertsWanted& wanted) const override;
  [[nodiscard]] base::Result<model::Page<model::ReportView>> reports_of(int code, model::ReportId after,
                                                                        int limit) const override;
  [[nodiscard]] base::Result<model::Inbox> inbox(const model::InboxWanted& wanted) const override;
  [[nodiscard]] base::Result<std::vector<model::CallLine>> call_sheet(int limit) const override;
  // Telling, told or exhausted (an answer still counts), of matter kinds alert and update, of open incidents.
  [[nodiscard]] base::Result<model::Page<model::Alert>> alerts_of(model::PersonId person, bool open_only,
                                                                  model::AlertId before, int limit) const override;
  [[nodiscard]] base::Result<std::map<model::IncidentId, int>> codes(
      std::span<const model::IncidentId> ids) const override;
  [[nodiscard]] base::Result<std::map<model::AlertId, model::PersonId>> told_by(
      std::span<const model::AlertId> ids) const override;
  [[nodiscard]] base::Result<std::map<model::IncidentId, model::Awaiting>> awaiting(
      std::span<const model::IncidentId> ids) const override;
  [[nodiscard]] base::Result<std::optional<model::Report>> report(model::ReportId id) const override;
  [[nodiscard]] base::Result<std::vector<model::AttachmentView>> attachment(int code,
                                                                            std::string_view hash) const override;
  [[nodiscard]] base::Result<bool> was_told(model::IncidentId incident, model::PersonId person) const override;
  [[nodiscard]] base::Result<model::Changes> changes(const model::ChangesWanted& wanted) const override;
  [[nodiscard]] base::Result<std::optional<model::Alert>> alert(model::AlertId id) const override;
  [[nodiscard]] base::Result<std::vector<model::RecordEntry>> record(std::int64_t after, model::IncidentId only,
                                                                     int limit) const override;
  [[nodiscard]] base::Result<model::StoreStatus> status() const override;

  // ---- identity (sqlite_identity_queries.cc) ----
  [[nodiscard]] base::Result<std::optional<model::TokenRow>> token(std::string_view hash) const override;
  [[nodiscard]] base::Result<std::vector<model::TokenRow>> tokens() const override;
  [[nodiscard]] base::Result<std::optional<model::Session>> session(std::string_view hash) const override;
  [[nodiscard]] base::Result<std::vector<model::Session>> sessions(model::AccountId account, model::PersonId person,
                                                                   base::UtcTime now, int limit) const override;
  [[nodiscard]] base::Result<std::optional<model::Account>> account(std::string_view name) const override;
  [[nodiscard]] base::Result<std::vector<model::Account>> accounts() const override;
  [[nodiscard]] base::Result<std::uint32_t> feed_number(model::PersonId person) const override;
  [[nodiscard]] base::Result<std::map<std::string, std::string, std::less<>>> reasons_said(
      std::span<const std::string> digests) const override;
  [[nodiscard]] base::Result<model::Page<model::Report>> reports_by(model::PersonId person, std::string_view name,
                                                                    model::ReportId before, int limit) const override;
  [[nodiscard]] base::Result<std::optional<model::AlertPage>> alert_page(model::AlertId id) const override;

  // ---- contact points (care.cc) ----
  [[nodiscard]] base::Result<std::vector<model::ContactDoubt>> doubtful_contacts(base::UtcTime since) const override;
  [[nodiscard]] base::Result<model::ContactChecks> contact_checks(base::UtcTime since,
                                                                  model::PersonId only = {}) const override;

  // ---- the desk (sqlite_queries_desk.cc) ----
  [[nodiscard]] base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids) const override;
  [[nodiscard]] base::Result<std::vector<model::OpenTask>> open_tasks(int limit) const override;
  [[nodiscard]] base::Result<model::DeskCounts> desk_counts(base::UtcTime inbox_since) const override;
  [[nodiscard]] base::Result<std::map<int, model::LinkTraffic>> link_traffic(base::UtcTime since) const override;
  [[nodiscard]] base::Result<std::vector<model::Handover>> handovers(int limit) const override;

  // ---- scenes (sqlite_queries_scenes.cc) ----
  [[nodiscard]] base::Result<std::map<model::IncidentId, ports::StandingRows>> standings(
      std::span<const model::IncidentId> incidents) const override;
  [[nodiscard]] base::Result<ports::SceneEntries> scene_entries(model::IncidentId incident, std::int64_t since,
                                                                int most_events) const override;
  [[nodiscard]] base::Result<ports::SceneRows> scene_rows(model::IncidentId incident) const override;
  [[nodiscard]] base::Result<std::map<model::AlertId, ports::SceneAlert>> scene_alerts(
      std::span<const model::AlertId> ids) const override;

  // ---- versions of the plan ----
  [[nodiscard]] base::Result<std::vector<model::PlanVersion>> plan_versions(int limit) const override;
  [[nodiscard]] base::Result<std::string> plan_source(int version) const override;
  [[nodiscard]] base::Result<std::optional<model::PlanInForce>> plan_in_force() const override;
  [[nodiscard]] base::Result<std::vector<model::KeptOverride>> plan_overrides(std::string_view digest) const override;

 private:
  SqliteQueries(std::string path, QueryOptions options) : path_(std::move(path)), options_(std::move(options)) {}
  // Runs read(session) in one read transaction and returns what it returns, or the error.
  template <typename Read>
  auto in_one_picture(Read read) const -> base::Result<decltype(read(std::declval<db::Session&>()))>;
  base::Result<std::unique_ptr<db::Session>> borrow() const;

  const std::string path_;
  const QueryOptions options_;
  mutable base::Guarded<std::vector<std::unique_ptr<db::Session>>> idle_;
};

}  // namespace tocsin::store
