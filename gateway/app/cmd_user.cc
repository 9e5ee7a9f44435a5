// Accounts and sessions, by the operator of this machine.
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "gateway/app/commands.h"
#include "gateway/app/daemon.h"
#include "gateway/app/json_text.h"
#include "gateway/app/own_office.h"
#include "gateway/app/reply_text.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMaxPasswordFile = 1024;

// The terminal shows nothing of what is typed while this lives.
class NoEcho {
 public:
  NoEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~NoEcho() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::string asked(const char* prompt) {
  std::fputs(prompt, stderr);
  std::string line;
  std::getline(std::cin, line);
  std::fputs("\n", stderr);
  return line;
}

base::Result<std::string> new_password(const UserOptions& options) {
  if (!options.password_file.empty()) {
    auto read = read_small_file(options.password_file, kMaxPasswordFile);
    if (!read) return read.error();
    return base::trim(*read);
  }
  if (::isatty(STDIN_FILENO) == 0) {
    return base::invalid("a password is asked for on a terminal; without one give --password-file");
  }
  const NoEcho silent;
  auto first = asked("new password (12 characters or more): ");
  if (first != asked("once more: ")) return base::invalid("the two passwords differ");
  return first;
}

int exit_code_of(const base::Error& error) {
  return error.code == base::ErrorCode::kNotFound ? kExitUsage : kExitRefused;
}

// Prints what `show` makes of a good reply, or says what is wrong.
template <typename Show>
int asked_and_shown(const UserOptions& options, const std::string& method, const std::string& path,
                    const std::string& body, Show show) {
  const auto reply = ask_own_office(options.database, method, path, body);
  if (!reply) return fail(reply.error(), exit_code_of(reply.error()));
  if (reply->status >= 300) {
    std::fprintf(stderr, "tocsin: %s\n", problem_text(reply->status, reply->body).c_str());
    return kExitRefused;
  }
  std::fputs((options.json ? reply->body + "\n" : show(reply->body)).c_str(), stdout);
  return kExitDone;
}

int made(const UserOptions& options, const std::string& path, const std::string& body) {
  const int code = asked_and_shown(options, "POST", path, body,
                                   [&](const std::string& json) { return enrolment_text(json, !options.no_qr); });
  if (code == kExitDone) std::fputs("This is the only time they are shown.\n", stderr);
  return code;
}

// A name that cannot be part of a path is nobody's.
bool is_path_safe(const std::string& name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
                              std::string::npos;
}

int nobody(const std::string& name) {
  return fail(base::invalid("no account in force is called \"" + name + "\""), kExitRefused);
}

}  // namespace

int run_user_add(const UserOptions& options) {
  const auto password = new_password(options);
  if (!password) return fail(password.error(), kExitUsage);
  return made(
      options, "/api/v1/users",
      object_of({{"name", options.name}, {"role", options.role}, {"person", options.person}, {"password", *password}}));
}

int run_user_list(const UserOptions& options) {
  return asked_and_shown(options, "GET", "/api/v1/users", "", users_text);
}

int run_user_reset(const UserOptions& options) {
  if (!is_path_safe(options.name)) return nobody(options.name);
  const auto password = new_password(options);
  if (!password) return fail(password.error(), kExitUsage);
  return made(options, "/api/v1/users/" + options.name + "/reset", object_of({{"password", *password}}));
}

int run_user_disable(const UserOptions& options) {
  if (!is_path_safe(options.name)) return nobody(options.name);
  return asked_and_shown(options, "POST", "/api/v1/users/" + options.name + "/disable", "{}",
                         [](const std::string&) { return std::string("disabled\n"); });
}

int run_session_list(const UserOptions& options) {
  return asked_and_shown(options, "GET", "/api/v1/sessions", "", sessions_text);
}

int run_session_revoke(const UserOptions& options) {
  if (!is_path_safe(options.name)) return fail(base::invalid("that is no id of a session"), kExitRefused);
  return asked_and_shown(options, "POST", "/api/v1/sessions/" + options.name + "/revoke", "{}",
                         [](const std::string&) { return std::string("revoked\n"); });
}

}  // namespace tocsin::app
