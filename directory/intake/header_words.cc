#include "directory/intake/header_words.h"

#include <algorithm>
#include <array>
#include <map>

#include "gateway/base/text.h"
#include "gateway/base/typed_text.h"

namespace tocsin::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLongestHeader = 20;  // characters: longer ones are sentences

// Signs and blanks that stand in header words, as they are after to_plain_ascii().
constexpr std::u32string_view kNoSign = U" \t\n　:：*＊.。_-/、,，;；'\"";

const std::map<std::string_view, Field>& whole_words() {
  static const std::map<std::string_view, Field> words = {
      {"姓名", Field::kName},
      {"名字", Field::kName},
      {"人员", Field::kName},
      {"人员姓名", Field::kName},
      {"成员", Field::kName},
      {"联系人", Field::kName},
      {"联络员", Field::kName},
      {"联络人", Field::kName},
      {"值班人", Field::kName},
      {"值班人员", Field::kName},
      {"负责人", Field::kHead},
      {"责任人", Field::kHead},
      {"主要负责人", Field::kHead},
      {"单位负责人", Field::kHead},
      {"负责同志", Field::kHead},
      {"第一责任人", Field::kHead},
      {"分管领导", Field::kName},
      {"包保领导", Field::kName},
      {"网格员", Field::kWorker},
      {"工作人员", Field::kWorker},
      {"职务", Field::kTitle},
      {"职位", Field::kTitle},
      {"岗位", Field::kTitle},
      {"职称", Field::kTitle},
      {"职责", Field::kTitle},
      {"担任职务", Field::kTitle},
      {"应急职务", Field::kTitle},
      {"身份", Field::kTitle},
      {"单位", Field::kUnit},
      {"单位名称", Field::kUnit},
      {"工作单位", Field::kUnit},
      {"部门", Field::kUnit},
      {"队伍", Field::kUnit},
      {"队伍名称", Field::kUnit},
      {"机构", Field::kUnit},
      {"上级单位", Field::kUnit},
      {"上级部门", Field::kUnit},
      {"主管部门", Field::kUnit},
      {"科室", Field::kSection},
      {"处室", Field::kSection},
      {"股室", Field::kSection},
      {"内设机构", Field::kSection},
      {"片区", Field::kArea},
      {"工作片区", Field::kArea},
      {"区域", Field::kArea},
      {"社区", Field::kArea},
      {"村", Field::kArea},
      {"村居", Field::kArea},
      {"村社区", Field::kArea},
      {"社区村", Field::kArea},
      {"网格", Field::kArea},
      {"网格名称", Field::kArea},
      {"管区", Field::kArea},
      {"手机", Field::kMobile},
      {"移动电话", Field::kMobile},
      {"手机号", Field::kMobile},
      {"办公电话", Field::kLandline},
      {"座机", Field::kLandline},
      {"固话", Field::kLandline},
      {"固定电话", Field::kLandline},
      {"值班电话", Field::kLandline},
      {"电话", Field::kNumber},
      {"联系方式", Field::kNumber},
      {"号码", Field::kNumber},
      {"邮箱", Field::kEmail},
      {"电子邮箱", Field::kEmail},
      {"电子邮件", Field::kEmail},
      {"序号", Field::kNone},
      {"编号", Field::kNone},
      {"备注", Field::kNone},
      {"说明", Field::kNone},
      {"性别", Field::kNone},
      {"年龄", Field::kNone},
      {"地址", Field::kNone},
      {"住址", Field::kNone},
      {"日期", Field::kNone},
      {"name", Field::kName},
      {"fullname", Field::kName},
      {"person", Field::kName},
      {"contact", Field::kName},
      {"contactperson", Field::kName},
      {"responsible", Field::kHead},
      {"responsibleperson", Field::kHead},
      {"personincharge", Field::kHead},
      {"head", Field::kHead},
      {"leader", Field::kHead},
      {"worker", Field::kWorker},
      {"title", Field::kTitle},
      {"jobtitle", Field::kTitle},
      {"position", Field::kTitle},
      {"post", Field::kTitle},
      {"role", Field::kTitle},
      {"job", Field::kTitle},
      {"unit", Field::kUnit},
      {"organisation", Field::kUnit},
      {"organization", Field::kUnit},
      {"department", Field::kUnit},
      {"company", Field::kUnit},
      {"team", Field::kUnit},
      {"upperoffice", Field::kUnit},
      {"authority", Field::kUnit},
      {"section", Field::kSection},
      {"office", Field::kSection},
      {"desk", Field::kSection},
      {"area", Field::kArea},
      {"workarea", Field::kArea},
      {"district", Field::kArea},
      {"village", Field::kArea},
      {"community", Field::kArea},
      {"grid", Field::kArea},
      {"mobile", Field::kMobile},
      {"cell", Field::kMobile},
      {"cellphone", Field::kMobile},
      {"landline", Field::kLandline},
      {"officephone", Field::kLandline},
      {"phone", Field::kNumber},
      {"telephone", Field::kNumber},
      {"tel", Field::kNumber},
      {"number", Field::kNumber},
      {"email", Field::kEmail},
      {"mail", Field::kEmail},
      {"no", Field::kNone},
      {"#", Field::kNone},
      {"notes", Field::kNone},
      {"remarks", Field::kNone},
      {"address", Field::kNone},
  };
  return words;
}

struct Part {
  std::string_view words;
  Field field;
};
// The first that is part of the words counts: "负责人手机" holds numbers, "单位负责人姓名" names a head.
constexpr std::array kParts = {
    Part{"邮箱", Field::kEmail},        Part{"email", Field::kEmail},       Part{"手机", Field::kMobile},
    Part{"移动电话", Field::kMobile},   Part{"mobile", Field::kMobile},     Part{"办公电话", Field::kLandline},
    Part{"座机", Field::kLandline},     Part{"固定电话", Field::kLandline}, Part{"固话", Field::kLandline},
    Part{"landline", Field::kLandline}, Part{"电话", Field::kNumber},       Part{"联系方式", Field::kNumber},
    Part{"号码", Field::kNumber},       Part{"phone", Field::kNumber},      Part{"telephone", Field::kNumber},
    Part{"负责人", Field::kHead},       Part{"责任人", Field::kHead},       Part{"网格员", Field::kWorker},
    Part{"姓名", Field::kName},         Part{"职务", Field::kTitle},        Part{"科室", Field::kSection},
    Part{"部门", Field::kUnit},         Part{"单位", Field::kUnit},         Part{"队伍名称", Field::kUnit},
    Part{"片区", Field::kArea},         Part{"社区", Field::kArea},         Part{"备注", Field::kNone},
};

// Titles that stand over names as a header: 网格长 | 电话 | 网格员 | 电话.
constexpr std::array kTitleHeaders = {"网格长"sv, "片长"sv,   "片区长"sv, "书记"sv,     "党支部书记"sv,
                                      "主任"sv,   "队长"sv,   "站长"sv,   "村主任"sv,   "指挥长"sv,
                                      "总指挥"sv, "值班长"sv, "组长"sv,   "带班领导"sv, "值班领导"sv,
                                      "队员"sv,   "副组长"sv, "副队长"sv, "副指挥长"sv, "副主任"sv};

// Of a unit or an area.  Whole words: 办公室主任 is the head of an office, not of the unit that it belongs to.
constexpr std::array kHeadTitles = {
    "负责人"sv,     "主要负责人"sv, "第一责任人"sv, "责任人"sv, "组长"sv,    "队长"sv,     "站长"sv,
    "所长"sv,       "片长"sv,       "片区长"sv,     "院长"sv,   "校长"sv,    "园长"sv,     "网格长"sv,
    "经理"sv,       "总经理"sv,     "局长"sv,       "主任"sv,   "村主任"sv,  "社区主任"sv, "书记"sv,
    "党支部书记"sv, "teamleader"sv, "leader"sv,     "head"sv,   "captain"sv, "manager"sv};

// Words for one post, as plain_word() gives them.
constexpr std::array<std::array<std::string_view, 5>, 5> kSameTitles = {{
    {"指挥长", "总指挥", "总指挥长", "指挥部指挥长", "commander"},
    {"副指挥长", "副总指挥", "副总指挥长", "指挥部副指挥长", "deputycommander"},
    {"值班长", "带班领导", "值班领导", "带班长", "dutyleader"},
    {"书记", "党支部书记", "党总支书记", "村书记", "partysecretary"},
    {"值班员", "值班人员", "值守人员", "值班", "dutyofficer"},
}};

constexpr std::array kUnitEndings = {"队"sv,   "组"sv,     "站"sv,   "办"sv,     "科"sv,     "局"sv,
                                     "所"sv,   "中心"sv,   "委"sv,   "室"sv,     "院"sv,     "公司"sv,
                                     "学校"sv, "指挥部"sv, "team"sv, "office"sv, "station"sv};
constexpr std::array kAreaEndings = {"片区"sv, "社区"sv, "村"sv, "网格"sv, "街道"sv, "管区"sv};

// A header's words without what stands in brackets, which goes to `inside`: 联系方式（手机）.
std::u32string without_brackets(std::u32string_view words, std::u32string& inside) {
  std::u32string out;
  int depth = 0;
  for (const char32_t c : words) {
    if (c == U'(' || c == U'（' || c == U'[' || c == U'【') {
      ++depth;
    } else if (c == U')' || c == U'）' || c == U']' || c == U'】') {
      depth = std::max(0, depth - 1);
    } else {
      (depth > 0 ? inside : out) += c;
    }
  }
  return out;
}

std::u32string squeezed(std::u32string_view words) {
  std::u32string out;
  for (const char32_t c : words) {
    if (kNoSign.find(c) != std::u32string_view::npos) continue;
    out += c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c;
  }
  return out;
}

// "电话2" over the second of two columns is 电话.
std::string header_of(std::u32string_view words) {
  std::u32string out = squeezed(words);
  const auto is_number = [](char32_t c) {
    return (c >= U'0' && c <= U'9') || std::u32string_view(U"一二三四").find(c) != std::u32string_view::npos;
  };
  while (out.size() > 1 && is_number(out.back())) out.pop_back();
  return base::to_utf8(out);
}

template <typename Endings>
bool ends_with_any(std::string_view word, const Endings& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return word.ends_with(ending); });
}

}  // namespace

std::string plain_word(std::string_view cell) {
  return base::to_utf8(squeezed(base::to_utf32(base::to_plain_ascii(cell))));
}

std::optional<HeaderWord> header_word(std::string_view cell) {
  if (cell.size() > 4 * kLongestHeader || base::count_characters(cell) > kLongestHeader) return std::nullopt;
  std::u32string inside;
  const std::string word = header_of(without_brackets(base::to_utf32(base::to_plain_ascii(cell)), inside));
  if (word.empty()) return std::nullopt;
  if (std::find(kTitleHeaders.begin(), kTitleHeaders.end(), word) != kTitleHeaders.end()) {
    return HeaderWord{is_head_title(word) ? Field::kHead : Field::kName, word};
  }
  const auto whole = whole_words().find(word);
  Field field = Field::kNone;
  if (whole != whole_words().end()) {
    field = whole->second;
  } else {
    const auto part = std::find_if(kParts.begin(), kParts.end(),
                                   [&](const Part& one) { return word.find(one.words) != std::string::npos; });
    if (part == kParts.end()) return std::nullopt;
    field = part->field;
  }
  // 联系方式（手机）
  if (field == Field::kNumber && !inside.empty()) {
    const auto more = whole_words().find(header_of(inside));
    if (more != whole_words().end() && holds_numbers(more->second)) field = more->second;
  }
  return HeaderWord{field, word == "网格员" ? "网格员" : ""};
}

bool is_head_title(std::string_view title) {
  return std::find(kHeadTitles.begin(), kHeadTitles.end(), plain_word(title)) != kHeadTitles.end();
}

bool looks_like_area(std::string_view words) {
  return ends_with_any(plain_word(words), kAreaEndings);
}

bool looks_like_unit(std::string_view words) {
  return ends_with_any(plain_word(words), kUnitEndings);
}

std::string title_key(std::string_view title) {
  std::string word = plain_word(title);
  for (const auto& same : kSameTitles) {
    if (std::find(same.begin(), same.end(), word) != same.end()) return std::string(same.front());
  }
  return word;
}

std::vector<std::string> titles_in(std::string_view cell) {
  std::vector<std::string> titles(1);
  constexpr std::array kSigns = {"、"sv, "，"sv, "；"sv, ","sv, ";"sv, "/"sv, "兼任"sv, "兼"sv, "\n"sv};
  for (std::size_t at = 0; at < cell.size();) {
    const std::string_view rest = cell.substr(at);
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(), [&](auto one) { return rest.starts_with(one); });
    if (sign == kSigns.end()) {
      titles.back() += cell[at++];
    } else {
      at += sign->size();
      titles.emplace_back();
    }
  }
  for (std::string& title : titles) title = base::trim(title);
  titles.erase(std::remove(titles.begin(), titles.end(), std::string()), titles.end());
  return titles;
}

}  // namespace tocsin::intake
