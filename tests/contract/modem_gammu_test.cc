// A modem link with the real gammu-smsd and its dummy phone, which is a folder (tests/e2e/modem_test.py has the rest).
#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/sms/modem/link.h"
#include "tests/support/recorded_events.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

constexpr const char* kPhone = "+8614400000017";

class ModemGammuTest : public ::testing::Test {
 protected:
  ModemGammuTest() {
    char path[] = "/tmp/tocsin-gammu-XXXXXX";
    folder_ = ::mkdtemp(path);
    std::filesystem::create_directory(folder_ + "/phone");
    std::ofstream(folder_ + "/gammurc") << "[gammu]\nmodel = dummy\nconnection = none\ndevice = " << folder_
                                        << "/phone\n";
    settings_.device = folder_ + "/phone";
    settings_.connection = "none";
    settings_.model = "dummy";
    settings_.folder = folder_ + "/spool";
    settings_.supervisor = "child";
    settings_.receipts = false;
  }
  ~ModemGammuTest() override {
    link_.reset();
    std::filesystem::remove_all(folder_);
  }
  void start_up() {
    ASSERT_TRUE(std::filesystem::exists(settings_.gammu_smsd)) << "./dev setup installs it";
    ASSERT_TRUE(sms::check(settings_).ok());
    link_ = std::make_unique<sms::ModemLink>(settings_);
    link_->start(3, events_);
    ASSERT_TRUE(wait([](const Seen& seen) { return seen.up(); }));
  }
  bool wait(const std::function<bool(const Seen&)>& reached) { return events_.wait_until(reached, 60s); }
  void arrives(const std::string& text) const {
    const std::string command = "gammu -c " + folder_ + "/gammurc savesms TEXT -folder 1 -unread -sender " + kPhone +
                                " -unicode -autolen 300 -text '" + text + "' >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  [[nodiscard]] pid_t smsd() const {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      std::ifstream file(entry.path() / "cmdline");
      const std::string words{std::istreambuf_iterator<char>(file), {}};
      if (words.find("gammu-smsd") != std::string::npos &&
          words.find(settings_.folder + "/smsdrc") != std::string::npos) {
        return static_cast<pid_t>(std::stol(entry.path().filename()));
      }
    }
    return 0;
  }

  std::string folder_;
  sms::ModemSettings settings_;
  RecordedEvents events_;
  std::unique_ptr<sms::ModemLink> link_;
};

TEST_F(ModemGammuTest, AMessageGoesOutAndAChineseOneInTwoPartsComesIn) {
  start_up();
  std::string text;
  for (int i = 0; i < 40; ++i) text += "水库";
  link_->send({{{1}, kPhone, text, {}, 7, model::kMostUrgent}});
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.ends.size() == 2; }));
  for (const auto& end : events_.seen().ends) EXPECT_EQ(end.outcome, SendOutcome::kAccepted) << end.error;

  arrives(text);
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events_.seen().inbound[0].text, text);
  EXPECT_EQ(events_.seen().inbound[0].from, kPhone);
}

TEST_F(ModemGammuTest, AKilledOneIsStartedAgainAndAllEndsWithTheLink) {
  start_up();
  const pid_t first = smsd();
  ASSERT_GT(first, 0);
  ::kill(first, SIGKILL);
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.changes.size() >= 3; }));  // up, down, up
  EXPECT_NE(smsd(), first);
  link_->send({{{1}, kPhone, "fire", {}, 7, model::kMostUrgent}});
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.ends.size() == 1; }));
  EXPECT_EQ(events_.seen().ends[0].outcome, SendOutcome::kAccepted);
  link_->stop(2s);
  EXPECT_EQ(smsd(), 0);
}

TEST_F(ModemGammuTest, WhatCameWhileNobodyLookedIsTakenAfterwards) {
  start_up();
  link_->stop(2s);
  arrives("2");
  start_up();
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events_.seen().inbound[0].text, "2");
}

}  // namespace
}  // namespace tocsin
