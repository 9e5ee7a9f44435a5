// What strangers wrote, as the desk reads it: messages from numbers nobody knows, drills by SMS, and what a machine
// sent.  Plain values.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/ids.h"

namespace tocsin::model {

// Unknown senders are kept this long and no longer (README, "What it is not for").
inline constexpr base::Duration kInboxKept = std::chrono::hours(72);

struct InboxEntry {
  std::int64_t id = 0;  // grows; given anew once the inbox has been empty
  base::UtcTime at{};
  std::string from;                        // a number as it came, or "person:CODE" of whoever the directory knows
  std::string text;                        // masked
  int taken_as = 0;                        // code of the incident its report is part of; 0: it waits
  ReportId taken_by;                       // that report
  std::optional<base::UtcTime> opened_at;  // the desk opened it (a POST), or took it over
  std::optional<base::UtcTime> open_by;    // when that should have been done; empty: nobody said

  // The client key of the report it is taken over as: the same message is one report, however often it is taken.
  [[nodiscard]] std::string key() const {
    return "inbox-" + std::to_string(id) + "-" + std::to_string(base::to_micros(at));
  }
  // The message a key speaks of: its id and when it came; empty: it is no such key.
  [[nodiscard]] static std::optional<std::pair<std::int64_t, base::UtcTime>> of_key(std::string_view key) {
    constexpr std::string_view kInbox = "inbox-";
    if (!key.starts_with(kInbox)) return std::nullopt;
    std::int64_t message = 0, at = 0;
    const auto* const end = key.data() + key.size();
    const auto first = std::from_chars(key.data() + kInbox.size(), end, message);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, at);
    if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
    return std::pair(message, base::from_micros(at));
  }
  // Empty: from a number.
  [[nodiscard]] std::string person_code() const {
    constexpr std::string_view kPerson = "person:";
    return from.compare(0, kPerson.size(), kPerson) == 0 ? from.substr(kPerson.size()) : std::string();
  }
};

struct InboxWanted {
  base::UtcTime since{};    // only what came then or later
  std::int64_t before = 0;  // only older entries; 0 = from the newest
  std::int64_t only = 0;    // that entry alone; 0 = all
  int limit = 100;
};

struct Inbox {
  std::vector<InboxEntry> entries;  // newest first
  std::int64_t next = 0;            // `before` of what follows; 0: that was all
  std::int64_t left_out = 0;        // messages above the limits in those 72 hours: counted, their words not kept
};

}  // namespace tocsin::model
