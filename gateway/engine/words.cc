#include "gateway/engine/words.h"

#include <vector>

#include "gateway/base/local_time.h"
#include "gateway/base/text.h"
#include "gateway/engine/links.h"
#include "gateway/model/alert_link.h"
#include "gateway/triage/combine.h"

namespace tocsin::engine {
namespace {

// What changed, for an update: read from the call-outs, so that nothing has to be remembered.
void say_change(Core& core, const model::Incident& incident, int revision, callout::Occasion& occasion) {
  const auto callouts = core.store.callouts_of(incident.id);
  if (callouts.size() == 1 && callouts.back().revision == revision) {
    occasion.change = "moved";
  } else if (callouts.size() >= 2 && callouts.back().revision == revision) {
    const auto& before = callouts[callouts.size() - 2];
    occasion.level_before = before.level_id;
    occasion.change = callouts.back().level >= before.level ? "raised" : "lowered";
  } else {
    occasion.change = "merged";
  }
}

std::string short_name(const ports::Roster& roster, model::AreaId id) {
  const auto* area = roster.area(id);
  return area == nullptr ? std::string() : callout::area_in_words(*area, roster.area(area->parent));
}

std::string template_of(Core& core, const model::Alert& alert, const model::Incident& incident) {
  switch (alert.matter_kind) {
    case model::MatterKind::kUpdate: return "update";
    case model::MatterKind::kStandDown: return "stand_down";
    case model::MatterKind::kReply: return "receipt";
    case model::MatterKind::kDecided: return "decided";
    case model::MatterKind::kSummary: return "summary";
    case model::MatterKind::kAlert:
    case model::MatterKind::kApproval: break;
  }
  const auto* step = core.step(alert.step);
  const auto callout = step == nullptr ? std::nullopt : core.store.callout(step->callout);
  if (callout) {
    const auto* response = core.plan_of(incident).response(callout->kind, callout->level);
    if (response != nullptr && step->index < static_cast<int>(response->steps.size())) {
      const auto& name = response->steps[static_cast<std::size_t>(step->index)].text;
      if (!name.empty()) return name;
    }
  }
  return "alert";
}

// The code and the question are what the receipt is for; the rest gives way, least needed first.
model::MessageText composed_to_fit(callout::Occasion occasion, const std::string& template_name,
                                   const std::string& language, const ports::Sender& over) {
  const auto channel = over.channel();
  auto text = callout::compose_text(occasion, template_name, language, channel);
  auto& body = text.body;
  auto about = *occasion.incident;
  occasion.incident = &about;
  const model::Facts none;
  for (int left_out = 0; left_out < 3 && over.parts_of(body) > 1; ++left_out) {
    if (left_out == 0) about.place.clear();
    if (left_out == 1) occasion.area_name.clear();
    if (left_out == 2) occasion.facts = &none;
    text = callout::compose_text(occasion, template_name, language, channel);
  }
  for (auto length = base::count_characters(body); length > 0 && over.parts_of(body) > 1; --length)
    body = base::cut(body, length - 1);
  return text;
}

}  // namespace

model::Facts facts_of(Core& core, const model::Incident& incident) {
  return triage::combine(core.plan_of(incident), core.store.placed_facts(incident.id)).facts;
}

callout::Occasion occasion_of(Core& core, const model::Incident& incident, const model::Facts& facts) {
  callout::Occasion occasion;
  occasion.plan = &core.plan_of(incident);
  occasion.incident = &incident;
  occasion.facts = &facts;
  occasion.area_name = short_name(core.roster(), incident.area);
  if (const auto* area = core.roster().area(incident.area)) occasion.assembly_point = area->assembly_point;
  occasion.opened_local = base::local_text(incident.opened_at, occasion.plan->time_zone, "%H:%M").value_or("");
  return occasion;
}

namespace {

std::string holder_name(Core& core, const model::Alert& alert) {
  const auto* holder = alert.stands_in_for ? core.roster().person(alert.stands_in_for) : nullptr;
  return holder == nullptr ? std::string() : holder->name;
}

model::MessageText words_of(Core& core, const model::Alert& alert, const model::Incident& incident,
                            const std::string& template_name, const std::string& language, model::Channel channel,
                            bool one_way) {
  const auto facts = facts_of(core, incident);
  auto occasion = occasion_of(core, incident, facts);
  occasion.one_way = one_way;
  occasion.stands_in_for = holder_name(core, alert);
  if (alert.matter_kind == model::MatterKind::kUpdate) {
    const auto matter = core.store.matter(alert.matter);
    say_change(core, incident, matter ? matter->revision : 0, occasion);
  }
  if (const auto approval =
          alert.matter_kind == model::MatterKind::kApproval ? core.store.approval(alert.callout) : std::nullopt) {
    occasion.decide_by = base::local_text(approval->due_at, occasion.plan->time_zone, "%H:%M").value_or("");
    occasion.starts_by_default = approval->starts_by_default;
  }
  if (const auto approval =
          alert.matter_kind == model::MatterKind::kDecided ? core.store.approval(alert.callout) : std::nullopt) {
    occasion.decided = approval->state;
    if (const auto* who = core.roster().person(approval->person)) occasion.decided_by = who->name;
  }
  return callout::compose_text(occasion, template_name, language, channel);
}

}  // namespace

void keep_message(Core& core, model::MessageId id, model::MatterId matter, std::string_view language,
                  model::Channel channel, std::string_view variant, model::MessageText text) {
  core.store.insert_message(id, matter, language, channel, variant, text);
  core.texts[id.value] = std::make_shared<const model::MessageText>(std::move(text));
}

std::shared_ptr<const model::MessageText> text_of(Core& core, model::MessageId id) {
  if (const auto known = core.texts.find(id.value); known != core.texts.end()) return known->second;
  auto text = std::make_shared<const model::MessageText>(core.store.message_text(id));
  if (!text->body.empty()) core.texts[id.value] = text;  // a read that failed is empty too
  return text;
}

std::string page_of(Core& core, const Link& link, model::AlertId of) {
  if (core.options.link_base.empty() || !of || link.channel != model::Channel::kSms) return {};
  if (!link.sender->can().web_links) return {};
  const auto alert = core.store.alert(of);
  const bool answers =
      alert && (alert->matter_kind == model::MatterKind::kAlert || alert->matter_kind == model::MatterKind::kUpdate ||
                alert->matter_kind == model::MatterKind::kApproval);
  if (!answers) return {};
  return core.options.link_base + "/a#" + model::alert_token(of, core.store.secret_key());
}

int parts_over(Core& core, const Link& link, model::AlertId of, model::MessageId id) {
  const auto text = text_of(core, id);
  if (text->body.empty()) return 1;
  const auto page = page_of(core, link, of);
  return link.sender->parts_of(page.empty() ? text->body : text->body + "\n" + page);
}

model::MessageId message_for(Core& core, const model::Alert& alert, const model::Incident& incident,
                             const std::string& language, model::Channel channel, bool one_way) {
  const auto template_name = template_of(core, alert, incident);
  std::string variant = template_name;
  if (one_way) variant += "/one-way";
  if (const auto holder = holder_name(core, alert); !holder.empty()) variant += "/for:" + holder;
  const auto key = std::make_tuple(alert.matter.value, language, static_cast<int>(channel), variant);
  if (const auto known = core.messages.find(key); known != core.messages.end()) return known->second;
  if (const auto stored = core.store.message(alert.matter, language, channel, variant)) {
    core.messages[key] = *stored;
    return *stored;
  }
  const auto id = core.ids.next_id<model::MessageId>(core.now);
  keep_message(core, id, alert.matter, language, channel, variant,
               words_of(core, alert, incident, template_name, language, channel, one_way));
  core.messages[key] = id;
  return id;
}

model::MessageId message_anew(Core& core, const model::Alert& alert, const model::Incident& incident,
                              const std::string& language, model::Channel channel, bool one_way,
                              model::MessageId before) {
  const auto template_name = template_of(core, alert, incident);
  auto text = words_of(core, alert, incident, template_name, language, channel, one_way);
  if (text.body == core.store.message_text(before).body) return before;
  const auto id = core.ids.next_id<model::MessageId>(core.now);
  // Each time its own text: the message's id makes its variant.
  keep_message(core, id, alert.matter, language, channel, template_name + "/at:" + base::to_base32(id.value),
               std::move(text));
  return id;
}

ServiceText send_service_text(Core& core, const model::Incident* incident, const std::string& address,
                              const std::string& language, const std::string& template_name,
                              const std::string& question, const std::string& page, bool one_segment) {
  const auto id = incident == nullptr ? model::IncidentId{} : incident->id;
  const auto delivery_id = core.ids.next_id<model::DeliveryId>(core.now);
  auto* link = link_for(
      core, {model::Channel::kSms, address, model::kServiceUrgency, 0, static_cast<std::uint64_t>(delivery_id.value)});
  if (link == nullptr) {
    core.record(model::RecordKind::kNotTold, id, 0, 0, static_cast<int>(model::Reason::kNoLink), template_name);
    return {};
  }
  model::Incident nothing;
  nothing.plan_version = core.plan_version();
  const auto& about = incident == nullptr ? nothing : *incident;
  const auto facts = incident == nullptr ? model::Facts{} : facts_of(core, about);
  auto occasion = occasion_of(core, about, facts);
  occasion.question = question;
  occasion.one_way = !link->sender->can().answers;
  const auto message = core.ids.next_id<model::MessageId>(core.now);
  const auto matter = core.store.matter(id, model::MatterKind::kReply, 0, core.ids.next_id<model::MatterId>(core.now));
  auto text = one_segment ? composed_to_fit(occasion, template_name, language, *link->sender)
                          : callout::compose_text(occasion, template_name, language, link->channel);
  if (!page.empty() && link->sender->can().web_links) {  // what the page is for, the code does alone
    text.body += "\n" + page;
    text.made_of.fields["link"] = page;
  }
  // Each reply is its own text: the message id makes its variant.
  keep_message(core, message, matter.id, language, link->channel, base::to_base32(message.value), std::move(text));
  model::Delivery delivery;
  delivery.id = delivery_id;
  delivery.incident = id;
  delivery.message = message;
  delivery.channel = link->channel;
  delivery.link = link->index;
  delivery.address = address;
  delivery.urgency = model::kServiceUrgency;
  delivery.turn = link->turn[delivery.urgency];
  core.store.insert(std::span(&delivery, 1), 0);
  ++core.metrics.deliveries;
  core.record(model::RecordKind::kAutoReply, id, delivery.id.value, 0, 0, template_name);
  return {message, delivery.id};
}

}  // namespace tocsin::engine
