// The stage of a demo: phones that are none, and a clock that can be moved.  There is none but in `tocsin demo`.
//
// Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"

namespace tocsin::ports {

struct StageText {
  std::int64_t number = 0;  // 1, 2, 3 … over all phones
  base::UtcTime at{};
  bool from_phone = false;  // the phone texted the office; else the office texted the phone
  std::string text;
};
struct StagePhone {
  std::string number;            // E.164
  std::vector<StageText> texts;  // the newest 100, oldest first
};

class Stage {
 public:
  virtual ~Stage() = default;
  // Phones that have got or written something, the one of the newest text first.
  [[nodiscard]] virtual std::vector<StagePhone> phones() const = 0;
  // How many texts there were: nothing is new while it stands still.
  [[nodiscard]] virtual std::int64_t texts() const = 0;
  // The owner of that phone texts the office.  False: there is nobody to take it yet.
  virtual bool phone_texts(std::string_view number, std::string_view text) = 0;
  // Moves the office's clock forward, at most an hour, stopping wherever something falls due.
  virtual void pass(base::Duration by) = 0;
};

}  // namespace tocsin::ports
