#include "directory/intake/draft_json.h"

#include <nlohmann/json.hpp>
#include <set>

#include "directory/listing.h"

namespace tocsin::intake {
namespace {

using Json = nlohmann::ordered_json;

std::string shown(const std::string& words, const TextOptions& options) {
  return options.unmasked ? words : masked_cell(words);
}

Json json_of(const Hat& hat) {
  Json json = {{"title", hat.title}, {"unit", hat.unit}, {"section", hat.section}, {"area", hat.area}};
  json["part"] = hat.part == Part::kHead ? "head" : hat.part == Part::kWorker ? "worker" : "member";
  json["at"] = text_of(hat.from);
  return json;
}

Json json_of(const Entry& entry, const TextOptions& options) {
  Json json = {{"name", entry.name}, {"office", entry.office}, {"hats", Json::array()}, {"numbers", Json::array()}};
  for (const Hat& hat : entry.hats) json["hats"].push_back(json_of(hat));
  for (const DraftNumber& number : entry.numbers) {
    json["numbers"].push_back(
        {{"kind", model::name_of(number.kind)},
         {"address", options.unmasked ? number.address : directory::masked_address(number.kind, number.address)},
         {"extension", number.extension},
         {"label", shown(number.label, options)},
         {"at", text_of(number.from)}});
  }
  for (const Source& source : entry.rows) json["rows"].push_back(text_of(source));
  return json;
}

Json json_of(const Finding& finding, const TextOptions& options) {
  Json json = {{"severity", base::name_of(finding.severity)}, {"code", finding.code}};
  if (finding.at.sheet > 0) {
    json["sheet"] = finding.at.sheet;
    json["row"] = finding.at.place.row;
    json["column"] = finding.at.place.column;
    json["at"] = text_of(finding.at);
  }
  json["cell"] = shown(finding.cell, options);
  json["message"] = shown(finding.message.en, options);
  json["message_zh"] = shown(finding.message.zh, options);
  json["proposal"] = finding.proposal.en;
  json["proposal_zh"] = finding.proposal.zh;
  return json;
}

Json json_of(const Question& question, bool open) {
  Json json = {{"id", question.id}, {"code", question.code}, {"open", open}};
  if (question.at.sheet > 0) json["at"] = text_of(question.at);
  json["question"] = question.words.en;
  json["question_zh"] = question.words.zh;
  for (const Choice& choice : question.choices) {
    json["choices"].push_back({{"word", choice.word}, {"means", choice.means.en}, {"means_zh", choice.means.zh}});
  }
  return json;
}

Json json_of(const Comparison& comparison, const TextOptions& options) {
  Json json = {{"persons", Json::array()}, {"new_units", comparison.new_units}, {"empty_posts", Json::array()}};
  for (const PersonDiff& diff : comparison.persons) {
    Json person = {{"verdict", name_of(diff.verdict)}, {"code", diff.code}, {"name", diff.name}};
    if (diff.at.sheet > 0) person["at"] = text_of(diff.at);
    person["changes"] = Json::array();
    for (const FieldChange& change : diff.changes) {
      person["changes"].push_back({{"field", change.field},
                                   {"before", shown(change.before, options)},
                                   {"after", shown(change.after, options)}});
    }
    json["persons"].push_back(std::move(person));
  }
  for (const PostNeed& post : comparison.empty_posts) {
    json["empty_posts"].push_back({{"code", post.code}, {"names", post.names}});
  }
  json["findings"] = Json::array();
  for (const Finding& finding : comparison.findings) json["findings"].push_back(json_of(finding, options));
  return json;
}

}  // namespace

std::string draft_json(const Draft& draft, const Comparison* comparison, const TextOptions& options) {
  Json json = {{"mapping", mapping_text(draft.mapping)}, {"entries", Json::array()}, {"findings", Json::array()}};
  for (const Entry& entry : draft.entries) json["entries"].push_back(json_of(entry, options));
  for (const Finding& finding : draft.findings) json["findings"].push_back(json_of(finding, options));
  json["questions"] = Json::array();
  if (comparison == nullptr) {
    for (const Draft::OneName& pair : draft.one_name) json["questions"].push_back(json_of(pair.question, true));
  } else {
    const std::set<std::string> open(comparison->open.begin(), comparison->open.end());
    for (const Question& question : comparison->questions) {
      json["questions"].push_back(json_of(question, open.count(question.id) > 0));
    }
    json["comparison"] = json_of(*comparison, options);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tocsin::intake
