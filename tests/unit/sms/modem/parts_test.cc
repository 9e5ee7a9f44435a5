// The small parts of a modem link: the log of gammu-smsd, the monitor's line, the folders.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/sms/modem/keeper.h"
#include "adapters/sms/modem/smsd_log.h"
#include "adapters/sms/modem/spool.h"

namespace tocsin::sms {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;

const base::UtcTime kNow = base::from_micros(1'795'000'000'000'000);

constexpr const char* kHead = "Sun 2026/11/22 14:50:18 gammu-smsd[10484]: ";

std::string line(const std::string& words) {
  return kHead + words + "\n";
}

TEST(SmsdLogTest, EachFailureIsSaidOfTheFileThatFailed) {
  SmsdLog log;
  const std::string text =
      line("New message to send: OUTA1") + line("SMS sent on device: \"/dev/x\" status=38, reference=-1") +
      line("Error getting send status of message: Unknown error. (UNKNOWN[27])") + line("New message to send: OUTA2") +
      line("Error getting send status of message: No response. (TIMEOUT[14])") + line("New message to send: OUTA3") +
      line("Error sending SMS: Device gone. (DEVICEWRITEERROR[9])");
  for (const char c : text) log.take(std::string_view(&c, 1));  // cut anywhere
  const auto network = log.take_failure("OUTA1"), silent = log.take_failure("OUTA2"),
             prompt = log.take_failure("OUTA3");
  ASSERT_TRUE(network && silent && prompt);
  EXPECT_EQ(network->outcome, SendOutcome::kRetry);
  EXPECT_EQ(network->words, "CMS ERROR 38: network out of order");
  EXPECT_EQ(silent->outcome, SendOutcome::kUnknown);
  EXPECT_EQ(silent->words, "no answer to a message: TIMEOUT");
  EXPECT_EQ(prompt->outcome, SendOutcome::kRetry);
  EXPECT_FALSE(log.take_failure("OUTA1"));
}

TEST(SmsdLogTest, WhatTheNetworkMayHaveTakenIsUnknownAndABadNumberIsRefused) {
  EXPECT_EQ(failure_of_cms(332).outcome, SendOutcome::kUnknown);
  EXPECT_EQ(failure_of_cms(500).outcome, SendOutcome::kUnknown);
  EXPECT_EQ(failure_of_cms(1).outcome, SendOutcome::kRefused);
  EXPECT_EQ(failure_of_cms(331).outcome, SendOutcome::kRetry);
  EXPECT_GT(failure_of_cms(331).retry_after, 0s);
  EXPECT_EQ(failure_of_cms(599).words, "CMS ERROR 599");
}

TEST(SmsdLogTest, AWrongPinIsRememberedAndTextsAreNot) {
  SmsdLog log;
  log.take(line("Found 1 sms to \"+8614400000017\" with text \"ERROR: incorrect PIN\" cod 1"));
  EXPECT_EQ(log.sim_trouble().en, "");
  log.take(line("ERROR: incorrect PIN: Access denied. (SECURITYERROR[15])"));
  EXPECT_EQ(log.sim_trouble().en, "the SIM refused the PIN");
  log.take(line("Can't open device: Error opening device. (DEVICEOPENERROR[2])"));
  EXPECT_EQ(log.stick_trouble().en, "the device cannot be opened: DEVICEOPENERROR");
  log.forget();
  EXPECT_EQ(log.sim_trouble().en + log.stick_trouble().en, "");
}

TEST(MonitorTest, ALineOfTheMonitorIsReadFromItsEnd) {
  const auto status = read_monitor("Gammu 1.42.0 on Linux; odd;tocsin;999999999999999;994299429942994;12;3;1;100;42");
  ASSERT_TRUE(status);
  EXPECT_TRUE(status->answers);
  EXPECT_EQ(status->signal, 42);
  EXPECT_EQ(status->sent, 12);
  EXPECT_EQ(status->received, 3);
  EXPECT_EQ(status->failed, 1);
  EXPECT_FALSE(read_monitor("Gammu;tocsin;;;0;0;0;0;0")->answers);
  EXPECT_EQ(read_monitor("Gammu;tocsin;1;1;0;0;0;0;-1")->signal, -1);
  EXPECT_FALSE(read_monitor("gammu-smsd-monitor[1]: Warning: No PIN code in smsdrc file"));
  EXPECT_FALSE(read_monitor("a;b;c;d;x;0;0;0;0"));
}

class SpoolTest : public ::testing::Test {
 protected:
  SpoolTest() {
    char path[] = "/tmp/tocsin-spool-XXXXXX";
    folder_ = ::mkdtemp(path);
    spool_.emplace(folder_ + "/a/b");
    EXPECT_TRUE(spool_->prepare().ok());
  }
  ~SpoolTest() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] mode_t mode(const std::string& name) const {
    struct stat about {};
    ::stat((folder_ + "/a/b/" + name).c_str(), &about);
    return about.st_mode & 0777U;
  }
  std::string folder_;
  std::optional<Spool> spool_;
};

TEST_F(SpoolTest, EverythingIsItsOwnersAlone) {
  EXPECT_TRUE(*spool_->write_smsdrc("pin = 1234\n"));
  EXPECT_FALSE(*spool_->write_smsdrc("pin = 1234\n"));
  EXPECT_TRUE(*spool_->write_smsdrc("pin = 12345\n"));
  ASSERT_TRUE(spool_->place("OUTA", "text").ok());
  spool_->request_restart();
  for (const char* const folder : {"", "inbox", "outbox", "sent", "error", "awaited"}) EXPECT_EQ(mode(folder), 0700U);
  for (const char* const file : {"smsdrc", "outbox/OUTA", "restart"}) EXPECT_EQ(mode(file), 0600U) << file;
}

TEST_F(SpoolTest, AnOutboxLeftByAnEarlierProcessIsEmptied) {
  ASSERT_TRUE(spool_->place("OUTA", "text").ok());
  EXPECT_THAT(spool_->list(Box::kOutbox), ::testing::ElementsAre("OUTA"));
  EXPECT_EQ(spool_->read(Box::kOutbox, "OUTA", 100), "text");
  Spool next(folder_ + "/a/b");
  ASSERT_TRUE(next.prepare().ok());
  EXPECT_TRUE(next.list(Box::kOutbox).empty());
  EXPECT_FALSE(next.erase(Box::kOutbox, "OUTA"));
}

TEST_F(SpoolTest, AReportFindsItsMessageByReferenceAndNumberAlsoAfterARestart) {
  spool_->await(255, "+8614400000017", "FIRST-1-A", kNow);
  spool_->await(255, "+8614400000017", "SECOND-1-B", kNow + 1s);
  spool_->await(255, "+8614400000018", "OTHER-1-C", kNow);
  EXPECT_EQ(spool_->awaited(255, "14400000017"), "FIRST-1-A");
  EXPECT_FALSE(spool_->awaited(254, "14400000017"));
  spool_->forget_awaited("FIRST-1-A");
  Spool next(folder_ + "/a/b");
  ASSERT_TRUE(next.prepare().ok());
  EXPECT_EQ(next.awaited_count(), 2U);
  EXPECT_EQ(next.awaited(255, "8614400000017"), "SECOND-1-B");
  next.forget_older_than(base::UtcTime::max());
  EXPECT_EQ(next.awaited_count(), 0U);
}

TEST_F(SpoolTest, TheLogIsReadOnceAndEmptiedWhenThereIsNothingToDo) {
  std::ofstream log(folder_ + "/a/b/log", std::ios::app);
  log << "one\n" << std::flush;
  EXPECT_EQ(spool_->read_log(true), "one\n");
  log << "two\n" << std::flush;
  EXPECT_EQ(spool_->read_log(true), "two\n");
  EXPECT_EQ(spool_->read_log(false), "");
  EXPECT_EQ(std::filesystem::file_size(folder_ + "/a/b/log"), 8U);
  EXPECT_EQ(spool_->read_log(true), "");
  EXPECT_EQ(std::filesystem::file_size(folder_ + "/a/b/log"), 0U);
  log << "three\n" << std::flush;
  EXPECT_EQ(spool_->read_log(true), "three\n");
}

}  // namespace
}  // namespace tocsin::sms
