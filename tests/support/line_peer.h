// A program that was not written for tocsin, as a test's peer: told things by lines, it says things by lines.
//
// Its first line says {"event":"listening","port":N}; the end of its input ends it.  One thread.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace tocsin::testing {

class LinePeer {
 public:
  // The program, found in PATH, and its arguments.
  explicit LinePeer(std::vector<std::string> words) {
    start(std::move(words));
    const auto line = wait_for("\"listening\"");
    const std::size_t at = line ? line->find("\"port\":") : std::string::npos;
    if (at != std::string::npos) port_ = static_cast<std::uint16_t>(std::stoi(line->substr(at + 7)));
  }
  ~LinePeer() {
    if (pid_ <= 0) return;
    ::close(to_);
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::close(from_);
  }
  LinePeer(const LinePeer&) = delete;
  LinePeer& operator=(const LinePeer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  // Tells it, and waits until it is done.
  void tell(const std::string& json) {
    const std::string line = json + "\n";
    ASSERT_EQ(::write(to_, line.data(), line.size()), static_cast<ssize_t>(line.size()));
    ASSERT_TRUE(wait_for("\"did\""));
  }
  // The next line (from those not taken yet) with all of these in it; what came before it stays for others.
  std::optional<std::string> wait_for(const std::string& what, const std::string& also = "") {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (true) {
      for (auto line = lines_.begin(); line != lines_.end(); ++line) {
        if (line->find(what) == std::string::npos || line->find(also) == std::string::npos) continue;
        std::string found = std::move(*line);
        lines_.erase(line);
        return found;
      }
      if (!read_more(deadline)) return std::nullopt;
    }
  }
  // Whether such a line has come so far.
  [[nodiscard]] bool said(const std::string& what) const {
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const std::string& l) { return l.find(what) != std::string::npos; });
  }

 private:
  void start(std::vector<std::string> words) {
    int in[2], out[2];
    ASSERT_EQ(::pipe2(in, O_CLOEXEC), 0);
    ASSERT_EQ(::pipe2(out, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const int failed = ::posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    to_ = in[1];
    from_ = out[0];
    ASSERT_EQ(failed, 0) << words[0] << " cannot be started";
  }
  bool read_more(std::chrono::steady_clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd ready{from_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return false;
    char bytes[4096];
    const ssize_t count = ::read(from_, bytes, sizeof bytes);
    if (count <= 0) return false;
    unfinished_.append(bytes, static_cast<std::size_t>(count));
    std::size_t end = 0;
    while ((end = unfinished_.find('\n')) != std::string::npos) {
      lines_.push_back(unfinished_.substr(0, end));
      unfinished_.erase(0, end + 1);
    }
    return true;
  }

  pid_t pid_ = -1;
  int to_ = -1, from_ = -1;
  std::uint16_t port_ = 0;
  std::vector<std::string> lines_;
  std::string unfinished_;
};

}  // namespace tocsin::testing
