// What went out: never twice, as recorded, nothing after the end.
#include "tests/simulation/promises.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "gateway/base/ids.h"
#include "gateway/base/time.h"

namespace tocsin::simulation {

namespace {

constexpr int kReasonProbe = 31, kReasonContactCheck = 40;

// A probe tells nobody anything, and its rows are kept for a day.
bool is_probe(const std::string& text) {
  return text.rfind("tocsin probe ", 0) == 0;
}

// What came of a contact check is forgotten with its message.
bool is_old_check(const Evidence& e, const HandedOver& h) {
  constexpr std::int64_t kKept = std::int64_t{89} * 24 * 3'600'000'000;
  const bool check = h.text.rfind("Contact check", 0) == 0 || h.text.rfind("联系方式核对", 0) == 0;
  return check && e.journal.ended_at_us - base::to_micros(base::time_of_id(h.delivery)) >= kKept;
}

}  // namespace

// 3. Nobody is told one thing twice.
void nobody_told_twice(Evidence& e) {
  std::set<std::pair<Id, Id>> seen;
  for (const auto& [id, a] : e.t.alerts) {
    if (!seen.insert({a.matter, a.person}).second)
      e.say("never twice: person " + n(a.person) + " has two alerts in matter " + n(a.matter));
  }
  struct Place {
    Id last = 0;         // delivery handed over last
    bool ended = false;  // ... in a way that allows another
  };
  std::map<std::tuple<Id, int, int>, Place> places;
  std::map<Id, std::int64_t> cause;  // why a further delivery was made
  const auto place_of = [&](Id delivery) -> Place* {
    const auto d = e.t.deliveries.find(delivery);
    if (d == e.t.deliveries.end()) return nullptr;
    // A service text has no alert: it is a place of its own.
    return d->second.alert != 0 ? &places[{d->second.alert, d->second.cycle, d->second.rung}]
                                : &places[{-delivery, 0, 0}];
  };
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kQueued)) cause[r.subject] = r.b;
    const bool bad_end =
        is(r, Kind::kSendRefused) || is(r, Kind::kEndUnknown) || is(r, Kind::kRetryLater) || is(r, Kind::kUndelivered);
    if (bad_end) {
      if (auto* place = place_of(r.subject); place != nullptr && place->last == r.subject) place->ended = true;
    }
    if (!is(r, Kind::kHandedOver)) continue;
    auto* place = place_of(r.subject);
    if (place == nullptr && cause[r.subject] == kReasonProbe) continue;         // kept for a day
    if (place == nullptr && cause[r.subject] == kReasonContactCheck) continue;  // kept for ninety days
    if (place == nullptr) {
      e.say("never twice: delivery " + n(r.subject) + " was handed over and is not in the tables");
      continue;
    }
    if (place->last != 0 && !place->ended) {
      e.say("never twice: alert " + n(r.a) + " was told by delivery " + n(r.subject) + " at record " + n(r.seq) +
            " though delivery " + n(place->last) + " had not ended");
    }
    if (place->last != 0 && place->last != r.subject && cause[r.subject] == 0)
      e.say("never twice: delivery " + n(r.subject) + " repeats another without a recorded cause");
    *place = {r.subject, false};
  }
}

// Nothing is told that was not committed, and what was told is what the tables say.
void carriers_agree_with_record(Evidence& e) {
  std::map<Id, int> recorded, unknown, carried;
  Micros first_stranger;
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kStrangerWrote) && !first_stranger) first_stranger = r.at;
    if (is(r, Kind::kHandedOver)) ++recorded[r.subject];
    if (is(r, Kind::kEndUnknown)) ++unknown[r.subject];
  }
  // What was owed for long goes in the words of its day; a carrier that put it off saw those before.
  std::map<Id, std::set<std::string>> words_before;
  for (const auto& r : e.t.record) {
    const auto before = is(r, Kind::kComposedAnew) ? e.t.bodies.find(r.b) : e.t.bodies.end();
    if (before != e.t.bodies.end()) words_before[r.subject].insert(before->second);
  }
  for (const auto& h : e.journal.handed_over) {
    ++carried[h.delivery];
    const auto d = e.t.deliveries.find(h.delivery);
    if (d == e.t.deliveries.end() && (is_probe(h.text) || is_old_check(e, h))) continue;
    if (d == e.t.deliveries.end()) {
      e.say("told after the commit: a carrier was handed delivery " + n(h.delivery) + ", which is not in the tables");
      continue;
    }
    // The number of an unknown sender is forgotten 72 hours after a message of theirs (the clock may be set by two),
    // whenever they were answered; all else ninety days after it was made.
    constexpr std::int64_t kHour = 3'600'000'000, kForgotten = 70 * kHour, kNumbersKept = (90 * 24 - 2) * kHour;
    const bool of_stranger = d->second.alert == 0 && d->second.incident == 0;
    const auto age = e.journal.ended_at_us - base::to_micros(base::time_of_id(h.delivery));
    const bool forgotten = d->second.address.empty() &&
                           ((of_stranger && first_stranger && e.journal.ended_at_us - *first_stranger >= kForgotten) ||
                            age >= kNumbersKept);
    if (!d->second.address.empty() && age > kNumbersKept + 48 * kHour)
      e.say("forgotten in time: delivery " + n(h.delivery) + " still has its number");
    if (d->second.address != h.to && !forgotten)
      e.say("told as recorded: delivery " + n(h.delivery) + " went to another address");
    const auto body = e.t.bodies.find(d->second.message);
    const bool taken_away = body != e.t.bodies.end() && body->second.empty() && e.speaks_of_a_code(h.text);
    const bool as_now = body != e.t.bodies.end() && body->second == h.text;
    if (!taken_away && (h.text.empty() || (!as_now && words_before[h.delivery].count(h.text) == 0)))
      e.say("told as recorded: delivery " + n(h.delivery) + " carried another text");
  }
  // What was told by a summary was carried as often as the summary was: once, or not at all.
  const auto carried_themselves = carried;
  for (const auto& r : e.t.record) {
    const auto summary = carried_themselves.find(r.b);
    if (is(r, Kind::kToldTogether) && summary != carried_themselves.end()) carried[r.subject] += summary->second;
  }
  for (const auto& [id, times] : carried) {
    if (times > recorded[id])
      e.say("told after the commit: carriers were handed delivery " + n(id) + " " + n(times) + " times, recorded " +
            n(recorded[id]));
  }
  for (const auto& [id, times] : recorded) {
    if (times - carried[id] > unknown[id])
      e.say("told as recorded: delivery " + n(id) + " is recorded as handed over " + n(times) +
            " times, carriers saw " + n(carried[id]) + ", and no end is unknown");
  }
}

// What one message told together ended together, and was all one person's.
void told_together_alike(Evidence& e) {
  std::map<Id, Id> person_of;  // summary -> person
  for (const auto& [id, d] : e.t.deliveries) {
    if (d.summary == 0 || d.summary == id) continue;
    const auto summary = e.t.deliveries.find(d.summary);
    const auto* a = e.alert(d.alert);
    if (summary == e.t.deliveries.end() || a == nullptr) {
      e.say("told together: delivery " + n(id) + " names no summary, or is of no alert");
      continue;
    }
    if (summary->second.state != d.state)
      e.say("told together: delivery " + n(id) + " ended as " + n(d.state) + ", its summary " + n(d.summary) + " as " +
            n(summary->second.state));
    if (summary->second.address != d.address || summary->second.message != d.message)
      e.say("told together: delivery " + n(id) + " went elsewhere, or in other words, than its summary");
    if (const auto [known, fresh] = person_of.try_emplace(d.summary, a->person); !fresh && known->second != a->person)
      e.say("told together: summary " + n(d.summary) + " tells two people");
  }
}

// A summary has one line for each incident it was recorded to tell of, with its code; and says of those that were over
// when it left, and of no other, that they are.
void summaries_name_what_they_tell(Evidence& e) {
  std::map<Id, std::string> texts;  // by summary: what a carrier was handed
  for (const auto& h : e.journal.handed_over) texts[h.delivery] = h.text;
  const auto ends_with = [](const std::string& line, const std::string& end) {
    return line.size() >= end.size() && line.compare(line.size() - end.size(), end.size(), end) == 0;
  };
  std::set<Id> over;
  std::set<std::pair<Id, Id>> looked_at;
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kStoodDown)) over.insert(r.incident);
    if (is(r, Kind::kMerged)) over.insert(r.subject);
    const auto text = is(r, Kind::kToldTogether) ? texts.find(r.b) : texts.end();
    const auto incident = e.t.incidents.find(r.incident);
    if (text == texts.end() || incident == e.t.incidents.end() || !looked_at.insert({r.b, r.incident}).second) continue;
    const auto code = n(incident->second.code);
    std::string found;
    std::istringstream lines(text->second);
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("编号" + code + " ", 0) == 0 || line.rfind(code + " ", 0) == 0) found = line;
    }
    if (found.empty()) {
      e.say("told together: summary " + n(r.b) + " says nothing of incident " + code + ", which delivery " +
            n(r.subject) + " was to tell");
      continue;
    }
    const bool said_over = ends_with(found, " 已终止") || ends_with(found, ": over");
    if (said_over != (over.count(r.incident) != 0))
      e.say("told together: summary " + n(r.b) + " tells incident " + code + " as " + (said_over ? "over" : "open") +
            ", which it was not");
  }
}

// What another link took over is recorded, each step from where the message was, and it went over no link besides.
void carried_by_the_link_recorded(Evidence& e) {
  std::map<Id, std::set<std::int64_t>> links;
  std::map<Id, std::int64_t> at;
  for (const auto& r : e.t.record) {
    if (!is(r, Kind::kMoved)) continue;
    if (r.a == r.b || r.detail.empty())
      e.say("links: delivery " + n(r.subject) + " moved from link " + n(r.a) + " to " + n(r.b) + " for \"" + r.detail +
            "\" at record " + n(r.seq));
    if (const auto before = at.find(r.subject); before != at.end() && before->second != r.a)
      e.say("links: delivery " + n(r.subject) + " moved from link " + n(r.a) + " at record " + n(r.seq) +
            ", but waited for " + n(before->second));
    at[r.subject] = r.b;
    links[r.subject].insert({r.a, r.b});
  }
  for (const auto& [delivery, link] : at) {
    const auto d = e.t.deliveries.find(delivery);
    if (d != e.t.deliveries.end() && d->second.link != link)
      e.say("links: delivery " + n(delivery) + " is of link " + n(d->second.link) + ", but moved to " + n(link));
  }
  for (const auto& h : e.journal.handed_over) {
    const auto d = e.t.deliveries.find(h.delivery);
    if (d == e.t.deliveries.end()) continue;
    const int over = h.link == "main" ? 0 : 1;
    if (d->second.link != over && links[h.delivery].count(over) == 0)
      e.say("links: delivery " + n(h.delivery) + " went over " + h.link + ", which the record does not say");
  }
}

// 4. Nothing new goes out to somebody after they settled it or after the end.
void nothing_after_the_end(Evidence& e) {
  std::map<Id, std::int64_t> settled;  // alert -> record
  std::map<Id, std::int64_t> over;     // incident -> record
  for (const auto& r : e.t.record) {
    if (is(r, Kind::kStoodDown)) over[r.incident] = r.seq;
    if (is(r, Kind::kMerged)) over[r.subject] = r.seq;
    if (is(r, Kind::kAnswered) || is(r, Kind::kAnswerLate)) {
      const auto* a = e.alert(r.subject);
      if (a == nullptr || a->matter_kind == kApprovalMatter) continue;
      if (r.a == kCannot)
        settled.erase(r.subject);
      else if (r.a <= kArrived && enough(static_cast<int>(r.a), std::max<int>(a->needs, kReceived)))
        settled[r.subject] = r.seq;
    }
    if (is(r, Kind::kAlertUpdated) && r.a == kAnsweredState) settled[r.subject] = r.seq;  // of an approval: decided
    if (!is(r, Kind::kHandedOver)) continue;
    const auto* a = e.alert(r.a);
    if (a == nullptr) continue;
    if (const auto at = settled.find(r.a); at != settled.end())
      e.say("nothing after it was settled: delivery " + n(r.subject) + " of alert " + n(r.a) + " went out at record " +
            n(r.seq) + ", settled at " + n(at->second));
    if (const auto at = over.find(a->incident); at != over.end() && a->matter_kind != kStandDownMatter)
      e.say("nothing after the end: delivery " + n(r.subject) + " of alert " + n(r.a) + " went out at record " +
            n(r.seq) + ", the incident ended at " + n(at->second));
  }
}

}  // namespace tocsin::simulation
