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
Json json_of(const Given& given);
Json json_of(const Happened& happened);
Json json_of(const CallOutOutcome& callout);
Json json_of(const Try& one);
Json json_of(const Told& told);
Json json_of(const StepOutcome& step);
Json json_of(const TextParts& text);
Json json_of(const TaskDue& task);
Json json_of(const LeftOut& who);

template <typename Item>
Json list_of(const std::vector<Item>& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
}

Json json_of(const model::Question& question) {
  return {{"attribute", question.attribute},
          {"text", question.text},
          {"could_reach", question.could_reach_id},
          {"of_desk", question.of_desk}};
}

Json json_of(const Try& one) {
  return {{"after_s", seconds(one.after)},
          {"channel", word(one.channel)},
          {"contact", one.contact},
          {"deputy", one.deputy},
          {"cycle", one.cycle},
          {"rung", one.rung + 1},
          {"reason", word(one.reason)},
          {"handed_over_after_s", seconds(one.handed_over)},
          {"state", word(one.state)}};
}

Json json_of(const Given& given) {
  return {{"after_s", seconds(given.after)}, {"answer", word(given.kind)}};
}

Json json_of(const Happened& happened) {
  Json json = {{"after_s", seconds(happened.after)}, {"what", word(happened.what)}};
  if (!happened.who.empty()) json["who"] = happened.who;
  if (happened.what == HappenedWhat::kAnswer) json["answer"] = word(happened.answer);
  if (happened.what == HappenedWhat::kDecision || happened.what == HappenedWhat::kDefault)
    json["approved"] = happened.approved;
  if (happened.channel) json["channel"] = word(*happened.channel);
  json["level"] = happened.level_id.empty() ? Json() : Json(happened.level_id);
  json["clause"] = happened.clause;
  if (!happened.facts.empty()) json["facts_text"] = happened.facts;
  return json;
}

Json json_of(const CallOutOutcome& callout) {
  Json approval;
  if (const auto& asked = callout.approval) {
    approval = {{"by", asked->by},
                {"due_after_s", seconds(asked->due_after)},
                {"state", word(asked->state)},
                {"decided_after_s", seconds(asked->decided_after)},
                {"decided_by", asked->decided_by}};
  }
  return {{"began_after_s", seconds(callout.began_after)},
          {"level", callout.level_id.empty() ? Json() : Json(callout.level_id)},
          {"level_name", callout.level_name},
          {"clause", callout.clause},
          {"clause_text", callout.clause_text},
          {"response", callout.response},
          {"approval", approval},
          {"ended_after_s", seconds(callout.ended_after)}};
}

Json json_of(const Told& told) {
  const Try* first = told.tries.empty() ? nullptr : &told.tries.front();
  return {{"person", told.code},
          {"name", told.name},
          {"language", told.language},
          {"matter", word(told.matter)},
          {"callout", told.callout},
          {"step", told.step < 0 ? Json() : Json(told.step)},
          {"further_steps", told.further_steps},
          {"selector", told.selector},
          {"post", told.post},
          {"post_name", told.post_name},
          {"stands_in_for", told.stands_in_for},
          {"contact", first == nullptr ? Json() : Json(first->contact)},
          {"channel", first == nullptr ? Json() : word(first->channel)},
          {"first_after_s", first == nullptr ? Json() : Json(seconds(first->after))},
          {"needs", word(told.needs)},
          {"answers", list_of(told.answers)},
          {"end", word(told.end)},
          {"end_reason", word(told.end_reason)},
          {"ended_after_s", seconds(told.ended_after)},
          {"timeline", list_of(told.tries)}};
}

Json json_of(const StepOutcome& step) {
  return {{"index", step.index},
          {"name", step.name},
          {"title", step.title},
          {"callout", step.callout},
          {"start", word_of(step.start)},
          {"life_safety", step.life_safety},
          {"began_after_s", seconds(step.began_after)},
          {"state", word(step.state)},
          {"reason", word(step.reason)},
          {"ended_after_s", seconds(step.ended_after)},
          {"needs", word(step.needs)},
          {"needed", step.needed},
          {"people", step.people},
          {"then", step.then}};
}

Json json_of(const TextParts& text) {
  return {{"template", text.template_name},
          {"language", text.language},
          {"link", text.link},
          {"segments", text.parts.count == 0 ? Json() : Json(text.parts.count)},
          {"unicode", text.parts.unicode},
          {"hazard", word(text.of)}};
}

Json json_of(const TaskDue& task) {
  return {
      {"step", task.step}, {"text", task.text}, {"due_after_s", seconds(task.due_after)}, {"state", word(task.state)}};
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
  json["segments"] = list_of(rehearsal.texts);
  json["complete"] = rehearsal.complete;
  json["plan"] = rehearsal.plan_name;
  json["plan_version"] = rehearsal.plan_version;
  json["grade"] = assessment.grade_id.empty() ? Json() : Json(assessment.grade_id);
  json["grade_clause"] = assessment.grade_clause;
  json["needs_look"] = rehearsal.needs_look;
  json["stood_down"] = rehearsal.stood_down;
  json["unknown"] = rehearsal.unknown;
  json["course"] = list_of(rehearsal.course);
  json["callouts"] = list_of(rehearsal.callouts);
  json["questions"] = list_of(assessment.questions);
  json["recipients"] = list_of(rehearsal.people);
  json["steps"] = list_of(rehearsal.steps);
  json["tasks"] = list_of(rehearsal.tasks);
  json["not_told"] = list_of(rehearsal.not_told);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin::rehearse
