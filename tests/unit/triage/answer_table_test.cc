// What people really type back to an alert, in Chinese and English, and what each may count as.
#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <string>

#include "gateway/triage/understand.h"

namespace tocsin::triage {
namespace {

struct Typed {
  const char* text;
  int code = 0;  // named with it
};

// ---- what counts ----
constexpr Typed kReceived[] = {{"1"},
                               {"１"},
                               {"①"},
                               {"⑴"},
                               {"¹"},
                               {"१"},
                               {"۱"},
                               {"1️⃣"},
                               {"一"},
                               {"1。"},
                               {"1."},
                               {"1！"},
                               {"(1)"},
                               {"「1」"},
                               {"\"1\""},
                               {"1~"},
                               {"+1"},
                               {"1 1"},
                               {"回复1"},
                               {"回复：1"},
                               {"回复 “1”"},
                               {"选1"},
                               {"我选1"},
                               {"按 1"},
                               {"请按1"},
                               {"reply 1"},
                               {"Re: 1"},
                               {"Answer: 1"},
                               {"press 1"},
                               {"option 1"},
                               {"1 谢谢"},
                               {"1，谢谢"},
                               {"1 thanks"},
                               {"1【张三】"},
                               {"[Zhang San] 1"},
                               {"收到"},
                               {"收 到"},
                               {"收到。"},
                               {"收到！！！"},
                               {"收到收到"},
                               {"已收到"},
                               {"收到了"},
                               {"收到，谢谢"},
                               {"收到，谢谢领导"},
                               {"收到 镇长"},
                               {"我收到了"},
                               {"收悉"},
                               {"知悉"},
                               {"已阅"},
                               {"好"},
                               {"好的"},
                               {"好的，知道了"},
                               {"好吧"},
                               {"明白"},
                               {"遵命"},
                               {"嗯嗯"},
                               {"是的"},
                               {"可以"},
                               {"没问题"},
                               {"行"},
                               {"👍"},
                               {"收到🙏"},
                               {"✅"},
                               {"ok"},
                               {"OK!"},
                               {"Okay."},
                               {"ＯＫ"},
                               {"k"},
                               {"Roger"},
                               {"Roger, got it"},
                               {"Received"},
                               {"I have received"},
                               {"got it"},
                               {"Got it, thanks!"},
                               {"copy that"},
                               {"noted"},
                               {"understood"},
                               {"yes"},
                               {"Yes sir"},
                               {"no problem"},
                               {"will do"},
                               {"ack"},
                               {"1 107", 107},
                               {"107 1", 107},
                               {"1#107", 107},
                               {"1-107", 107},
                               {"1 １０７", 107},
                               {"收到107", 107},
                               {"107收到", 107},
                               {"107号收到", 107},
                               {"事件107 收到", 107},
                               {"编号107：1", 107},
                               {"1 no. 107", 107},
                               {"No. 107 received", 107},
                               {"№107 ok", 107},
                               {"received, incident 107", 107},
                               {"ok number 107", 107}};

constexpr Typed kComing[] = {{"2"},
                             {"２"},
                             {"②"},
                             {"٢"},
                             {"२"},
                             {"二"},
                             {"2。"},
                             {"回复2"},
                             {"选择2"},
                             {"2 谢谢"},
                             {"收到2"},
                             {"去"},
                             {"我去"},
                             {"马上去"},
                             {"这就去"},
                             {"来"},
                             {"来了"},
                             {"我来"},
                             {"就来"},
                             {"马上来"},
                             {"马上到"},
                             {"馬上到"},
                             {"我马上到"},
                             {"马上就到"},
                             {"立即赶到"},
                             {"收到，马上到"},
                             {"好的，马上过去"},
                             {"在路上"},
                             {"在路上了"},
                             {"正在路上"},
                             {"出发了"},
                             {"已出发"},
                             {"正在赶来"},
                             {"立即前往"},
                             {"能到"},
                             {"coming"},
                             {"Coming!"},
                             {"coming now"},
                             {"I'm coming"},
                             {"I’m coming"},
                             {"I am coming"},
                             {"we are coming"},
                             {"on my way"},
                             {"On the way."},
                             {"omw"},
                             {"en route"},
                             {"ok, on my way"},
                             {"yes coming"},
                             {"will be there"},
                             {"i will come"},
                             {"I can come"},
                             {"going now"},
                             {"leaving now"},
                             {"2 107", 107},
                             {"107 2", 107},
                             {"2#107", 107},
                             {"107，2", 107},
                             {"2/107", 107},
                             {"2 no.107", 107},
                             {"no. 107: coming", 107},
                             {"107我已出发", 107},
                             {"coming 107", 107},
                             {"ok 107 on my way", 107}};

constexpr Typed kArrived[] = {{"3"},
                              {"３"},
                              {"③"},
                              {"٣"},
                              {"三"},
                              {"回复3"},
                              {"到"},
                              {"到了"},
                              {"到！"},
                              {"已到"},
                              {"我到了"},
                              {"已经到了"},
                              {"已到达"},
                              {"到位"},
                              {"已到位"},
                              {"已到现场"},
                              {"我已到达现场"},
                              {"抵达现场"},
                              {"在现场"},
                              {"arrived"},
                              {"I have arrived"},
                              {"here"},
                              {"I'm here"},
                              {"we're here"},
                              {"on site"},
                              {"on scene"},
                              {"at the scene"},
                              {"3 107", 107},
                              {"107到", 107},
                              {"107号 已到", 107},
                              {"arrived 107", 107},
                              {"no 107 arrived", 107}};

constexpr Typed kCannot[] = {{"0"},
                             {"０"},
                             {"٠"},
                             {"零"},
                             {"〇"},
                             {"0。"},
                             {"回复0"},
                             {"来不了"},
                             {"我来不了"},
                             {"來不了"},
                             {"去不了"},
                             {"到不了"},
                             {"赶不过去"},
                             {"不能来"},
                             {"不能到"},
                             {"不能"},
                             {"无法前往"},
                             {"没法来"},
                             {"没空"},
                             {"不行"},
                             {"不"},
                             {"不，谢谢"},
                             {"不了，谢谢"},
                             {"不去"},
                             {"不来了"},
                             {"来不了，抱歉"},
                             {"不好意思来不了"},
                             {"收到，来不了"},
                             {"收到来不了"},
                             {"no"},
                             {"No."},
                             {"no sorry"},
                             {"cannot come"},
                             {"can't come"},
                             {"I can't come"},
                             {"can’t make it"},
                             {"unable to come"},
                             {"not coming"},
                             {"won't come"},
                             {"not available"},
                             {"received, cannot come"},
                             {"0 107", 107},
                             {"107 0", 107},
                             {"107来不了", 107},
                             {"cannot come no. 107", 107}};

// ---- what is kept whole and never counts ----
constexpr Typed kReplied[] = {
    // later, or on a condition
    {"not now, in 2 hours"},
    {"等会儿到"},
    {"2小时后到"},
    {"两小时后到"},
    {"半小时到"},
    {"10分钟到"},
    {"3分钟后到"},
    {"20分钟"},
    {"晚点到"},
    {"一会到"},
    {"明天到"},
    {"12月3日到"},
    {"两点到"},
    {"1号到"},
    {"如果需要我就来"},
    {"可能到"},
    {"可能来不了"},
    {"不一定能到"},
    {"尽量到"},
    {"看情况"},
    {"coming in 2 hours"},
    {"coming later"},
    {"coming soon"},
    {"be there in 5"},
    {"eta 10"},
    {"maybe"},
    {"not sure"},
    {"if needed I will come"},
    {"I will come if my deputy is not there"},
    {"can come at 3:00"},
    {"here soon"},
    {"1 but in 2 hours"},
    {"ok but can't come"},
    {"收到但要晚点"},
    {"来不了，请派别人"},
    // questions
    {"?"},
    {"？"},
    {"谁？"},
    {"coming?"},
    {"2?"},
    {"到？"},
    {"收到吗"},
    {"来吗"},
    {"去不去"},
    {"来不来"},
    {"行不行"},
    {"好不好"},
    {"是不是"},
    {"知道不"},
    {"到哪"},
    {"去哪里"},
    {"where"},
    {"what happened"},
    {"which one"},
    {"who is this"},
    {"need me to come?"},
    // denied
    {"不知道"},
    {"不清楚"},
    {"不是"},
    {"不好"},
    {"不到"},
    {"收不到"},
    {"没到"},
    {"还没到"},
    {"没收到"},
    {"未到"},
    {"不用来"},
    {"别来"},
    {"不在"},
    {"人不在"},
    {"not here"},
    {"not received"},
    {"nobody here"},
    {"not coming yet"},
    {"no i am coming"},
    // other things
    {"堵车"},
    {"在开会"},
    {"值班中"},
    {"休假"},
    {"我在外地"},
    {"谢谢"},
    {"thanks"},
    {"sorry"},
    {"td"},
    {"4"},
    {"12"},
    {"10"},
    {"1.5"},
    {"2小时"},
    {"二楼"},
    {"三号门"},
    {"1 2"},
    {"0 2"},
    {"1 2 3 0"},
    {"2.0"},
    {"1230"},
    {"1234567"},
    {"0 马上到"},
    {"107 108 2"},
    {"2 107 108"},
    {"去外地了"},
    {"来电"},
    {"到底什么事"},
    {"好像到了"},
    {"coming home"},
    {"almost here"},
    // machines
    {"【自动回复】收到"},
    {"[Auto-Reply] ok"},
    {"自动回复：我正在开会"},
    {"(Automatic reply) received"}};

std::string told(const Typed& typed, std::optional<UnderstoodAnswer> read) {
  std::string said = std::string(typed.text) + " -> ";
  if (!read) return said + "no answer";
  said += model::name_of(read->kind);
  if (read->code) said += " " + std::to_string(*read->code);
  return said + (read->bare ? ", bare" : "");
}

template <std::size_t N>
void expect_clear(const Typed (&table)[N], model::AnswerKind kind) {
  for (const auto& typed : table) {
    const auto read = read_answer(typed.text);
    EXPECT_TRUE(read && read->kind == kind && read->bare && read->code.value_or(0) == typed.code) << told(typed, read);
  }
}

TEST(AnswerTableTest, WhatMeansReceivedIsReceived) {
  expect_clear(kReceived, model::AnswerKind::kReceived);
}

TEST(AnswerTableTest, WhatMeansComingIsComing) {
  expect_clear(kComing, model::AnswerKind::kComing);
}

TEST(AnswerTableTest, WhatMeansArrivedIsArrived) {
  expect_clear(kArrived, model::AnswerKind::kArrived);
}

TEST(AnswerTableTest, WhatMeansCannotComeIsCannotCome) {
  expect_clear(kCannot, model::AnswerKind::kCannot);
}

TEST(AnswerTableTest, WhatIsConditionalDeniedAskedOrFreeIsNeitherYesNorNo) {
  for (const auto& typed : kReplied) {
    const auto read = read_answer(typed.text);
    EXPECT_TRUE(read && read->kind == model::AnswerKind::kReplied && !read->bare) << told(typed, read);
  }
}

TEST(AnswerTableTest, NoTextStandsInTwoTables) {
  std::set<std::string> seen;
  const auto look = [&](const Typed& typed) { EXPECT_TRUE(seen.insert(typed.text).second) << typed.text; };
  for (const auto& typed : kReceived) look(typed);
  for (const auto& typed : kComing) look(typed);
  for (const auto& typed : kArrived) look(typed);
  for (const auto& typed : kCannot) look(typed);
  for (const auto& typed : kReplied) look(typed);
  EXPECT_GE(seen.size(), 300U);
}

TEST(AutomaticTextTest, AMachineIsKnownByItsWords) {
  for (const auto* text :
       {"【自动回复】您好，我正在开会", "Auto-Reply: I am on leave", "I'm driving with Do Not Disturb",
        "id:1 sub:001 dlvrd:001 submit date:2611220930 done date:2611220931 stat:DELIVRD err:000", "退订回T",
        "Out of Office until Monday"}) {
    EXPECT_TRUE(is_automatic(text)) << text;
  }
  for (const auto* text : {"收到", "2", "着火了", "on my way", "automatic door is on fire"}) {
    EXPECT_FALSE(is_automatic(text)) << text;
  }
}

}  // namespace
}  // namespace tocsin::triage
