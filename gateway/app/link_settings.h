// One [[link]] of the settings: what every link has, and the settings of its own kind.
#pragma once

#include <string>

#include "adapters/mail/mail.h"
#include "adapters/sms/modem/settings.h"
#include "adapters/sms/smpp/settings.h"
#include "adapters/transfer/link.h"
#include "gateway/callout/choose_link.h"

namespace tocsin::app {

struct LinkSettings {
  std::string name;
  std::string kind = "console";     // of link_kinds()
  std::string signature;            // put before each text; empty = none
  int rate = 0;                     // messages per second, 0 = no limit
  bool receipts = true;             // the carrier is asked to confirm delivery
  callout::LinkPolicy policy;       // its prefixes are in `prefixes`
  std::string prefixes;             // of numbers, separated by blanks
  std::string password_file;        // path or credential:NAME; read when the link is made
  std::string pin_file;             // likewise
  std::string secret_file;          // likewise
  bool whole_numbers = false;       // console: show numbers unmasked
  sms::SmppSettings smpp;           // without what stands above
  sms::ModemSettings modem;         // likewise
  std::string provider;             // http: path of what describes it
  std::string account, from;        // http
  std::string callback_token_file;  // http: path or credential:NAME
  mail::MailSettings mail;          // likewise
  transfer::LinkSettings transfer;  // webhook and others over libcurl: likewise
};

}  // namespace tocsin::app
