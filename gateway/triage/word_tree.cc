#include "gateway/triage/word_tree.h"

#include <algorithm>

namespace tocsin::triage {
namespace {

bool by_character(const std::pair<char32_t, int>& edge, char32_t c) {
  return edge.first < c;
}

void keep_longest(Matches& found, const Word& word, std::size_t length) {
  const Match match{&word, length};
  if (!word.areas.empty()) found.area = match;
  if (!word.hazards.empty()) found.hazard = match;
  if (!word.meanings.empty()) found.fact = match;
  if (word.small != SmallWord::kNone) found.small = match;
}

}  // namespace

int WordTree::child(int node, char32_t c) const {
  if (node == 0) {
    const auto it = first_.find(c);
    return it == first_.end() ? -1 : it->second;
  }
  const auto& next = nodes_[static_cast<std::size_t>(node)].next;
  const auto it = std::lower_bound(next.begin(), next.end(), c, by_character);
  return it == next.end() || it->first != c ? -1 : it->second;
}

Word& WordTree::entry(Text word) {
  int node = 0;
  for (const auto c : word) {
    int to = child(node, c);
    if (to < 0) {
      to = static_cast<int>(nodes_.size());
      nodes_.emplace_back();
      if (node == 0) {
        first_.emplace(c, to);
      } else {
        auto& next = nodes_[static_cast<std::size_t>(node)].next;
        next.insert(std::lower_bound(next.begin(), next.end(), c, by_character), {c, to});
      }
    }
    node = to;
  }
  auto& index = nodes_[static_cast<std::size_t>(node)].word;
  if (index < 0) {
    index = static_cast<int>(words_.size());
    words_.emplace_back();
  }
  return words_[static_cast<std::size_t>(index)];
}

Matches WordTree::find(Text text, std::size_t at) const {
  Matches found;
  if (!is_boundary(text, at)) return found;
  int node = 0;
  for (auto i = at; i < text.size(); ++i) {
    node = child(node, text[i]);
    if (node < 0) break;
    const auto index = nodes_[static_cast<std::size_t>(node)].word;
    if (index < 0) continue;
    const auto end = i + 1;
    const bool plural = is_latin(text[i]) && char_at(text, end) == U's' && is_boundary(text, end + 1);
    if (!is_boundary(text, end) && !plural) continue;
    const auto& word = words_[static_cast<std::size_t>(index)];
    keep_longest(found, word, end - at + (plural && !is_boundary(text, end) ? 1 : 0));
  }
  return found;
}

std::span<const SmallWordList> small_words() {
  static constexpr SmallWordList kLists[] = {
      {SmallWord::kOther,
       U"淹没|吞没|沉没|埋没|覆没|漫没|没过|不少|不断|不停|不只|不光|要不|要不然|未来|无线|无人机|除了|no.|no matter"},
      {SmallWord::kHard, U"但|但是|不过|另外|but|however"},
      {SmallWord::kSoft, U"和|与|及|以及|或|或者|并|、|/|&|and|or|nor"},
      {SmallWord::kNo,
       U"没有|没|无|未|不是|不在|不再|不会|没在|并没有|并无|并未|暂无|暂时没有|尚无|尚未|暂未|还没|还没有|未有|未见|否|"
       U"毫无|从未|停止|已停止|停止了|no|not|none|nil|nobody|no one|noone|no-one|without|never|isn't|isnt|aren't|arent|"
       U"wasn't|wasnt|weren't|werent|no longer|stopped"},
      {SmallWord::kWeakNo, U"不|非"},
      {SmallWord::kYes, U"是|yes|true"},
      {SmallWord::kHindered,
       U"需|需要|需转|急需|准备|计划|拟|正准备|无法|不能|没法|未能|来不及|等待|将|应|要|cannot|can't|cant|unable "
       U"to|need|"
       U"needs|need to|needs to|to be|will be|should be|must be"},
      {SmallWord::kUnsure,
       U"不清楚|不知道|不知|不详|不明|未知|不确定|不了解|不清|说不清|不好说|待查|待核实|待核查|是否|是不是|有没有|有无|"
       U"没有确认|未确认|可能|也许|或许|疑似|恐怕|吗|unknown|unclear|not clear|not sure|unsure|uncertain|don't know|"
       U"dont know|do not know|no idea|not known|whether|if any|if "
       U"anyone|maybe|perhaps|possibly|possible|might|may|could"},
      {SmallWord::kAtMost,
       U"不到|不足|少于|低于|小于|最多|至多|不超过|未超过|没超过|没有超过|less than|fewer than|at most|up to|no more "
       U"than|"
       U"not more than|under|below|<"},
      {SmallWord::kAbout,
       U"约|大约|大概|大致|近|将近|接近|差不多|至少|最少|不少于|不低于|不止|不下|超过|超|多达|about|around|"
       U"approximately|"
       U"approx|roughly|nearly|at least|over|more than|no less than|not less than|>"},
      {SmallWord::kEach, U"各|各有|each"},
      {SmallWord::kPerson,
       U"人|人员|群众|居民|村民|市民|百姓|老百姓|任何人|people|persons|person|anyone|anybody|residents"},
      {SmallWord::kHave, U"有|还有|另有|仍有|尚有"},
      {SmallWord::kFiller,
       U"发现|发生|造成|出现|存在|再|新|新的|任何|正|正在|在|被|继续|明显|还|仍|仍然|现场|there|a|an|the|any|yet|been|"
       U"is|are|was|were|be|being|has|have|got|reported|found|seen|of|still|currently|further|badly|critically"},
      {SmallWord::kPast, U"了|的|共|共计|合计|总共|总计|为|达|已|已经|已有|其中|就|得|个|名|位"},
      {SmallWord::kToward,
       U"送|送往|送到|送至|送去|转送|转往|near|near to|next to|opposite|behind|beside|to|taken to|sent to"},
      {SmallWord::kBeside, U"附近|旁|旁边|对面|隔壁|边上|周边"},
      {SmallWord::kLabel, U":|=|人数|人员数|数|数量|情况|number|number of|count"},
  };
  return kLists;
}

std::span<const HarmWordList> harm_words() {
  static constexpr HarmWordList kLists[] = {
      {HarmGroup::kCasualties, U"伤亡|死伤|伤亡情况|人员伤亡|casualty|casualties|hurt|harmed"},
      {HarmGroup::kInjuries, U"受伤|injured|injury|injuries|wounded"},
  };
  return kLists;
}

std::vector<std::string_view> counts_of(HarmGroup group) {
  switch (group) {
    case HarmGroup::kCasualties: return {"dead", "serious", "light"};
    case HarmGroup::kInjuries: return {"serious", "light"};
    case HarmGroup::kNone: break;
  }
  return {};
}

}  // namespace tocsin::triage
