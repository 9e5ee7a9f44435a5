#include "adapters/https/route_table.h"

#include <array>

#include "adapters/https/clean_image.h"
#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

// The table: who may do what.  Metrics need the desk's token like everything else that is not health,
// because behind a local proxy every caller comes from 127.0.0.1.
constexpr std::array kRoutes{
    Route{"GET", "/", kAnyone, "", get_web_file},
    Route{"GET", "/a", kAnyone, "", get_web_file},
    Route{"GET", "/s", kAnyone, "", get_web_file},
    Route{"GET", "/desk", kAnyone, "", get_web_file},
    Route{"GET", "/admin", kAnyone, "", get_web_file},
    Route{"GET", "/stage", kAnyone, "", get_web_file},
    Route{"GET", "/sw.js", kAnyone, "", get_web_file},
    Route{"GET", "/manifest.webmanifest", kAnyone, "", get_web_file},
    Route{"GET", "/app/{file}", kAnyone, "", get_web_file},
    Route{"GET", "/api/v1/stage", kAnyone, "", get_stage},
    Route{"POST", "/api/v1/stage/text", kAnyone, "", post_stage_text},
    Route{"POST", "/api/v1/stage/pass", kAnyone, "", post_stage_pass},
    Route{"POST", "/api/v1/stage/enter", kAnyone, "", post_stage_enter},
    Route{"GET", "/healthz", kAnyone, "", get_healthz},
    Route{"GET", "/readyz", kAnyone, "", get_readyz},
    Route{"GET", "/install", kAnyone, "", get_install},
    Route{"GET", "/install/authority.crt", kAnyone, "", get_authority},
    Route{"GET", "/install/tocsin.mobileconfig", kAnyone, "", get_profile},
    Route{"GET", "/metrics", kReaders, "", get_metrics},
    Route{"POST", "/api/v1/sign-in/password", kAnyone, "", post_password_sign_in, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-in/code", kAnyone, "", post_ask_code, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-in", kAnyone, "", post_code_sign_in, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-in/link", kAnyone, "", post_link_sign_in, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-out", kEverybody, "", post_sign_out},
    Route{"GET", "/api/v1/session", kEverybody, "", get_session},
    Route{"GET", "/api/v1/sessions", kEverybody, "", get_sessions},
    Route{"POST", "/api/v1/sessions/{session}/revoke", kEverybody, "", post_revoke_session},
    Route{"GET", "/api/v1/users", kAdmin | kAuditor, "", get_users},
    Route{"POST", "/api/v1/users", kAdmin, "", post_user},
    Route{"POST", "/api/v1/users/{name}/reset", kAdmin, "", post_user_reset},
    Route{"POST", "/api/v1/users/{name}/disable", kAdmin, "", post_user_disable},
    Route{"GET", "/api/v1/tokens", kAdmin | kAuditor, "", get_tokens},
    Route{"POST", "/api/v1/tokens", kAdmin, "", post_token},
    Route{"POST", "/api/v1/tokens/revoke", kAdmin, "", post_token_revoke},
    Route{"POST", "/api/v1/unmask", kReaders, "", post_unmask},
    Route{"POST", "/api/v1/reports", kReporting, "", post_report, Lane::kNormal, true},
    Route{"GET", "/api/v1/reports", kEverybody, "limit cursor", get_reports},
    Route{"GET", "/api/v1/reports/{report}", kEverybody, "", get_report},
    Route{"POST", "/api/v1/reports/{report}/attachments", kReporting, "", post_attachment, Lane::kNormal, true,
          kMostImageBytes, Takes::kImage},
    Route{"GET", "/api/v1/incidents/{code}/attachments/{hash}", kEverybody, "", get_attachment},
    Route{"GET", "/api/v1/incidents", kToldOrReaders, "open limit cursor", get_incidents},
    Route{"GET", "/api/v1/incidents/{code}", kToldOrReaders, "alerts", get_incident},
    Route{"GET", "/api/v1/incidents/{code}/alerts", kToldOrReaders, "asking waiting limit cursor", get_incident_alerts},
    Route{"GET", "/api/v1/incidents/{code}/reports", kToldOrReaders, "limit cursor", get_incident_reports},
    Route{"POST", "/api/v1/incidents/{code}/open", kDesk, "", post_open, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/classify", kDesk, "", post_classify, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/level", kDesk, "", post_level, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/merge", kDesk, "", post_merge, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/split", kDesk, "", post_split, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/stand-down", kReporting, "", post_stand_down, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/approval/code", kReporting | kAlertLink, "", post_approval_code,
          Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/approval", kReporting | kAlertLink, "", post_approval, Lane::kUrgent},
    Route{"GET", "/api/v1/alerts", kToldOrReaders, "open limit cursor", get_alerts},
    Route{"GET", "/api/v1/alerts/{alert}", kToldOrReaders | kAlertLink, "", get_alert},
    Route{"POST", "/api/v1/alerts/{alert}/seen", kToldOrDesk | kAlertLink, "", post_seen, Lane::kUrgent},
    Route{"POST", "/api/v1/alerts/{alert}/answer", kToldOrDesk | kAlertLink, "", post_answer, Lane::kUrgent},
    Route{"POST", "/api/v1/alerts/{alert}/look", kDesk, "", post_look, Lane::kUrgent},
    Route{"GET", "/api/v1/call-sheet", kReaders, "", get_call_sheet},
    Route{"POST", "/api/v1/call-sheet/{line}/outcome", kDesk, "", post_outcome, Lane::kUrgent},
    Route{"POST", "/api/v1/links/{link}/callback/{token}", kAnyone, "", post_callback, Lane::kUrgent, false, kSmallBody,
          Takes::kAnything},
    Route{"POST", "/api/v1/links/{link}/probe", kAdmin, "", post_link_probe},
    Route{"GET", "/api/v1/contacts/doubtful", kAdmin, "days", get_doubtful_contacts},
    Route{"GET", "/api/v1/contacts/mine", kEverybody, "", get_my_contacts},
    Route{"GET", "/api/v1/inbox", kDesk, "limit cursor", get_inbox},
    Route{"POST", "/api/v1/inbox/{message}/take", kDesk, "", post_take_message, Lane::kUrgent},
    Route{"POST", "/api/v1/inbox/{message}/open", kDesk, "", post_open_message, Lane::kUrgent},
    Route{"GET", "/api/v1/desk", kReaders, "", get_desk},
    Route{"GET", "/api/v1/links", kReaders, "", get_links},
    Route{"GET", "/api/v1/handover", kReaders, "", get_handover},
    Route{"POST", "/api/v1/handover", kDesk, "", post_handover, Lane::kUrgent},
    Route{"GET", "/api/v1/handovers", kReaders, "limit", get_handovers},
    Route{"GET", "/api/v1/tasks", kReaders, "", get_tasks},
    Route{"POST", "/api/v1/tasks/{task}/done", kDesk, "", post_task_done, Lane::kUrgent},
    Route{"GET", "/api/v1/changes", kEverybody, "since", get_changes},
    Route{"GET", "/api/v1/record", kReaders, "after incident limit cursor", get_record},
    Route{"GET", "/api/v1/plan", kAnyone, "lang", get_plan},
    Route{"GET", "/api/v1/plans", kReaders, "", get_plans},
    Route{"POST", "/api/v1/plans", kAdmin, "dry_run", post_plan, Lane::kNormal, false, kMostPlanBytes, Takes::kPlan},
    Route{"POST", "/api/v1/plans/simulate", kReaders, "", post_plan_simulation, Lane::kNormal, false, kMostPlanBytes},
    Route{"POST", "/api/v1/plans/compare", kReaders, "", post_plan_comparison, Lane::kNormal, false,
          2 * kMostPlanBytes},
    Route{"GET", "/api/v1/plans/{version}", kReaders, "", get_plan_source},
    Route{"GET", "/api/v1/directory", kAdmin, "", get_directory},
    Route{"GET", "/api/v1/directory/persons", kAdmin, "q limit cursor reason", get_directory_persons},
    Route{"GET", "/api/v1/directory/persons/{person}", kAdmin, "reason", get_directory_person},
    Route{"PUT", "/api/v1/directory/persons/{person}", kAdmin, "", put_directory_person},
    Route{"DELETE", "/api/v1/directory/persons/{person}", kAdmin, "reason", delete_directory_person},
    Route{"POST", "/api/v1/directory/import", kAdmin, "", post_directory_import, Lane::kNormal, false,
          kMostDirectoryBytes},
    Route{"POST", "/api/v1/directory/read", kAdmin, "", post_directory_read, Lane::kNormal, false, kMostDirectoryBytes},
    Route{"POST", "/api/v1/directory/read/accept", kAdmin, "", post_directory_read_accept, Lane::kNormal, false,
          kMostDirectoryBytes},
    Route{"POST", "/api/v1/directory/undo", kAdmin, "", post_directory_undo},
    Route{"GET", "/api/v1/directory/check", kAdmin, "", get_contact_check},
    Route{"POST", "/api/v1/directory/check/start", kAdmin, "", post_contact_check_start},
    Route{"POST", "/api/v1/directory/check/stop", kAdmin, "", post_contact_check_stop},
    Route{"GET", "/api/v1/directory/changes", kAdmin, "before limit", get_directory_changes},
    Route{"GET", "/api/v1/directory/export", kAdmin, "reason sheet as format beside lang", get_directory_export},
    Route{"GET", "/api/v1/directory/lists", kAdmin, "", get_directory_lists},
    Route{"POST", "/api/v1/directory/lists/forget", kAdmin, "", post_directory_list_forgotten},
    Route{"GET", "/api/v1/directory/print", kAdmin, "plan reason lang", get_directory_print},
    Route{"POST", "/api/v1/directory/readings", kAdmin, "", post_directory_reading},
    Route{"GET", "/api/v1/directory/persons/{person}/data", kAdmin, "reason", get_person_data},
    Route{"POST", "/api/v1/directory/persons/{person}/erase", kAdmin, "", post_erase_person},
    Route{"GET", "/api/v1/directory/coverage", kDesk, "from days", get_coverage},
    Route{"GET", "/api/v1/directory/posts", kReaders, "", get_posts},
    Route{"GET", "/api/v1/directory/units", kReaders, "", get_units},
    Route{"GET", "/api/v1/directory/duties", kDesk, "from days", get_duties},
    Route{"GET", "/api/v1/me/feed", kEverybody, "", get_own_feed},
    Route{"POST", "/api/v1/me/feed/renew", kEverybody, "", post_renew_feed},
    Route{"GET", "/feeds/{feed}", kAnyone, "", get_feed},
    Route{"GET", "/api/v1/areas", kKnownOrNot, "", get_areas},
    Route{"GET", "/api/v1/areas/at", kEverybody, "latitude longitude", get_area_at},
    Route{"GET", "/api/v1/areas/outlines", kEverybody | kAlertLink, "", get_outlines},
    Route{"POST", "/api/v1/contacts/mine/{contact}/withdraw", kEverybody, "", post_withdraw_contact, Lane::kUrgent},
    Route{"GET", "/api/v1/status", kReaders, "", get_status},
};

// What stands for {…} in `pattern` when `path` fits it.
// Compared segment by segment, in place: every request asks for every route before its own.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  const auto segment = [](std::string_view& rest) {
    const auto slash = rest.find('/');
    const std::string_view first = rest.substr(0, slash);
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash);
    return first;
  };
  std::vector<std::string> arguments;
  for (;;) {
    const std::string_view wanted = segment(pattern), given = segment(path);
    if (!wanted.starts_with('{') && wanted != given) return std::nullopt;
    if (wanted.starts_with('{')) {
      if (given.empty()) return std::nullopt;
      arguments.emplace_back(given);
    }
    if (pattern.empty() || path.empty()) break;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
  }
  if (pattern.empty() != path.empty()) return std::nullopt;
  return arguments;
}

}  // namespace

std::span<const Route> all_routes() {
  return kRoutes;
}

Found find_route(const HttpRequest& request) {
  const std::string_view target = request.target;
  const auto question = target.find('?');
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
  Found found;
  if (question != std::string_view::npos) found.query = target.substr(question + 1);
  for (const Route& candidate : kRoutes) {
    auto matched = match(candidate.pattern, target.substr(0, question));
    if (!matched) continue;
    if (candidate.method == method) {
      found.route = &candidate;
      found.arguments = std::move(*matched);
      return found;
    }
    if (!found.allowed.empty()) found.allowed += ", ";
    found.allowed += candidate.method == "GET" ? "GET, HEAD" : candidate.method;
  }
  return found;
}

}  // namespace tocsin::https
