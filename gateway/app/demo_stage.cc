#include "gateway/app/demo_stage.h"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "adapters/console/console.h"

namespace tocsin::app {

using namespace std::chrono_literals;

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

void Stage::title(const std::string& text) {
  pause();
  say("\n== " + text);
}

void Stage::settle() {
  while (daemon_.office().engine().pump()) {
  }
}

void Stage::pass(base::Duration by) {
  line("... " + base::to_string(by) + " later");
  const auto end = clock_.utc_now() + by;
  while (clock_.utc_now() < end) {
    const auto wake = daemon_.office().engine().next_wake();
    const auto left = end - clock_.utc_now();
    clock_.move(wake ? std::clamp<base::Duration>(*wake - clock_.utc_now(), 1ms, std::max<base::Duration>(left, 1ms))
                     : left);
    settle();
  }
}

model::CommandResult Stage::submit(model::Command command) {
  auto future = daemon_.office().submit(std::move(command));
  settle();
  return future.get();
}

void Stage::texts(const std::string& person, const std::string& text) {
  const auto* card = daemon_.office().roster()->person_coded(person);
  if (!expect(card != nullptr && !card->contacts.empty(), person + " is in the sample directory")) return;
  daemon_.console("console")->phone_texts(card->contacts.front().address, text);
  settle();
}

model::IncidentView Stage::incident() {
  auto view = daemon_.office().queries().incident(101, 1000);
  if (!expect(view.ok(), "incident 101 can be read")) return {};
  return *view;
}

bool Stage::expect(bool holds, const std::string& what) {
  if (!holds) {
    ++failures_;
    say("   !! NOT AS TOLD: " + what);
  }
  return holds;
}

std::string Stage::name(model::PersonId id) {
  const auto* card = daemon_.office().roster()->person(id);
  return card == nullptr ? "?" : card->name;
}

model::PersonId Stage::person(const std::string& code) {
  const auto* card = daemon_.office().roster()->person_coded(code);
  return card == nullptr ? model::PersonId{} : card->id;
}

const model::AlertView* Stage::alert_of(const model::IncidentView& view, const std::string& code) {
  const model::AlertView* found = nullptr;
  for (const auto& alert : view.alerts) {
    if (alert.alert.person == person(code)) found = &alert;
  }
  return found;
}

bool Stage::was_sent(const model::IncidentView& view, const std::string& code, model::MatterKind matter) {
  return std::any_of(view.alerts.begin(), view.alerts.end(), [&](const auto& alert) {
    return alert.alert.person == person(code) && alert.alert.matter_kind == matter;
  });
}

std::optional<model::CallLine> Stage::call_line(const std::string& code) {
  const auto sheet = daemon_.office().queries().call_sheet(200);
  if (!sheet) return std::nullopt;
  for (const auto& candidate : *sheet) {
    if (candidate.person == person(code)) return candidate;
  }
  return std::nullopt;
}

bool Stage::call_sheet_is_empty() {
  const auto sheet = daemon_.office().queries().call_sheet(200);
  return sheet.ok() && sheet->empty();
}

void Stage::pause() {
  const auto until = std::chrono::steady_clock::now() + pace_;
  while (std::chrono::steady_clock::now() < until && !stop_asked_) {
    settle();
    std::this_thread::sleep_for(20ms);
  }
}

}  // namespace tocsin::app
