#include "gateway/triage/understand.h"

#include <algorithm>
#include <unordered_map>

#include "gateway/base/text.h"
#include "gateway/triage/facts_said.h"

namespace tocsin::triage {
namespace {

using model::AreaId;
using model::HazardKind;

constexpr std::size_t kMostCharacters = 2000;
constexpr std::size_t kMostPrepared = 2 * kMostCharacters;  // some characters unfold into several

// A line break and a Chinese comma end a clause; both would be lost in the normal form.
std::u32string prepared_text(std::string_view utf8) {
  auto text = base::to_utf32(base::cut(utf8, kMostCharacters));
  for (auto& c : text) {
    if (c == U'\n' || c == U'\r' || c == U'，') c = U'。';
  }
  auto out = prepared(base::to_utf8(text));
  if (out.size() > kMostPrepared) out.resize(kMostPrepared);
  return out;
}

// Calls f for each word of a '|'-separated list.
template <typename F>
void each_word(Text list, F&& f) {
  while (!list.empty()) {
    const auto end = std::min(list.find(U'|'), list.size());
    f(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

void add_unique(std::vector<HazardKind>& kinds, HazardKind kind) {
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
}

// A drill ground may burn, and so may a drill: 演练场着火, drilling rig, 演练中真的着火了.  Where it is not plain that
// only the drill is meant, it is real.
std::size_t end_of_drill_mark(Text text) {
  constexpr Text kOpening = U" 【[(《「\"。,:!";
  std::size_t at = 0;
  while (at < text.size() && kOpening.find(text[at]) != Text::npos) ++at;
  for (const Text mark : {Text(U"演练"), Text(U"drill")}) {
    if (!starts_at(text, at, mark) || !is_boundary(text, at + mark.size())) continue;
    const auto end = at + mark.size();
    for (const Text real :
         {Text(U"场"),     Text(U"现场"),  Text(U"基地"),     Text(U"中"),    Text(U"楼"),    Text(U"馆"),
          Text(U"塔"),     Text(U"区"),    Text(U"地点"),     Text(U"时"),    Text(U"期间"),  Text(U"过程"),
          Text(U"人员"),   Text(U"队"),    Text(U"结束"),     Text(U"完"),    Text(U"后"),    Text(U"的"),
          Text(U"出事"),   Text(U"真"),    Text(U" ground"),  Text(U" rig"),  Text(U" hall"), Text(U" site"),
          Text(U" tower"), Text(U" area"), Text(U" is over"), Text(U" over"), Text(U" ended")}) {
      if (starts_at(text, end, real)) return 0;
    }
    for (const Text real : {Text(U"不是演练"), Text(U"非演练"), Text(U"真的"), Text(U"真实"), Text(U"not a drill"),
                            Text(U"no drill"), Text(U"for real"), Text(U"real emergency")}) {
      if (text.find(real, end) != Text::npos) return 0;
    }
    return end;
  }
  return 0;
}

}  // namespace

struct Vocabulary::Words {
  Words(plan::PlanPtr the_plan, std::span<const model::AreaInfo> areas) : plan(std::move(the_plan)) {
    for (const auto& list : small_words()) {
      each_word(list.words, [&](Text word) { tree.entry(word).small = list.kind; });
    }
    for (const auto& list : harm_words()) {
      each_word(list.words, [&](Text word) { tree.entry(word).meanings.push_back({nullptr, -1, list.group, {}}); });
    }
    for (const auto& [kind, hazard] : plan->hazards) add_hazard(hazard);
    for (const auto& [name, attribute] : plan->attributes) add_attribute(attribute);
    for (const auto& area : areas) add_area(area);
  }

  void add_hazard(const plan::Hazard& hazard) {
    const auto add = [&](const std::string& word) {
      const auto text = prepared(word);
      if (!text.empty()) add_unique(tree.entry(text).hazards, hazard.kind);
    };
    for (const auto& [language, name] : hazard.name) add(name);
    for (const auto& [language, words] : hazard.keywords) {
      for (const auto& word : words) add(word);
    }
  }

  void add_meaning(const std::string& word, const Meaning& meaning) {
    const auto text = prepared(word);
    if (text.empty()) return;
    auto& meanings = tree.entry(text).meanings;
    const auto same = [&](const Meaning& m) { return m.attribute == meaning.attribute && m.choice == meaning.choice; };
    if (std::none_of(meanings.begin(), meanings.end(), same)) meanings.push_back(meaning);
  }

  void add_attribute(const plan::Attribute& attribute) {
    Meaning meaning{&attribute, -1, HarmGroup::kNone, {}};
    if (attribute.type == plan::AttributeType::kMeasure) {
      std::vector<std::u32string> unit_words;
      for (const auto& [language, unit] : attribute.unit) unit_words.push_back(prepared(unit));
      meaning.unit = units.learn(unit_words);
    }
    for (const auto& [language, words] : attribute.keywords) {
      for (const auto& word : words) add_meaning(word, meaning);
    }
    // A label is a keyword too where it cannot assert anything by itself.
    const bool number =
        attribute.type == plan::AttributeType::kCount || attribute.type == plan::AttributeType::kMeasure;
    if (number) {
      for (const auto& [language, label] : attribute.label) add_meaning(label, meaning);
    }
    for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
      const auto keywords = attribute.choice_keywords.find(attribute.choices[i]);
      if (keywords == attribute.choice_keywords.end()) continue;
      meaning.choice = static_cast<int>(i);
      for (const auto& [language, words] : keywords->second) {
        for (const auto& word : words) add_meaning(word, meaning);
      }
    }
  }

  void add_area(const model::AreaInfo& area) {
    parents[area.id] = area.parent;
    const auto add = [&](const std::string& name) {
      const auto text = prepared(name);
      if (text.empty()) return;
      auto& exact = by_name[text];
      if (std::find(exact.begin(), exact.end(), area.id) == exact.end()) exact.push_back(area.id);
      // In running text "3" or "B" is no place.
      const auto is_letter = [](char32_t c) { return is_latin(c) || is_cjk(c) || c >= 0x370; };
      if (text.size() < 2 || std::none_of(text.begin(), text.end(), is_letter)) return;
      tree.entry(text).areas = exact;
    };
    if (const auto code = prepared(area.code); !code.empty()) by_code.emplace(code, area.id);
    add(area.code);
    add(area.name);
    for (const auto& alias : area.aliases) add(alias);
  }

  // How many steps `above` is over `area`; -1 when it is not.
  [[nodiscard]] int steps_up(AreaId area, AreaId above) const {
    for (int steps = 0; area && steps < 32; ++steps) {
      if (area == above) return steps;
      const auto it = parents.find(area);
      area = it == parents.end() ? AreaId{} : it->second;
    }
    return -1;
  }
  [[nodiscard]] bool inside_any(AreaId area, const Word& other) const {
    return std::any_of(other.areas.begin(), other.areas.end(),
                       [&](AreaId a) { return a != area && steps_up(area, a) > 0; });
  }

  // What a name with several owners means beside the other names: "东风社区 一网格".  0 when it stays unclear.
  [[nodiscard]] AreaId meant(const Word& word, std::span<const Word* const> mentioned) const {
    if (word.areas.size() == 1) return word.areas.front();
    AreaId only;
    for (const auto area : word.areas) {
      const auto fits = std::any_of(mentioned.begin(), mentioned.end(),
                                    [&](const Word* other) { return other != &word && inside_any(area, *other); });
      if (!fits) continue;
      if (only) return {};
      only = area;
    }
    return only;
  }

  // The first place named, made exact by those named within it.
  [[nodiscard]] AreaId area_said(const std::vector<Token>& tokens) const {
    std::vector<const Word*> mentioned;
    for (const auto& token : tokens) {
      const bool first = std::find(mentioned.begin(), mentioned.end(), token.word) == mentioned.end();
      if (token.kind == TokenKind::kArea && first && mentioned.size() < 16) mentioned.push_back(token.word);
    }
    AreaId said;
    for (const auto* word : mentioned) {
      const auto area = meant(*word, mentioned);
      if (area && (!said || steps_up(area, said) > 0)) said = area;
    }
    return said;
  }

  // Of one word that several hazards claim: what is said elsewhere too, else what begins at the higher level.
  [[nodiscard]] HazardKind best_of(const Mention& mention, const std::vector<Mention>& all) const {
    const auto score = [&](HazardKind kind) {
      const auto times = std::count_if(all.begin(), all.end(), [&](const Mention& other) {
        const auto& kinds = other.word->hazards;
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
      });
      return std::pair(times, plan->hazards.at(kind).default_level);
    };
    const auto& kinds = mention.word->hazards;
    return *std::max_element(kinds.begin(), kinds.end(),
                             [&](HazardKind a, HazardKind b) { return score(a) < score(b); });
  }

  [[nodiscard]] HazardKind hazard_said(Text text, Scanned& scanned) const {
    auto& mentions = scanned.hazards;
    std::erase_if(mentions, [&](const Mention& m) { return is_denied(text, scanned.tokens, m.token, m.begin); });
    const auto best = std::max_element(mentions.begin(), mentions.end(),
                                       [](const Mention& a, const Mention& b) { return a.length < b.length; });
    return best == mentions.end() ? HazardKind::kUnclassified : best_of(*best, mentions);
  }

  // Only what the hazard (or, without one, the plan) knows.
  void keep_known(HazardKind kind, model::Facts& facts) const {
    const auto* hazard = plan->hazard(kind);
    std::erase_if(facts, [&](const auto& fact) {
      const auto* attribute = plan->attribute(fact.first);
      if (attribute == nullptr) return true;
      if (std::holds_alternative<model::Quantity>(fact.second) && attribute->type != plan::AttributeType::kCount &&
          attribute->type != plan::AttributeType::kMeasure) {
        return true;
      }
      if (hazard == nullptr) return false;
      const auto& names = hazard->attributes;
      return std::find(names.begin(), names.end(), fact.first) == names.end();
    });
  }

  plan::PlanPtr plan;
  WordTree tree;
  Units units;
  std::unordered_map<std::u32string, std::vector<AreaId>> by_name;
  std::unordered_map<std::u32string, AreaId> by_code;
  std::unordered_map<AreaId, AreaId> parents;
};

Vocabulary::Vocabulary(plan::PlanPtr plan, std::span<const model::AreaInfo> areas)
    : words_(std::make_unique<const Words>(std::move(plan), areas)) {}
Vocabulary::~Vocabulary() = default;
Vocabulary::Vocabulary(Vocabulary&&) noexcept = default;
Vocabulary& Vocabulary::operator=(Vocabulary&&) noexcept = default;

Understood Vocabulary::read_report(std::string_view utf8) const {
  const auto text = prepared_text(utf8);
  Understood understood;
  const auto from = end_of_drill_mark(text);
  understood.drill = from > 0;
  auto scanned = scan(text, from, words_->tree, words_->units);
  understood.kind = words_->hazard_said(text, scanned);
  understood.facts = facts_said(text, scanned.tokens);
  words_->keep_known(understood.kind, understood.facts);
  understood.area = words_->area_said(scanned.tokens);
  understood.key = std::move(scanned.key);
  return understood;
}

AreaId Vocabulary::find_area(std::string_view name) const {
  if (name.size() > kMostCharacters) return {};
  const auto text = prepared(name);
  if (const auto code = words_->by_code.find(text); code != words_->by_code.end()) return code->second;
  const auto it = words_->by_name.find(text);
  return it == words_->by_name.end() || it->second.size() != 1 ? AreaId{} : it->second.front();
}

}  // namespace tocsin::triage
