// What the links of the settings cannot do for a plan.
#include <algorithm>

#include "gateway/callout/authority.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/check_parts.h"
#include "gateway/rehearse/longest_text.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::Severity;
using model::Channel;

// What all links of one channel do together.
struct Service {
  int messages_per_second = 0;  // 0: no limit
  bool brings_answers = false;
  int least_parts = 0;  // the most that every link takes
  bool unicode = true;
};

class LinkCheck {
 public:
  LinkCheck(const plan::Plan& plan, const ports::Roster* roster, OverTime* over_time, const CheckOptions& options,
            base::Diagnostics& findings)
      : plan_(plan),
        over_time_(over_time),
        parts_of_(options.parts_of),
        findings_(findings),
        names_(longest_names(roster)) {
    for (const auto& link : *options.links) add(link);
  }

  void run() {
    check_channels();
    for (const auto& response : plan_.responses) {
      for (const auto& step : response.steps) check_answers(response, step);
    }
    if (!parts_of_ || services_.count(Channel::kSms) == 0) return;
    check_texts();
    if (over_time_ == nullptr) return;
    for (const auto& response : plan_.responses) {
      check_drain(response, false);
      check_drain(response, true);
    }
  }

 private:
  void add(const LinkFacts& link) {
    const auto [at, first] = services_.emplace(link.channel, Service{});
    auto& service = at->second;
    // One link without a limit takes whatever the others do not.
    const bool unlimited = link.messages_per_second == 0 || (!first && service.messages_per_second == 0);
    service.messages_per_second = unlimited ? 0 : service.messages_per_second + link.messages_per_second;
    service.brings_answers = service.brings_answers || !link.one_way;
    service.least_parts = first ? link.max_parts : std::min(service.least_parts, link.max_parts);
    service.unicode = service.unicode && link.unicode;
  }

  void check_channels() {
    std::set<std::pair<std::string, Channel>> named;
    for (const auto& ladder : plan_.ladders) {
      const auto written = ladder.name.substr(0, ladder.name.find('@'));  // hours and repeats share their ladder's name
      for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        const auto channel = ladder.rungs[i].channel;
        if (!model::is_carried(channel) || services_.count(channel) != 0) continue;
        if (!named.insert({written, channel}).second) continue;
        found(findings_, Severity::kWarning, "no-link-for-channel",
              "ladder/" + ladder.name + "/" + std::to_string(i + 1),
              said("ladder {0} uses {1}, but no link of the settings serves it: the rung is passed over",
                   "呼叫阶梯{0}用到{1}，但设置中没有线路承载它：这一级会被跳过", ladder.name,
                   std::string(model::name_of(channel))),
              said("add a link, or take the rung out", "增加线路，或去掉这一级"));
      }
    }
  }

  void check_answers(const plan::Response& response, const plan::PlanStep& step) {
    if (!asks(step)) return;
    for (const auto* ladder : climbed(plan_, step.ladder)) {
      const bool answered = std::any_of(ladder->rungs.begin(), ladder->rungs.end(), [&](const plan::Rung& rung) {
        const auto service = services_.find(rung.channel);
        return !model::is_carried(rung.channel) || (service != services_.end() && service->second.brings_answers);
      });
      const bool sent = std::any_of(ladder->rungs.begin(), ladder->rungs.end(),
                                    [&](const plan::Rung& rung) { return services_.count(rung.channel) != 0; });
      if (answered || !sent) continue;
      found(
          findings_, Severity::kWarning, "answers-cannot-return", plan::place_of(plan_, response, step),
          said("{0} needs answers, but every link that ladder {1} uses is one-way",
               "{0}需要答复，但呼叫阶梯{1}所用的线路都是单向的", plan::name_of(plan_, response, step), ladder->name),
          said("add a rung over which somebody can answer, such as desk_call", "增加能收到答复的一级，例如desk_call"));
      return;
    }
  }

  // ---- texts ----

  // The hazards a template may speak of: those whose responses send it, or all when no step names it.
  std::vector<model::HazardKind> spoken_of(const std::string& name) const {
    std::set<model::HazardKind> kinds;
    bool named = false;
    for (const auto& response : plan_.responses) {
      for (const auto& step : response.steps) {
        if (step.ladder < 0 || step.text != name) continue;
        named = true;
        kinds.insert(response.kind);
      }
    }
    if (!named) {
      for (const auto& hazard : plan_.hazards) kinds.insert(hazard.first);
    }
    return {kinds.begin(), kinds.end()};
  }

  void check_texts() {
    const auto& service = services_.at(Channel::kSms);
    for (const auto& [name, made] : plan_.templates) {
      for (const auto& language : plan_.languages) {
        Parts longest{0, false};
        model::HazardKind of = model::HazardKind::kUnclassified;
        for (const auto kind : spoken_of(name)) {
          const auto text = longest_text(plan_, kind, name, language, Channel::kSms, names_, !service.brings_answers);
          const auto parts = parts_of_(text);
          longest.unicode = longest.unicode || parts.unicode;
          if (parts.count <= longest.count) continue;
          longest.count = parts.count;
          of = kind;
        }
        longest_parts_[name] = std::max(longest_parts_[name], longest.count);
        check_text(name, language, longest, of, service);
      }
    }
  }

  void check_text(const std::string& name, const std::string& language, const Parts& longest, model::HazardKind of,
                  const Service& service) {
    const auto where = "template/" + name + "/" + language + "/sms";
    if (longest.unicode && !service.unicode) {
      found(findings_, Severity::kWarning, "text-beyond-link", where,
            said("template {0} in {1} has letters that a link for sms cannot carry",
                 "模板{0}的{1}文本含有短信线路无法发送的文字", name, language));
    }
    if (longest.count > service.least_parts) {
      found(findings_, Severity::kWarning, "text-beyond-link", where,
            said("template {0} in {1} makes up to {2} short messages ({3}); a link for sms takes {4}",
                 "模板{0}的{1}文本最长需要{2}条短信（{3}），而线路最多发{4}条", name, language, longest.count,
                 std::string(model::name_of(of)), service.least_parts));
    } else if (longest.count > kMostSegments) {
      found(findings_, Severity::kWarning, "text-too-long", where,
            said("template {0} in {1} makes up to {2} short messages ({3}, with the longest area, a place of 20 "
                 "characters and everything said)",
                 "模板{0}的{1}文本最长需要{2}条短信（{3}，按最长的区域、20字的地点、全部情况计）", name, language,
                 longest.count, std::string(model::name_of(of))),
            said("write an sms text of its own, {0} short messages at most", "为sms单独写一条更短的文本，最多{0}条短信",
                 kMostSegments));
    }
  }

  // ---- rate ----

  // Messages of the steps that begin together are handed over one after the other; a step has to have had its turn
  // before its wait is over.  `held`: those that wait for an approval, which begin together later.
  void check_drain(const plan::Response& response, bool held) {
    const int rate = services_.at(Channel::kSms).messages_per_second;
    if (rate == 0) return;
    std::int64_t queued = 0;
    for (const auto& step : response.steps) {
      if (step.start != plan::StepStart::kAtOnce || callout::is_held_back(response, step) != held) continue;
      if (!begins_with_sms(step)) continue;
      const auto people = static_cast<std::int64_t>(over_time_->find(step.to).most);
      const auto parts = std::max(longest_parts_[step.text], 1);
      queued += people * parts;
      const auto needs = std::chrono::seconds((queued + rate - 1) / rate);
      if (!asks(step) || needs <= step.wait) continue;
      found(findings_, Severity::kWarning, "drain-too-slow", plan::place_of(plan_, response, step),
            said("{0} waits {1}, but its messages take up to {2} at {3} a second ({4} people, {5} short messages with "
                 "those before them)",
                 "{0}只等{1}，而按每秒{3}条，短信最长要{2}才能发完（{4}人，连同前面的共{5}条）",
                 plan::name_of(plan_, response, step), base::to_string(step.wait), base::to_string(needs), rate, people,
                 queued),
            said("give it more time, shorten the text, or add a link", "放宽等待、缩短文本，或增加线路"));
    }
  }

  bool begins_with_sms(const plan::PlanStep& step) const {
    for (const auto* ladder : climbed(plan_, step.ladder)) {
      const auto first = std::find_if(ladder->rungs.begin(), ladder->rungs.end(), [&](const plan::Rung& rung) {
        return !model::is_carried(rung.channel) || services_.count(rung.channel) != 0;
      });
      if (first != ladder->rungs.end() && first->channel == Channel::kSms) return true;
    }
    return false;
  }

  const plan::Plan& plan_;
  OverTime* const over_time_;
  const std::function<Parts(std::string_view)>& parts_of_;
  base::Diagnostics& findings_;
  const LongestNames names_;
  std::map<Channel, Service> services_;
  std::map<std::string, int> longest_parts_;  // of a template, in any language
};

}  // namespace

void check_links(const plan::Plan& plan, const ports::Roster* roster, OverTime* over_time, const CheckOptions& options,
                 Checked& checked) {
  LinkCheck(plan, roster, over_time, options, checked.findings).run();
  if (!options.parts_of) {
    checked.not_checked.push_back(said("how many short messages a text makes", "每条文本需要几条短信"));
  } else if (over_time == nullptr) {
    checked.not_checked.push_back(
        said("whether the links are fast enough: that takes a directory", "线路是否够快：需要提供名录"));
  }
}

}  // namespace tocsin::rehearse
