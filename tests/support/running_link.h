// An SMPP link that runs against the tests' own centre (smsc.h), and what it told.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "adapters/sms/smpp/link.h"
#include "tests/support/recorded_events.h"
#include "tests/support/smsc.h"

namespace tocsin::testing {

inline constexpr model::LinkIndex kLink = 3;
inline constexpr const char* kPhone = "+8614400000017";

inline ports::OutMessage a_message(std::int64_t id, std::string text = "fire, 2 injured") {
  return {{id}, kPhone, std::move(text), {}, static_cast<int>(id & 0xFF), model::kMostUrgent};
}

inline std::string long_text() {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "水库";
  return text;
}

inline sms::SmppSettings settings_for(const Smsc& smsc) {
  sms::SmppSettings settings;
  settings.host = "127.0.0.1";
  settings.port = smsc.port();
  settings.system_id = "tocsin";
  settings.password = "secret";
  settings.reconnect_min = settings.reconnect_max = std::chrono::milliseconds(5);
  return settings;
}

struct RunningLink {
  explicit RunningLink(const sms::SmppSettings& settings) : link(settings) { link.start(kLink, events); }
  ~RunningLink() { link.stop(base::Duration::zero()); }
  bool wait_up() {
    return events.wait_until([](const RecordedEvents::Seen& seen) { return seen.up(); });
  }
  bool wait_ends(std::size_t count) {
    return events.wait_until([count](const RecordedEvents::Seen& seen) { return seen.ends.size() >= count; });
  }
  RecordedEvents events;
  sms::SmppLink link;
};

}  // namespace tocsin::testing
