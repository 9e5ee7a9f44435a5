// A link to a provider of SMS by HTTPS: one request per message, made and read as its file says (provider.h).
//
// One way: there are no receipts and no answers, so texts over it ask for none.  The text goes whole, the provider cuts
// it.  A text of more characters than it takes, or that is no UTF-8, is refused.  429 and 503 hold everything back for
// as long as they say (adapters/transfer/link.h); idle, it connects once a minute to see that somebody is there.
#pragma once

#include <memory>
#include <string>

#include "adapters/sms/http/provider.h"
#include "adapters/transfer/link.h"

namespace tocsin::sms::http {

struct HttpSmsSettings {
  transfer::LinkSettings link;
  Provider provider;
  std::string account, secret;
  std::string from;       // {{from}}
  std::string signature;  // put before each text; empty = none
};

[[nodiscard]] std::unique_ptr<ports::Sender> make_http_sms_link(HttpSmsSettings settings);

}  // namespace tocsin::sms::http
