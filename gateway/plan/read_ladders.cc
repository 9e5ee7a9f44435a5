// [ladder.NAME]: the rungs by which one person is reached.
#include "gateway/plan/reading.h"

#include "gateway/model/alert.h"
#include "gateway/model/selector.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

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
  const auto near = base::nearest_name(*word, names);
  const auto all = base::listed(names);
  reading.findings.error(
      table.at("channel"), "unknown-channel", said("unknown channel {0}", "没有{0}这种通道", in_quotes(*word)),
      near.empty() ? said("channels: {0}", "通道有：{0}", all)
                   : said("did you mean {0}? Channels: {1}", "是不是想写{0}？通道有：{1}", in_quotes(near), all));
}

void read_who(TableReader& table, Rung& rung, Reading& reading) {
  if (rung.channel != model::Channel::kKnock) {
    table.not_applicable("who", said("only a knock sends somebody", "只有上门（knock）才派人去"));
    return;
  }
  const auto who = table.required_text("who");
  if (!who) return;
  rung.who = model::parse_selector(*who);
  if (!rung.who) {
    reading.findings.error(
        table.at("who"), "bad-selector", said("{0} is not a selector", "{0}不是人员选择", in_quotes(*who)),
        said("like {0}", "例如 {0}", "\"area:heads\", \"post:commander\", \"unit:fire-station\", \"duty:desk\""));
  }
}

void read_ladder(const Entry& entry, std::vector<LadderHoursAt>& hours, Reading& reading) {
  Ladder ladder;
  ladder.name = entry.key;
  const auto what = "[ladder." + entry.key + "]";
  TableReader table(reading, entry.value, Table::kLadder, what);
  if (!is_slug(entry.key)) {
    reading.findings.error(entry.key_at, "bad-name",
                           said("{0} cannot name a ladder", "{0}不能作呼叫阶梯的名字", in_quotes(entry.key)),
                           slug_hint());
  }
  reading.place("ladder/" + entry.key, entry.key_at);
  ladder.title = table.words("title", false);
  ladder.rungs = read_rungs(table, ladder.name, reading);
  ladder.cycles = table.whole("cycles", 1, kMaxCycles).value_or(1);
  ladder.repeat_after = table.duration("repeat_after").value_or(base::Duration{});
  const int index = static_cast<int>(reading.plan.ladders.size());
  for (const Node* node : table.list("hours", kMaxHours, NodeKind::kTable)) hours.push_back({index, node});
  table.finish();
  reading.ladder_named.emplace(ladder.name, index);
  reading.plan.ladders.push_back(std::move(ladder));
}

}  // namespace

const std::vector<model::Channel>& all_channels() {
  using model::Channel;
  static const std::vector<Channel> all{Channel::kSms,      Channel::kVoice,   Channel::kPush,
                                        Channel::kEmail,    Channel::kWebhook, Channel::kConsole,
                                        Channel::kDeskCall, Channel::kDeputy,  Channel::kKnock};
  return all;
}

std::vector<Rung> read_rungs(TableReader& table, const std::string& ladder, Reading& reading) {
  std::vector<Rung> rungs;
  if (table.require("rungs") == nullptr) return rungs;
  const auto what = table.what();
  for (const Node* node : table.list("rungs", kMaxRungs, NodeKind::kTable)) {
    const auto number = std::to_string(rungs.size() + 1);
    TableReader rung_table(reading, *node, Table::kRung, said("rung {0} of {1}", "{1}的第{0}个步级", number, what));
    reading.place("ladder/" + ladder + "/" + number, node->at);
    Rung rung;
    read_channel(rung_table, rung, reading);
    rung_table.require("wait");
    rung.wait = rung_table.duration("wait").value_or(base::Duration{});
    read_who(rung_table, rung, reading);
    rung_table.finish();
    rungs.push_back(std::move(rung));
  }
  return rungs;
}

std::optional<int> read_ladder_name(TableReader& table, Reading& reading) {
  const auto name = table.text("ladder");
  if (!name) return std::nullopt;
  if (const auto it = reading.ladder_named.find(*name); it != reading.ladder_named.end()) return it->second;
  std::vector<std::string> names;
  for (const auto& ladder : reading.ladder_named) names.push_back(ladder.first);
  reading.findings.error(table.at("ladder"), "unknown-ladder",
                         said("{0} climbs ladder {1}, which the plan does not have", "{0}用的呼叫阶梯{1}在预案里没有",
                              table.what(), in_quotes(*name)),
                         suggested(*name, names));
  return std::nullopt;
}

void read_ladders(TableReader& root, Reading& reading) {
  const Node* node = root.find("ladder", NodeKind::kTable);
  if (node == nullptr) return;
  if (node->entries.size() > kMaxLadders) {
    reading.findings.error(node->at, "too-many",
                           said("the plan has more than {0} ladders", "预案的呼叫阶梯超过{0}个", kMaxLadders));
    return;
  }
  std::vector<LadderHoursAt> hours;
  for (const auto& entry : node->entries) read_ladder(entry, hours, reading);
  // After all that have names of their own: what a plan writes first keeps its number.
  for (const auto& at : hours) read_hours(at, reading);
}

}  // namespace tocsin::plan
