#include "gateway/rehearse/words.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "gateway/base/text.h"

namespace tocsin::rehearse {
namespace {

Phrase phrase_of(model::Channel channel) {
  using model::Channel;
  switch (channel) {
    case Channel::kConsole: return {"控制台", "console"};
    case Channel::kSms: return {"短信", "SMS"};
    case Channel::kVoice: return {"语音电话", "voice call"};
    case Channel::kEmail: return {"邮件", "e-mail"};
    case Channel::kWebhook: return {"网络回调", "webhook"};
    case Channel::kPush: return {"推送", "push"};
    case Channel::kDeskCall: return {"值班员打电话", "desk phones"};
    case Channel::kDeputy: return {"通知副职", "deputy told"};
    case Channel::kKnock: return {"上门", "somebody knocks"};
  }
  return {"", ""};
}

Phrase phrase_of(model::Reason reason) {
  using model::Reason;
  switch (reason) {
    case Reason::kFirstRung: return {"首次", "first"};
    case Reason::kNoAnswer: return {"无答复", "no answer"};
    case Reason::kNoContactPoint: return {"上一级无可用联系方式", "nothing usable for the rung before"};
    case Reason::kNotAtNight: return {"夜间不打扰的联系方式已跳过", "passed over one that is not for the night"};
    case Reason::kOnlyOneAtNight: return {"夜间也用：已无其他联系方式", "at night all the same: nothing else is left"};
    case Reason::kNotAgreed: return {"本人未同意任何联系方式", "agreed to no contact point"};
    case Reason::kNoLink: return {"上一级无可用通道", "no link for the rung before"};
    case Reason::kNoDeputy: return {"无副职可通知", "no deputy left"};
    case Reason::kRepeat: return {"按预案重复", "the plan repeats"};
    case Reason::kLadderEnded: return {"各级已用尽", "ladder at its end"};
    case Reason::kSettled: return {"已满足", "settled"};
    case Reason::kOnlyReceived: return {"仅答收到", "only received"};
    case Reason::kCannotCome: return {"本人不能到", "cannot come"};
    case Reason::kLinkStalled: return {"通道中断", "its link is down"};
    case Reason::kStandDown: return {"响应终止", "stood down"};
    case Reason::kRaised: return {"级别上升，由新一轮代替", "replaced at a higher level"};
    case Reason::kAlreadyTold: return {"已另行通知", "told already"};
    case Reason::kOnLeave: return {"休假", "on leave"};
    case Reason::kPostEmpty: return {"无人任职或不存在", "nobody there"};
    case Reason::kStandsIn: return {"代行", "stands in"};
    default: return {nullptr, nullptr};
  }
}

Phrase phrase_of(model::AnswerKind answer) {
  using model::AnswerKind;
  switch (answer) {
    case AnswerKind::kReceived: return {"收到", "received"};
    case AnswerKind::kComing: return {"前往", "coming"};
    case AnswerKind::kArrived: return {"到达", "arrived"};
    case AnswerKind::kCannot: return {"不能到", "cannot come"};
    case AnswerKind::kReplied: return {"其他回复", "replied"};
    case AnswerKind::kDecision: return {"决定", "a decision"};
    case AnswerKind::kNone: break;
  }
  return {"不需答复", "no answer"};
}

Phrase phrase_of(model::ApprovalState state) {
  using model::ApprovalState;
  switch (state) {
    case ApprovalState::kPending: return {"待批准", "awaited"};
    case ApprovalState::kApproved: return {"已批准", "approved"};
    case ApprovalState::kDeclined: return {"未批准", "declined"};
    case ApprovalState::kStartedByDefault: return {"逾期未决，自动启动", "nobody decided in time: started"};
    case ApprovalState::kLeftByDefault: return {"逾期未决，不启动", "nobody decided in time: left alone"};
    case ApprovalState::kMoot: return {"不再需要", "not needed any more"};
  }
  return {"", ""};
}

Phrase phrase_of(model::StepState state) {
  using model::StepState;
  switch (state) {
    case StepState::kWaiting: return {"未启动", "not begun"};
    case StepState::kEntering:
    case StepState::kRunning: return {"进行中", "running"};
    case StepState::kSatisfied: return {"已满足", "satisfied"};
    case StepState::kShort: return {"不足", "short"};
    case StepState::kClosed: return {"已终止", "closed"};
  }
  return {"", ""};
}

Phrase phrase_of(HappenedWhat what) {
  switch (what) {
    case HappenedWhat::kReport: return {"报告", "report"};
    case HappenedWhat::kElsewhere:
      return {"另一起事件的报告，此处不跟踪", "a report of another incident: not followed here"};
    case HappenedWhat::kRaised: return {"级别升为 ", "level raised to "};
    case HappenedWhat::kAnswer: return {"答复", "answers"};
    case HappenedWhat::kDecision: return {"决定", "decides"};
    case HappenedWhat::kNobody: return {"未被通知或无权决定", "was not told, or may not decide"};
    case HappenedWhat::kOpened: return {"值班员打开事件", "the desk opens it"};
    case HappenedWhat::kNotOpened: return {"值班员未及时打开", "the desk has not opened it in time"};
    case HappenedWhat::kLinkDown: return {"通道中断", "link down"};
    case HappenedWhat::kStalled: return {"通道中断过久，改用下一级", "link down too long: ladders go on without it"};
    case HappenedWhat::kLinkUp: return {"通道恢复", "link up"};
    case HappenedWhat::kDefault: return {"无人及时决定", "nobody decided in time"};
    case HappenedWhat::kStandDown: return {"响应终止", "stood down"};
  }
  return {"", ""};
}

// East Asian wide and full-width blocks, as terminals draw them (Unicode TR 11, the blocks that occur in our texts).
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

}  // namespace

std::string say(const Phrase& phrase, bool chinese) {
  return chinese ? phrase.zh : phrase.en;
}

std::string in_words(model::Channel channel, bool chinese) {
  return say(phrase_of(channel), chinese);
}

std::string in_words(model::Reason reason, bool chinese) {
  const auto phrase = phrase_of(reason);
  return phrase.zh == nullptr ? std::string(name_of(reason)) : say(phrase, chinese);
}

std::string in_words(model::AnswerKind answer, bool chinese) {
  return say(phrase_of(answer), chinese);
}

std::string in_words(model::ApprovalState state, bool chinese) {
  return say(phrase_of(state), chinese);
}

std::string in_words(model::StepState state, bool chinese) {
  return say(phrase_of(state), chinese);
}

std::string in_words(const Happened& happened, bool chinese) {
  const auto words = say(phrase_of(happened.what), chinese);
  const std::string colon = chinese ? "：" : ": ";
  switch (happened.what) {
    case HappenedWhat::kReport: return words + (happened.facts.empty() ? "" : colon + happened.facts);
    case HappenedWhat::kRaised: return words + happened.level_id + (chinese ? "，依据 " : ", by ") + happened.clause;
    case HappenedWhat::kAnswer: return happened.who + colon + in_words(happened.answer, chinese);
    case HappenedWhat::kDecision: {
      const auto state = happened.approved ? model::ApprovalState::kApproved : model::ApprovalState::kDeclined;
      return happened.who + colon + in_words(state, chinese);
    }
    case HappenedWhat::kDefault:
      return in_words(
          happened.approved ? model::ApprovalState::kStartedByDefault : model::ApprovalState::kLeftByDefault, chinese);
    case HappenedWhat::kNobody: return happened.who + colon + words;
    case HappenedWhat::kLinkDown:
    case HappenedWhat::kStalled:
    case HappenedWhat::kLinkUp: return in_words(*happened.channel, chinese) + colon + words;
    default: return words;
  }
}

std::string after(base::Duration d) {
  return "+" + base::to_string(d);
}

std::size_t columns(const std::string& text) {
  std::size_t width = 0;
  for (const char32_t c : base::to_utf32(text)) width += is_wide(c) ? 2 : 1;
  return width;
}

std::string padded(const std::string& text, std::size_t width) {
  const auto used = columns(text);
  return used < width ? text + std::string(width - used, ' ') : text;
}

std::string wrapped(const std::string& text, std::size_t most, const std::string& hang) {
  static constexpr std::string_view kEnds[] = {" ", "、", "，", "；", "。", "→", "：", "）"};
  std::string out, piece;
  std::size_t used = 0;
  const auto put = [&] {
    const auto width = columns(piece);
    // What ends a line takes no room on it.
    const bool blank = piece.back() == ' ' || piece.back() == '\n';
    if (used > 0 && used + width - (blank ? 1 : 0) > most) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      out += "\n" + hang;
      used = columns(hang);
    }
    out += piece;
    used += width;
    piece.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    piece += text[i];
    const auto ends = [&](std::string_view end) { return std::string_view(piece).ends_with(end); };
    if (text[i] != '\n' && std::none_of(std::begin(kEnds), std::end(kEnds), ends)) continue;
    put();
    if (text[i] == '\n') used = 0;
  }
  if (!piece.empty()) put();
  return out;
}

}  // namespace tocsin::rehearse
