#include "gateway/app/reply_text.h"

#include "gateway/app/reply_values.h"
#include "gateway/app/terminal_qr.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using reply::Json;
using reply::list;
using reply::or_dash;
using reply::padded;
using reply::part;
using reply::person;
using reply::read;
using reply::text;
using reply::words;
using reply::yes;

std::string where(const Json& incident) {
  std::string words = text(part(incident, "area"), "path");
  const auto place = text(incident, "place");
  if (!place.empty()) words += (words.empty() ? "" : ", ") + place;
  return or_dash(words);
}

std::string head(const Json& i) {
  std::string line = text(i, "incident") + "  " + text(i, "hazard") + "  level " + or_dash(text(i, "level")) + "  " +
                     text(i, "state") + "  opened " + text(i, "opened_at") + "  " + where(i);
  if (yes(i, "drill")) line += "  DRILL";
  if (yes(i, "needs_look")) line += "  needs a look";
  return line + "\n";
}

std::string facts(const Json& known) {
  std::string words;
  if (!known.is_object()) return "-";
  for (const auto& [name, value] : known.members()) {
    words += (words.empty() ? "" : " ") + name + "=" + text(known, name.c_str());
  }
  return or_dash(base::without_controls(words));
}

std::string alert_text(const Json& alert) {
  std::string out = "  " + person(part(alert, "person")) + ": " + text(alert, "state") + ", " + text(alert, "reason");
  if (const auto answer = text(alert, "answer"); !answer.empty()) out += ", answered " + answer;
  if (const auto seen = text(alert, "seen_at"); !seen.empty()) out += ", seen " + seen;
  if (!part(alert, "stands_in_for").is_null()) out += ", stands in for " + person(part(alert, "stands_in_for"));
  out += " [" + text(alert, "kind");
  for (const auto& selector : list(alert, "selectors")) {
    if (selector.is_string()) out += " " + selector.words();
  }
  out += "]\n";
  for (const auto& d : list(alert, "deliveries")) {
    out += "    " + text(d, "channel") + " " + text(d, "to") + " " + text(d, "state") + ", " + text(d, "cause");
    if (const auto at = text(d, "handed_over_at"); !at.empty()) out += ", " + at;
    if (const auto way = text(d, "on_its_way_at"); !way.empty()) out += ", on its way " + way;
    if (const auto end = text(d, "ended_at"); !end.empty() && end != text(d, "handed_over_at")) out += ", ended " + end;
    if (const auto code = text(d, "code"); !code.empty()) out += ", " + code;
    if (const auto meaning = text(d, "meaning_text"); !meaning.empty()) out += ": " + meaning;
    if (!part(d, "together_with").is_null()) out += ", told together with others";
    out += "\n";
  }
  return out;
}

std::string assessment_text(const Json& a) {
  std::string out = "hazard " + or_dash(text(a, "hazard")) + ", level " + or_dash(text(a, "level")) + ", clause " +
                    or_dash(text(a, "clause"));
  if (const auto words = text(a, "clause_text"); !words.empty()) out += ": " + words;
  out += "\n";
  for (const auto& question : list(a, "questions")) {
    out += "question: " + text(question, "text") + " [" + text(question, "attribute") + ", could reach " +
           or_dash(text(question, "could_reach")) + "]\n";
  }
  return out;
}

// ---- accounts and sessions ----

std::string code_of(const Json& json) {
  return or_dash(text(part(json, "person"), "code"));
}

}  // namespace

std::string incidents_text(const std::string& json) {
  const auto read_json = read(json);
  if (!part(read_json, "incidents").is_array()) return json + "\n";
  std::string out;
  for (const auto& incident : list(read_json, "incidents")) {
    out += head(incident);
    if (const auto& waits = part(incident, "awaits_approval"); waits.is_object())
      out += "  awaits approval by " + words(part(waits, "by")) + " until " + text(waits, "until") + "\n";
  }
  return out.empty() ? "no incidents\n" : out;
}

namespace {

// Grade, what the desk is asked, whose word it waits for, and who may end it when.
std::string authority_text(const Json& i) {
  std::string out;
  if (const auto grade = text(i, "grade"); !grade.empty())
    out += "grade  " + grade + " by " + text(i, "grade_clause") + "\n";
  for (const auto& q : list(i, "desk_questions")) out += "ask    " + text(q, "text") + "\n";
  if (const auto& a = part(i, "approval"); a.is_object()) {
    out += "approval " + text(a, "state") + " by " + words(part(a, "by"));
    if (text(a, "state") == "pending") {
      out += ", due " + text(a, "due_at") + ", otherwise " + text(a, "otherwise");
    } else if (!part(a, "decided_by").is_null()) {
      out += ": " + person(part(a, "decided_by"));
    }
    out += "\n";
  }
  if (const auto& s = part(i, "stand_down"); s.is_object()) {
    out += "ended by " + or_dash(words(part(s, "by"))) + "\n";
    for (const auto& c : list(s, "conditions")) out += "  when " + text(c, "name") + ": " + text(c, "text") + "\n";
  }
  return out;
}

std::string notes_text(const Json& i) {
  if (list(i, "notes").empty()) return "";
  std::string out = "\nin their own words\n";
  for (const auto& n : list(i, "notes")) {
    const auto who = part(n, "person").is_null() ? std::string("desk") : person(part(n, "person"));
    out += "  " + text(n, "at") + " " + who + ": " + text(n, "text") + (yes(n, "needs_look") ? "  needs a look" : "") +
           "\n";
  }
  return out;
}

}  // namespace

std::string incident_text(const std::string& json) {
  const auto i = read(json);
  if (part(i, "incident").is_null()) return json + "\n";
  std::string out = head(i);
  out += "clause " + or_dash(text(i, "clause")) + ": " + or_dash(text(i, "clause_text")) + "\n";
  out += "facts  " + facts(part(i, "facts")) + "\n";
  out += authority_text(i);
  out += "\nreports\n";
  for (const auto& r : list(i, "reports")) {
    out += "  " + text(r, "received_at") + " " + text(r, "via") + " " + facts(part(r, "facts"));
    if (const auto words = text(r, "text"); !words.empty()) out += "  " + words;
    out += "\n";
  }
  out += "\nsteps\n";
  for (const auto& s : list(i, "steps")) {
    const auto name = text(s, "name"), title = text(s, "title");
    out += "  " + name + (title.empty() || title == name ? "" : " (" + title + ")") + ": " + text(s, "state") + ", " +
           text(s, "total") + " people, needs " + text(s, "needed") + " " + text(s, "needs") + " (received " +
           text(s, "received") + ", coming " + text(s, "coming") + ", arrived " + text(s, "arrived") + ", cannot " +
           text(s, "cannot") + (text(s, "replied") == "0" ? "" : ", replied in words " + text(s, "replied")) + ")\n";
  }
  if (!list(i, "tasks").empty()) out += "\ntasks\n";
  for (const auto& t : list(i, "tasks")) {
    out += "  " + text(t, "text") + ": " + text(t, "state") + ", due " + or_dash(text(t, "due_at")) + "\n";
  }
  out += "\npeople\n";
  for (const auto& alert : list(i, "alerts")) out += alert_text(alert);
  if (yes(i, "alerts_cut")) out += "  ... and more\n";
  out += notes_text(i);
  if (!list(i, "not_told").empty()) out += "\nnot told\n";
  for (const auto& n : list(i, "not_told")) {
    out += "  " + (part(n, "person").is_null() ? text(n, "what") : person(part(n, "person"))) + ": " +
           text(n, "reason") + " [" + text(n, "selector") + "]\n";
  }
  const auto& then = part(i, "directory");
  if (!list(then, "posts").empty()) out += "\nposts, by version " + text(then, "version") + " of the directory\n";
  for (const auto& post : list(then, "posts")) {
    out += "  " + text(post, "code") + " (" + text(post, "name") +
           "): " + (part(post, "holder").is_null() ? std::string("vacant") : person(part(post, "holder"))) + "\n";
  }
  if (const auto head_short = text(i, "head_short"); !head_short.empty()) out += "\nrecord's head " + head_short + "\n";
  return out;
}

std::string submitted_text(const std::string& json) {
  const auto reply = read(json);
  if (part(reply, "incident").is_null()) return json + "\n";
  std::string out = yes(reply, "repeated") ? "this report was accepted before: " : "report accepted: ";
  out += "incident " + text(reply, "incident") + (yes(reply, "opened") ? " opened\n" : "\n");
  if (yes(reply, "numbers_removed")) out += "a number was removed from the text; the desk will call\n";
  return out + assessment_text(part(reply, "assessment"));
}

std::string problem_text(int status, const std::string& json) {
  const auto problem = read(json);
  std::string detail = text(problem, "detail");
  if (detail.empty()) detail = text(problem, "title");
  if (detail.empty()) detail = "the server refused";
  const auto type = text(problem, "type");
  const auto name = type.substr(type.rfind(':') == std::string::npos ? 0 : type.rfind(':') + 1);
  return detail + " (" + std::to_string(status) + (name.empty() ? "" : " " + name) + ")";
}

std::string users_text(const std::string& json) {
  const auto root = reply::read(json);
  std::string lines;
  for (const auto& user : list(root, "users")) {
    const auto disabled = text(user, "disabled_at");
    lines += padded(text(user, "name"), 20) + padded(text(user, "role"), 9) + padded(code_of(user), 20) + "made " +
             text(user, "made_at") + (disabled.empty() ? "" : "  disabled " + disabled) + "\n";
  }
  return lines;
}

std::string sessions_text(const std::string& json) {
  const auto root = reply::read(json);
  std::string lines;
  for (const auto& session : list(root, "sessions")) {
    lines += padded(text(session, "session"), 13) + padded(text(session, "role"), 9) +
             padded(text(session, "name"), 20) + padded(code_of(session), 16) + padded(text(session, "method"), 8) +
             "until " + text(session, "expires_at") + "  " + text(session, "device") + "\n";
  }
  return lines;
}

std::string enrolment_text(const std::string& json, bool qr) {
  const auto root = reply::read(json);
  const auto uri = text(root, "otpauth");
  std::string out = "second factor, for an authenticator app:\n" + uri + "\n";
  if (qr) out += "\n" + terminal_qr(uri);
  out += "\nrecovery codes, each good once instead of the second factor:\n";
  for (const auto& code : list(root, "recovery_codes")) {
    if (code.is_string()) out += "  " + code.words() + "\n";
  }
  return out;
}

}  // namespace tocsin::app
