// What others see of the engine and hand to it between batches: plan, roster, link base, problems.
#include <algorithm>

#include "gateway/base/log.h"
#include "gateway/engine/engine.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kOfferedPlans = 4;

}  // namespace

void Engine::offer_plan(plan::PlanPtr plan) {
  shared_.with([&](Swaps& s) {
    if (s.offered.size() >= kOfferedPlans) s.offered.erase(s.offered.begin());
    s.offered.push_back(std::move(plan));
  });
}

plan::PlanPtr Engine::offered_plan(const std::string& digest) const {
  return shared_.with([&](const Swaps& s) {
    const auto found =
        std::find_if(s.offered.rbegin(), s.offered.rend(), [&](const auto& plan) { return plan->digest == digest; });
    return found == s.offered.rend() ? plan::PlanPtr() : *found;
  });
}

void Engine::use_roster(ports::RosterPtr roster) {
  shared_.with([&](Swaps& s) { s.new_roster = std::move(roster); });
  swap_waits_ = true;
  queue_.wake();
}

void Engine::use_link_base(std::string link_base) {
  shared_.with([&](Swaps& s) { s.new_link_base = std::move(link_base); });
  swap_waits_ = true;
  queue_.wake();
}

ports::RosterPtr Engine::roster() const {
  return shared_.with([](const Swaps& s) { return s.roster; });
}

plan::PlanPtr Engine::plan() const {
  return shared_.with([](const Swaps& s) { return s.plan; });
}

model::PlanSwap Engine::plan_swap() const {
  return shared_.with([](const Swaps& s) { return s.plan_swap; });
}

std::vector<base::Said> Engine::problems() const {
  return shared_.with([](const Swaps& s) { return s.problems; });
}

// Inside a transaction: it is recorded there.
void Engine::take_swaps() {
  taken_roster_ = nullptr;
  if (!swap_waits_.exchange(false)) return;
  taken_roster_ = shared_.with([this](Swaps& s) {
    if (s.new_link_base) options_.link_base = *std::exchange(s.new_link_base, std::nullopt);
    return std::exchange(s.new_roster, nullptr);
  });
  // Read from the database before the last change was written there: what is in force is newer.
  if (taken_roster_ && taken_roster_->version() < core_.roster().version()) taken_roster_ = nullptr;
  if (!taken_roster_) return;
  core_.use_roster(taken_roster_);
  core_.record(model::RecordKind::kDirectoryImported, {}, 0, taken_roster_->version());
}

// After the commit: from now on everybody sees them.
void Engine::show_swaps() {
  const auto& swap = core_.plan_swap();
  const bool new_plan = swap.number != std::exchange(shown_swap_, swap.number);
  const bool new_roster = core_.roster_ptr() != shown_roster_;
  if (!new_plan && !new_roster && !taken_roster_) return;
  shown_roster_ = core_.roster_ptr();
  shared_.with([&](Swaps& s) {
    s.plan = core_.plan_ptr();
    s.plan_swap = swap;
    s.roster = core_.roster_ptr();
  });
  if (new_plan) {
    base::log(base::LogLevel::kInfo, "plan.in-force",
              "version=" + std::to_string(swap.version) + " via=" + std::string(model::name_of(swap.via)));
  }
  ++identity_version_;  // who leads, and who is still in the directory
  taken_roster_ = nullptr;
}

// The transaction is gone, and with it the version of a plan it put in force, and the rows of a directory it changed.
// The next batch takes a roster that was handed in again, unless a newer one has come.
void Engine::give_back_swaps() {
  shared_.with([&](Swaps& s) {
    if (shown_swap_ != core_.plan_swap().number) core_.give_back_plan(s.plan, s.plan_swap);
    if (taken_roster_ && !s.new_roster) s.new_roster = taken_roster_;
    if (core_.roster_ptr() != s.roster) core_.use_roster(s.roster);
  });
  if (taken_roster_) swap_waits_ = true;
  taken_roster_ = nullptr;
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
  std::vector<base::Said> problems;
  if (core_.storage_full)
    problems.push_back({"The disk is full or failing: reports are answered 503; alerts already owed go on.",
                        "磁盘已满或有故障：新报告以503退回，已欠的警报照常发出。"});
  if (store_failing_)
    problems.push_back({"The store could not be written at the last try.", "最近一次写入数据库失败。"});
  if (clock_behind_ > base::Duration{})
    problems.push_back(
        base::said("The machine's clock went back by {0}.", "本机时钟倒退了{0}。", base::to_string(clock_behind_)));
  for (const auto& link : core_.links) {
    const auto& name = link.sender->name();
    const auto why = link.reason.empty() ? std::string() : " (" + link.reason + ")";
    if (!link.up) problems.push_back(base::said("Link {0} is down{1}.", "通道{0}已中断{1}。", name, why));
    if (link.full_since)
      problems.push_back(base::said("Link {0} has reached its cap.", "通道{0}已达到发送上限。", name));
    if (link.health.why() == model::LinkDoubt::kReceipts) {
      problems.push_back(base::said("Link {0} does not confirm as it used to: others carry its messages.",
                                    "通道{0}不再像往常那样回送回执：消息改走其他通道。", name));
    }
    if (link.degraded) {
      problems.push_back(base::said("Link {0} has lost some of its connections{1}; the others go on.",
                                    "通道{0}的部分连接中断{1}，其余连接照常工作。", name, why));
    }
    if (link.health.why() == model::LinkDoubt::kFalls) {
      problems.push_back(base::said("Link {0} goes down again and again: others carry its messages.",
                                    "通道{0}反复中断：消息改走其他通道。", name));
    }
    if (link.health.why() == model::LinkDoubt::kProbe) {
      problems.push_back(base::said("A probe over link {0} did not come back: others carry its messages.",
                                    "经通道{0}发出的探测短信没有返回：消息改走其他通道。", name));
    }
  }
  if (core_.links.empty())
    problems.push_back({"No link is configured: nobody can be told by machine.", "没有配置通道：系统无法通知任何人。"});
  show_links();
  shared_.with([&](Swaps& s) { s.problems = std::move(problems); });
}

}  // namespace tocsin::engine
