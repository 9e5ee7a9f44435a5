// The folder that a modem link and gammu-smsd share.
//
//   smsdrc        gammu-smsdrc(5), written from the settings; holds the PIN
//   outbox/       one file a part, put there whole (written beside, then renamed), sent in the order of their names
//   sent/ error/  where gammu-smsd moves each of them
//   inbox/        what came in: messages of phones and status reports
//   awaited/      an empty file for each part sent whose report has not come; its name says which
//   log           of gammu-smsd, emptied as it is read
//   restart       touched to ask the service manager for a restart
// Everything is its owner's alone.  Calls of the file system; nothing waits.  Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::sms {

enum class Box : std::uint8_t { kOutbox, kSent, kError, kInbox };

class Spool {
 public:
  explicit Spool(std::string folder) : folder_(std::move(folder)) {}

  // Makes what is missing, takes every right from others, and empties the outbox: what an earlier process left there
  // has ended as unknown long ago.  kInternal names the folder and what the system said.
  [[nodiscard]] base::Status prepare();
  // True: it was another one before.
  [[nodiscard]] base::Result<bool> write_smsdrc(std::string_view text);
  void empty_log();
  [[nodiscard]] std::string smsdrc() const { return folder_ + "/smsdrc"; }

  [[nodiscard]] base::Status place(const std::string& name, std::string_view contents);
  // In the order of their names; what gammu-smsd or we are still writing (".part") is left out.
  [[nodiscard]] std::vector<std::string> list(Box box) const;
  // Empty when it cannot be read; at most one byte more than `most`.
  [[nodiscard]] std::string read(Box box, const std::string& name, std::size_t most) const;
  // False: it is not there (any more).
  bool erase(Box box, const std::string& name);

  void request_restart();
  // What the log got since the last call.  It is emptied when `idle`, or when it grows too long.
  [[nodiscard]] std::string read_log(bool idle);

  // Status reports name a message by the network's reference (0..255, comes round again) and the number.
  void await(int reference, std::string_view number, const std::string& carrier_id, base::UtcTime now);
  // The oldest that fits; empty when there is none.
  [[nodiscard]] std::optional<std::string> awaited(int reference, std::string_view number) const;
  void forget_awaited(const std::string& carrier_id);
  void forget_older_than(base::UtcTime time);
  [[nodiscard]] std::size_t awaited_count() const { return awaited_.size(); }

 private:
  [[nodiscard]] std::string path(Box box) const;
  [[nodiscard]] std::string path(Box box, const std::string& name) const { return path(box) + "/" + name; }
  base::Status write_whole(const std::string& to, std::string_view contents);

  std::string folder_;
  off_t log_read_ = 0;
  std::map<std::string, base::UtcTime> awaited_;  // "255.00000017.<carrier id>", and since when
};

}  // namespace tocsin::sms
