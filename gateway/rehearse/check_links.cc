// What the links of the settings cannot do for a plan.
#include <algorithm>

#include "gateway/callout/authority.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/check_parts.h"

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
};

class LinkCheck {
 public:
  LinkCheck(const plan::Plan& plan, const ports::Roster* roster, OverTime* over_time, const CheckOptions& options,
            base::Diagnostics& findings)
      : plan_(plan),
        over_time_(over_time),
        links_(*options.links),
        texts_(count_parts(plan, roster, links_)),
        findings_(findings) {
    for (const auto& link : links_) add(link);
  }
  [[nodiscard]] const std::vector<TextParts>& texts() const { return texts_; }

  void run() {
    check_channels();
    for (const auto& response : plan_.responses) {
      for (const auto& step : response.steps) check_answers(response, step);
    }
    if (texts_.empty()) return;
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
    service.brings_answers = service.brings_answers || !link.one_way || !link.web_line.empty();
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

  // One finding for a text in a language: over the link where it is worst.
  void check_texts() {
    std::map<std::pair<std::string, std::string>, const TextParts*> worst;
    for (const auto& text : texts_) {
      auto& known = worst[{text.template_name, text.language}];
      if (known == nullptr || beyond(text) > beyond(*known)) known = &text;
      longest_parts_[text.template_name] = std::max(longest_parts_[text.template_name], text.parts.count);
    }
    for (const auto& one : worst) check_text(*one.second);
  }

  // In the order of how bad it is: more than the link takes before more than is good.
  std::pair<int, int> beyond(const TextParts& text) const {
    if (text.parts.count == 0) return {2, 0};
    return {text.parts.count > most_parts(text.link) ? 1 : 0, text.parts.count};
  }

  int most_parts(const std::string& name) const {
    for (const auto& link : links_) {
      if (link.name == name) return link.max_parts;
    }
    return 0;
  }

  void check_text(const TextParts& text) {
    const auto where = "template/" + text.template_name + "/" + text.language + "/sms";
    const auto of = std::string(model::name_of(text.of));
    const int most = text.alert ? kMostAlertSegments : kMostSegments;
    if (text.parts.count == 0 && text.parts.most_characters > 0) {
      found(findings_, Severity::kWarning, "text-beyond-link", where,
            said("template {0} in {1} may become longer than the {2} characters that link {3} takes ({4})",
                 "模板{0}的{1}文本可能超过线路{3}的上限{2}字（{4}）", text.template_name, text.language,
                 text.parts.most_characters, text.link, of));
    } else if (text.parts.count == 0) {
      found(findings_, Severity::kWarning, "text-beyond-link", where,
            said("template {0} in {1} has letters that link {2} cannot carry ({3})",
                 "模板{0}的{1}文本含有线路{2}无法发送的文字（{3}）", text.template_name, text.language, text.link, of));
    } else if (text.parts.count > most_parts(text.link)) {
      found(findings_, Severity::kWarning, "text-beyond-link", where,
            said("template {0} in {1} makes up to {2} short messages ({3}); link {4} takes {5}",
                 "模板{0}的{1}文本最长需要{2}条短信（{3}），而线路{4}最多发{5}条", text.template_name, text.language,
                 text.parts.count, of, text.link, most_parts(text.link)));
    } else if (text.parts.count > most) {
      found(
          findings_, Severity::kWarning, "text-too-long", where,
          said("template {0} in {1} makes up to {2} short messages over link {3} ({4}, with the longest area, a place "
               "of 20 characters and six facts)",
               "模板{0}的{1}文本经线路{3}最长需要{2}条短信（{4}，按最长的区域、20字的地点、最长的六项情况计）",
               text.template_name, text.language, text.parts.count, text.link, of),
          said("write an sms text of its own, {0} short messages at most", "为sms单独写一条更短的文本，最多{0}条短信",
               most));
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
  const std::vector<LinkFacts>& links_;
  const std::vector<TextParts> texts_;
  base::Diagnostics& findings_;
  std::map<Channel, Service> services_;
  std::map<std::string, int> longest_parts_;  // of a template, in any language
};

}  // namespace

void check_links(const plan::Plan& plan, const ports::Roster* roster, OverTime* over_time, const CheckOptions& options,
                 Checked& checked) {
  LinkCheck links(plan, roster, over_time, options, checked.findings);
  links.run();
  check_registered(plan, roster, *options.links, checked.findings);
  checked.texts = links.texts();
  if (checked.texts.empty()) {
    checked.not_checked.push_back(said("how many short messages a text makes", "每条文本需要几条短信"));
  } else if (over_time == nullptr) {
    checked.not_checked.push_back(
        said("whether the links are fast enough: that takes a directory", "线路是否够快：需要提供名录"));
  }
}

}  // namespace tocsin::rehearse
