// The stage of a demo over HTTPS; everywhere else each of its routes is 404.
#include <set>

#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "adapters/https/json_text.h"
#include "gateway/base/time.h"

namespace tocsin::https {
namespace {

base::Result<ports::Stage*> stage_of(const Call& call) {
  if (call.doorway.web.stage == nullptr) return base::Error{base::ErrorCode::kNotFound, {}, {}};
  return call.doorway.web.stage;
}

std::string texts_json(const ports::StagePhone& phone) {
  std::vector<std::string> all;
  for (const auto& text : phone.texts) {
    all.push_back(ObjectText()
                      .number("number", text.number)
                      .text("at", base::to_rfc3339(text.at))
                      .flag("from_phone", text.from_phone)
                      .text("text", text.text)
                      .done());
  }
  return list_json(all);
}

// Everybody with a mobile, those whose phone has shown something first.
std::string phones_json(const ports::Stage& stage, const ports::Roster& roster,
                        const std::vector<model::CallLine>& lines) {
  const auto shown = stage.phones();
  std::vector<std::string> all;
  const auto add = [&](const model::PersonCard& card, const std::string& number, const ports::StagePhone* phone) {
    std::string script;
    for (const auto& line : lines) {
      if (line.person == card.id) script = line.script;
    }
    all.push_back(ObjectText()
                      .text("person", card.code)
                      .text("name", card.name)
                      .text("phone", number)
                      .null_or_text("to_be_called", script)
                      .raw("texts", phone == nullptr ? "[]" : texts_json(*phone))
                      .done());
  };
  std::set<model::PersonId> done;
  for (const auto& phone : shown) {
    for (const auto id : roster.people_at(phone.number)) {
      const auto* card = roster.person(id);
      if (card != nullptr && done.insert(id).second) add(*card, phone.number, &phone);
    }
  }
  for (const auto* card : roster.people()) {
    for (const auto& contact : card->contacts) {
      if (contact.kind != model::ContactKind::kMobile || !done.insert(card->id).second) continue;
      add(*card, contact.address, nullptr);
    }
  }
  return list_json(all);
}

}  // namespace

base::Result<HttpResponse> get_stage(const Call& call) {
  const auto stage = stage_of(call);
  if (!stage.ok()) return stage.error();
  const auto lines = call.door.queries().call_sheet(kMaxLines);
  if (!lines.ok()) return lines.error();
  const auto roster = call.door.roster();
  return json_response(200, ObjectText()
                                .text("now", base::to_rfc3339(call.door.now()))
                                .number("texts", (*stage)->texts())
                                .raw("phones", phones_json(**stage, *roster, *lines))
                                .done());
}

base::Result<HttpResponse> post_stage_text(const Call& call) {
  const auto stage = stage_of(call);
  if (!stage.ok()) return stage.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto phone = fields.text("phone", {.required = true, .max_characters = 30});
  const auto text = fields.text("text", {.required = true, .max_characters = 1000});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!(*stage)->phone_texts(phone, text)) return base::Error{base::ErrorCode::kRetryLater, {}, {}};
  return json_response(202, "{}");
}

base::Result<HttpResponse> post_stage_pass(const Call& call) {
  const auto stage = stage_of(call);
  if (!stage.ok()) return stage.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto seconds = fields.whole_number("seconds", true);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  (*stage)->pass(std::chrono::seconds(seconds.value_or(0)));
  return json_response(200, ObjectText().text("now", base::to_rfc3339(call.door.now())).done());
}

}  // namespace tocsin::https
