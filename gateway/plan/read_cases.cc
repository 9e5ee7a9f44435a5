// [[case]]: the plan's own tests.
#include "gateway/plan/read_cases.h"

#include <algorithm>

#include "gateway/plan/hours.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using base::said, base::Said;

constexpr const char* kUsualMoment = "2026-01-12 10:00";  // a Monday that is worked, by day
constexpr base::Duration kLongestCase = 7 * 24h;

// The calendar alone: whether a zone skips that hour is for those who run the case.
bool is_local_moment(const std::string& text) {
  return text.size() == 16 && text[10] == ' ' && parse_day(std::string_view(text).substr(0, 10)) &&
         parse_minute(std::string_view(text).substr(11)) && text.substr(11) != "24:00";
}

std::vector<std::string> carried_channels() {
  std::vector<std::string> names;
  for (const auto channel : all_channels()) {
    if (model::is_carried(channel)) names.emplace_back(model::name_of(channel));
  }
  return names;
}

const std::vector<model::AnswerKind>& typed_answers() {
  using model::AnswerKind;
  static const std::vector<AnswerKind> all{AnswerKind::kReceived, AnswerKind::kComing, AnswerKind::kArrived,
                                           AnswerKind::kCannot, AnswerKind::kReplied};
  return all;
}

class EventReader {
 public:
  EventReader(Reading& reading, const Node& node, const Said& what)
      : reading_(reading), table_(reading, node, Table::kEvent, what) {}

  std::optional<CaseEvent> read() {
    table_.require("after");
    const auto after = table_.duration("after");
    static const std::vector<std::string> kinds{"report",    "answer",  "decision",  "opened",
                                                "link_down", "link_up", "stand_down"};
    std::vector<std::string> given;
    for (const auto& kind : kinds) {
      if (table_.find(kind) != nullptr) given.push_back(kind);
    }
    std::optional<CaseEvent> event;
    if (given.size() == 1) {
      event = one(given.front());
    } else if (table_.is_table()) {
      reading_.findings.error(table_.node().at, "event-unclear",
                              given.empty()
                                  ? said("{0} says nothing that happens", "{0}没有写发生了什么", table_.what())
                                  : said("{0} says several things that happen: {1}", "{0}写了几件事：{1}",
                                         table_.what(), base::listed(given)),
                              said("exactly one of: {0}", "只写其中一件：{0}", base::listed(kinds)));
      table_.find("who");
    }
    table_.finish();
    if (!after || !event) return std::nullopt;
    event->after = *after;
    return event;
  }

 private:
  std::optional<CaseEvent> one(const std::string& kind) {
    CaseEvent event;
    if (kind != "answer" && kind != "decision") {
      table_.not_applicable("who", said("nobody does that", "这件事没有人来做"));
    }
    if (kind == "report") {
      event.what = read_case_report(*table_.find(kind), table_.subject(kind), reading_);
    } else if (kind == "answer") {
      return answer(event);
    } else if (kind == "decision") {
      const auto word = table_.one_of(kind, {"approve", "decline"});
      auto who = required_whom();
      if (!word || !who) return std::nullopt;
      event.what = CaseDecision{std::move(*who), *word == 0};
    } else if (kind == "link_down" || kind == "link_up") {
      static const auto channels = carried_channels();
      const auto channel = table_.one_of(kind, channels);
      if (!channel) return std::nullopt;
      event.what = CaseLink{*model::channel_named(channels[*channel]), kind == "link_up"};
    } else {
      if (table_.flag(kind) == false) {
        reading_.findings.error(table_.at(kind), "wrong-type",
                                said("{0} can only be true", "{0}只能是true", table_.subject(kind)),
                                said("leave the event out instead", "不发生就不要写这一项"));
      }
      if (kind == "opened") {
        event.what = CaseOpened{};
      } else {
        event.what = CaseStandDown{};
      }
    }
    return event;
  }

  std::optional<CaseEvent> answer(CaseEvent event) {
    static const std::vector<std::string> words = [] {
      std::vector<std::string> names;
      for (const auto kind : typed_answers()) names.emplace_back(model::name_of(kind));
      return names;
    }();
    const auto word = table_.one_of("answer", words);
    auto who = required_whom();
    if (!word || !who) return std::nullopt;
    event.what = CaseAnswer{std::move(*who), typed_answers()[*word]};
    return event;
  }

  std::optional<CaseWhom> required_whom() {
    const Node* node = table_.require("who");
    if (node == nullptr) return std::nullopt;
    return read_whom(*node, table_.subject("who"), reading_);
  }

  Reading& reading_;
  TableReader table_;
};

class CaseReader {
 public:
  CaseReader(Reading& reading, const KnownNames& known) : reading_(reading), known_(known) {}

  void read(const Node& node) {
    TableReader table(reading_, node, Table::kCase, base::same("[[case]]"));
    Case made;
    made.name = table.required_text("name").value_or("");
    if (!made.name.empty()) {
      table.call_it(said("case {0}", "自测{0}", in_quotes(made.name)));
      register_name(made.name, table);
    }
    read_when(table, made);
    const auto place = "case/" + made.name;
    if (const Node* report = table.require("report")) {
      made.events.push_back(
          {{}, read_case_report(*report, said("the report of {0}", "{0}的报告", table.what()), reading_)});
    }
    int number = 0;
    for (const Node* event : table.list("event", kMaxEvents, NodeKind::kTable)) {
      ++number;
      if (!made.name.empty()) reading_.place(place + "/event/" + std::to_string(number), event->at);
      read_event(*event, said("event {0} of {1}", "{1}的第{0}件事", number, table.what()), made);
    }
    if (const Node* expect = table.require("expect")) {
      if (!made.name.empty()) reading_.place(place + "/expect", expect->at);
      made.expect = read_expect(*expect, known_, said("what {0} expects", "{0}的要求", table.what()), reading_);
    }
    table.finish();
    reading_.plan.cases.push_back(std::move(made));
  }

 private:
  void register_name(const std::string& name, TableReader& table) {
    const auto first = names_.emplace(name, table.at("name"));
    if (first.second) {
      reading_.place("case/" + name, table.node().at);
      return;
    }
    reading_.findings.error(table.at("name"), "duplicate-name",
                            said("{0} stands twice in the plan", "{0}在预案里出现两次", table.what()),
                            said("the other is at {0}", "另一处在{0}", reading_.where(first.first->second)));
  }

  void read_when(TableReader& table, Case& made) {
    made.at = table.text("at").value_or(kUsualMoment);
    if (!is_local_moment(made.at)) {
      reading_.findings.error(
          table.at("at"), "bad-moment",
          said("{0} is no moment: {1}", "{0}不是日期和钟点：{1}", table.subject("at"), in_quotes(made.at)),
          said("write \"2026-11-23 10:00\", office time", "写成 \"2026-11-23 10:00\"，按值班室当地时间"));
    }
    made.until = table.duration("until").value_or(1h);
    if (made.until > kLongestCase || made.until <= base::Duration{}) {
      reading_.findings.error(table.at("until"), "out-of-range",
                              said("{0} is {1}, expected more than 0s and at most {2}", "{0}是{1}，应大于0s、不超过{2}",
                                   table.subject("until"), base::to_string(made.until), base::to_string(kLongestCase)));
    }
  }

  void read_event(const Node& node, const Said& what, Case& made) {
    auto event = EventReader(reading_, node, what).read();
    if (!event) return;
    const Node* after = node.find("after");
    if (!made.events.empty() && event->after < made.events.back().after) {
      reading_.findings.error(after->at, "event-out-of-order",
                              said("{0} comes after {1}, before the one above it", "{0}在{1}之后发生，却早于上一件事",
                                   what, base::to_string(event->after)),
                              said("\"after\" counts from the beginning of the case; write events in their order",
                                   "\"after\"从自测开始算起；请按先后顺序写"));
    } else if (event->after > made.until) {
      reading_.findings.error(
          after->at, "event-after-end",
          said("{0} comes after {1}, but the case ends after {2}", "{0}在{1}之后发生，但自测到{2}就结束了", what,
               base::to_string(event->after), base::to_string(made.until)),
          said("write a longer \"until\"", "请把\"until\"写长些"));
    }
    made.events.push_back(std::move(*event));
  }

  Reading& reading_;
  const KnownNames& known_;
  std::map<std::string, Position, std::less<>> names_;
};

}  // namespace

void read_cases(TableReader& root, Reading& reading) {
  const auto nodes = root.list("case", kMaxCases, NodeKind::kTable);
  if (nodes.empty()) return;
  const auto known = known_names(reading.plan);
  CaseReader reader(reading, known);
  for (const Node* node : nodes) {
    if (reading.findings.full()) return;
    reader.read(*node);
  }
}

}  // namespace tocsin::plan
