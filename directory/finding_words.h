// Every finding of sheets and outlines, in both languages: its code, what is wrong, how it is mended.  Pure values.
//
//   row.error(words::kNoCode(shown(text)), "code");
//
// {0}, {1}, ... are the parts it is called with, the same in all four texts.  Codes are stable (docs/directory.md).
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/said.h"
#include "gateway/base/text.h"

namespace tocsin::directory {

struct Finding {
  std::string code;
  base::Said message, hint;

  [[nodiscard]] Finding with_code(std::string other) && {
    code = std::move(other);
    return std::move(*this);
  }
  [[nodiscard]] Finding with_hint(base::Said other) && {
    hint = std::move(other);
    return std::move(*this);
  }
};

struct Wording {
  std::string_view code, en, zh;
  std::string_view hint_en = {}, hint_zh = {};

  template <class... Parts>
  [[nodiscard]] Finding operator()(const Parts&... parts) const {
    return {std::string(code), base::said(en, zh, parts...), base::said(hint_en, hint_zh, parts...)};
  }
};

// A cell as it is shown in a finding.
[[nodiscard]] inline std::string shown(std::string_view text) {
  return base::cut(text, 40);
}

// Empty when nothing is near.
[[nodiscard]] inline base::Said did_you_mean(const std::string& near) {
  return near.empty() ? base::Said() : base::said("did you mean \"{0}\"?", "是不是“{0}”？", near);
}

namespace words {

// ---- files and header rows ----
inline constexpr Wording kNoZone{"unknown-zone", "no time zone \"{0}\"", "没有时区“{0}”"};
inline constexpr Wording kNotShown{"findings-not-shown", "{0} further findings are not shown", "另有{0}条未显示"};
inline constexpr Wording kNoHeader{"empty-file", "the file has no header row", "文件没有表头",
                                   "the first row names the columns", "第一行写列名"};
inline constexpr Wording kNoTable{"unknown-table", "no table has the columns of this header row",
                                  "没有一张表是这样的表头", "the tables are {0} (docs/directory.md)",
                                  "可用的表：{0}（见docs/directory.md）"};
inline constexpr Wording kNoColumn{"unknown-column", "column {0}: the table {1} has no column \"{2}\"",
                                   "{0}列：表{1}没有“{2}”这一列"};
inline constexpr Wording kColumnTwice{"duplicate-column", "column {0}: \"{1}\" comes twice", "{0}列：“{1}”出现两次"};
inline constexpr Wording kColumnMissing{"missing-column", "the table {0} needs a column \"{1}\"", "表{0}缺少“{1}”列"};
inline constexpr Wording kCellsMissing{"wrong-column-count", "the row has {0} cells, the header has {1}",
                                       "这一行有{0}格，表头有{1}格"};
inline constexpr Wording kCellsTooMany{"wrong-column-count", "the row has {0} cells, the header has {1}",
                                       "这一行有{0}格，表头有{1}格", "put a cell that holds a comma in quotes",
                                       "含逗号的格子请加引号"};

// ---- cells ----
inline constexpr Wording kRowWithoutCode{"empty-cell", "a row needs a code", "每行都要有代码"};
inline constexpr Wording kEmpty{"empty-cell", "must not be empty", "不能为空"};
inline constexpr Wording kTurnsWithoutDay{"empty-cell", "must not be empty: turns are counted from that day",
                                          "不能为空：轮班从这一天算起"};
inline constexpr Wording kOverrideWithoutEnd{"empty-cell", "an override has a beginning and an end",
                                             "换班要写开始和结束时间"};
inline constexpr Wording kNoCode{"bad-code", "\"{0}\" is no code", "“{0}”不能作代码",
                                 "write lower-case letters, digits, - and _, at most 64",
                                 "请用小写字母、数字、-和_，最多64个"};
inline constexpr Wording kTooLong{"too-long", "more than {0} characters", "超过{0}个字"};
inline constexpr Wording kControls{"control-characters", "line breaks or invisible control characters",
                                   "含有换行或看不见的控制字符"};
inline constexpr Wording kNumberRemoved{"number-removed", "an identity or phone number was removed from the text",
                                        "文字中的证件号或电话号码已去掉", "numbers belong into contacts",
                                        "号码请写在联系方式表中"};
inline constexpr Wording kNoOrder{"bad-order", "\"{0}\" is no place in an order", "“{0}”不是顺序号",
                                  "write 1, 2, 3, ...", "请写1、2、3……"};
inline constexpr Wording kNoDays{"bad-number-of-days", "\"{0}\" is no number of days", "“{0}”不是天数",
                                 "write 1, 2, ... {1}", "请写1、2……{1}"};
inline constexpr Wording kNoTimeOfDay{"bad-time-of-day", "\"{0}\" is no time of day", "“{0}”不是时刻", "write 08:00",
                                      "请写08:00"};
inline constexpr Wording kNoDate{"bad-date", "\"{0}\" is no date", "“{0}”不是日期", "write 2026-11-22",
                                 "请写2026-11-22"};
inline constexpr Wording kNoTime{"bad-time", "\"{0}\" is no date with a time", "“{0}”不是时间",
                                 "write 2026-11-22 08:00 or 2026-11-22", "请写2026-11-22 08:00或2026-11-22"};
inline constexpr Wording kUpsideDown{"range-upside-down", "is not before \"to\"", "没有早于“to”"};
inline constexpr Wording kNoDegrees{"bad-coordinate", "\"{0}\" is not in degrees between -{1} and {1}",
                                    "“{0}”不是-{1}到{1}之间的度数", "write decimal degrees, such as 36.0512",
                                    "请写十进制度数，如36.0512"};
inline constexpr Wording kNeitherYesNorNo{"neither-yes-nor-no", "\"{0}\" is neither yes nor no",
                                          "“{0}”既不是“是”也不是“否”", "write yes, or leave it empty",
                                          "请写“是”，或者留空"};
inline constexpr Wording kNoneOf{"", "\"{0}\" is none of {1}", "“{0}”不在可选项中：{1}"};  // the code is the column's

// ---- rows by themselves ----
inline constexpr Wording kHalfACentre{"half-a-coordinate", "a centre needs latitude and longitude",
                                      "中心点要同时有纬度和经度"};
inline constexpr Wording kBadNumber{"bad-number", "{0}", "{0}"};
inline constexpr Wording kNotAMobile{"not-a-mobile", "is a landline, and the kind says mobile",
                                     "是固定电话，类型却写手机", "write landline as its kind", "类型请写landline"};
inline constexpr Wording kNotALandline{"not-a-landline", "is a mobile, and the kind says landline: it will get no SMS",
                                       "是手机号，类型却写固定电话：收不到短信"};
inline constexpr Wording kTwoExtensions{"two-extensions", "the number has the extension {0} already",
                                        "号码中已经有分机{0}"};
inline constexpr Wording kNoExtension{"bad-extension", "\"{0}\" is no extension", "“{0}”不是分机号",
                                      "write up to 8 digits", "请写最多8位数字"};
inline constexpr Wording kUnusableAddress{"bad-address", "too long, or with control characters",
                                          "太长，或含有控制字符"};
inline constexpr Wording kNoMailAddress{"bad-address", "\"{0}\" is no e-mail address", "“{0}”不是电子邮箱地址"};
inline constexpr Wording kNoWebhook{"bad-address", "a webhook is a URL that begins with https://",
                                    "webhook应是以https://开头的网址"};
inline constexpr Wording kNoConsole{"bad-address", "\"{0}\" is no name of a console", "“{0}”不是终端名称"};
inline constexpr Wording kNotAgreed{
    "agreed-missing", "nobody may be called here: it is not said when and how the owner agreed",
    "没有写本人何时、怎样同意，不能拨打这里", "fill in agreed_when and agreed_how", "请填agreed_when和agreed_how"};
inline constexpr Wording kVacant{"post-vacant", "nobody holds the post \"{0}\": whom it names is not told",
                                 "职务“{0}”空缺：按它通知时无人收到"};
inline constexpr Wording kOwnDuty{"unusual-duty", "\"{0}\" is a duty of its own", "“{0}”会成为另一种值班"};
inline constexpr Wording kTooManyTurns{"too-many-turns", "more than {0} turns", "超过{0}个班次"};
inline constexpr Wording kEmptyTurn{"empty-turn", "turn {0} names nobody", "第{0}班没有写人",
                                    "write - for a turn that nobody has", "无人的班次请写-"};
inline constexpr Wording kOverrideOfNobody{"override-of-nobody",
                                           "names nobody, and so changes nothing: whoever has the duty keeps it",
                                           "没有写人，所以什么也不改变：原来值班的人照旧",
                                           "put whoever must not be called on leave", "不能通知的人请登记请假"};
inline constexpr Wording kOwnSubstitute{"own-substitute", "\"{0}\" cannot stand in for themselves",
                                        "“{0}”不能替自己的班"};

// ---- rows against each other ----
inline constexpr Wording kCodeTwice{"duplicate-code", "\"{0}\" is the code of another row already: {1}",
                                    "“{0}”已是另一行的代码：{1}"};
inline constexpr Wording kHeldTwice{"duplicate-code", "\"{0}\" is held at the same time by another row: {1}",
                                    "职务“{0}”在同一时间还有另一行：{1}",
                                    "give both rows from and to, so that one ends where the other begins",
                                    "请给两行都写from和to，使前者结束时后者开始"};
// Its code ends with the noun.
inline constexpr Wording kNoSuch{"", "there is no {0} with the code \"{1}\"", "没有代码为“{1}”的{0}"};
inline constexpr Wording kAreaCycle{"area-cycle", "the areas lie inside each other in a circle: {0}",
                                    "区域互为上级，成了圈：{0}"};
inline constexpr Wording kGridAlone{"area-order", "a grid lies in a community, and none is named", "网格要写所属社区"};
inline constexpr Wording kAreaOrder{"area-order", "a {0} cannot lie in a {1}", "{0}不能属于{1}"};
inline constexpr Wording kSharedName{"ambiguous-name", "\"{0}\" is also what {1} is called", "{1}也叫“{0}”"};
inline constexpr Wording kContactTwice{"duplicate-contact", "this person has this contact point already",
                                       "此人已有这个联系方式"};
inline constexpr Wording kSharedNumber{
    "shared-number", "{0} is also a contact point of {1} ({2}); an answer from it counts for whoever was told there",
    "{0}也是{1}的联系方式（{2}）；从这里来的答复算在当时被通知的人名下"};
inline constexpr Wording kNoContact{"no-contact", "this person has no contact point and cannot be told",
                                    "此人没有联系方式，无法通知"};
inline constexpr Wording kOrderTwice{"duplicate-order", "place {0} of \"{1}\" is taken already",
                                     "“{1}”的第{0}位已经有了"};
inline constexpr Wording kTooManyHoldings{"too-many-rows", "more than {0} rows of one post", "同一职务超过{0}行"};
inline constexpr Wording kTooManyRotations{"too-many-rows", "more than {0} rows of one rotation", "同一轮班超过{0}行"};
inline constexpr Wording kPostDiffers{"post-differs", "the post \"{0}\" has another name or area at {1}",
                                      "职务“{0}”在{1}有不同的名称或区域"};
inline constexpr Wording kOwnDeputy{"own-deputy", "{0} holds the post \"{1}\"", "{0}本人就是“{1}”"};
inline constexpr Wording kRowTwice{"duplicate-row", "\"{0}\" of \"{1}\" comes twice", "“{1}”中的“{0}”出现两次"};
inline constexpr Wording kRotationOverlap{
    "rotation-overlap", "\"{0}\" runs on the same days by another row: {1}", "“{0}”在同样的日子还有另一行：{1}",
    "give the older row a to, or one of the two another name", "请给较早的一行写to，或给其中一个改名"};
inline constexpr Wording kSwapWithoutShift{
    "swap-without-shift", "\"{0}\" never has the duty \"{1}\" by a row of duty or rotations: the swap changes nothing",
    "“{0}”在值班表和轮班表中从未值“{1}”：这次换班不起作用", "name who it is exactly as there, a post as post:CODE",
    "请照那里的写法写人，职务写post:代码"};
inline constexpr Wording kSwapOverlap{"swap-overlap",
                                      "\"{0}\" is replaced twice at the same time, and this row counts before {1}",
                                      "“{0}”在同一时间被替换两次，以这一行为准，{1}在后"};
inline constexpr Wording kSectionOnLeave{
    "section-on-leave", "{0} is the desk of a section, not a person: it is never on leave",
    "{0}是科室，不是人：不会请假", "leave kind empty in persons if it is one", "如果是人，persons表的kind请留空"};
inline constexpr Wording kSectionAsDeputy{
    "section-as-deputy", "{0} is the desk of a section, not a person: it stands in for nobody",
    "{0}是科室，不是人：不能当替补", "leave kind empty in persons if it is one", "如果是人，persons表的kind请留空"};

// ---- outlines ----
inline constexpr Wording kOutlinesTooLarge{"outline-file-too-large", "larger than 16 MB", "大于16 MB"};
inline constexpr Wording kNoFeatures{"no-features", "it holds no feature", "没有任何要素（feature）"};
inline constexpr Wording kOutlineTwice{"outline-twice", "another feature has it already", "另一个要素已经给了它"};
inline constexpr Wording kOutlineNotValid{"outline-not-valid", "{0}", "图形不正确：{0}"};
inline constexpr Wording kOutlineOfNone{"outline-unknown-area", "names no area", "没有写是哪个区域",
                                        "give it a property \"code\" or \"name\"", "请加属性code或name"};
inline constexpr Wording kOutlineOfUnknown{"outline-unknown-area", "the directory has no such area",
                                           "名录中没有这个区域"};
inline constexpr Wording kOutlineOfSeveral{"outline-unknown-area", "several areas have that name",
                                           "有几个区域都叫这个名字", "give its code", "请写代码"};
inline constexpr Wording kFarAway{"outline-far-away", "{0} km from the centre of its area, or of the one above",
                                  "离本区域或上级区域的中心{0}千米"};
inline constexpr Wording kCentreOutside{"centre-outside", "\"{0}\" has its centre outside its outline",
                                        "“{0}”的中心点在图形之外"};
inline constexpr Wording kOutsideParent{"outside-parent", "\"{0}\" lies outside \"{1}\" by {2}% of it",
                                        "“{0}”有{2}%在“{1}”之外"};

}  // namespace words
}  // namespace tocsin::directory
