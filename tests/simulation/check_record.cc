// What is written down: the record in order, levels, reasons, one-time codes.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::simulation {

// A one-time code signs in once, whoever races; a granted session is in the record; hours later no code is left in
// plain.
void codes_count_once(Evidence& e) {
  for (const auto& asked : e.journal.codes) {
    if (asked.signed_in > 1)
      e.say("sign-in: the code of request " + n(asked.request) + " was good " + std::to_string(asked.signed_in) +
            " times");
  }
  std::set<Id> recorded;
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kSignedIn)) recorded.insert(r.subject);
  }
  for (const auto session : e.journal.sessions) {
    if (recorded.count(session) == 0) e.say("sign-in: session " + n(session) + " was granted and is not in the record");
  }
  for (const auto& [id, body] : e.t.bodies) {
    if (e.speaks_of_a_code(body)) e.say("sign-in: message " + n(id) + " still holds a code");
  }
}

// No number is answered by the machine itself more than twelve times in any hour, and no service number ever is.
void machines_answer_within_their_share(Evidence& e) {
  constexpr std::size_t kAnHour = 12;
  constexpr std::int64_t kHour = 3'600'000'000;
  static const std::set<std::string> by_itself{"receipt",         "unreadable",     "which",          "ended",
                                               "stranger",        "drill_noted",    "which_decision", "not_decided",
                                               "approved_by_sms", "declined_by_sms"};
  std::map<std::string, std::vector<std::int64_t>> answered;  // by number: when
  for (const auto& r : e.t.record) {
    const auto delivery = e.t.deliveries.find(r.subject);
    if (!is(r, Kind::kAutoReply) || by_itself.count(r.detail) == 0 || delivery == e.t.deliveries.end()) continue;
    const auto& to = delivery->second.address;
    if (to.empty()) continue;  // purged
    if (to[0] != '+') e.say("never a loop: " + r.detail + " went to the service number " + to);
    auto& times = answered[to];
    times.push_back(r.at);
    if (times.size() > kAnHour && r.at - times[times.size() - 1 - kAnHour] < kHour)
      e.say("never a loop: a number was answered more than " + n(kAnHour) + " times within an hour, last by entry " +
            n(r.seq));
  }
}

// 5. Everything is explained.
void everything_explained(Evidence& e) {
  std::map<Id, int> raised;
  for (const auto& r : e.t.record) {
    if (!is(r, Kind::kAlertRaised)) continue;
    ++raised[r.subject];
    if (r.detail.empty()) e.say("everything explained: alert " + n(r.subject) + " names no selector");
  }
  for (const auto& [id, a] : e.t.alerts) {
    if (raised[id] != 1)
      e.say("everything explained: alert " + n(id) + " is recorded as raised " + n(raised[id]) + " times");
  }
  for (const auto& who : e.t.not_told) {
    if (who.reason == 0)
      e.say("everything explained: person " + n(who.person) + " of incident " + n(who.incident) +
            " was not told, no reason given");
  }
}

// 6. Levels fall only by a person; what nobody understood rings the desk.
void levels_fall_by_people_only(Evidence& e) {
  std::map<Id, std::int64_t> level;
  std::set<Id> rang;
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kAlertRaised) || is(r, Kind::kNotTold)) rang.insert(r.incident);
    const bool raised = is(r, Kind::kLevelRaised), lowered = is(r, Kind::kLevelLowered);
    if (!raised && !lowered) continue;
    const auto what = "record " + n(r.seq) + " of incident " + n(r.incident);
    if (raised && r.b <= r.a) e.say("levels: " + what + " raises from " + n(r.a) + " to " + n(r.b));
    if (lowered && r.b >= r.a) e.say("levels: " + what + " lowers from " + n(r.a) + " to " + n(r.b));
    if (lowered && r.detail.rfind("duty:", 0) != 0 && r.detail.rfind("commander:", 0) != 0 &&
        r.detail.rfind("admin:", 0) != 0)
      e.say("levels: " + what + " was lowered by nobody");
    if (const auto before = level.find(r.incident); before != level.end() && before->second != r.a)
      e.say("levels: " + what + " starts from " + n(r.a) + ", the incident stood at " + n(before->second));
    level[r.incident] = r.b;
  }
  for (const auto& [id, at] : level) {
    const auto i = e.t.incidents.find(id);
    if (i != e.t.incidents.end() && i->second.level != at)
      e.say("levels: incident " + n(id) + " stands at " + n(i->second.level) + ", the record says " + n(at));
  }
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kIncidentOpened) && rang.count(r.incident) == 0)
      e.say("nothing is dropped: incident " + n(r.incident) + " rang nobody and does not say why");
  }
}

// 7. The record has no gap and no time goes back.
void record_in_order(Evidence& e) {
  std::int64_t seq = 0, at = 0;
  for (const auto& r : e.t.record) {
    if (r.seq != seq + 1) e.say("record: after " + n(seq) + " comes " + n(r.seq));
    if (r.at < at) e.say("record: time goes back at " + n(r.seq));
    seq = r.seq;
    at = r.at;
  }
}

}  // namespace tocsin::simulation
