#include "gateway/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace tocsin::base {
namespace {

using testing::HasSubstr;

class LogTest : public testing::Test {
 protected:
  void TearDown() override { set_log_level(LogLevel::kInfo); }

  static std::string written(LogLevel level, std::string_view event, std::string_view details) {
    testing::internal::CaptureStderr();
    log(level, event, details);
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(LogTest, AnEventIsOneLineWithTimeLevelAndDetails) {
  set_log_level(LogLevel::kInfo);
  const std::string line = written(LogLevel::kWarning, "link.down", "link=main reason=\"closed {by} peer\"");
  EXPECT_THAT(line, HasSubstr("Z warning link.down link=main reason=\"closed {by} peer\"\n"));
}

TEST_F(LogTest, WhatAPeerSendsCannotStartALineOfItsOwn) {
  const std::string line = written(LogLevel::kError, "link.refused", "error=a\nfaked\r\x1B[31m");
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_EQ(line.find('\x1B'), std::string::npos);
}

TEST_F(LogTest, QuieterLevelsAreLeftOut) {
  set_log_level(LogLevel::kError);
  EXPECT_EQ(written(LogLevel::kWarning, "x", ""), "");
  set_log_level(LogLevel::kOff);
  EXPECT_EQ(written(LogLevel::kError, "x", ""), "");
}

}  // namespace
}  // namespace tocsin::base
