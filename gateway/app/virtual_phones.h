// The phones of the demo: what its console link showed each of them, and what they texted.
//
// Thread-safe.
#pragma once

#include <map>
#include <mutex>

#include "adapters/console/console.h"
#include "gateway/app/demo_stage.h"
#include "gateway/ports/stage.h"

namespace tocsin::app {

class VirtualPhones final : public ports::Stage {
 public:
  // `clock` must outlive it.
  explicit VirtualPhones(MovedClock& clock) : clock_(clock) {}
  // The console that shows, and whose engine falls due.  Both must outlive the last call; nothing happens before.
  void set_scene(Daemon& daemon, console::Console& console);

  [[nodiscard]] std::vector<ports::StagePhone> phones() const override;
  [[nodiscard]] std::int64_t texts() const override;
  bool phone_texts(std::string_view number, std::string_view text) override;
  void pass(base::Duration by) override;

 private:
  void shown(std::string_view number, std::string_view text, bool from_phone);

  MovedClock& clock_;
  std::mutex passing_;        // one at a time moves the clock
  mutable std::mutex mutex_;  // guards all below
  Daemon* daemon_ = nullptr;
  console::Console* console_ = nullptr;
  std::map<std::string, ports::StagePhone, std::less<>> phones_;
  std::int64_t texts_ = 0;
};

}  // namespace tocsin::app
