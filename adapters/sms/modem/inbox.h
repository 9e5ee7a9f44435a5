// What came in: files of the inbox as messages and receipts.
//
// A file is erased when everything in it is stored, and not before: killed in between, tocsin finds it again.  Parts of
// long messages are joined across files (reassembly.h).  Used by the link's thread alone; time is given.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/sms/modem/settings.h"
#include "adapters/sms/modem/smsbackup.h"
#include "adapters/sms/modem/spool.h"
#include "adapters/sms/reassembly.h"
#include "gateway/model/command.h"

namespace tocsin::sms {

class ModemInbox {
 public:
  using Files = std::vector<std::uint64_t>;  // one number a section, of the file it stands in
  struct Message {
    model::InboundMessage message;  // without its link
    Files files;
  };
  struct Receipts {
    std::vector<model::Receipt> receipts;
    Files files;
  };

  ModemInbox(const ModemSettings& settings, Spool& spool)
      : settings_(settings), spool_(spool), reassembly_(settings.segment_patience) {}

  // Reads what is new, and gives out what is whole or has waited long enough.
  void look(base::SteadyTime now);
  // Stored: done with it.  Not stored: it is read again after a while.
  void answered(const Files& files, bool stored, base::SteadyTime now);
  void answered(const Receipts& receipts, bool stored, base::SteadyTime now);

  std::vector<Message> messages;  // taken by the link
  Receipts receipts;
  [[nodiscard]] std::size_t unreadable() const { return unreadable_.size(); }

 private:
  struct File {
    std::string name;
    int open = 0;  // sections not answered
    bool again = false;
    base::SteadyTime again_at{};
  };

  void read(const std::string& name, base::SteadyTime now);
  void take(const StoredSms& sms, std::uint64_t file, base::SteadyTime now);
  void take_report(const StoredSms& report, std::uint64_t file, base::SteadyTime now);
  void add_joined(std::vector<JoinedMessage> joined);

  const ModemSettings& settings_;
  Spool& spool_;
  Reassembly reassembly_;
  std::map<std::uint64_t, File> files_;
  std::map<std::string, std::uint64_t> known_;  // by name
  std::map<std::string, base::SteadyTime> unfinished_;
  std::set<std::string> unreadable_, early_;
  std::uint64_t next_ = 1;
};

}  // namespace tocsin::sms
