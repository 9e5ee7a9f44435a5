// What came in: reports and their photographs.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::simulation {

// 1. No accepted report is lost; one key is one report.
void no_report_lost(Evidence& e) {
  std::map<std::pair<std::string, std::string>, Id> by_key;
  for (const auto& accepted : e.journal.reports) {
    const auto [at, is_new] = by_key.try_emplace({accepted.reporter, accepted.key}, accepted.report);
    if (!is_new && at->second != accepted.report) {
      e.say("one key, one report: key " + accepted.key + " was answered with reports " + n(at->second) + " and " +
            n(accepted.report));
    }
    const auto row = e.t.reports.find(accepted.report);
    if (row == e.t.reports.end()) {
      e.say("no report lost: report " + n(accepted.report) + " was accepted (key " + accepted.key + ") and is gone");
      continue;
    }
    if (row->second.key != accepted.key || row->second.reporter != accepted.reporter)
      e.say("no report lost: report " + n(accepted.report) + " is not what was accepted");
    const bool code_known = e.t.aliases.count(accepted.code) > 0 ||
                            std::any_of(e.t.incidents.begin(), e.t.incidents.end(),
                                        [&](const auto& i) { return i.second.code == accepted.code; });
    if (!code_known) e.say("no report lost: code " + n(accepted.code) + " of an accepted report means nothing");
  }
  std::map<std::string, int> by_sms;
  std::set<Id> recorded;
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kReportAccepted) && !recorded.insert(r.subject).second)
      e.say("one key, one report: report " + n(r.subject) + " is recorded as accepted twice");
  }
  for (const auto& [id, report] : e.t.reports) {
    if (e.t.incidents.count(report.incident) == 0) e.say("no report lost: report " + n(id) + " has no incident");
    if (recorded.count(id) == 0) e.say("no report lost: report " + n(id) + " is not in the record");
    if (report.via == kSmsReport) ++by_sms[report.reporter];
  }
  for (const auto& [person, count] : e.journal.sms_reports) {
    if (by_sms["sms:" + person] < count)
      e.say("no report lost: of " + n(count) + " texted reports of " + person + " there are " +
            n(by_sms["sms:" + person]));
  }
}

// Thirty days behind the end of the incident its report is part of; the office looks every hour, and its clock may
// have been set by hours.
void photographs_kept_as_long_as_promised(Evidence& e) {
  constexpr std::int64_t kHour = 3'600'000'000, kKept = 30 * 24 * kHour, kSlack = 8 * kHour;
  const auto over_for = [&](Id report_id) -> Micros {
    const auto report = e.t.reports.find(report_id);
    if (report == e.t.reports.end()) return std::nullopt;
    const auto incident = e.t.incidents.find(report->second.incident);
    if (incident == e.t.incidents.end() || incident->second.state == kOpen || !incident->second.ended_at)
      return std::nullopt;
    return e.journal.ended_at_us - *incident->second.ended_at;
  };
  std::set<std::pair<Id, std::string>> there;
  for (const auto& a : e.t.attachments) {
    there.insert({a.report, a.hash});
    const auto over = over_for(a.report);
    if (over && *over > kKept + kSlack)
      e.say("photographs: one behind report " + n(a.report) + " is older than its 30 days");
  }
  for (const auto& file : e.journal.files) {
    const auto over = over_for(file.report);
    const bool may_be_gone = over && *over > kKept - kSlack;
    if (!may_be_gone && there.count({file.report, file.hash}) == 0)
      e.say("photographs: one behind report " + n(file.report) + " was acknowledged and is gone too early");
  }
}

}  // namespace tocsin::simulation
