#include "gateway/app/json_text.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "gateway/app/version.h"
#include "gateway/base/time.h"

namespace tocsin::app {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json list(const base::Diagnostics& findings) {
  Json array = Json::array();
  for (const auto& f : findings) {
    array.push_back({{"severity", base::name_of(f.severity)},
                     {"code", f.code},
                     {"file", f.file},
                     {"line", f.line},
                     {"column", f.column},
                     {"where", text_or_null(f.where)},
                     {"message", f.message},
                     {"hint", text_or_null(f.hint)},
                     {"message_zh", text_or_null(f.message_zh)},
                     {"hint_zh", text_or_null(f.hint_zh)}});
  }
  return array;
}

auto count(const base::Diagnostics& findings, base::Severity severity) {
  return std::count_if(findings.begin(), findings.end(), [&](const auto& f) { return f.severity == severity; });
}

Json value_of(const model::FactValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* choice = std::get_if<model::Choice>(&value)) return choice->name;
  const auto q = std::get<model::Quantity>(value);
  if (q.thousandths % 1000 == 0) return q.thousandths / 1000;
  return static_cast<double>(q.thousandths) / 1000.0;  // printed in the shortest exact form
}

}  // namespace

std::string plan_check_json(const std::string& file, const base::Diagnostics& findings,
                            const std::vector<base::Said>& skipped, const std::vector<rehearse::TextParts>& texts,
                            bool refused) {
  Json left_out = Json::array(), left_out_zh = Json::array();
  for (const auto& check : skipped) {
    left_out.push_back(check.en);
    left_out_zh.push_back(check.zh);
  }
  Json segments = Json::array();
  for (const auto& text : texts) {
    segments.push_back({{"template", text.template_name},
                        {"language", text.language},
                        {"link", text.link},
                        {"segments", text.parts.count == 0 ? Json(nullptr) : Json(text.parts.count)},
                        {"unicode", text.parts.unicode},
                        {"hazard", model::name_of(text.of)}});
  }
  return dump({{"file", file},
               {"ok", !refused},
               {"errors", count(findings, base::Severity::kError)},
               {"warnings", count(findings, base::Severity::kWarning)},
               {"findings", list(findings)},
               {"segments", std::move(segments)},
               {"skipped", std::move(left_out)},
               {"skipped_zh", std::move(left_out_zh)}});
}

std::string import_json(const directory::ImportOutcome& outcome, bool dry_run, const base::Diagnostics& findings) {
  const auto& e = outcome.entry;
  return dump({{"imported", !dry_run},
               {"dry_run", dry_run},
               {"version", e.version},
               {"digest", e.digest},
               {"persons", e.persons},
               {"contacts", e.contacts},
               {"areas", e.areas},
               {"posts", e.posts},
               {"units", e.units},
               {"groups", e.groups},
               {"persons_new", outcome.persons_new},
               {"persons_gone", outcome.persons_gone},
               {"persons_kept", outcome.persons_kept},
               {"findings", list(findings)}});
}

std::string import_body(const std::vector<directory::Sheet>& sheets, const ImportAs& as, std::int64_t base_version) {
  Json all = Json::array(), lists = Json::array();
  for (const auto& sheet : sheets) {
    all.push_back({{"name", std::filesystem::path(sheet.name).filename().string()}, {"text", sheet.text}});
  }
  if (!as.list.name.empty()) {
    std::string persons;
    for (const auto& code : as.list.persons) persons += code + "\n";
    lists.push_back({{"name", as.list.name},
                     {"mapping", as.list.mapping},
                     {"header", as.list.header},
                     {"persons", persons.empty() ? "\n" : persons}});
  }
  return dump({{"sheets", std::move(all)},
               {"lists", std::move(lists)},
               {"whole", as.whole},
               {"time_zone", as.time_zone},
               {"reason", as.reason},
               {"dry_run", as.dry_run},
               {"base_version", base_version}});
}

std::string undo_body(const std::string& reason, bool dry_run, std::int64_t base_version) {
  return dump({{"reason", reason}, {"dry_run", dry_run}, {"base_version", base_version}});
}

std::string refused_import_json(const base::Diagnostics& findings) {
  return dump({{"imported", false}, {"findings", list(findings)}});
}

std::string tokens_json(const std::vector<model::TokenRow>& tokens, const ports::Roster* roster) {
  Json array = Json::array();
  for (const auto& token : tokens) {
    const auto* card = roster == nullptr ? nullptr : roster->person(token.person);
    array.push_back({{"name", token.name},
                     {"role", model::name_of(token.role)},
                     {"person", card == nullptr ? Json(nullptr) : Json(card->code)},
                     {"made_at", base::to_rfc3339(token.made_at)},
                     {"revoked_at", token.revoked_at ? Json(base::to_rfc3339(*token.revoked_at)) : Json(nullptr)}});
  }
  return dump({{"tokens", std::move(array)}});
}

std::string record_check_json(const store::RecordCheck& check, bool asked_for_head) {
  Json json{{"whole", check.whole},
            {"entries", check.entries},
            {"commits", check.commits},
            {"head", check.head},
            {"head_short", model::short_head(check.head)}};
  if (asked_for_head) {
    json["kept_head"] = nullptr;
    if (check.kept) json["kept_head"] = {{"commit", check.kept->commit}, {"at", base::to_rfc3339(check.kept->at)}};
  }
  if (!check.whole) {
    json["bad_commit"] = check.bad_commit;
    json["first_seq"] = check.first_seq;
    json["last_seq"] = check.last_seq;
    json["finding"] = check.finding;
    Json& named = json["named"] = Json::array();
    for (const auto& one : check.bad) {
      named.push_back({{"what", store::name_of(one.what)},
                       {"seq", one.seq},
                       {"commit", one.commit},
                       {"at", base::to_rfc3339(one.at)},
                       {"kind", one.kind ? Json(model::name_of(*one.kind)) : Json(nullptr)},
                       {"stands_as", one.now_at == 0 ? Json(nullptr) : Json(one.now_at)}});
    }
  }
  return dump(json);
}

std::string certificates_json(const https::MadeCertificates& made) {
  return dump({{"authority_fingerprint", made.authority_fingerprint},
               {"authority_until", base::to_rfc3339(made.authority_until)},
               {"server_fingerprint", made.server_fingerprint},
               {"server_until", base::to_rfc3339(made.server_until)}});
}

std::string version_json() {
  return dump({{"name", "tocsin"}, {"version", kVersion}});
}

std::string report_body(const ReportOptions& report, const model::Facts& facts, const std::string& key,
                        const std::string& occurred_at) {
  Json json{{"key", key}};
  if (!report.hazard.empty()) json["hazard"] = report.hazard;
  if (!facts.empty()) {
    Json& known = json["facts"] = Json::object();
    for (const auto& [name, value] : facts) known[name] = value_of(value);
  }
  if (!report.area.empty()) json["area"] = report.area;
  if (!report.place.empty()) json["place"] = report.place;
  if (!report.text.empty()) json["text"] = report.text;
  if (report.drill) json["drill"] = true;
  if (!occurred_at.empty()) json["occurred_at"] = occurred_at;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string plan_body(const plan::ReadPlan& read, const std::string& name,
                      const std::vector<model::PlanOverride>& accept, const std::string& note, bool dry_run) {
  Json json{{"plan", read.source}, {"name", name}, {"dry_run", dry_run}};
  if (!note.empty()) json["note"] = note;
  for (const auto& one : accept) {
    Json given{{"finding", one.finding}, {"reason", one.reason}};
    if (!one.where.empty()) given["where"] = one.where;
    json["accept"].push_back(std::move(given));
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string indented(const std::string& json) {
  const auto read = Json::parse(json, nullptr, false);
  return read.is_discarded() ? json + "\n" : dump(read);
}

std::string object_of(const std::vector<std::pair<std::string, std::string>>& members) {
  Json json = Json::object();
  for (const auto& [key, value] : members) {
    if (!value.empty()) json[key] = value;
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tocsin::app
