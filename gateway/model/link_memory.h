// What is kept of a link over a restart: its normal, and whether it is doubted.
#pragma once

#include <cstdint>
#include <optional>

#include "gateway/base/time.h"

namespace tocsin::model {

// Why a link is doubted.  Persisted: numbers are frozen.
enum class LinkDoubt : std::uint8_t {
  kNone = 0,
  kReceipts = 1,  // its carrier does not confirm as it used to
  kProbe = 2,     // a probe did not come back
  kFalls = 3,     // it goes down again and again
};

struct LinkMemory {
  std::optional<base::UtcTime> doubted_since;
  LinkDoubt why = LinkDoubt::kNone;
  int missing_ppm = 100'000;                        // receipts that normally stay away, of a million
  base::Duration age = std::chrono::seconds(10);    // of a receipt, normally
  base::Duration spread = std::chrono::seconds(5);  // its mean deviation
};

}  // namespace tocsin::model
