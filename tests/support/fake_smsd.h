// Plays gammu-smsd on the folders of a modem link, as fast as it is told to, for tests.
//
// Made through maker(): the link owns the keeper, the test the fake behind it, which must outlive the link.  Does its
// work on a thread of its own; every function may be called from any.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/sms/modem/link.h"
#include "adapters/sms/modem/smsbackup.h"

namespace tocsin::testing {

// What it receives: one message in one section, as gammu 1.42 writes it.
[[nodiscard]] inline std::string received(const std::string& number, const std::string& text,
                                          const std::string& header = {}, int place = 0) {
  const auto encoded = sms::encode_text(text);
  std::string file = sms::write_backup({number, encoded->alphabet, encoded->parts.front(), header, false});
  file.replace(0, 14, "[SMSBackup00" + std::to_string(place) + "]");
  file.replace(file.find("PDU = Submit"), 12, "PDU = Deliver");
  return file;
}

[[nodiscard]] inline std::string status_report(const std::string& number, const std::string& words, int reference) {
  std::string file = received(number, words);
  file.replace(file.find("PDU = Deliver"), 13, "PDU = Status_Report");
  file.replace(file.find("MessageReference = 0"), 20, "MessageReference = " + std::to_string(reference));
  return file;
}

class FakeSmsd {
 public:
  struct Sent {
    std::string name;  // of its file
    sms::StoredSms sms;
  };

  FakeSmsd() {
    char path[] = "/tmp/tocsin-modem-XXXXXX";
    folder_ = ::mkdtemp(path);
    std::filesystem::create_directory(device());
    thread_ = std::thread([this] { work(); });
  }
  ~FakeSmsd() {
    over_ = true;
    thread_.join();
    std::filesystem::remove_all(folder_);
  }
  FakeSmsd(const FakeSmsd&) = delete;
  FakeSmsd& operator=(const FakeSmsd&) = delete;

  [[nodiscard]] std::string folder() const { return folder_ + "/spool"; }
  [[nodiscard]] std::string device() const { return folder_ + "/stick"; }
  [[nodiscard]] sms::KeeperMaker maker() {
    return [this](const sms::ModemSettings&, sms::Spool&) { return std::make_unique<Kept>(*this); };
  }

  void unplug() { std::filesystem::rename(device(), folder_ + "/drawer"); }
  void replug() { std::filesystem::rename(folder_ + "/drawer", device()); }
  void hold(bool held) { held_ = held; }     // it runs, and sends nothing
  void answer(bool yes) { answers_ = yes; }  // whether the stick does
  void report(bool yes) { reports_ = yes; }  // whether the network confirms deliveries
  void die() { runs_ = false; }              // as if killed
  void log(const std::string& words) { write_log("Sun 2026/11/22 14:50:18 gammu-smsd[7]: " + words + "\n"); }
  // The next messages fail with that in the log.
  void fail_with(std::vector<std::string> words) {
    const std::lock_guard lock(mutex_);
    failures_ = std::move(words);
  }
  [[nodiscard]] int in_outbox() const {
    int files = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder() + "/outbox", none)) {
      files += entry.path().extension() == ".smsbackup" ? 1 : 0;
    }
    return files;
  }
  [[nodiscard]] int starts() const { return starts_; }
  [[nodiscard]] std::vector<Sent> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  // Puts a file into the inbox; its name.
  std::string receive(const std::string& contents) {
    const std::string name = "IN20261122_145018_00_+8614400000017_" + std::to_string(100 + arrived_++) + ".txt";
    std::ofstream(folder() + "/inbox/" + name) << contents;
    return name;
  }
  [[nodiscard]] bool in_inbox(const std::string& name) const {
    return std::filesystem::exists(folder() + "/inbox/" + name);
  }

 private:
  class Kept final : public sms::Keeper {
   public:
    explicit Kept(FakeSmsd& fake) : fake_(fake) {}
    void start(bool /*changed*/) override {
      ++fake_.starts_;
      fake_.runs_ = true;
    }
    void restart() override { start(true); }
    void stop(base::Duration /*limit*/) override {
      const std::lock_guard working(fake_.working_);
      fake_.runs_ = false;
    }
    [[nodiscard]] bool runs() override { return fake_.runs_; }
    [[nodiscard]] std::optional<sms::StickStatus> status() override {
      return sms::StickStatus{fake_.answers_, 42, 0, 0, 0};
    }

   private:
    FakeSmsd& fake_;
  };

  void write_log(const std::string& line) { std::ofstream(folder() + "/log", std::ios::app) << line; }

  void work() {
    while (!over_) {
      if (runs_ && !held_) send_one();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  void send_one() {
    const std::lock_guard working(working_);
    if (!runs_) return;
    std::string first;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder() + "/outbox", none)) {
      const std::string name = entry.path().filename();
      if (entry.path().extension() == ".smsbackup" && (first.empty() || name < first)) first = name;
    }
    if (first.empty()) return;
    std::ifstream file(folder() + "/outbox/" + first);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto read = sms::read_backup(text);
    std::optional<std::string> failure;
    {
      const std::lock_guard lock(mutex_);
      if (!failures_.empty()) {
        failure = failures_.front();
        failures_.erase(failures_.begin());
      } else if (read) {
        sent_.push_back({first, read->front()});
      }
    }
    log("New message to send: " + first);
    if (failure) {
      log(*failure);
      std::filesystem::rename(folder() + "/outbox/" + first, folder() + "/error/" + first, none);
      return;
    }
    const int reference = sent_count_++ & 0xFF;
    std::ofstream(folder() + "/outbox/" + first) << std::string(text).replace(
        text.find("MessageReference = 0"), 20, "MessageReference = " + std::to_string(reference));
    std::filesystem::rename(folder() + "/outbox/" + first, folder() + "/sent/" + first, none);
    if (read && read->front().report && reports_) receive(status_report(read->front().number, "Delivered", reference));
  }

  std::string folder_;
  mutable std::mutex mutex_;
  std::mutex working_;  // held while a file is being moved
  std::vector<Sent> sent_;
  std::vector<std::string> failures_;
  std::atomic<bool> over_{false}, held_{false}, answers_{true}, runs_{false}, reports_{true};
  std::atomic<int> starts_{0}, arrived_{0};
  int sent_count_ = 0;
  std::thread thread_;
};

}  // namespace tocsin::testing
