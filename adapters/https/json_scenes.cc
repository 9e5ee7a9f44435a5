#include "adapters/https/json_scenes.h"

#include "adapters/https/json_out.h"
#include "adapters/https/json_text.h"
#include "gateway/base/time.h"

namespace tocsin::https {
namespace {

std::string number_or_null(const std::optional<double>& value) {
  return value ? number_json(*value) : std::string("null");
}

std::string person(const ports::ScenePerson& who) {
  return ObjectText()
      .null_or_text("name", who.name)
      .null_or_text("post", who.post)
      .text("answer", model::name_of(who.answer))
      .text("at", base::to_rfc3339(who.at))
      .done();
}

std::string leader(const std::optional<ports::ScenePerson>& who) {
  if (!who) return "null";
  return ObjectText()
      .null_or_text("name", who->name)
      .null_or_text("post", who->post)
      .text("answer", model::name_of(who->answer))
      .text("since", base::to_rfc3339(who->at))
      .done();
}

std::string event(const ports::SceneEvent& e) {
  return ObjectText().text("at", base::to_rfc3339(e.at)).text("what", e.what).text("text", e.text).done();
}

std::string step(const ports::SceneStep& s) {
  return ObjectText()
      .text("title", s.title)
      .number("people", s.people)
      .raw("channels", list_json(s.channels, [](model::Channel c) { return quoted_json(model::name_of(c)); }))
      .done();
}

std::string approval(const std::optional<ports::SceneApproval>& a) {
  if (!a) return "null";
  return ObjectText()
      .text("state", model::name_of(a->state))
      .text("until", base::to_rfc3339(a->until))
      .text("otherwise", a->starts_by_default ? "start" : "leave")
      .raw("sets_off", list_json(a->sets_off, step))
      .done();
}

std::string area(const ports::Scene& scene) {
  if (scene.area_code.empty()) return "null";
  return ObjectText().text("code", scene.area_code).text("name", scene.area_name).text("path", scene.area_path).done();
}

}  // namespace

std::string scene_json(const ports::Scene& scene) {
  const auto& incident = scene.incident;
  return ObjectText()
      .number("incident", incident.code)
      .text("hazard", model::name_of(incident.kind))
      .text("hazard_name", scene.hazard_name)
      .null_or_text("level", incident.level_id)
      .null_or_text("level_name", scene.level_name)
      .raw("level_rank", scene.level_rank == 0 ? "null" : std::to_string(scene.level_rank))
      .number("levels", scene.levels)
      .null_or_text("colour", scene.colour)
      .raw("area", area(scene))
      .text("place", incident.place)
      .raw("latitude", number_or_null(scene.latitude))
      .raw("longitude", number_or_null(scene.longitude))
      .null_or_text("assembly_point", scene.assembly_point)
      .text("opened_at", base::to_rfc3339(incident.opened_at))
      .text("state", model::name_of(incident.state))
      .flag("drill", incident.drill)
      .raw("facts", facts_json(scene.facts))
      .raw("leader", leader(scene.leader))
      .raw("people", list_json(scene.people, person))
      .number("coming", scene.coming)
      .number("arrived", scene.arrived)
      .raw("timeline", list_json(scene.timeline, event))
      .raw("approval", approval(scene.approval))
      .done();
}

}  // namespace tocsin::https
