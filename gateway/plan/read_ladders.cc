// [ladder.NAME]: the rungs by which one person is reached.
#include "gateway/plan/reading.h"

#include "gateway/model/alert.h"
#include "gateway/model/selector.h"

namespace tocsin::plan {
namespace {

const std::vector<model::Channel>& all_channels() {
  using model::Channel;
  static const std::vector<Channel> all{Channel::kSms,      Channel::kVoice,   Channel::kPush,
                                        Channel::kEmail,    Channel::kWebhook, Channel::kConsole,
                                        Channel::kDeskCall, Channel::kDeputy,  Channel::kKnock};
  return all;
}

std::vector<std::string> channel_names() {
  std::vector<std::string> names;
  for (const auto channel : all_channels()) names.emplace_back(model::name_of(channel));
  return names;
}

void read_channel(TableReader& table, Rung& rung, Reading& reading) {
  table.require("channel");
  const auto word = table.text("channel");
  if (!word) return;
  if (const auto channel = model::channel_named(*word)) {
    rung.channel = *channel;
    return;
  }
  const auto names = channel_names();
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  const auto near = base::nearest_name(*word, names);
  reading.findings.error(table.at("channel"), "unknown-channel", "unknown channel " + quoted(*word),
                         (near.empty() ? "channels: " : "did you mean " + quoted(near) + "? Channels: ") + all);
}

void read_who(TableReader& table, Rung& rung, Reading& reading) {
  if (rung.channel != model::Channel::kKnock) {
    table.not_applicable("who", "only a knock sends somebody");
    return;
  }
  const auto who = table.required_text("who");
  if (!who) return;
  rung.who = model::parse_selector(*who);
  if (!rung.who) {
    reading.findings.error(table.at("who"), "bad-selector", quoted(*who) + " is not a selector",
                           "like \"area:heads\", \"post:commander\", \"unit:fire-station\" or \"duty:desk\"");
  }
}

void read_ladder(const Entry& entry, Reading& reading) {
  Ladder ladder;
  ladder.name = entry.key;
  const auto what = "[ladder." + entry.key + "]";
  TableReader table(reading, entry.value, what);
  if (!is_slug(entry.key)) {
    reading.findings.error(entry.key_at, "bad-name", quoted(entry.key) + " cannot name a ladder",
                           "small letters, digits, - and _, at most 40");
  }
  if (table.require("rungs") != nullptr) {
    int number = 0;
    for (const Node* node : table.list("rungs", kMaxRungs, NodeKind::kTable)) {
      TableReader rung_table(reading, *node, "rung " + std::to_string(++number) + " of " + what);
      Rung rung;
      read_channel(rung_table, rung, reading);
      rung_table.require("wait");
      rung.wait = rung_table.duration("wait").value_or(base::Duration{});
      read_who(rung_table, rung, reading);
      rung_table.finish();
      ladder.rungs.push_back(std::move(rung));
    }
  }
  ladder.cycles = table.whole("cycles", 1, 100).value_or(1);
  ladder.repeat_after = table.duration("repeat_after").value_or(base::Duration{});
  table.finish();
  reading.plan.ladders.push_back(std::move(ladder));
}

}  // namespace

void read_ladders(TableReader& root, Reading& reading) {
  const Node* node = root.find("ladder", NodeKind::kTable);
  if (node == nullptr) return;
  if (node->entries.size() > kMaxLadders) {
    reading.findings.error(node->at, "too-many", "the plan has more than " + std::to_string(kMaxLadders) + " ladders");
    return;
  }
  for (const auto& entry : node->entries) read_ladder(entry, reading);
}

}  // namespace tocsin::plan
