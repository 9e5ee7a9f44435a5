// The daemon as a value: settings in, a serving office out.
//
// Everything that can be wrong is found before anything is sent: plan, time zone, directory, links, database, port.
// serve.cc runs one until a signal; tests and the demo make their own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/app/office.h"
#include "gateway/app/settings.h"
#include "gateway/base/result.h"

namespace tocsin::console {
class Console;
}

namespace tocsin::app {

class Daemon {
 public:
  // One finished line of a console link, without its end; called by one thread at a time.
  using Show = std::function<void(std::string_view line)>;

  // kNotFound: a file cannot be opened; kConflict: somebody else has database or port; kInvalid: the message holds
  // all findings, each with its source line; kRefused: the database is from a newer version.
  // `clock` outlives the daemon.  Nothing is sent before run().
  // `heartbeat`: engine::Parts::heartbeat; may be empty.
  [[nodiscard]] static base::Result<std::unique_ptr<Daemon>> start(const Settings& settings, const base::Clock& clock,
                                                                   const Show& show,
                                                                   const std::function<void()>& heartbeat = {});
  ~Daemon();  // stops
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // From now on the engine has a thread of its own.
  void run();
  // Settings, plan, directory, certificate and key are read anew: all of it takes effect, or nothing does and the error
  // holds all findings.  Settings that take effect at a start only are named in warnings(), and the rest is taken.
  // Any thread; one at a time.
  [[nodiscard]] base::Status reload();
  // Looks whether phones still trust the certificate, which ends without anybody's doing.  Any thread.
  void look_at_certificate();
  // There is a public URL, and phones trust the certificate behind it (certificate_watch.h).
  [[nodiscard]] bool links_may_be_sent() const;
  // No more requests, then links finish for up to `limit`, then the engine ends.  Idempotent.
  void stop(base::Duration limit);

  [[nodiscard]] Office& office();
  [[nodiscard]] int port() const;
  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::string fingerprint() const;
  [[nodiscard]] const std::string& certificate() const;            // path
  [[nodiscard]] std::string warnings() const;                      // rendered findings of the last start or reload
  [[nodiscard]] console::Console* console(std::string_view link);  // null when no console link has that name

 private:
  struct Parts;
  base::Status take_anew();
  explicit Daemon(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// A file read whole, at most `limit` bytes.  kNotFound when it cannot be opened, kInvalid when it is larger.
[[nodiscard]] base::Result<std::string> read_small_file(const std::string& path, std::size_t limit);

}  // namespace tocsin::app
