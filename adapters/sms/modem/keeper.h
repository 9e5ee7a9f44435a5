// Who runs gammu-smsd, and how it is.
//
// Two ways: our own child process, or a unit of the service manager, which is asked for a restart through a file (the
// daemon itself may neither open devices nor talk to the manager).  Used by the link's thread alone; status() and
// stop() may take up to three seconds, everything else returns at once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/sms/modem/settings.h"
#include "adapters/sms/modem/spool.h"

namespace tocsin::sms {

struct StickStatus {
  bool answers = false;  // the stick told its serial number: gammu-smsd has it open
  int signal = -1;       // percent; -1 = not known
  int sent = 0, received = 0, failed = 0;
};

// A line of `gammu-smsd-monitor --csv`: client;phone;IMEI;IMSI;sent;received;failed;battery;signal.  The serial numbers
// in it are looked at and dropped.
[[nodiscard]] std::optional<StickStatus> read_monitor(std::string_view line);

class Keeper {
 public:
  virtual ~Keeper() = default;
  // `changed`: the settings are not those it runs with.
  virtual void start(bool changed) = 0;
  virtual void restart() = 0;
  // Ends it, by force after `limit`; nothing where a manager runs it.
  virtual void stop(base::Duration limit) = 0;
  // False: it has ended by itself.
  [[nodiscard]] virtual bool runs() = 0;
  // Empty: nobody answers.
  [[nodiscard]] virtual std::optional<StickStatus> status() = 0;
};

// As settings.supervisor says.  `spool` outlives it.
[[nodiscard]] std::unique_ptr<Keeper> make_keeper(const ModemSettings& settings, Spool& spool);

}  // namespace tocsin::sms
