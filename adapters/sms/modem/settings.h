// What a modem link is told: where its stick is, where it works.
#pragma once

#include <string>

#include "adapters/sms/segments.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::sms {

struct ModemSettings {
  std::string name = "modem";
  std::string device;             // /dev/serial/by-id/...: stays the same when the ttyUSB numbers change
  std::string connection = "at";  // gammurc(5), connection: at, at115200 ...; "none" with the dummy
  std::string model;              // gammurc(5), model: empty = asked of the stick; "dummy": a folder plays the phone
  std::string pin;                // of the SIM, 4 to 8 digits; empty = the SIM asks for none
  std::string smsc;               // number of the message centre; empty = what the SIM says
  std::string folder;             // absolute; its own, made when it is not there (spool.h)
  std::string supervisor;         // "child": gammu-smsd is our own process; "systemd": a unit's
  std::string gammu_smsd = "/usr/bin/gammu-smsd";
  std::string gammu_monitor = "/usr/bin/gammu-smsd-monitor";
  int rate = 0;                                       // short messages per second; 0 = as fast as the stick takes them
  bool receipts = true;                               // a status report is asked for (TP-SRR, 3GPP TS 23.040 9.2.3.5)
  std::string signature;                              // put before each text that does not begin with it; empty = none
  base::DialingRules dialing;                         // to make E.164 of numbers that come in without a "+"
  base::Duration patience = std::chrono::minutes(2);  // without progress while messages wait
  base::Duration start_patience = std::chrono::seconds(60);    // until the stick answers
  int restarts = 3;                                            // without progress, before the alarm
  base::Duration long_pause = std::chrono::minutes(5);         // between restarts after the alarm
  base::Duration segment_patience = std::chrono::seconds(60);  // for missing parts of an inbound message
  base::Duration poll = std::chrono::milliseconds(100);        // between two looks at the folders
  base::Duration status_every = std::chrono::seconds(30);      // signal strength
};

// The first thing wrong with them, naming the field; ok when a link can be made.
[[nodiscard]] base::Status check(const ModemSettings& settings);

// The short messages that this link makes of a text, its signature before it.
// The width of the reference is the same for a repeat; every old phone joins 8-bit ones.
[[nodiscard]] base::Result<EncodedText> cut_text(const ModemSettings& settings, std::string_view text,
                                                 ReferenceWidth width = ReferenceWidth::k16Bit);

// gammu-smsdrc(5) for them.  `folder` has passed check(); the text holds the PIN.
[[nodiscard]] std::string smsdrc_of(const ModemSettings& settings);

}  // namespace tocsin::sms
