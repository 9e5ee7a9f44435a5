#include "tests/simulation/stranger_actions.h"

#include "tests/simulation/people_actions.h"

namespace tocsin::simulation {
namespace {

constexpr const char* kWords[] = {"东湖着火了", "有人吗", "快来", "fire near the school", "自动回复：我在开会"};

void a_stranger_writes(Driver& d) {
  auto& chance = d.stranger_chance;
  model::InboundMessage message;
  message.from = "+861480000000" + std::to_string(chance.below(4));
  message.to = "10690000";
  // Never the same twice: a carrier that brings a message again is another actor.
  message.text = std::string(kWords[chance.below(std::size(kWords))]) + " " + std::to_string(chance.below(100'000));
  d.note("a stranger writes \"" + message.text + "\"");
  d.submit(message, [&d](const model::CommandResult& result) { d.note("  stranger: " + word_of(result)); });
}

void the_desk_looks(Driver& d) {
  auto& chance = d.stranger_chance;
  const auto inbox = d.ask().inbox({});
  if (!inbox || inbox->entries.empty()) return;
  const auto& entry = inbox->entries[chance.below(inbox->entries.size())];
  const auto said = [&d](const model::CommandResult& result) { d.note("  inbox: " + word_of(result)); };
  if (chance.one_in(3)) {
    model::SubmitReport take;
    take.by = desk(d);
    take.via = model::ReportVia::kDesk;
    take.key = entry.key();
    take.text = entry.text;
    take.takes_message = true;
    d.note("desk: takes message " + std::to_string(entry.id));
    return d.submit(take, said);
  }
  d.note("desk: opens message " + std::to_string(entry.id));
  d.submit(model::OpenMessage{desk(d), chance.one_in(8) ? 999 : entry.id}, said);
}

}  // namespace

void perhaps_stranger_action(Driver& d) {
  if (d.stranger_chance.one_in(10)) a_stranger_writes(d);
  if (d.stranger_chance.one_in(40)) the_desk_looks(d);
}

}  // namespace tocsin::simulation
