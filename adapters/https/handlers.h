// The handlers behind the routes, and what they share.  For routes*.cc only.
#pragma once

#include <chrono>
#include <future>
#include <optional>
#include <span>
#include <string_view>

#include "adapters/https/doorway.h"
#include "adapters/https/json_out.h"
#include "adapters/https/routes.h"
#include "adapters/https/waiting.h"

namespace tocsin::ports {
class DirectoryDesk;
struct DirectoryWish;
}  // namespace tocsin::ports

namespace tocsin::https {

// Bounds of the lists one answer may hold.
inline constexpr int kMaxPage = 500, kMaxAlerts = 2000, kMaxLines = 500, kMaxEntries = 1000;

// ---- shared ----
[[nodiscard]] bool is_desk(const Call& call);
// By which way a report came in: signed in at the desk, it was told to the desk; else from our page, or by a program.
[[nodiscard]] model::ReportVia way_of(const Access& access);
// Sees everything: the desk and the auditor; whole numbers only the desk.
[[nodiscard]] bool reads_all(const Call& call);
// Whether the caller may see that incident: all of them, or those the caller was told of.
[[nodiscard]] base::Result<bool> may_see(const Call& call, model::IncidentId incident);
[[nodiscard]] Viewer viewer(const Call& call, const ports::Roster& roster);
// The directory as it was, for what is shown of an incident; null when it cannot be read: people are shown as today.
[[nodiscard]] ports::PastDirectoryPtr past_of(const Call& call);
// Waits for what another thread works on, while this worker's processor is free for others; kRetryLater with `too_late`
// when it does not come in time.
template <class T>
[[nodiscard]] base::Result<T> wait_for(std::future<base::Result<T>> coming, std::chrono::seconds limit,
                                       const char* too_late) {
  const Waiting waiting;
  if (coming.wait_for(limit) != std::future_status::ready)
    return base::Error{base::ErrorCode::kRetryLater, too_late, {}};
  try {
    return coming.get();
  } catch (const std::future_error&) {
    return base::Error{base::ErrorCode::kRetryLater, "the server is stopping", {}};
  }
}
// Submits and waits for the commit; kRetryLater when it does not come in time.
[[nodiscard]] base::Result<model::Reply> run(const Call& call, model::Command command);
// The n-th argument of the path as an incident's code or an id; kNotFound when it cannot be one.
[[nodiscard]] base::Result<int> incident_code(const Call& call, std::size_t n = 0);
[[nodiscard]] base::Result<std::int64_t> id_argument(const Call& call, std::size_t n = 0);
// The incident's code of the path, if the caller may see it; kNotFound as if it were not there otherwise.
[[nodiscard]] base::Result<int> visible_code(const Call& call);
// Of a request for a one-time code: what goes to the phone, and a number nobody guesses.
[[nodiscard]] std::string six_digits();
[[nodiscard]] model::SignInId secret_request();
// A whole number from the query; `fallback` when absent; kInvalid when it is not within [low, high].
[[nodiscard]] base::Result<std::int64_t> query_number(const Call& call, std::string_view name, std::int64_t fallback,
                                                      std::int64_t low, std::int64_t high);
// `true` or `false` from the query; nothing when absent; kInvalid when it is something else.
[[nodiscard]] base::Result<std::optional<bool>> yes_or_no(const Call& call, std::string_view name);
// Spoken codes for ids.
[[nodiscard]] base::Result<IncidentCodes> incident_codes(const Call& call, std::span<const model::IncidentId> ids);
// Of those incidents, the approvals that are waited for: one query for all.
[[nodiscard]] base::Result<Awaiting> awaiting_by(const Call& call, const std::vector<model::Incident>& incidents);
// Those and how the open ones stand.  `now`: counted for this answer, whatever it costs; else as FrontDoor::summaries.
[[nodiscard]] base::Result<Beside> beside_of(const Call& call, const std::vector<model::Incident>& incidents, bool now);

// Which page of a list: `limit` and `cursor` of the query.
struct PageWanted {
  int limit = 0;
  std::int64_t position = 0;  // 0 = from the start
};
[[nodiscard]] base::Result<PageWanted> page_wanted(const Call& call, CursorOf list, int usual, int most);

// The versions If-Match asks for.
[[nodiscard]] model::Expected expected(const Call& call);
// The same answer with this version as its entity tag.
[[nodiscard]] HttpResponse with_version(HttpResponse response, const model::Version& version);

// The desk of the directory; kNotFound when there is none.
[[nodiscard]] base::Result<const ports::DirectoryDesk*> desk_of(const Call& call);
// Prepares, and unless it is a dry run submits.  One that somebody else's change came before is prepared again: what it
// expects is checked anew then.  `status` when something was changed.
[[nodiscard]] base::Result<HttpResponse> change_directory(const Call& call, const ports::DirectoryWish& wish,
                                                          bool dry_run, int status);

// Whole numbers and the whole list go out for a reason only, which is in the record before they do.
[[nodiscard]] base::Status note_reason(const Call& call, const std::string& reason, std::string_view route);
// Which version of the directory the caller saw: If-Match, or `base_version` of the body.
[[nodiscard]] model::Expected expected_directory(const Call& call, const std::optional<std::int64_t>& base_version);
// 428, naming what is missing.
[[nodiscard]] HttpResponse version_needed(const Call& call, std::string_view of_what);

// The type of a body without its parameters, in small letters.
[[nodiscard]] std::string media_type(std::string_view content_type);

// A plan of the longest kind, each byte of it escaped, and what goes with it.
inline constexpr std::size_t kMostPlanBytes = 9 * 1024 * 1024;

// Sheets of a directory of tens of thousands.
inline constexpr std::size_t kMostDirectoryBytes = 24 * 1024 * 1024;

// ---- handlers, by noun ----
base::Result<HttpResponse> get_directory(const Call& call);
base::Result<HttpResponse> get_directory_persons(const Call& call);
base::Result<HttpResponse> get_directory_person(const Call& call);
base::Result<HttpResponse> put_directory_person(const Call& call);
base::Result<HttpResponse> delete_directory_person(const Call& call);
base::Result<HttpResponse> post_directory_import(const Call& call);
base::Result<HttpResponse> post_directory_undo(const Call& call);
base::Result<HttpResponse> get_directory_changes(const Call& call);
base::Result<HttpResponse> get_directory_export(const Call& call);
base::Result<HttpResponse> post_directory_read(const Call& call);
base::Result<HttpResponse> post_directory_read_accept(const Call& call);
base::Result<HttpResponse> get_directory_print(const Call& call);
base::Result<HttpResponse> get_directory_lists(const Call& call);
base::Result<HttpResponse> post_directory_list_forgotten(const Call& call);
base::Result<HttpResponse> post_directory_reading(const Call& call);
base::Result<HttpResponse> get_person_data(const Call& call);
base::Result<HttpResponse> post_erase_person(const Call& call);

base::Result<HttpResponse> get_coverage(const Call& call);
base::Result<HttpResponse> get_posts(const Call& call);
base::Result<HttpResponse> get_units(const Call& call);
base::Result<HttpResponse> get_duties(const Call& call);
base::Result<HttpResponse> get_own_feed(const Call& call);
base::Result<HttpResponse> post_renew_feed(const Call& call);
base::Result<HttpResponse> get_feed(const Call& call);

base::Result<HttpResponse> get_plans(const Call& call);
base::Result<HttpResponse> post_plan(const Call& call);
base::Result<HttpResponse> get_plan_source(const Call& call);
base::Result<HttpResponse> post_plan_simulation(const Call& call);
base::Result<HttpResponse> post_plan_comparison(const Call& call);
base::Result<HttpResponse> post_link_probe(const Call& call);
base::Result<HttpResponse> post_report(const Call& call);
base::Result<HttpResponse> post_attachment(const Call& call);
base::Result<HttpResponse> get_attachment(const Call& call);

base::Result<HttpResponse> get_incidents(const Call& call);
base::Result<HttpResponse> get_incident(const Call& call);
base::Result<HttpResponse> get_incident_alerts(const Call& call);
base::Result<HttpResponse> get_incident_reports(const Call& call);
base::Result<HttpResponse> post_open(const Call& call);
base::Result<HttpResponse> post_classify(const Call& call);
base::Result<HttpResponse> post_level(const Call& call);
base::Result<HttpResponse> post_merge(const Call& call);
base::Result<HttpResponse> post_split(const Call& call);
base::Result<HttpResponse> post_stand_down(const Call& call);
base::Result<HttpResponse> post_approval_code(const Call& call);
base::Result<HttpResponse> post_approval(const Call& call);

base::Result<HttpResponse> get_alerts(const Call& call);
base::Result<HttpResponse> get_alert(const Call& call);
base::Result<HttpResponse> post_seen(const Call& call);
base::Result<HttpResponse> post_answer(const Call& call);
base::Result<HttpResponse> post_look(const Call& call);

base::Result<HttpResponse> post_callback(const Call& call);

base::Result<HttpResponse> get_doubtful_contacts(const Call& call);
base::Result<HttpResponse> get_contact_check(const Call& call);
base::Result<HttpResponse> post_contact_check_start(const Call& call);
base::Result<HttpResponse> post_contact_check_stop(const Call& call);
base::Result<HttpResponse> get_my_contacts(const Call& call);
base::Result<HttpResponse> get_inbox(const Call& call);
base::Result<HttpResponse> post_take_message(const Call& call);
base::Result<HttpResponse> post_open_message(const Call& call);

base::Result<HttpResponse> get_desk(const Call& call);
base::Result<HttpResponse> get_links(const Call& call);
base::Result<HttpResponse> get_handover(const Call& call);
base::Result<HttpResponse> post_handover(const Call& call);
base::Result<HttpResponse> get_handovers(const Call& call);

base::Result<HttpResponse> get_call_sheet(const Call& call);
base::Result<HttpResponse> post_outcome(const Call& call);
base::Result<HttpResponse> get_tasks(const Call& call);
base::Result<HttpResponse> post_task_done(const Call& call);

base::Result<HttpResponse> get_changes(const Call& call);

base::Result<HttpResponse> get_record(const Call& call);
base::Result<HttpResponse> get_plan(const Call& call);
base::Result<HttpResponse> get_areas(const Call& call);
base::Result<HttpResponse> get_area_at(const Call& call);
base::Result<HttpResponse> get_outlines(const Call& call);
base::Result<HttpResponse> post_withdraw_contact(const Call& call);
base::Result<HttpResponse> get_status(const Call& call);

base::Result<HttpResponse> get_reports(const Call& call);
base::Result<HttpResponse> get_report(const Call& call);

base::Result<HttpResponse> post_password_sign_in(const Call& call);
base::Result<HttpResponse> post_ask_code(const Call& call);
base::Result<HttpResponse> post_code_sign_in(const Call& call);
base::Result<HttpResponse> post_link_sign_in(const Call& call);
base::Result<HttpResponse> get_session(const Call& call);
base::Result<HttpResponse> get_sessions(const Call& call);
base::Result<HttpResponse> post_sign_out(const Call& call);
base::Result<HttpResponse> post_revoke_session(const Call& call);

base::Result<HttpResponse> get_users(const Call& call);
base::Result<HttpResponse> post_user(const Call& call);
base::Result<HttpResponse> post_user_reset(const Call& call);
base::Result<HttpResponse> post_user_disable(const Call& call);
base::Result<HttpResponse> get_tokens(const Call& call);
base::Result<HttpResponse> post_token(const Call& call);
base::Result<HttpResponse> post_token_revoke(const Call& call);
base::Result<HttpResponse> post_unmask(const Call& call);

base::Result<HttpResponse> get_healthz(const Call& call);
base::Result<HttpResponse> get_readyz(const Call& call);
base::Result<HttpResponse> get_metrics(const Call& call);
base::Result<HttpResponse> get_web_file(const Call& call);
base::Result<HttpResponse> get_stage(const Call& call);
base::Result<HttpResponse> post_stage_text(const Call& call);
base::Result<HttpResponse> post_stage_pass(const Call& call);
base::Result<HttpResponse> post_stage_enter(const Call& call);

base::Result<HttpResponse> get_install(const Call& call);
base::Result<HttpResponse> get_authority(const Call& call);
base::Result<HttpResponse> get_profile(const Call& call);

}  // namespace tocsin::https
