#include "gateway/rehearse/words.h"

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
    case Reason::kNotAgreed: return {"本人未同意任何联系方式", "agreed to no contact point"};
    case Reason::kNoLink: return {"上一级无可用通道", "no link for the rung before"};
    case Reason::kNoDeputy: return {"无副职可通知", "no deputy left"};
    case Reason::kRepeat: return {"按预案重复", "the plan repeats"};
    case Reason::kLadderEnded: return {"各级已用尽", "ladder at its end"};
    case Reason::kSettled: return {"已满足", "settled"};
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

}  // namespace tocsin::rehearse
