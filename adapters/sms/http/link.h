// A link to a provider of SMS by HTTPS: one request per message, made and read as its file says (provider.h).
//
// Where the file says what the provider posts, and there is a token, receipts and messages come in as callbacks; else
// the link is one way, and texts over it ask for no answer.  The text goes whole, the provider cuts it.  A text of more
// characters than it takes, or that is no UTF-8, is refused; with registered templates also a message that none is
// registered for, and one with a value longer than registered.  429 and 503 hold everything back for as long as they
// say (adapters/transfer/link.h); idle, it connects once a minute to see that somebody is there.
#pragma once

#include <memory>
#include <string>

#include "adapters/sms/http/provider.h"
#include "adapters/transfer/link.h"
#include "gateway/base/phone_number.h"
#include "gateway/ports/callbacks.h"

namespace tocsin::sms::http {

class ReceiptsInOrder;

struct HttpSmsSettings {
  transfer::LinkSettings link;
  Provider provider;
  std::string account, secret;
  std::string from;            // {{from}}
  std::string signature;       // put before each text; empty = none.  Of registered templates: counted, not sent
  std::string callback_token;  // the end of the path the provider posts to; empty = no callbacks
  base::DialingRules dialing;  // to make E.164 of numbers that come in
};

// What the link made of these can do.
[[nodiscard]] ports::LinkCan can(const HttpSmsSettings& settings);

class HttpSmsLink final : public ports::Sender, public ports::TakesCallbacks {
 public:
  explicit HttpSmsLink(const HttpSmsSettings& settings);
  ~HttpSmsLink() override;

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] model::Channel channel() const override;
  [[nodiscard]] ports::LinkCan can() const override;
  [[nodiscard]] int parts_of(std::string_view text) const override;
  void start(model::LinkIndex link, ports::SenderEvents& events) override;
  [[nodiscard]] int free_window() const override;
  void send(std::vector<ports::OutMessage> messages) override;
  void stop(base::Duration limit) override;
  [[nodiscard]] std::optional<std::future<ports::CallbackAnswer>> called_back(std::string_view token,
                                                                              std::string_view body) override;

 private:
  class Incoming;
  const std::unique_ptr<Incoming> incoming_;
  const std::unique_ptr<ReceiptsInOrder> order_;
  const std::unique_ptr<transfer::TransferLink> out_;
};

[[nodiscard]] std::unique_ptr<ports::Sender> make_http_sms_link(const HttpSmsSettings& settings);

}  // namespace tocsin::sms::http
