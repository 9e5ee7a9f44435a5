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

std::vector<model::Danger> Engine::dangers() const {
  return shared_.with([](const Swaps& s) { return s.dangers; });
}

std::vector<base::Said> Engine::problems() const {
  std::vector<base::Said> sentences;
  for (auto& danger : dangers()) sentences.push_back(std::move(danger.words));
  return sentences;
}

std::vector<model::LinkLook> Engine::links() const {
  return shared_.with([](const Swaps& s) { return s.links; });
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

}  // namespace tocsin::engine
