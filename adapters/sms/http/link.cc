#include "adapters/sms/http/link.h"

#include <algorithm>
#include <utility>

#include "gateway/base/encoding.h"
#include "gateway/base/ids.h"
#include "gateway/base/random.h"
#include "gateway/base/text.h"

namespace tocsin::sms::http {
namespace {

bool is_number(const std::string& to) {
  constexpr std::size_t kMostDigits = 15;  // ITU-T E.164, 6.2.1
  return to.size() > 1 && to.size() <= kMostDigits + 1 && to[0] == '+' &&
         std::all_of(to.begin() + 1, to.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class ProviderCourier final : public transfer::Courier {
 public:
  explicit ProviderCourier(HttpSmsSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] model::Channel channel() const override { return model::Channel::kSms; }
  [[nodiscard]] ports::LinkCan can() const override { return {false, false, settings_.provider.links}; }
  [[nodiscard]] bool fits_one_part(std::string_view text) const override {
    return base::fits_one_short_message(base::begun_with(settings_.signature, text));
  }

  base::Result<transfer::Transfer> wrap(const ports::OutMessage& message, base::UtcTime now) override {
    if (!is_number(message.to)) return base::invalid("not a number");
    if (!base::is_utf8(message.text)) return base::invalid("the text is not UTF-8");
    Wanted wanted;
    wanted.to = message.to;
    wanted.text = base::begun_with(settings_.signature, message.text);
    const auto longest = static_cast<std::size_t>(settings_.provider.longest);
    if (longest > 0 && base::count_characters(wanted.text) > longest) {
      return base::invalid("longer than the provider takes");
    }
    wanted.id = base::to_base32(message.delivery.value);
    wanted.from = settings_.from;
    wanted.account = settings_.account;
    wanted.secret = settings_.secret;
    wanted.nonce = base::new_token();
    wanted.now = now;
    return transfer::Transfer{request_for(settings_.provider, wanted)};
  }

  transfer::Judged judge(const ports::OutMessage& message, const transfer::Ended& ended) override {
    Read read = read_answer(settings_.provider.answer, ended);
    if (read.id.empty()) read.id = base::to_base32(message.delivery.value);  // of providers that give none
    const bool asks_for_time = ended.status == 429 || ended.status == 503;
    const auto hold_back = asks_for_time ? read.outcome.retry_after : base::Duration::zero();
    return {std::move(read.outcome), std::move(read.id), hold_back};
  }

  std::optional<transfer::Transfer> probe() override {
    transfer::Request request;
    const auto& url = settings_.provider.url;
    constexpr std::size_t kScheme = 8;  // "https://"
    request.url = url.substr(0, url.find_first_of("/?", kScheme)) + "/";
    request.only_connect = true;
    return transfer::Transfer{std::move(request)};
  }

 private:
  const HttpSmsSettings settings_;
};

}  // namespace

std::unique_ptr<ports::Sender> make_http_sms_link(HttpSmsSettings settings) {
  auto link = settings.link;
  return std::make_unique<transfer::TransferLink>(std::move(link),
                                                  std::make_unique<ProviderCourier>(std::move(settings)));
}

}  // namespace tocsin::sms::http
