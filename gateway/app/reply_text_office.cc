#include "gateway/app/reply_text.h"
#include "gateway/app/reply_values.h"

namespace tocsin::app {
namespace {

using reply::Json;
using reply::list;
using reply::number;
using reply::padded;
using reply::part;
using reply::person;
using reply::read;
using reply::text;
using reply::yes;

// ---- plans ----

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
  const auto reply = reply::read(json);
  if (!reply.is_object()) return json + "\n";
  auto out = findings_text(reply, read, chinese);
  return out + became_of(status, reply, json).in(chinese) + "\n";
}

std::string plans_text(const std::string& json) {
  const auto reply = reply::read(json);
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

std::string record_text(const std::string& json) {
  const auto answer = read(json);
  if (!part(answer, "entries").is_array()) return json + "\n";
  std::string out;
  for (const auto& e : list(answer, "entries")) {
    out += text(e, "seq") + "  " + text(e, "at") + "  " + text(e, "kind");
    for (const char* id : {"incident", "subject"}) {
      if (const auto value = text(e, id); !value.empty()) out += std::string("  ") + id + " " + value;
    }
    for (const char* count : {"a", "b"}) {
      if (const auto value = text(e, count); value != "0") out += std::string("  ") + count + "=" + value;
    }
    if (const auto detail = text(e, "detail"); !detail.empty()) out += "  " + detail;
    if (const auto who = text(part(e, "person"), "name"); !who.empty()) out += "  (" + who + ")";
    out += "\n";
    if (const auto reason = text(e, "reason"); !reason.empty()) out += "    " + reason + "\n";
  }
  return out.empty() ? "no entries\n" : out;
}

std::string person_data_text(const std::string& json) {
  const auto data = read(json);
  std::string out = text(data, "code");
  for (const auto& name : list(data, "names")) out += "  " + name.words();
  out += "\n";
  const auto count = [&out](const std::string& what, std::size_t rows) {
    out += "  " + padded(what, 24) + std::to_string(rows) + "\n";
  };
  for (const auto& [table, rows] : part(part(data, "directory"), "rows").members())
    count("directory " + table, rows.size());
  count("history", list(data, "history").size());
  for (const auto& [table, rows] : part(data, "tables").members()) count(table, rows.size());
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

std::string text_at(const std::string& json, const std::string& key) {
  return text(read(json), key.c_str());
}

}  // namespace tocsin::app
