// What people answer to an alert.  Needs no plan: the words of an answer are the same in every office.
#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/base/text.h"
#include "gateway/triage/letters.h"
#include "gateway/triage/scan.h"
#include "gateway/triage/understand.h"

namespace tocsin::triage {
namespace {

using model::AnswerKind;

constexpr std::size_t kMostCharacters = 300;
constexpr int kShort = 12;  // Chinese characters; a Latin word counts two

struct AnswerWords {
  AnswerKind kind;  // kNone: polite noise that changes nothing
  const char32_t* words;
};

constexpr AnswerWords kAnswers[] = {
    {AnswerKind::kReceived,
     U"收到|已收到|收到了|收悉|收|没问题|知道|知道了|已知道|已知晓|知悉|已知悉|已阅|好|好的|好了|好嘞|行|可以|明白|"
     U"明白了|"
     U"了解|"
     U"清楚|是|是的|嗯|嗯嗯|确认|遵命|一|ok|okay|okey|k|roger|received|got it|copy|copy "
     U"that|yes|ack|acknowledged|noted|"
     U"confirmed|understood|will do|sure|no problem|have received|message received|well received|👍|👌|✅|✓"},
    {AnswerKind::kComing,
     U"去|我去|就去|这就去|马上去|前往|立即前往|正前往|正在前往|已前往|马上前往|来|来了|我来|就来|马上来|这就来|马上到|"
     U"马上就到|立即到|立刻到|立即赶到|马上赶到|马上过来|马上过去|过来|过去|就到|快到|快到了|在路上|路上|在路上了|"
     U"正在路上|"
     U"已在路上|在途中|途中|出发|已出发|出发了|现在出发|马上出发|赶来|正在赶来|正赶来|赶过去|正在赶过去|赶过来|"
     U"正在赶过来|赶往|"
     U"正在赶往|赶到|能到|能来|能去|可以到|可以来|可以去|二|coming|coming now|i'm coming|im coming|i am coming|on my "
     U"way|"
     U"on my way now|on the way|omw|en route|going|going now|i'm going|will come|i will come|i'll come|i'll be there|"
     U"will be there|heading there|leaving now|can come|we are coming|we're coming"},
    {AnswerKind::kArrived,
     U"到|到了|已到|已到了|我到了|已经到|已经到了|到达|已到达|已经到达|到位|已到位|到位了|到场|已到场|到现场|已到现场|"
     U"到现场了|到达现场|已到达现场|抵达|已抵达|抵达现场|在现场|已在现场|三|arrived|have arrived|i have arrived|"
     U"i've arrived|here|i'm here|am here|we're here|are here|on site|on scene|at the scene|at scene"},
    {AnswerKind::kCannot,
     U"来不了|去不了|到不了|过不来|过不去|赶不到|赶不过去|赶不过来|去不成|来不成|不能到|不能来|不能去|不能前往|"
     U"不能到场|不能|不可以|不了|"
     U"无法到|无法来|无法去|无法前往|无法到达|无法赶到|无法到场|不来|不去|不来了|不去了|没法去|没法来|没法到|没空|不行|"
     U"不|"
     U"零|〇|no|nope|cannot|can not|can't|cant|cannot come|can not come|can't come|cant come|can't make it|cannot make "
     U"it|"
     U"unable|unable to come|not coming|won't come|wont come|not available|unavailable"},
    {AnswerKind::kNone,
     U"我|我们|本人|的|了|啊|呢|吧|哦|噢|哈|嘛|啦|呀|谢谢|感谢|辛苦|辛苦了|抱歉|对不起|不好意思|领导|主任|书记|队长|"
     U"镇长|局长|科长|站长|所长|各位|大家|您好|你好|您|请|回复|答复|回|按|选|选择|事件|编号|incident|code|number|hi|"
     U"hello|thanks|thank you|please|sorry|sir|madam|reply|re|answer|press|option|i|we"},
};

struct AnswerWord {
  Text text;
  AnswerKind kind = AnswerKind::kNone;
};
using ByFirstCharacter = std::unordered_map<char32_t, std::vector<AnswerWord>>;

const ByFirstCharacter& answer_words() {
  static const ByFirstCharacter words = [] {
    ByFirstCharacter by_first;
    for (const auto& list : kAnswers) {
      Text rest = list.words;
      while (!rest.empty()) {
        const auto end = std::min(rest.find(U'|'), rest.size());
        by_first[rest.front()].push_back({rest.substr(0, end), list.kind});
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return by_first;
  }();
  return words;
}

// Behind a code only: "107号".
constexpr char32_t kCodeSuffix = U'号';

// A beginning that is an answer, though not a clear one.
constexpr Text kOpenings[] = {
    U"不",    U"没",   U"还",   U"正",    U"在",    U"等",   U"稍",   U"晚",    U"马上", U"一会",  U"过",   U"可能",
    U"如果",  U"预计", U"大概", U"要",    U"先",    U"现在", U"明天", U"有事",  U"快",   U"刚",    U"暂时", U"恐怕",
    U"请",    U"not",  U"can",  U"could", U"sorry", U"will", U"wait", U"later", U"in",   U"maybe", U"on",   U"at",
    U"still", U"am",   U"i'm",  U"i'll",  U"won't", U"if",   U"what", U"where", U"who",  U"which", U"how",  U"please"};

// Who names these reports something; it is for read_report.
constexpr Text kHarm[] = {U"被困",    U"困住",   U"伤",        U"亡",    U"死",     U"失联",    U"失踪",  U"着火",
                          U"起火",    U"失火",   U"火灾",      U"火情",  U"大火",   U"明火",    U"冒烟",  U"浓烟",
                          U"淹",      U"洪",     U"涝",        U"积水",  U"水深",   U"塌",      U"爆炸",  U"泄漏",
                          U"泄露",    U"漏气",   U"中毒",      U"滑坡",  U"泥石流", U"触电",    U"溺",    U"车祸",
                          U"昏迷",    U"呕吐",   U"腹泻",      U"地震",  U"injur",  U"trapped", U"dead",  U"died",
                          U"killed",  U"hurt",   U"fire",      U"smoke", U"flood",  U"collaps", U"explo", U"leak",
                          U"missing", U"poison", U"landslide", U"drown", U"people"};

bool contains_harm(Text text) {
  const auto contains = [&](Text word) { return text.find(word) != Text::npos; };
  if (std::any_of(std::begin(kHarm), std::end(kHarm), contains)) return true;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool number = is_digit(text[i - 1]) || is_numeral(text[i - 1]);
    if (number && (text[i] == U'人' || text[i] == U'名')) return true;  // 3人
    if (text[i - 1] == U'困' && (is_digit(text[i]) || is_numeral(text[i]))) return true;
  }
  return false;
}

bool is_noise(char32_t c) {
  if (c < 0x80) return !is_digit(c) && !is_latin(c);
  return (c >= 0x2000 && c <= 0x303F && c != U'〇') || (c >= 0xFE00 && c <= 0xFFEF && !is_cjk(c)) ||
         (c >= 0x1F000 && c < 0x20000) || (c >= 0x80 && c < 0xC0);
}

// "【张三】" or "[Zhang]" at either end is a signature, unless nothing else is there.
Text without_signature(Text text) {
  const auto trimmed = [](Text t) {
    while (!t.empty() && t.front() == U' ') t.remove_prefix(1);
    while (!t.empty() && t.back() == U' ') t.remove_suffix(1);
    return t;
  };
  const auto whole = trimmed(text);
  auto rest = whole;
  for (const Text brackets : {Text(U"【】"), Text(U"[]")}) {
    if (!rest.empty() && rest.front() == brackets[0]) {
      if (const auto close = rest.find(brackets[1]); close != Text::npos) rest = trimmed(rest.substr(close + 1));
    }
    if (!rest.empty() && rest.back() == brackets[1]) {
      if (const auto open = rest.rfind(brackets[0]); open != Text::npos) rest = trimmed(rest.substr(0, open));
    }
  }
  return rest.empty() ? whole : rest;
}

// What phones, mailboxes and carriers answer by themselves; of a carrier's receipt the form of SMPP 3.4, appendix B.
constexpr Text kByItself[] = {U"自动回复",
                              U"自动答复",
                              U"自动应答",
                              U"系统自动",
                              U"此短信由系统",
                              U"请勿回复",
                              U"勿回复",
                              U"退订",
                              U"auto-reply",
                              U"auto reply",
                              U"autoreply",
                              U"automatic reply",
                              U"automatic response",
                              U"automated response",
                              U"automated message",
                              U"autoresponse",
                              U"auto response",
                              U"out of office",
                              U"do not reply",
                              U"don't reply",
                              U"noreply",
                              U"no-reply",
                              U"i'm driving with",
                              U"do not disturb while driving",
                              U"delivery report",
                              U"dlvrd:",
                              U"stat:deliv",
                              U"stat:undeliv",
                              U"submit date:"};

// "收 到" is 收到, not 到.
std::u32string without_gaps(Text text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U' ' && is_cjk(char_before(text, i)) && is_cjk(char_at(text, i + 1))) continue;
    out += text[i];
  }
  return out;
}

bool says_it_is_automatic(Text text) {
  return std::any_of(std::begin(kByItself), std::end(kByItself),
                     [&](Text words) { return text.find(words) != Text::npos; });
}

class AnswerReader {
 public:
  explicit AnswerReader(Text text) : text_(text) {}

  std::optional<UnderstoodAnswer> read() {
    for (std::size_t at = 0; at < text_.size();) at = step(at);
    if (weight_ == 0 && !residue_) {
      // Nothing but signs: "?" wants a look, an empty message is nothing.
      return text_.empty() ? std::nullopt : std::optional(reply());
    }
    if (residue_) return read_residue();
    const auto kind = clear_kind();
    if (kind == AnswerKind::kNone || conflicting_codes_) return reply();
    return UnderstoodAnswer{kind, code_, true};
  }

 private:
  struct Known {
    std::size_t length = 0;
    AnswerKind kind = AnswerKind::kNone;
  };

  // Reads what stands at `at`; where the next thing stands.
  std::size_t step(std::size_t at) {
    const auto c = text_[at];
    if (is_digit(c)) return take_digits(at);
    if (const auto end = end_of_number_sign(at); end > at) return end;
    if (const auto known = longest_known(at); known.length > 0) {
      if (known.kind != AnswerKind::kNone) take_word(known.kind);
      return weigh(at, known.length);
    }
    if (c == U'?') {  // "coming?" asks; it promises nothing
      residue_ = true;
      return at + 1;
    }
    if (is_noise(c)) return at + 1;
    if (!residue_) opening_ = opening_ || is_opening(at);
    residue_ = true;
    auto end = at + 1;
    while (is_latin(c) && (is_latin(char_at(text_, end)) || char_at(text_, end) == U'\'')) ++end;
    return weigh(at, end - at);
  }

  // "no. 107", "no 107", "№107": what our own English texts call the code, no refusal.
  [[nodiscard]] std::size_t end_of_number_sign(std::size_t at) const {
    if (!starts_at(text_, at, U"no") || is_latin(char_before(text_, at))) return at;
    auto end = at + 2;
    if (char_at(text_, end) == U'.' || char_at(text_, end) == U':') ++end;
    end = skip_spaces(text_, end);
    const bool number = is_digit(char_at(text_, end)) && is_digit(char_at(text_, end + 1));
    return number ? end : at;
  }

  std::size_t weigh(std::size_t at, std::size_t length) {
    weight_ += is_latin(text_[at]) ? 2 : static_cast<int>(length);
    return at + length;
  }

  std::size_t take_digits(std::size_t at) {
    auto end = at;
    while (is_digit(char_at(text_, end))) ++end;
    const auto length = end - at;
    if (length == 1 && text_[at] <= U'3') {
      constexpr AnswerKind kByDigit[] = {AnswerKind::kCannot, AnswerKind::kReceived, AnswerKind::kComing,
                                         AnswerKind::kArrived};
      const auto kind = kByDigit[text_[at] - U'0'];
      conflicting_digits_ = conflicting_digits_ || (digit_ != AnswerKind::kNone && digit_ != kind);
      digit_ = kind;
      take_word(kind);
    } else if (length >= 3 && length <= 6 && text_[at] != U'0') {
      int code = 0;
      for (auto i = at; i < end; ++i) code = code * 10 + static_cast<int>(text_[i] - U'0');
      conflicting_codes_ = conflicting_codes_ || (code_ && *code_ != code);
      code_ = code;
      if (char_at(text_, end) == kCodeSuffix) ++end;
    } else {
      residue_ = true;
    }
    weight_ += static_cast<int>(length);
    return end;
  }

  void take_word(AnswerKind kind) {
    opening_ = opening_ || !residue_;
    kinds_ |= 1U << static_cast<unsigned>(kind);
  }

  [[nodiscard]] Known longest_known(std::size_t at) const {
    Known best;
    const auto candidates = answer_words().find(text_[at]);
    if (candidates == answer_words().end()) return best;
    for (const auto& word : candidates->second) {
      if (word.text.size() <= best.length || !starts_at(text_, at, word.text)) continue;
      const bool latin = is_latin(word.text.back());
      if (latin && (is_latin(char_before(text_, at)) || ends_inside_a_word(at + word.text.size()))) continue;
      // 一 alone is the digit; in 一楼 it is not.
      const auto behind = char_at(text_, at + word.text.size());
      if (is_numeral(word.text.back()) && (is_cjk(char_before(text_, at)) || is_cjk(behind))) continue;
      // 不 is a no by itself only: 不知道, 去不去 and 收不到 are something else.
      if (word.text == Text(U"不") && (is_cjk(char_before(text_, at)) || is_cjk(behind))) continue;
      if (asks_yes_or_no(at, word.text)) continue;
      // 我来 is no promise in 我来不了.
      if (behind == U'不' && Text(U"来去到").find(word.text.back()) != Text::npos) continue;
      best = {word.text.size(), word.kind};
    }
    return best;
  }
  // 行不行, 来不来了: one asks so.
  [[nodiscard]] bool asks_yes_or_no(std::size_t at, Text word) const {
    return word.size() > 1 && word[0] == U'不' && is_cjk(word[1]) && char_before(text_, at) == word[1];
  }
  [[nodiscard]] bool ends_inside_a_word(std::size_t end) const {
    return is_latin(char_at(text_, end)) || (char_at(text_, end) == U'\'' && is_latin(char_at(text_, end + 1)));
  }
  [[nodiscard]] bool is_opening(std::size_t at) const {
    return std::any_of(std::begin(kOpenings), std::end(kOpenings), [&](Text word) {
      return starts_at(text_, at, word) && !(is_latin(word.back()) && ends_inside_a_word(at + word.size()));
    });
  }
  [[nodiscard]] bool has(AnswerKind kind) const { return (kinds_ >> static_cast<unsigned>(kind) & 1U) != 0; }

  // "收到，马上到" is coming; "收到，来不了" is cannot; "0 马上到" is unclear.
  [[nodiscard]] AnswerKind clear_kind() const {
    if (conflicting_digits_) return AnswerKind::kNone;
    const bool goes = has(AnswerKind::kComing) || has(AnswerKind::kArrived);
    if (has(AnswerKind::kCannot)) return goes ? AnswerKind::kNone : AnswerKind::kCannot;
    for (const auto kind : {AnswerKind::kArrived, AnswerKind::kComing, AnswerKind::kReceived}) {
      if (has(kind)) return kind;
    }
    return AnswerKind::kNone;
  }

  [[nodiscard]] UnderstoodAnswer reply() const {
    return {AnswerKind::kReplied, conflicting_codes_ ? std::nullopt : code_, false};
  }
  [[nodiscard]] std::optional<UnderstoodAnswer> read_residue() const {
    if (contains_harm(text_)) return std::nullopt;
    if (opening_ || weight_ <= kShort) return reply();
    return std::nullopt;
  }

  Text text_;
  unsigned kinds_ = 0;  // bit (1 << kind)
  AnswerKind digit_ = AnswerKind::kNone;
  std::optional<int> code_;
  bool conflicting_digits_ = false, conflicting_codes_ = false;
  bool residue_ = false;  // words beyond the known ones
  bool opening_ = false;  // begins like an answer
  int weight_ = 0;
};

}  // namespace

std::optional<UnderstoodAnswer> read_answer(std::string_view utf8) {
  const auto text = without_gaps(prepared(base::cut(utf8, kMostCharacters)));
  auto answer = AnswerReader(without_signature(text)).read();
  // No machine says yes or no for a person.
  if (answer && answer->bare && says_it_is_automatic(text)) {
    answer->kind = AnswerKind::kReplied;
    answer->bare = false;
  }
  return answer;
}

bool is_automatic(std::string_view utf8) {
  return says_it_is_automatic(prepared(base::cut(utf8, kMostCharacters)));
}

}  // namespace tocsin::triage
