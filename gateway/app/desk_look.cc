#include "gateway/app/desk_look.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "gateway/model/inbox.h"

namespace tocsin::app {
namespace {

constexpr int kMostOpen = 1000;
constexpr std::uintmax_t kMiB = 1024 * 1024, kRoomNeeded = 512 * kMiB;

std::set<std::string> duties_called(const plan::Plan& plan) {
  std::set<std::string> duties;
  const auto add = [&](const std::vector<model::Selector>& selectors) {
    for (const auto& selector : selectors) {
      if (selector.kind == model::SelectorKind::kDuty) duties.insert(selector.name);
    }
  };
  add(plan.inbox_unopened);
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) add(step.to);  // the approval is one of them
    if (response.stand_down) add(response.stand_down->by);
  }
  for (const auto& ladder : plan.ladders) {
    for (const auto& rung : ladder.rungs) {
      if (rung.who) add({*rung.who});
    }
  }
  return duties;
}

}  // namespace

std::vector<model::DutyNow> who_is_on_duty(const plan::Plan& plan, const ports::Roster& roster, base::UtcTime now) {
  std::vector<model::DutyNow> all;
  for (const auto& duty : duties_called(plan)) {
    const model::Selector selector{model::SelectorKind::kDuty, duty};
    model::DutyNow now_on{duty, {}};
    for (const auto& found : roster.resolve(std::span(&selector, 1), {}, now).recipients)
      now_on.people.push_back({found.person, found.post_name});
    all.push_back(std::move(now_on));
  }
  return all;
}

namespace {

// The two duties that every plan calls by these names; others go by their code.
base::Said duty_in_words(const std::string& duty) {
  if (duty == "desk") return {"the desk", "值班室"};
  if (duty == "leader") return {"leader on duty", "带班领导"};
  return base::same(duty);
}

}  // namespace

std::vector<model::Danger> nobody_on_duty(const std::vector<model::DutyNow>& on_duty) {
  std::vector<model::Danger> dangers;
  for (const auto& duty : on_duty) {
    if (!duty.people.empty()) continue;
    dangers.push_back({model::DangerKind::kNobodyOnDuty,
                       base::said("Nobody is on duty now: {0}.", "现在无人值班：{0}。", duty_in_words(duty.duty)),
                       std::nullopt});
  }
  return dangers;
}

std::vector<model::Danger> disk_filling(const std::string& database) {
  std::error_code unknown;
  const auto space = std::filesystem::space(std::filesystem::absolute(database, unknown).parent_path(), unknown);
  if (unknown || space.available >= kRoomNeeded) return {};
  return {
      {model::DangerKind::kDisk,
       base::said("The disk of the database has {0} MiB left.", "数据库所在磁盘只剩{0} MiB。", space.available / kMiB),
       std::nullopt}};
}

base::Result<model::DeskLook> look_at_everything(LookParts parts) {
  model::DeskLook look;
  look.at = parts.now;
  look.dangers = std::move(parts.dangers);
  look.links = std::move(parts.links);
  look.on_duty = who_is_on_duty(*parts.plan, *parts.roster, parts.now);
  for (auto& danger : nobody_on_duty(look.on_duty)) look.dangers.push_back(std::move(danger));
  for (auto& danger : disk_filling(parts.database)) look.dangers.push_back(std::move(danger));

  auto counts = parts.queries->desk_counts(parts.now - model::kInboxKept);
  if (!counts) return counts.error();
  look.counts = std::move(*counts);
  const auto traffic = parts.memory->link_traffic(parts.now);
  if (!traffic) return traffic.error();
  for (auto& link : look.links) {
    if (const auto waits = look.counts.waiting.find(link.index); waits != look.counts.waiting.end())
      link.waiting = waits->second;
    const auto carried = traffic->find(link.index);
    if (carried == traffic->end()) continue;
    link.handed_over_1h = carried->second.handed_over;
    link.last_receipt_at = carried->second.last_receipt_at;
  }

  model::IncidentsWanted wanted;
  wanted.open = true;
  wanted.limit = kMostOpen;
  const auto open = parts.queries->incidents(wanted);
  if (!open) return open.error();
  std::vector<model::IncidentId> ids;
  for (const auto& incident : open->rows) ids.push_back(incident.id);
  const auto summaries = parts.memory->summaries(ids, parts.last_seq);
  if (!summaries) return summaries.error();
  for (const auto& stands : summaries->of) look.unanswered += stands.second.unanswered;
  return look;
}

}  // namespace tocsin::app
