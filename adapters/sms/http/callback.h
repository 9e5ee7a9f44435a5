// What a provider posts to us: receipts and messages, one or a list of them, where its file says they stand.
//
// Pure; any thread.  Entries of another kind are passed over: providers post more than was asked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/sms/http/provider.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/model/command.h"

namespace tocsin::sms::http {

struct CalledBack {
  std::vector<model::Receipt> receipts;
  std::vector<model::InboundMessage> messages;  // without the link
  int without_sender = 0,
      with_long_sender = 0;  // messages that nobody can be said to have sent: left out, to be logged
};

// An entry with a text is a message, one with an id and a status a receipt.  A status of none of the lists is taken as
// "on its way", which ends nothing.  What is no UTF-8 is made that (U+FFFD), and a text of more than 4096 octets is
// cut, so that a message is odd rather than lost.  kInvalid: it is no such body, or too long a list.
[[nodiscard]] base::Result<CalledBack> read_callback(const Callbacks& callbacks, std::string_view body,
                                                     const base::DialingRules& dialing);

}  // namespace tocsin::sms::http
