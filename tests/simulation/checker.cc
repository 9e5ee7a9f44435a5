#include "tests/simulation/checker.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "gateway/base/digest.h"
#include "gateway/model/record.h"
#include "gateway/store/verify_record.h"

namespace tocsin::simulation {
namespace {

using Kind = model::RecordKind;

// The words of the tables, said again here on purpose (gateway/model freezes the numbers).
enum AlertState { kTelling = 1, kTold = 2, kAnsweredState = 3, kExhausted = 4, kWithdrawn = 5 };
enum DeliveryState {
  kQueuedState = 1,
  kClaimed = 2,
  kAcceptedState = 3,
  kDeliveredState = 4,
  kUndeliveredState = 5,
  kUnknown = 7
};
enum IncidentState { kOpen = 1, kEnded = 2, kMergedAway = 3 };
enum Answer { kNoAnswer = 0, kReceived = 1, kComing = 2, kArrived = 3, kCannot = 4 };
enum MatterKind { kAlertMatter = 1, kUpdateMatter = 2, kStandDownMatter = 3, kApprovalMatter = 5 };
enum Channel { kDeskCall = 20, kKnock = 22 };
constexpr int kReasonSettled = 17;
constexpr int kSmsReport = 3;
constexpr int kStepSatisfied = 4, kStepClosed = 6;
constexpr int kCallOutEnded = 3;
constexpr int kPending = 1, kApproved = 2, kDeclined = 3, kStartedByDefault = 4;

bool is(const RecordRow& r, Kind kind) {
  return r.kind == static_cast<int>(kind);
}
bool left_us(int state) {
  return state == kAcceptedState || state == kDeliveredState || state == kUndeliveredState || state == kUnknown;
}
bool by_people(int channel) {
  return channel == kDeskCall || channel == kKnock;
}
// arrived > coming > received; cannot and free words settle nothing.
bool enough(int given, int needed) {
  if (needed == kNoAnswer) return true;
  return given >= kReceived && given <= kArrived && given >= needed;
}

class Checker {
 public:
  Checker(const Tables& tables, const Journal& journal) : t_(tables), journal_(journal) {
    for (const auto& [id, d] : t_.deliveries) tried_[d.alert].push_back(&d);
  }

  std::vector<std::string> all() {
    no_report_lost();
    no_alert_forgotten();
    nobody_told_twice();
    carriers_agree_with_record();
    nothing_after_the_end();
    everything_explained();
    levels_fall_by_people_only();
    record_in_order();
    counters_true();
    told_of_the_end();
    photographs_kept_as_long_as_promised();
    codes_count_once();
    nothing_begins_without_its_word();
    decided_once_and_by_those_named();
    ended_with_every_condition_ticked();
    incidents_keep_their_plan();
    return std::move(broken_);
  }

 private:
  void say(const std::string& sentence) { broken_.push_back(sentence); }
  static std::string n(std::int64_t id) { return std::to_string(id); }
  [[nodiscard]] const AlertRow* alert(Id id) const {
    const auto it = t_.alerts.find(id);
    return it == t_.alerts.end() ? nullptr : &it->second;
  }
  [[nodiscard]] const std::vector<const DeliveryRow*>& tried(Id alert_id) const {
    static const std::vector<const DeliveryRow*> none;
    const auto it = tried_.find(alert_id);
    return it == tried_.end() ? none : it->second;
  }
  [[nodiscard]] int state_of_incident(Id id) const {
    const auto it = t_.incidents.find(id);
    return it == t_.incidents.end() ? 0 : it->second.state;
  }

  [[nodiscard]] bool speaks_of_a_code(const std::string& text) const {
    return std::any_of(journal_.codes.begin(), journal_.codes.end(),
                       [&](const AskedCode& asked) { return text.find(asked.code) != std::string::npos; });
  }

  // Whatever plan is put in force: an incident stays with the one it was opened under (what is split off, with its
  // parent's), and no swap is forgotten.
  void incidents_keep_their_plan() {
    std::int64_t in_force = 0;
    std::map<std::int64_t, std::int64_t> opened_under;
    for (const auto& r : t_.record) {
      if (is(r, Kind::kPlanInForce)) in_force = r.a;
      if (is(r, Kind::kSplit)) opened_under[r.subject] = opened_under[r.incident];
      if (!is(r, Kind::kIncidentOpened)) continue;
      const auto under = opened_under.emplace(r.incident, in_force).first->second;
      const auto incident = t_.incidents.find(r.incident);
      if (incident != t_.incidents.end() && incident->second.plan_version != under)
        say("plan: incident " + n(r.incident) + " was opened under version " + n(under) + " and has version " +
            n(incident->second.plan_version));
    }
    for (const auto& swap : journal_.plans) {
      const auto row = t_.plan_swaps.find(swap.number);
      if (row == t_.plan_swaps.end() || row->second != swap.version)
        say("plan: swap " + n(swap.number) + " to version " + n(swap.version) + " was acknowledged and is gone");
    }
    if (!t_.plan_swaps.empty() && t_.plan_swaps.rbegin()->second != in_force)
      say("plan: version " + n(t_.plan_swaps.rbegin()->second) + " should be in force, the record says " + n(in_force));
  }

  // A one-time code signs in once, whoever races; a granted session is in the record; hours later no code is left in
  // plain.
  void codes_count_once() {
    for (const auto& asked : journal_.codes) {
      if (asked.signed_in > 1)
        say("sign-in: the code of request " + n(asked.request) + " was good " + std::to_string(asked.signed_in) +
            " times");
    }
    std::set<Id> recorded;
    for (const auto& r : t_.record) {
      if (is(r, Kind::kSignedIn)) recorded.insert(r.subject);
    }
    for (const auto session : journal_.sessions) {
      if (recorded.count(session) == 0) say("sign-in: session " + n(session) + " was granted and is not in the record");
    }
    for (const auto& [id, body] : t_.bodies) {
      if (speaks_of_a_code(body)) say("sign-in: message " + n(id) + " still holds a code");
    }
  }

  // Until somebody approves, or the plan's default starts it, only what saves lives begins, and what the call-out
  // before had begun; after a no, nothing else ever does.
  void nothing_begins_without_its_word() {
    static const std::set<std::string> kSavesLives{"call-119", "evacuate", "approval"};
    std::map<Id, std::int64_t> started_from;  // call-out -> the record that let it begin
    for (const auto& r : t_.record) {
      if (is(r, Kind::kApprovalDecided) && (r.a == kApproved || r.a == kStartedByDefault))
        started_from[r.subject] = r.seq;
    }
    std::map<Id, std::set<std::string>> begun;  // call-out -> names of its steps that began
    for (const auto& r : t_.record) {
      const auto step = is(r, Kind::kStepStarted) ? t_.steps.find(r.subject) : t_.steps.end();
      if (step != t_.steps.end()) begun[step->second.callout].insert(step->second.name);
    }
    for (const auto& r : t_.record) {
      const auto step = is(r, Kind::kStepStarted) ? t_.steps.find(r.subject) : t_.steps.end();
      if (step == t_.steps.end() || t_.approvals.count(step->second.callout) == 0) continue;
      const auto& name = step->second.name;
      const Id callout = step->second.callout;
      if (kSavesLives.count(name) != 0) continue;
      const auto from = started_from.find(callout);
      if (from != started_from.end() && r.seq > from->second) continue;
      const Id before = callout_before(callout);
      if (before != 0 && begun[before].count(name) != 0) continue;
      say("approval: step " + name + " of call-out " + n(callout) + " began at record " + n(r.seq) +
          (from == started_from.end() ? " and nobody ever approved" : " before it was approved"));
    }
  }

  [[nodiscard]] Id callout_before(Id callout) const {
    const Id incident = t_.callouts.at(callout);
    Id before = 0;
    for (const auto& [id, of] : t_.callouts) {
      if (of == incident && id < callout) before = id;
    }
    return before;
  }

  // One decision a call-out; by a person only if the plan names them or they are a deputy of the one it names; what was
  // answered "done" stands.
  void decided_once_and_by_those_named() {
    std::map<Id, int> decided;
    std::set<std::pair<Id, bool>> by_person;  // (person, approved)
    for (const auto& r : t_.record) {
      if (!is(r, Kind::kApprovalDecided)) continue;
      if (++decided[r.subject] > 1) say("approval: call-out " + n(r.subject) + " was decided twice");
      if (r.a == kApproved || r.a == kDeclined) by_person.insert({r.b, r.a == kApproved});
    }
    for (const auto& [callout, a] : t_.approvals) {
      if (a.state == kPending && state_of_incident(a.incident) == kOpen)
        say("approval: call-out " + n(callout) + " still waits, hours after its time");
      if ((a.state == kPending) != (decided[callout] == 0))
        say("approval: call-out " + n(callout) + " and the record disagree whether it was decided");
      const bool by_somebody = a.state == kApproved || a.state == kDeclined;
      if (by_somebody != (a.person != 0)) say("approval: call-out " + n(callout) + " was decided by nobody");
      const auto may = journal_.may_decide.find(a.by);
      if (by_somebody && (may == journal_.may_decide.end() || may->second.count(a.person) == 0))
        say("approval: person " + n(a.person) + " decided call-out " + n(callout) + ", which is for " + a.by);
    }
    for (const auto& d : journal_.decisions) {
      if (by_person.count({d.person, d.approved}) == 0)
        say("approval: what person " + n(d.person) + " was told is done is not in the record");
    }
  }

  void ended_with_every_condition_ticked() {
    std::map<Id, std::string> ticked;  // incident -> names
    for (const auto& r : t_.record) {
      if (is(r, Kind::kConditionsTicked)) ticked[r.incident] = " " + r.detail + " ";
      if (!is(r, Kind::kStoodDown)) continue;
      Id last = 0;
      for (const auto& [id, of] : t_.callouts) {
        if (of == r.incident) last = id;
      }
      const auto wanted = t_.conditions.find(last);
      if (wanted == t_.conditions.end()) continue;
      for (const char* name : {"fire-out", "counted"}) {
        if (ticked[r.incident].find(std::string(" ") + name + " ") == std::string::npos)
          say("stand-down: incident " + n(r.incident) + " ended although nobody ticked " + name);
      }
    }
  }

  // 1. No accepted report is lost; one key is one report.
  void no_report_lost() {
    std::map<std::pair<std::string, std::string>, Id> by_key;
    for (const auto& accepted : journal_.reports) {
      const auto [at, is_new] = by_key.try_emplace({accepted.reporter, accepted.key}, accepted.report);
      if (!is_new && at->second != accepted.report) {
        say("one key, one report: key " + accepted.key + " was answered with reports " + n(at->second) + " and " +
            n(accepted.report));
      }
      const auto row = t_.reports.find(accepted.report);
      if (row == t_.reports.end()) {
        say("no report lost: report " + n(accepted.report) + " was accepted (key " + accepted.key + ") and is gone");
        continue;
      }
      if (row->second.key != accepted.key || row->second.reporter != accepted.reporter)
        say("no report lost: report " + n(accepted.report) + " is not what was accepted");
      const bool code_known = t_.aliases.count(accepted.code) > 0 ||
                              std::any_of(t_.incidents.begin(), t_.incidents.end(),
                                          [&](const auto& i) { return i.second.code == accepted.code; });
      if (!code_known) say("no report lost: code " + n(accepted.code) + " of an accepted report means nothing");
    }
    std::map<std::string, int> by_sms;
    std::set<Id> recorded;
    for (const auto& r : t_.record) {
      if (is(r, Kind::kReportAccepted) && !recorded.insert(r.subject).second)
        say("one key, one report: report " + n(r.subject) + " is recorded as accepted twice");
    }
    for (const auto& [id, report] : t_.reports) {
      if (t_.incidents.count(report.incident) == 0) say("no report lost: report " + n(id) + " has no incident");
      if (recorded.count(id) == 0) say("no report lost: report " + n(id) + " is not in the record");
      if (report.via == kSmsReport) ++by_sms[report.reporter];
    }
    for (const auto& [person, count] : journal_.sms_reports) {
      if (by_sms["sms:" + person] < count)
        say("no report lost: of " + n(count) + " texted reports of " + person + " there are " +
            n(by_sms["sms:" + person]));
    }
  }

  // 2. No alert owed is forgotten.
  void no_alert_forgotten() {
    if (t_.pending_work > 0) say("no alert forgotten: " + n(t_.pending_work) + " pieces of work were never finished");
    for (const auto& [id, d] : t_.deliveries) {
      if (d.state == kQueuedState || d.state == kClaimed)
        say("no alert forgotten: delivery " + n(id) + " of alert " + n(d.alert) + " is still " +
            (d.state == kQueuedState ? "queued" : "claimed"));
    }
    for (const auto& [id, a] : t_.alerts) {
      if (state_of_incident(a.incident) != kOpen && a.matter_kind != kStandDownMatter) {
        if (a.state == kTelling && tried(id).empty() == false && a.look_again_at)
          say("no alert forgotten: alert " + n(id) + " still climbs in an incident that is over");
        continue;
      }
      check_end_of(a);
    }
  }

  // Whoever was asked for an approval is left in peace by somebody's decision, and by nothing they answer.
  [[nodiscard]] bool is_decided(Id callout) const {
    const auto approval = t_.approvals.find(callout);
    return approval != t_.approvals.end() && approval->second.state != kPending;
  }

  void check_end_of(const AlertRow& a) {
    const auto& all = tried(a.id);
    const bool sent = std::any_of(all.begin(), all.end(), [](const auto* d) { return left_us(d->state); });
    const bool line = std::any_of(all.begin(), all.end(), [](const auto* d) { return by_people(d->channel); });
    const auto who = "alert " + n(a.id) + " of person " + n(a.person) + " in incident " + n(a.incident);
    switch (a.state) {
      case kAnsweredState:
        if (a.matter_kind == kApprovalMatter ? !is_decided(a.callout) : a.answer == kNoAnswer)
          say("no alert forgotten: " + who + " is settled without an answer");
        return;
      case kWithdrawn: return;
      case kExhausted:
        if (a.ladder >= 0 && !line) say("a ladder ends at a human: " + who + " is exhausted and nobody phones");
        return;
      case kTelling:
      case kTold: break;
      default: say("no alert forgotten: " + who + " is in no state at all"); return;
    }
    if (a.look_again_at) {
      if (*a.look_again_at < journal_.ended_at_us)
        say("no alert forgotten: " + who + " was to be looked at again at a time that is past");
      return;
    }
    const bool informs = a.ladder < 0 || a.needs == kNoAnswer;
    if (informs && (sent || a.answer != kNoAnswer || line)) return;
    if (!informs && enough(a.answer, a.needs)) return;
    if (sent && others_answered(a)) return;
    say("no alert forgotten: " + who + " is stuck: state " + n(a.state) + ", reason " + n(a.reason) + ", needs " +
        n(a.needs) + ", answer " + n(a.answer) + ", " + n(static_cast<std::int64_t>(all.size())) + " deliveries");
  }

  // Somebody told who stays silent is left in peace once others have answered enough.
  [[nodiscard]] bool others_answered(const AlertRow& a) const {
    std::vector<Id> steps{a.step};
    for (const auto& m : t_.memberships) {
      if (m.alert == a.id) steps.push_back(m.step);
    }
    return std::all_of(steps.begin(), steps.end(), [&](Id id) {
      const auto s = t_.steps.find(id);
      return s != t_.steps.end() && (s->second.state == kStepSatisfied || s->second.needed == 0);
    });
  }

  // 3. Nobody is told one thing twice.
  void nobody_told_twice() {
    std::set<std::pair<Id, Id>> seen;
    for (const auto& [id, a] : t_.alerts) {
      if (!seen.insert({a.matter, a.person}).second)
        say("never twice: person " + n(a.person) + " has two alerts in matter " + n(a.matter));
    }
    struct Place {
      Id last = 0;         // delivery handed over last
      bool ended = false;  // ... in a way that allows another
    };
    std::map<std::tuple<Id, int, int>, Place> places;
    std::map<Id, std::int64_t> cause;  // why a further delivery was made
    const auto place_of = [&](Id delivery) -> Place* {
      const auto d = t_.deliveries.find(delivery);
      if (d == t_.deliveries.end()) return nullptr;
      // A service text has no alert: it is a place of its own.
      return d->second.alert != 0 ? &places[{d->second.alert, d->second.cycle, d->second.rung}]
                                  : &places[{-delivery, 0, 0}];
    };
    for (const auto& r : t_.record) {
      if (is(r, Kind::kQueued)) cause[r.subject] = r.b;
      const bool bad_end = is(r, Kind::kSendRefused) || is(r, Kind::kEndUnknown) || is(r, Kind::kRetryLater) ||
                           is(r, Kind::kUndelivered);
      if (bad_end) {
        if (auto* place = place_of(r.subject); place != nullptr && place->last == r.subject) place->ended = true;
      }
      if (!is(r, Kind::kHandedOver)) continue;
      auto* place = place_of(r.subject);
      if (place == nullptr) {
        say("never twice: delivery " + n(r.subject) + " was handed over and is not in the tables");
        continue;
      }
      if (place->last != 0 && !place->ended) {
        say("never twice: alert " + n(r.a) + " was told by delivery " + n(r.subject) + " at record " + n(r.seq) +
            " though delivery " + n(place->last) + " had not ended");
      }
      if (place->last != 0 && place->last != r.subject && cause[r.subject] == 0)
        say("never twice: delivery " + n(r.subject) + " repeats another without a recorded cause");
      *place = {r.subject, false};
    }
  }

  // Nothing is told that was not committed, and what was told is what the tables say.
  void carriers_agree_with_record() {
    std::map<Id, int> recorded, unknown, carried;
    std::map<Id, std::int64_t> handed_at;
    for (const auto& r : t_.record) {
      if (is(r, Kind::kHandedOver)) ++recorded[r.subject], handed_at.emplace(r.subject, r.at);
      if (is(r, Kind::kEndUnknown)) ++unknown[r.subject];
    }
    for (const auto& h : journal_.handed_over) {
      ++carried[h.delivery];
      const auto d = t_.deliveries.find(h.delivery);
      if (d == t_.deliveries.end()) {
        say("told after the commit: a carrier was handed delivery " + n(h.delivery) + ", which is not in the tables");
        continue;
      }
      // What was answered to an unknown sender forgets the number after 72 hours (the clock may be set by two).
      constexpr std::int64_t kForgotten = 70 * 3'600'000'000;
      const bool forgotten = d->second.alert == 0 && d->second.incident == 0 && d->second.address.empty() &&
                             journal_.ended_at_us - handed_at[h.delivery] >= kForgotten;
      if (d->second.address != h.to && !forgotten)
        say("told as recorded: delivery " + n(h.delivery) + " went to another address");
      const auto body = t_.bodies.find(d->second.message);
      const bool taken_away = body != t_.bodies.end() && body->second.empty() && speaks_of_a_code(h.text);
      if (!taken_away && (body == t_.bodies.end() || body->second != h.text || h.text.empty()))
        say("told as recorded: delivery " + n(h.delivery) + " carried another text");
    }
    for (const auto& [id, times] : carried) {
      if (times > recorded[id])
        say("told after the commit: carriers were handed delivery " + n(id) + " " + n(times) + " times, recorded " +
            n(recorded[id]));
    }
    for (const auto& [id, times] : recorded) {
      if (times - carried[id] > unknown[id])
        say("told as recorded: delivery " + n(id) + " is recorded as handed over " + n(times) +
            " times, carriers saw " + n(carried[id]) + ", and no end is unknown");
    }
  }

  // 4. Nothing new goes out to somebody after they settled it or after the end.
  void nothing_after_the_end() {
    std::map<Id, std::int64_t> settled;  // alert -> record
    std::map<Id, std::int64_t> over;     // incident -> record
    for (const auto& r : t_.record) {
      if (is(r, Kind::kStoodDown)) over[r.incident] = r.seq;
      if (is(r, Kind::kMerged)) over[r.subject] = r.seq;
      if (is(r, Kind::kAnswered) || is(r, Kind::kAnswerLate)) {
        const auto* a = alert(r.subject);
        if (a == nullptr || a->matter_kind == kApprovalMatter) continue;
        if (r.a == kCannot)
          settled.erase(r.subject);
        else if (r.a <= kArrived && enough(static_cast<int>(r.a), std::max<int>(a->needs, kReceived)))
          settled[r.subject] = r.seq;
      }
      if (is(r, Kind::kAlertUpdated) && r.a == kAnsweredState) settled[r.subject] = r.seq;  // of an approval: decided
      if (!is(r, Kind::kHandedOver)) continue;
      const auto* a = alert(r.a);
      if (a == nullptr) continue;
      if (const auto at = settled.find(r.a); at != settled.end())
        say("nothing after it was settled: delivery " + n(r.subject) + " of alert " + n(r.a) + " went out at record " +
            n(r.seq) + ", settled at " + n(at->second));
      if (const auto at = over.find(a->incident); at != over.end() && a->matter_kind != kStandDownMatter)
        say("nothing after the end: delivery " + n(r.subject) + " of alert " + n(r.a) + " went out at record " +
            n(r.seq) + ", the incident ended at " + n(at->second));
    }
  }

  // 5. Everything is explained.
  void everything_explained() {
    std::map<Id, int> raised;
    for (const auto& r : t_.record) {
      if (!is(r, Kind::kAlertRaised)) continue;
      ++raised[r.subject];
      if (r.detail.empty()) say("everything explained: alert " + n(r.subject) + " names no selector");
    }
    for (const auto& [id, a] : t_.alerts) {
      if (raised[id] != 1)
        say("everything explained: alert " + n(id) + " is recorded as raised " + n(raised[id]) + " times");
    }
    for (const auto& who : t_.not_told) {
      if (who.reason == 0)
        say("everything explained: person " + n(who.person) + " of incident " + n(who.incident) +
            " was not told, no reason given");
    }
  }

  // 6. Levels fall only by a person; what nobody understood rings the desk.
  void levels_fall_by_people_only() {
    std::map<Id, std::int64_t> level;
    std::set<Id> rang;
    for (const auto& r : t_.record) {
      if (is(r, Kind::kAlertRaised) || is(r, Kind::kNotTold)) rang.insert(r.incident);
      const bool raised = is(r, Kind::kLevelRaised), lowered = is(r, Kind::kLevelLowered);
      if (!raised && !lowered) continue;
      const auto what = "record " + n(r.seq) + " of incident " + n(r.incident);
      if (raised && r.b <= r.a) say("levels: " + what + " raises from " + n(r.a) + " to " + n(r.b));
      if (lowered && r.b >= r.a) say("levels: " + what + " lowers from " + n(r.a) + " to " + n(r.b));
      if (lowered && r.detail.rfind("duty:", 0) != 0 && r.detail.rfind("commander:", 0) != 0 &&
          r.detail.rfind("admin:", 0) != 0)
        say("levels: " + what + " was lowered by nobody");
      if (const auto before = level.find(r.incident); before != level.end() && before->second != r.a)
        say("levels: " + what + " starts from " + n(r.a) + ", the incident stood at " + n(before->second));
      level[r.incident] = r.b;
    }
    for (const auto& [id, at] : level) {
      const auto i = t_.incidents.find(id);
      if (i != t_.incidents.end() && i->second.level != at)
        say("levels: incident " + n(id) + " stands at " + n(i->second.level) + ", the record says " + n(at));
    }
    for (const auto& r : t_.record) {
      if (is(r, Kind::kIncidentOpened) && rang.count(r.incident) == 0)
        say("nothing is dropped: incident " + n(r.incident) + " rang nobody and does not say why");
    }
  }

  // 7. The record has no gap and no time goes back.
  void record_in_order() {
    std::int64_t seq = 0, at = 0;
    for (const auto& r : t_.record) {
      if (r.seq != seq + 1) say("record: after " + n(seq) + " comes " + n(r.seq));
      if (r.at < at) say("record: time goes back at " + n(r.seq));
      seq = r.seq;
      at = r.at;
    }
  }

  // 8. What the steps count is what there is to count.
  void counters_true() {
    std::map<Id, std::vector<Id>> steps_of;  // alert -> steps
    for (const auto& [id, a] : t_.alerts) {
      if (a.step != 0) steps_of[id].push_back(a.step);
    }
    for (const auto& m : t_.memberships) steps_of[m.alert].push_back(m.step);
    std::map<Id, StepRow> counted;
    for (auto& [alert_id, steps] : steps_of) count(alert_id, steps, counted);
    for (const auto& [id, s] : t_.steps) compare(s, counted[id]);
  }

  void count(Id alert_id, std::vector<Id>& steps, std::map<Id, StepRow>& counted) {
    const auto* a = alert(alert_id);
    if (a == nullptr) return;
    std::sort(steps.begin(), steps.end(), [&](Id x, Id y) { return t_.steps.at(x).index < t_.steps.at(y).index; });
    Id quota = steps.front();
    for (const auto id : steps) {
      const int needs = t_.steps.at(id).needs;
      if (needs == kComing || needs == kArrived) {
        quota = id;
        break;
      }
    }
    for (const auto id : steps) {
      auto& c = counted[id];
      ++c.recipients;
      if (!a->first_rung_done) ++c.first_pending;
      if ((a->state == kTelling || a->state == kTold) && a->reason != kReasonSettled) ++c.open;
      const bool goes = a->answer == kComing || a->answer == kArrived;
      const int as = goes && id != quota ? int{kReceived} : a->answer;
      if (as == kReceived) ++c.received;
      if (as == kComing) ++c.coming;
      if (as == kArrived) ++c.arrived;
      if (as == kCannot) ++c.cannot;
    }
  }

  void compare(const StepRow& s, const StepRow& c) {
    const auto differ = [&](const char* what, int kept, int found) {
      if (kept != found)
        say("counters: step " + n(s.id) + " of incident " + n(s.incident) + " counts " + n(kept) + " " + what +
            ", there are " + n(found));
    };
    differ("recipients", s.recipients, c.recipients);
    differ("received", s.received, c.received);
    differ("coming", s.coming, c.coming);
    differ("arrived", s.arrived, c.arrived);
    differ("cannot", s.cannot, c.cannot);
    const auto callout = t_.callout_states.find(s.callout);
    if (s.state == kStepClosed || (callout != t_.callout_states.end() && callout->second == kCallOutEnded)) return;
    differ("first rungs to come", s.first_pending, c.first_pending);
    differ("still climbing", s.open, c.open);
  }

  // 9. A stand-down reaches all who were told, and a change of level does while the incident goes on.
  void told_of_the_end() {
    struct Change {
      std::int64_t seq = 0;
      bool end = false;
    };
    std::map<Id, Change> last;  // incident -> its last change
    for (const auto& r : t_.record) {
      if (is(r, Kind::kStoodDown)) last[r.incident] = {r.seq, true};
      if (is(r, Kind::kLevelRaised) || is(r, Kind::kLevelLowered)) last[r.incident] = {r.seq, false};
    }
    std::map<Id, Id> home;  // incident -> the one it was merged into at last
    for (const auto& [id, i] : t_.incidents) {
      Id at = id;
      for (int hops = 0; hops < 50 && state_of_incident(at) == kMergedAway; ++hops)
        at = t_.incidents.at(at).merged_into;
      home[id] = at;
    }
    std::map<std::pair<Id, Id>, std::int64_t> told;    // (incident, person) -> first record of it
    std::map<std::pair<Id, Id>, std::int64_t> raised;  // (incident, person) -> last alert raised
    for (const auto& r : t_.record) {
      if (is(r, Kind::kAlertRaised)) raised[{r.incident, r.a}] = r.seq;
      if (!is(r, Kind::kHandedOver)) continue;
      const auto* a = alert(r.a);
      const auto d = t_.deliveries.find(r.subject);
      if (a == nullptr || a->matter_kind == kStandDownMatter || d == t_.deliveries.end() || !left_us(d->second.state))
        continue;
      told.try_emplace({home[a->incident], a->person}, r.seq);
    }
    for (const auto& [who, seq] : told) {
      const auto change = last.find(who.first);
      if (change == last.end() || seq > change->second.seq) continue;
      const bool open = state_of_incident(who.first) == kOpen;
      if (!change->second.end && !open) continue;
      if (raised[{who.first, who.second}] < change->second.seq)
        say(std::string(change->second.end ? "stand-down" : "change of level") + " tells all who were told: person " +
            n(who.second) + " of incident " + n(who.first) + " was told at record " + n(seq) +
            " and not of what happened at " + n(change->second.seq));
    }
  }

  // Thirty days behind the end of the incident its report is part of; the office looks every hour, and its clock may
  // have been set by hours.
  void photographs_kept_as_long_as_promised() {
    constexpr std::int64_t kHour = 3'600'000'000, kKept = 30 * 24 * kHour, kSlack = 8 * kHour;
    const auto over_for = [&](Id report_id) -> Micros {
      const auto report = t_.reports.find(report_id);
      if (report == t_.reports.end()) return std::nullopt;
      const auto incident = t_.incidents.find(report->second.incident);
      if (incident == t_.incidents.end() || incident->second.state == kOpen || !incident->second.ended_at)
        return std::nullopt;
      return journal_.ended_at_us - *incident->second.ended_at;
    };
    std::set<std::pair<Id, std::string>> there;
    for (const auto& a : t_.attachments) {
      there.insert({a.report, a.hash});
      const auto over = over_for(a.report);
      if (over && *over > kKept + kSlack)
        say("photographs: one behind report " + n(a.report) + " is older than its 30 days");
    }
    for (const auto& file : journal_.files) {
      const auto over = over_for(file.report);
      const bool may_be_gone = over && *over > kKept - kSlack;
      if (!may_be_gone && there.count({file.report, file.hash}) == 0)
        say("photographs: one behind report " + n(file.report) + " was acknowledged and is gone too early");
    }
  }

  const Tables& t_;
  const Journal& journal_;
  std::map<Id, std::vector<const DeliveryRow*>> tried_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> check_tables(const Tables& tables, const Journal& journal) {
  return Checker(tables, journal).all();
}

namespace {

// Each row has its file, whole; and what has no row does not stay for days.
void check_files(const std::string& folder, const Tables& tables, const Journal& journal,
                 std::vector<std::string>& broken) {
  namespace fs = std::filesystem;
  std::set<std::string> named;
  for (const auto& row : tables.attachments) {
    named.insert(row.hash);
    std::ifstream in(folder + "/" + row.hash.substr(0, 2) + "/" + row.hash, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (base::to_hex(base::digest(bytes)) != row.hash)
      broken.push_back("photographs: the file of report " + std::to_string(row.report) + " is gone or damaged");
  }
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    struct stat info {};
    if (!entry.is_regular_file() || ::stat(entry.path().c_str(), &info) != 0) continue;
    const std::int64_t age = journal.ended_at_us / 1'000'000 - info.st_mtim.tv_sec;
    if (named.count(entry.path().filename().string()) == 0 && age > 2 * 24 * 3600)
      broken.push_back("photographs: a file that no row names is still there: " + entry.path().filename().string());
  }
}

}  // namespace

std::vector<std::string> check_promises(const std::string& database, const Journal& journal) {
  db::OpenOptions options;
  options.mode = db::Mode::kReadOnly;
  auto session = db::Session::open(database, options);
  if (!session) return {"durability: " + session.error().message};
  const auto tables = read_tables(**session);
  if (!tables) return {"durability: " + tables.error().message};
  auto broken = check_tables(*tables, journal);
  check_files((std::filesystem::path(database).parent_path() / "attachments").string(), *tables, journal, broken);
  const auto chain = store::verify_record(**session);
  if (!chain) {
    broken.push_back("record: " + chain.error().message);
  } else if (!chain->whole) {
    broken.push_back("record: the chain is broken: " + chain->finding);
  }
  return broken;
}

}  // namespace tocsin::simulation
