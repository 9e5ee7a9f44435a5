// The engine's measures.  Plain values; the settings table of the app fills them.
#pragma once

#include <cstddef>
#include <string>

#include "gateway/base/phone_number.h"
#include "gateway/base/time.h"

namespace tocsin::engine {

// The contact check (contact_check.h).
struct ContactCheckOptions {
  base::Duration every{};                            // from the beginning of a round to the next; 0 = by hand only
  int from_minute = 9 * 60, until_minute = 17 * 60;  // of the office's day, Monday to Friday
  int per_hour = 60;                                 // messages
  base::Duration calm = std::chrono::hours(24);      // since the last real incident ended
  base::Duration answer_within = std::chrono::hours(7 * 24);  // then it is silence
};

struct Options {
  std::size_t batch_commands = 256;  // commands per transaction at most
  std::size_t queue_limit = 20000;   // commands waiting; a tenth of it is kept for answers, desk and links
  int slice = 200;                   // recipients entered per slice
  int due_slice = 200;               // due rows looked at per batch and kind
  base::Duration link_grace = std::chrono::seconds(5);       // down this long: others take over what waits for it
  base::Duration link_patience = std::chrono::seconds(30);   // nobody to carry it this long: ladders go on without
  base::Duration probe_patience = std::chrono::minutes(3);   // a probe must be back this long after it left
  base::Duration receipt_overdue = std::chrono::minutes(3);  // after acceptance: the end counts as unknown
  base::Duration summary_after = std::chrono::minutes(10);   // owed this long: composed from the present
  base::Duration inbound_repeat = std::chrono::minutes(10);  // the same message again within this is one message
  base::Duration clock_tolerance = std::chrono::seconds(2);
  int max_attempts = 6;            // `retry` ends of one delivery before it counts as refused
  int auto_replies_per_day = 1;    // to one stranger's number
  int auto_replies_per_hour = 12;  // to one number of the directory; sign-in codes count too
  int strangers_per_number = 10;   // messages of one stranger kept in an hour
  int strangers_per_hour = 300;    // messages of all strangers kept in an hour
  int strangers_answered = 60;     // of those: beyond so many in an hour nobody is answered
  base::Duration numbers_kept = std::chrono::hours(24 * 90);  // in messages and calls; the directory keeps its own
  base::Duration words_kept = std::chrono::hours(24 * 730);   // of reports, replies and reasons
  ContactCheckOptions contact_check;
  unsigned node = 0;           // 0..63, for ids
  std::string office;          // name shown in texts; empty = the plan's name
  base::DialingRules dialing;  // for numbers typed at sign-in
  std::string link_base;       // "https://tocsin.example.org": texts may carry links; empty = none does
  base::Duration desk_session = std::chrono::hours(12);         // duty, admin, auditor
  base::Duration field_session = std::chrono::hours(24 * 180);  // reporter, commander; slides
};

}  // namespace tocsin::engine
