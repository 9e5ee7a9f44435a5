#include <nlohmann/json.hpp>

#include "gateway/rehearse/show.h"

namespace tocsin::rehearse {
namespace {

using Json = nlohmann::ordered_json;

double seconds(base::Duration d) {
  return std::chrono::duration<double>(d).count();
}

Json seconds(const std::optional<base::Duration>& d) {
  return d ? Json(seconds(*d)) : Json();
}

template <typename Word>
Json word(Word value) {
  return std::string(name_of(value));
}

std::string word_of(plan::StepStart start) {
  switch (start) {
    case plan::StepStart::kAtOnce: return "at_once";
    case plan::StepStart::kNotOpened: return "not_opened";
    case plan::StepStart::kThen: break;
  }
  return "then";
}

Json json_of(const model::Question& question);
Json json_of(const Try& one);
Json json_of(const Told& told);
Json json_of(const StepOutcome& step);
Json json_of(const TaskDue& task);
Json json_of(const LeftOut& who);

template <typename Item>
Json list_of(const std::vector<Item>& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
}

Json json_of(const model::Question& question) {
  return {{"attribute", question.attribute}, {"text", question.text}, {"could_reach", question.could_reach_id}};
}

Json json_of(const Try& one) {
  return {{"after_s", seconds(one.after)}, {"channel", word(one.channel)}, {"contact", one.contact},
          {"deputy", one.deputy},          {"cycle", one.cycle},           {"rung", one.rung + 1},
          {"reason", word(one.reason)}};
}

Json json_of(const Told& told) {
  const Try* first = told.tries.empty() ? nullptr : &told.tries.front();
  return {{"person", told.code},
          {"name", told.name},
          {"language", told.language},
          {"step", told.step},
          {"further_steps", told.further_steps},
          {"selector", told.selector},
          {"post", told.post},
          {"post_name", told.post_name},
          {"stands_in_for", told.stands_in_for},
          {"contact", first == nullptr ? Json() : Json(first->contact)},
          {"channel", first == nullptr ? Json() : word(first->channel)},
          {"first_after_s", first == nullptr ? Json() : Json(seconds(first->after))},
          {"end", word(told.end)},
          {"ended_after_s", seconds(told.ended_after)},
          {"timeline", list_of(told.tries)}};
}

Json json_of(const StepOutcome& step) {
  return {{"index", step.index},
          {"name", step.name},
          {"start", word_of(step.start)},
          {"began_after_s", seconds(step.began_after)},
          {"state", word(step.state)},
          {"reason", word(step.reason)},
          {"ended_after_s", seconds(step.ended_after)},
          {"needs", word(step.needs)},
          {"needed", step.needed},
          {"people", step.people},
          {"then", step.then}};
}

Json json_of(const TaskDue& task) {
  return {{"step", task.step}, {"text", task.text}, {"due_after_s", seconds(task.due_after)}};
}

Json json_of(const LeftOut& who) {
  return {{"step", who.step}, {"person", who.code},       {"name", who.name},
          {"what", who.what}, {"selector", who.selector}, {"reason", word(who.reason)}};
}

}  // namespace

std::string to_json(const Rehearsal& rehearsal) {
  const auto& assessment = rehearsal.assessment;
  Json json;
  json["at"] = base::to_rfc3339(rehearsal.at);
  json["hazard"] = word(rehearsal.hazard);
  json["hazard_name"] = rehearsal.hazard_name;
  json["level"] = assessment.level == model::kNoLevel ? Json() : Json(assessment.level_id);
  json["level_name"] = rehearsal.level_name;
  json["area"] = rehearsal.area;
  json["clause"] = assessment.clause;
  json["clause_text"] = assessment.clause_text;
  json["facts"] = model::to_text(rehearsal.facts);
  json["facts_text"] = rehearsal.facts_text;
  json["message"] = rehearsal.message;
  json["complete"] = rehearsal.complete;
  json["questions"] = list_of(assessment.questions);
  json["recipients"] = list_of(rehearsal.people);
  json["steps"] = list_of(rehearsal.steps);
  json["tasks"] = list_of(rehearsal.tasks);
  json["not_told"] = list_of(rehearsal.not_told);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin::rehearse
