// The files that gammu-smsd sends from and receives into: gammu-smsbackup(5), "detail" in gammu-smsdrc(5).
//
// One section for each short message: its type, number, user data header and text.  Texts are UTF-16 in hexadecimal
// whatever the alphabet on the air, so nothing here depends on a locale; the text in comments is never read.
// Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sms/segments.h"

namespace tocsin::sms {

inline constexpr std::size_t kMostBackupBytes = 256 * 1024;  // a longer file is no message

// One part to be sent.
struct BackupPart {
  std::string_view number;  // "+8614400000017" or a short code
  Alphabet alphabet = Alphabet::kGsm7;
  std::string_view user_data;  // of EncodedText::parts
  std::string_view header;     // concatenation_header(), empty = none
  bool receipt = true;
};
[[nodiscard]] std::string write_backup(const BackupPart& part);

// One section of a file.
struct StoredSms {
  bool report = false;  // PDU = Status_Report: of a message we sent, when it lies in the inbox
  std::string number;   // as the network gave it
  std::string text;     // octets: UTF-16 big endian, or as they came when `octets`
  bool octets = false;  // Coding = 8bit
  std::string header;   // with its length octet; empty = none
  int reference = -1;   // TP-MR (3GPP TS 23.040 9.2.3.6); -1 = not in the file
};

// Empty: the file is not finished yet (its last section lacks its last line), too long, or no such file at all.
[[nodiscard]] std::optional<std::vector<StoredSms>> read_backup(std::string_view file);

}  // namespace tocsin::sms
