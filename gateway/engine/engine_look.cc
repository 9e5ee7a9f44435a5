// How the engine stands, for those who watch: dangers in words, each link, the gauges.
#include <algorithm>

#include "gateway/engine/engine.h"
#include "gateway/engine/link_reason.h"

namespace tocsin::engine {
namespace {

using base::Said;
using model::Danger;
using model::DangerKind;

constexpr base::Duration kStepTold = std::chrono::hours(1);           // a clock set forward is no danger any more then
constexpr base::Duration kMayTakeToStart = std::chrono::seconds(30);  // a link that is not up by then is down

Said in_brackets(const std::string& reason) {
  return reason.empty() ? Said() : base::said(" ({0})", "（{0}）", reason_in_words(reason));
}

Said doubt_in_words(const Link& link) {
  const auto& name = link.sender->name();
  switch (link.health.why()) {
    case model::LinkDoubt::kReceipts:
      return base::said("Link {0} does not confirm as it used to: others carry its messages.",
                        "通道{0}不再像往常那样回送回执：消息改走其他通道。", name);
    case model::LinkDoubt::kFalls:
      return base::said("Link {0} goes down again and again: others carry its messages.",
                        "通道{0}反复中断：消息改走其他通道。", name);
    case model::LinkDoubt::kProbe:
      return base::said("A probe over link {0} did not come back: others carry its messages.",
                        "经通道{0}发出的探测短信没有返回：消息改走其他通道。", name);
    default: return {};
  }
}

void add_dangers(const Link& link, std::vector<Danger>& dangers) {
  const auto& name = link.sender->name();
  const auto why = in_brackets(link.reason);
  const auto add = [&](Said words, std::optional<base::UtcTime> since) {
    dangers.push_back({DangerKind::kLink, std::move(words), since});
  };
  if (!link.up) add(base::said("Link {0} is down{1}.", "通道{0}已中断{1}。", name, why), link.down_since);
  if (link.full_since)
    add(base::said("Link {0} has reached its cap.", "通道{0}已达到发送上限。", name), link.full_since);
  if (link.degraded) {
    add(base::said("Link {0} has lost some of its connections{1}; the others go on.",
                   "通道{0}的部分连接中断{1}，其余连接照常工作。", name, why),
        std::nullopt);
  }
  if (auto doubt = doubt_in_words(link); !doubt.empty()) add(std::move(doubt), link.health.doubted_since());
}

}  // namespace

std::vector<Danger> Engine::find_dangers() {
  std::vector<Danger> dangers;
  const auto add = [&](DangerKind kind, Said words, std::optional<base::UtcTime> since = std::nullopt) {
    dangers.push_back({kind, std::move(words), since});
  };
  if (core_.storage_full) {
    add(DangerKind::kStorage,
        {"The disk is full or failing: new reports cannot be taken; alerts that began already go on.",
         "磁盘已满或有故障：新报告暂时收不下，已开始的警报照常发出。"});
  }
  if (store_failing_)
    add(DangerKind::kStorage, {"The store could not be written at the last try.", "最近一次写入数据库失败。"});
  if (clock_behind_ > base::Duration{}) {
    add(DangerKind::kClock,
        base::said("The machine's clock went back by {0}.", "本机时钟倒退了{0}。", base::to_string(clock_behind_)),
        clock_stepped_at_);
  }
  if (clock_ahead_ > base::Duration{} && timeline_.stamp() - clock_stepped_at_ < kStepTold) {
    add(DangerKind::kClock,
        base::said("The machine's clock was set forward by {0}.", "本机时钟被拨快了{0}。",
                   base::to_string(clock_ahead_)),
        clock_stepped_at_);
  }
  for (const auto& link : core_.links) add_dangers(link, dangers);
  if (core_.links.empty())
    add(DangerKind::kLink,
        {"No link is configured: nobody can be told by machine.", "没有配置通道：系统无法通知任何人。"});
  return dangers;
}

std::vector<model::LinkLook> Engine::look_at_each_link() {
  std::vector<model::LinkLook> looks;
  was_up_.resize(core_.links.size());
  for (std::size_t i = 0; i < core_.links.size(); ++i) {
    const auto& link = core_.links[i];
    if (link.up) was_up_[i] = true;
    model::LinkLook look;
    look.index = link.index;
    look.name = link.sender->name();
    look.channel = link.channel;
    look.why = reason_in_words(link.reason);
    if (!link.up) {
      const bool starts = !was_up_[i] && link.down_since && timeline_.stamp() - *link.down_since < kMayTakeToStart;
      look.state = starts ? model::LinkState::kStarting : model::LinkState::kDown;
      look.since = link.down_since;
    } else if (link.health.doubted() || link.degraded) {
      look.state = model::LinkState::kDoubtful;
      look.since = link.health.doubted_since();
      if (auto doubt = doubt_in_words(link); !doubt.empty()) look.why = std::move(doubt);
    } else {
      look.state = model::LinkState::kUp;
      look.why = {};
      if (link.full_since) {
        look.why = base::said("its cap is reached", "已达到发送上限");
        look.since = link.full_since;
      }
    }
    looks.push_back(std::move(look));
  }
  return looks;
}

void Engine::show_links() {
  for (std::size_t i = 0; i < core_.links.size() && i < metrics_.links.size(); ++i) {
    const auto& link = core_.links[i];
    auto& shown = metrics_.links[i];
    const auto memory = link.health.memory();
    shown.up = link.up;
    shown.doubted = link.health.doubted();
    shown.degraded = link.degraded;
    shown.full = link.full_since.has_value();
    shown.missing_ppm = memory.missing_ppm;
    shown.receipt_ms = memory.age.count() / 1000;
    if (link.round_trip) shown.round_trip_ms = (link.round_trip->count() + 500) / 1000;
  }
}

void Engine::update_problems() {
  auto dangers = find_dangers();
  auto links = look_at_each_link();
  show_links();
  shared_.with([&](Swaps& s) {
    s.dangers = std::move(dangers);
    s.links = std::move(links);
  });
}

}  // namespace tocsin::engine
