#include "gateway/app/reply_text.h"

#include <nlohmann/json.hpp>

#include "gateway/app/terminal_qr.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using Json = nlohmann::ordered_json;

// Every access is by these, so that a server of another version cannot make us throw.
std::string text(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  if (!json.is_object() || found == json.end() || found->is_null()) return "";
  if (found->is_string()) return base::without_controls(found->get<std::string>());
  if (found->is_boolean()) return found->get<bool>() ? "yes" : "no";
  return found->dump();
}
bool yes(const Json& json, const char* key) {
  return text(json, key) == "yes";
}
const Json& part(const Json& json, const char* key) {
  static const Json nothing;
  if (!json.is_object()) return nothing;
  const auto found = json.find(key);
  return found == json.end() ? nothing : *found;
}
const Json& list(const Json& json, const char* key) {
  static const Json none = Json::array();
  const auto& found = part(json, key);
  return found.is_array() ? found : none;
}
std::string or_dash(const std::string& words) {
  return words.empty() ? "-" : words;
}

std::string person(const Json& json) {
  const auto name = text(json, "name"), code = text(json, "code");
  if (code.empty()) return json.is_null() ? "-" : "somebody no longer in the directory";
  return name + " (" + code + ")";
}

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

std::string words(const Json& texts) {
  std::string all;
  for (const auto& one : texts) {
    if (one.is_string()) all += (all.empty() ? "" : " ") + base::without_controls(one.get<std::string>());
  }
  return all;
}

std::string facts(const Json& known) {
  std::string words;
  if (!known.is_object()) return "-";
  for (const auto& [name, value] : known.items()) {
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
    if (selector.is_string()) out += " " + selector.get<std::string>();
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

Json read(const std::string& json) {
  return Json::parse(json, nullptr, false);
}

// ---- accounts and sessions ----

std::string padded(std::string words, std::size_t width) {
  if (words.size() < width) words.resize(width, ' ');
  return words + "  ";
}

std::string code_of(const Json& json) {
  return or_dash(text(part(json, "person"), "code"));
}

// ---- plans ----

int number(const Json& json, const char* key) {
  const auto& found = part(json, key);
  return found.is_number_integer() ? found.get<int>() : 0;
}

base::Diagnostic finding_of(const Json& json) {
  base::Diagnostic finding;
  const auto severity = text(json, "severity");
  finding.severity = severity == "error"     ? base::Severity::kError
                     : severity == "warning" ? base::Severity::kWarning
                                             : base::Severity::kNote;
  finding.code = text(json, "code");
  finding.file = text(json, "file");
  finding.line = number(json, "line");
  finding.column = number(json, "column");
  finding.message = text(json, "message");
  finding.hint = text(json, "hint");
  finding.message_zh = text(json, "message_zh");
  finding.hint_zh = text(json, "hint_zh");
  finding.where = text(json, "where");
  return finding;
}

base::Said standing_said(const Json& finding) {
  const auto standing = text(finding, "standing");
  const auto where = text(finding, "where");
  if (standing == "in_the_way") {
    return base::said("    = in the way: mend it, or --accept '{0}=REASON'\n",
                      "    = 妨碍启用：请改正，或 --accept '{0}=理由'\n",
                      text(finding, "code") + (where.empty() ? "" : "@" + where));
  }
  if (standing == "accepted_in_file") return {"    = accepted in the file\n", "    = 文件中已有人负责\n"};
  if (standing == "accepted_earlier")
    return {"    = accepted when this plan was put in force before\n", "    = 此预案以前启用时已有人负责\n"};
  if (standing == "accepted_now") return {"    = accepted now\n", "    = 现在有人负责\n"};
  return {};
}

std::string findings_text(const Json& reply, const plan::ReadPlan& read, bool chinese) {
  std::string out;
  for (const auto& one : list(reply, "findings")) {
    const auto finding = finding_of(one);
    const auto source = read.files.find(finding.file);
    out += base::render(finding, source == read.files.end() ? std::string_view() : source->second, chinese);
    out += standing_said(one).in(chinese);
  }
  for (const auto& one : list(reply, "unused")) {
    const auto where = text(one, "where");
    out +=
        base::said("warning: nothing to accept: {0} is no warning of this plan\n",
                   "警告：没有可负责的：此预案没有警告{0}\n", text(one, "finding") + (where.empty() ? "" : "@" + where))
            .in(chinese);
  }
  return out;
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
  const auto root = Json::parse(json, nullptr, false);
  std::string lines;
  for (const auto& user : list(root, "users")) {
    const auto disabled = text(user, "disabled_at");
    lines += padded(text(user, "name"), 20) + padded(text(user, "role"), 9) + padded(code_of(user), 20) + "made " +
             text(user, "made_at") + (disabled.empty() ? "" : "  disabled " + disabled) + "\n";
  }
  return lines;
}

std::string sessions_text(const std::string& json) {
  const auto root = Json::parse(json, nullptr, false);
  std::string lines;
  for (const auto& session : list(root, "sessions")) {
    lines += padded(text(session, "session"), 13) + padded(text(session, "role"), 9) +
             padded(text(session, "name"), 20) + padded(code_of(session), 16) + padded(text(session, "method"), 8) +
             "until " + text(session, "expires_at") + "  " + text(session, "device") + "\n";
  }
  return lines;
}

std::string enrolment_text(const std::string& json, bool qr) {
  const auto root = Json::parse(json, nullptr, false);
  const auto uri = text(root, "otpauth");
  std::string out = "second factor, for an authenticator app:\n" + uri + "\n";
  if (qr) out += "\n" + terminal_qr(uri);
  out += "\nrecovery codes, each good once instead of the second factor:\n";
  for (const auto& code : list(root, "recovery_codes")) {
    if (code.is_string()) out += "  " + code.get<std::string>() + "\n";
  }
  return out;
}

std::string text_at(const std::string& json, const std::string& key) {
  return text(Json::parse(json, nullptr, false), key.c_str());
}

namespace {

// What became of a plan that was offered.
base::Said became_of(int status, const Json& reply, const std::string& json) {
  if (text(reply, "type") == "urn:tocsin:problem:plan-refused")
    return base::said("refused: {0}", "不能启用：{0}", text(reply, "detail"));
  if (status >= 300) return base::said("refused: {0}", "不能启用：{0}", problem_text(status, json));
  auto version = base::said("version {0}", "第{0}版", text(reply, "version"));
  if (const auto label = text(reply, "label"); !label.empty()) version += base::said(" (\"{0}\")", "（“{0}”）", label);
  base::Said warnings;
  if (const auto accepted = number(reply, "accepted"); accepted > 0) {
    warnings = base::said(accepted == 1 ? ", with {0} accepted warning" : ", with {0} accepted warnings",
                          "，{0}条警告已有人负责", accepted);
  }
  if (yes(reply, "dry_run"))
    return base::said("it may be put in force{0}; nothing was changed", "可以启用{0}；未作任何改动", warnings);
  if (!yes(reply, "changed"))
    return base::said("{0} is in force already; nothing was changed", "{0}本来就在用；未作任何改动", version);
  return base::said("{0} is in force{1}", "{0}已启用{1}", version, warnings);
}

}  // namespace

std::string plan_reply_text(int status, const std::string& json, const plan::ReadPlan& read, bool chinese) {
  const auto reply = Json::parse(json, nullptr, false);
  if (!reply.is_object()) return json + "\n";
  auto out = findings_text(reply, read, chinese);
  return out + became_of(status, reply, json).in(chinese) + "\n";
}

std::string plans_text(const std::string& json) {
  const auto reply = Json::parse(json, nullptr, false);
  if (!reply.is_object()) return json + "\n";
  std::string out;
  for (const auto& v : list(reply, "plans")) {
    out += (yes(v, "in_force") ? "* " : "  ") + text(v, "version") + "  " + text(v, "label") + "  " + text(v, "name");
    if (const auto since = text(v, "in_force_since"); !since.empty()) {
      out += (yes(v, "in_force") ? "  in force since " : "  last put in force ") + since + " by " + text(v, "by") +
             " (" + text(v, "via") + ")";
    }
    out += "  open incidents " + text(v, "open_incidents") + "\n";
    if (const auto note = text(v, "note"); !note.empty()) out += "      " + note + "\n";
    for (const auto& kept : list(v, "accepted")) {
      const auto where = text(kept, "where");
      out += "      accepted " + text(kept, "finding") + (where.empty() ? "" : "@" + where) + ": " +
             text(kept, "reason") + " (" + text(kept, "by") + ")\n";
    }
  }
  return out.empty() ? "no plan has been in force yet\n" : out;
}

namespace {

std::string rows_text(const Json& json) {
  return std::to_string(number(json, "added")) + " rows added, " + std::to_string(number(json, "changed")) +
         " changed, " + std::to_string(number(json, "gone")) + " gone";
}

}  // namespace

std::string directory_changes_text(const std::string& json) {
  std::string all;
  const auto answer = read(json);
  for (const auto& change : list(answer, "changes")) {
    all += std::to_string(number(change, "version")) + "  " + text(change, "at") + "  " + text(change, "how") + " by " +
           text(change, "by") + ": " + rows_text(change);
    if (const int undoes = number(change, "undoes"); undoes != 0) all += "; takes back " + std::to_string(undoes);
    if (const int by = number(change, "undone_by"); by != 0) all += "; taken back by " + std::to_string(by);
    if (const auto reason = text(change, "reason"); !reason.empty()) all += "; " + reason;
    all += '\n';
  }
  return all;
}

namespace {

std::string state_of_check(const Json& round) {
  const auto state = text(round, "state"), waits = text(round, "waits_for");
  if (state == "ended") return "ended " + text(round, "ended_at");
  if (state == "waiting") return yes(round, "stopped") ? "stopped; answers may come yet" : "waits for answers";
  return waits.empty() ? "asks" : "asks nobody now: " + waits;
}

}  // namespace

std::string contact_check_text(const std::string& json) {
  const auto answer = read(json);
  const auto& round = part(answer, "round");
  std::string out = "no contact check yet\n";
  if (round.is_object()) {
    out = "round of " + text(round, "started_at") + " (" + text(round, "began") + ", " + text(round, "by") +
          "): " + state_of_check(round) + "\n ";
    for (const char* count : {"asked", "answered", "silent", "failed", "not_sent", "open"})
      out += std::string(" ") + count + " " + text(round, count);
    out += "\n";
  }
  out += text(answer, "count") + " contact points silent or failed when last asked\n";
  for (const auto& line : list(answer, "contacts")) {
    const auto words = text(line, "meaning_text");
    out += person(part(line, "person")) + "  " + text(line, "kind") + " " + text(line, "number") + "\n    " +
           text(line, "outcome") + ", asked " + text(line, "asked_at") +
           (words.empty() ? "" : ": " + words + " / " + text(line, "meaning_text_zh")) + "\n";
  }
  return out;
}

std::string directory_findings_text(const std::string& json) {
  std::string all;
  const auto answer = read(json);
  for (const auto& one : list(answer, "findings")) {
    all += text(one, "file") + ": " + text(one, "severity") + ": " + text(one, "message") + " [" + text(one, "code") +
           "]\n";
    if (const auto hint = text(one, "hint"); !hint.empty()) all += "  " + hint + "\n";
  }
  return all;
}

std::string directory_changed_text(const std::string& json) {
  const auto change = read(json);
  return rows_text(change) + "; version " + std::to_string(number(change, "version"));
}

std::string person_data_text(const std::string& json) {
  const auto data = read(json);
  std::string out = text(data, "code");
  for (const auto& name : list(data, "names")) out += "  " + name.get<std::string>();
  out += "\n";
  const auto count = [&out](const std::string& what, std::size_t rows) {
    out += "  " + padded(what, 24) + std::to_string(rows) + "\n";
  };
  for (const auto& [table, rows] : part(part(data, "directory"), "rows").items())
    count("directory " + table, rows.size());
  count("history", list(data, "history").size());
  for (const auto& [table, rows] : part(data, "tables").items()) count(table, rows.size());
  count("record", list(data, "record").size());
  return out + "all of it: --json\n";
}

std::vector<std::pair<std::string, std::string>> sheets_in(const std::string& json) {
  std::vector<std::pair<std::string, std::string>> sheets;
  const auto answer = read(json);
  for (const auto& sheet : list(answer, "sheets")) sheets.emplace_back(text(sheet, "name"), text(sheet, "text"));
  return sheets;
}

std::int64_t number_at(const std::string& json, const std::string& key) {
  return number(read(json), key.c_str());
}

}  // namespace tocsin::app
