#include "gateway/engine/probes.h"

#include <algorithm>

#include "gateway/base/digest.h"
#include "gateway/base/encoding.h"
#include "gateway/base/text.h"
#include "gateway/engine/links.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

using model::DeliveryState;

constexpr std::string_view kWords = "tocsin probe ";
constexpr std::size_t kIdLength = 13, kMacLength = 10;  // base32; hex
constexpr base::Duration kFirst = std::chrono::minutes(1), kShortest = std::chrono::minutes(1);
constexpr base::Duration kKept = std::chrono::hours(24);
constexpr int kOftenInDoubt = 4;
constexpr base::Duration kAskedWithin = std::chrono::hours(1);
constexpr std::size_t kMostAsked = 10;  // by people, over all links

bool is_probed(const Link& link) {
  return !link.policy.probe_number.empty() && link.policy.probe_every > base::Duration{} &&
         link.channel == model::Channel::kSms;
}

base::Duration pause_of(const Link& link) {
  if (!link.health.doubted()) return link.policy.probe_every;
  return std::max(kShortest, link.policy.probe_every / kOftenInDoubt);
}

std::string token_of(Core& core, model::DeliveryId probe) {
  const auto id = base::to_base32(probe.value);
  const auto mac = base::digest("probe:" + id, core.store.secret_key());
  return id + "-" + base::to_hex(mac).substr(0, kMacLength);
}

model::DeliveryId queue_probe(Core& core, Link& link, const std::string& address, std::string by) {
  const auto message = core.ids.next_id<model::MessageId>(core.now);
  const auto matter = core.store.matter({}, model::MatterKind::kReply, 0, core.ids.next_id<model::MatterId>(core.now));
  model::Delivery d;
  d.id = core.ids.next_id<model::DeliveryId>(core.now);
  d.message = message;
  d.channel = link.channel;
  d.link = link.index;
  d.address = address;
  d.cause = model::Reason::kProbe;
  d.urgency = model::kServiceUrgency;
  d.turn = link.turn[d.urgency];
  const auto body = std::string(kWords) + token_of(core, d.id);
  keep_message(core, message, matter.id, "", link.channel, base::to_base32(message.value),
               {body, {"probe", "", {{"probe", body}}}});
  core.store.insert(std::span<const model::Delivery>(&d, 1), 0);
  core.record(model::RecordKind::kQueued, {}, d.id.value, link.index, static_cast<int>(model::Reason::kProbe),
              std::move(by));
  ++core.metrics.deliveries;
  ++core.metrics.probes_sent;
  return d.id;
}

void send_probe(Core& core, Link& link) {
  link.probe = queue_probe(core, link, link.policy.probe_number, {});
  link.probe_waits = true;
  link.probe_at = core.now + core.options.probe_patience;
}

// The first agreed contact point that the channel carries to.
std::string reached_over(const model::PersonCard& card, model::Channel channel) {
  for (const auto& contact : card.contacts) {
    if (contact.agreed && model::can_carry(channel, contact.kind)) return contact.address;
  }
  return {};
}

// Is it lost?  One that waits in the queue, or went down with its connection, says nothing about the link.
void look_for_probe(Core& core, Link& link) {
  const auto id = link.probe;
  const auto found = core.store.deliveries(std::span(&id, 1));
  if (!found.empty() && model::is_open(found.front().state)) {
    link.probe_at = core.now + core.options.probe_patience;
    return;
  }
  const auto left = found.empty() ? std::nullopt : found.front().handed_over_at;
  if (left && core.now - *left < core.options.probe_patience) {
    link.probe_at = *left + core.options.probe_patience;
    return;
  }
  const bool broke_off = !found.empty() && found.front().state == DeliveryState::kUnknown &&
                         found.front().handed_over_at == found.front().ended_at;
  link.probe = {};
  link.probe_at = core.now + pause_of(link);
  if (broke_off) return;
  ++core.metrics.probes_lost;
  const bool was_probe = link.health.why() == model::LinkDoubt::kProbe;
  link.health.probe_lost(core.now);
  if (!was_probe) note_doubted(core, link);
  link.probe_at = core.now + pause_of(link);
}

// The delivery whose probe the text holds.
std::optional<model::DeliveryId> probe_in(Core& core, std::string_view text) {
  const auto at = text.find(kWords);
  if (at == std::string_view::npos) return std::nullopt;
  const auto token = text.substr(at + kWords.size(), kIdLength + 1 + kMacLength);
  if (token.size() != kIdLength + 1 + kMacLength) return std::nullopt;
  const auto id = base::from_base32(token.substr(0, kIdLength));
  if (!id || !base::equal_secrets(token, token_of(core, model::DeliveryId{*id}))) return std::nullopt;
  return model::DeliveryId{*id};
}

}  // namespace

void send_probes(Core& core) {
  bool sent = false;
  for (auto& link : core.links) {
    if (!is_probed(link)) continue;
    if (!link.probe_at) link.probe_at = core.now + std::min(kFirst, link.policy.probe_every);
    if (core.now < *link.probe_at) continue;
    if (link.probe) {
      look_for_probe(core, link);
    } else if (link.up && !link.full_since) {
      send_probe(core, link);
      sent = true;
    } else {
      link.probe_at = core.now + kShortest;
    }
  }
  if (sent) core.store.forget_probes(core.now - kKept);
}

std::optional<base::UtcTime> next_probe(const Core& core, const Link& link) {
  if (!is_probed(link)) return std::nullopt;
  return link.probe_at ? *link.probe_at : core.now;
}

bool probe_came_in(Core& core, std::string_view text) {
  const auto id = probe_in(core, text);
  if (!id) return false;
  const auto found = core.store.deliveries(std::span(&*id, 1));
  auto* link = found.empty() ? nullptr : core.link(found.front().link);
  if (link == nullptr) return true;
  // It may be back before the carrier's answer to its submission.
  const auto left = found.front().handed_over_at.value_or(base::time_of_id(id->value));
  ++core.metrics.probes_returned;
  link->round_trip = std::max(core.now - left, base::Duration{});
  const bool in_time = *link->round_trip <= core.options.probe_patience;
  if (link->probe == *id) {
    link->probe = {};
    link->probe_at = core.now + pause_of(*link);
  }
  if (in_time) {
    link->health.probe_returned(core.now, link->sender->can().receipts);
    judge(core, *link);
  }
  return true;
}

model::CommandResult probe_link(Core& core, const model::ProbeLink& c) {
  const auto* card = c.by.person ? core.roster().person(c.by.person) : nullptr;
  if (c.by.role != model::Role::kAdmin || card == nullptr) {
    return base::Error{base::ErrorCode::kForbidden, "for an administrator who is a person of the directory", {}};
  }
  const auto link =
      std::find_if(core.links.begin(), core.links.end(), [&](const Link& one) { return one.sender->name() == c.link; });
  if (link == core.links.end()) return base::Error{base::ErrorCode::kNotFound, "there is no link of that name", {}};
  if (!link->up) return base::Error{base::ErrorCode::kConflict, "this link is down", {}};
  const auto address = reached_over(*card, link->channel);
  if (address.empty()) {
    return base::Error{base::ErrorCode::kConflict, "you have no agreed contact point that this link carries to", {}};
  }
  auto& asked = core.probes_asked;
  while (!asked.empty() && core.now - asked.front() >= kAskedWithin) asked.pop_front();
  if (asked.size() >= kMostAsked) {
    return base::Error{base::ErrorCode::kRetryLater, "ten probes were asked for within the hour", {}};
  }
  asked.push_back(core.now);
  core.store.forget_probes(core.now - kKept);
  return model::Reply{model::ProbeSent{queue_probe(core, *link, address, Core::who(c.by))}};
}

}  // namespace tocsin::engine
