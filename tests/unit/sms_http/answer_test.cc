#include <gtest/gtest.h>

#include "adapters/sms/http/provider.h"

namespace tocsin::sms::http {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;

transfer::Ended answered(int status, std::string body) {
  transfer::Ended ended;
  ended.sent = ended.whole = true;
  ended.status = status;
  ended.body = std::move(body);
  return ended;
}

Answers by_code() {
  Answers answers;
  answers.id = "/data/id";
  answers.code = "/code";
  answers.accepted = {"OK", "0"};
  answers.retry = {"BUSY"};
  answers.refused = {"BLOCKED"};
  answers.unknown = {"INTERNAL"};
  return answers;
}

TEST(HttpSmsAnswerTest, AnAcceptanceGivesTheId) {
  const auto read = read_answer(by_code(), answered(200, R"({"code":"OK","data":{"id":"a-17"}})"));
  EXPECT_EQ(read.outcome.outcome, SendOutcome::kAccepted);
  EXPECT_EQ(read.id, "a-17");
  EXPECT_EQ(read_answer(by_code(), answered(200, R"({"code":0,"data":{"id":12345678901}})")).id, "12345678901");
}

TEST(HttpSmsAnswerTest, ACodeOfAListDecidesWhateverTheStatus) {
  const std::tuple<int, const char*, SendOutcome> rows[] = {
      {200, "BUSY", SendOutcome::kRetry},       {400, "BUSY", SendOutcome::kRetry},
      {200, "BLOCKED", SendOutcome::kRefused},  {500, "BLOCKED", SendOutcome::kRefused},
      {200, "INTERNAL", SendOutcome::kUnknown}, {400, "INTERNAL", SendOutcome::kUnknown},
      {200, "NEW", SendOutcome::kRefused},      {400, "NEW", SendOutcome::kRefused},
      {502, "NEW", SendOutcome::kUnknown},      {429, "NEW", SendOutcome::kRetry},
  };
  for (const auto& [status, code, outcome] : rows) {
    const auto read = read_answer(by_code(), answered(status, std::string(R"({"code":")") + code + "\"}"));
    EXPECT_EQ(read.outcome.outcome, outcome) << status << " " << code;
    EXPECT_EQ(read.outcome.error, "HTTP " + std::to_string(status) + " code " + code);
    EXPECT_EQ(read.outcome.retry_after > 0s, outcome == SendOutcome::kRetry);
  }
}

TEST(HttpSmsAnswerTest, AnAcceptanceThatCannotBeReadIsUnknown) {
  for (const auto* body : {"", "<html>", "{}", R"({"code":"OK"})", R"({"code":"OK","data":{"id":""}})",
                           R"({"code":"OK","data":{"id":["a"]}})", R"({"code":"OK","data":{"id":"a b"}})",
                           R"({"code":{"a":1},"data":{"id":"a"}})"}) {
    EXPECT_EQ(read_answer(by_code(), answered(200, body)).outcome.outcome, SendOutcome::kUnknown) << body;
  }
  for (const int status : {200, 400, 500}) {  // a code decides whatever the status, but not of half an answer
    auto broken = answered(status, R"({"code":"OK","data":{"id":"a-17"}})");
    broken.whole = false;
    EXPECT_EQ(read_answer(by_code(), broken).outcome.outcome, SendOutcome::kUnknown) << status;
  }
}

TEST(HttpSmsAnswerTest, WithoutAListTheStatusDecides) {
  Answers answers;
  answers.id = "/sid";
  answers.code = "/code";
  EXPECT_EQ(read_answer(answers, answered(201, R"({"sid":"SM1","code":null})")).id, "SM1");
  EXPECT_EQ(read_answer(answers, answered(400, R"({"code":21211})")).outcome.error, "HTTP 400 code 21211");
  EXPECT_EQ(read_answer(answers, answered(503, "busy")).outcome.outcome, SendOutcome::kRetry);
}

TEST(HttpSmsAnswerTest, AFormIsReadByItsKeys) {
  Answers answers;
  answers.form = true;
  answers.id = "msgid";
  answers.code = "result";
  answers.accepted = {"0"};
  EXPECT_EQ(read_answer(answers, answered(200, "result=0&msgid=a%2D17\r\n")).id, "a-17");
  EXPECT_EQ(read_answer(answers, answered(200, "result=9")).outcome.outcome, SendOutcome::kRefused);
}

TEST(HttpSmsAnswerTest, NothingOfWhatAProviderSaysInWordsIsShown) {
  const auto read = read_answer(by_code(), answered(400, R"({"code":"cannot reach +8614400000017"})"));
  EXPECT_EQ(read.outcome.error, "HTTP 400 code of another form");
  const auto number = read_answer(by_code(), answered(400, R"({"code":"14400000017"})"));
  EXPECT_EQ(number.outcome.error.find("14400000017"), std::string::npos);
}

TEST(HttpSmsAnswerTest, AHostileAnswerIsOneThatCannotBeRead) {
  for (const auto& body : {std::string(50000, '['), std::string(R"({"code":"\ud800"})"), std::string("\xFF\xFE"),
                           "{\"code\":" + std::string(5000, '9') + "}"}) {
    EXPECT_EQ(read_answer(by_code(), answered(200, body)).outcome.outcome, SendOutcome::kUnknown);
  }
}

TEST(HttpSmsAnswerTest, WithoutAnAnswerTheTransferDecides) {
  transfer::Ended ended;
  ended.error = "no answer in time";
  EXPECT_EQ(read_answer(by_code(), ended).outcome.outcome, SendOutcome::kRetry);
  ended.sent = true;
  EXPECT_EQ(read_answer(by_code(), ended).outcome.outcome, SendOutcome::kUnknown);
}

}  // namespace
}  // namespace tocsin::sms::http
