#include "adapters/sms/http/link.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "adapters/sms/http/callback.h"
#include "adapters/sms/http/receipts_in_order.h"
#include "adapters/sms/http/registered.h"
#include "gateway/base/encoding.h"
#include "gateway/base/ids.h"
#include "gateway/base/log.h"
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
  ProviderCourier(HttpSmsSettings settings, ReceiptsInOrder& order) : settings_(std::move(settings)), order_(order) {}

  [[nodiscard]] model::Channel channel() const override { return model::Channel::kSms; }
  [[nodiscard]] ports::LinkCan can() const override { return http::can(settings_); }
  [[nodiscard]] int parts_of(std::string_view text) const override {
    return base::count_short_messages(base::begun_with(settings_.signature, text));
  }

  base::Result<transfer::Transfer> wrap(const ports::OutMessage& message, base::UtcTime now) override {
    if (!is_number(message.to)) return base::invalid("not a number");
    if (!base::is_utf8(message.text)) return base::invalid("the text is not UTF-8");
    Wanted wanted;
    wanted.to = message.to;
    if (settings_.provider.registered) {
      auto chosen = choose(settings_.provider, message.made_of ? *message.made_of : model::Wording{}, message.page);
      if (!chosen) return chosen.error();
      wanted.template_id = std::move(chosen->id);
      wanted.parameters = std::move(chosen->parameters);
      wanted.text = base::begun_with(settings_.signature, chosen->text);
    } else {
      wanted.text = base::begun_with(settings_.signature, message.text);
    }
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
    transfer::Transfer made{request_for(settings_.provider, wanted)};
    order_.begun(message.delivery);
    return made;
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
  ReceiptsInOrder& order_;
};

}  // namespace

ports::LinkCan can(const HttpSmsSettings& settings) {
  const bool called = !settings.callback_token.empty();
  const auto& callbacks = settings.provider.callbacks;
  return {called && callbacks.messages, called && callbacks.receipts, settings.provider.links};
}

// What comes in, from any thread of the front door.
class HttpSmsLink::Incoming {
 public:
  explicit Incoming(const HttpSmsSettings& settings)
      : name_(settings.link.name),
        token_(settings.callback_token),
        callbacks_(settings.provider.callbacks),
        dialing_(settings.dialing) {}

  void start(model::LinkIndex link, ports::SenderEvents& events) {
    const std::lock_guard lock(mutex_);
    link_ = link;
    events_ = &events;
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    events_ = nullptr;
  }

  std::optional<std::future<ports::CallbackAnswer>> take(std::string_view token, std::string_view body) {
    if (token_.empty() || !base::equal_secrets(token, token_)) return std::nullopt;
    auto waiting = std::make_shared<Waiting>();
    waiting->good = {200, callbacks_.answer_type, callbacks_.answer};
    auto future = waiting->promise.get_future();
    auto read = read_callback(callbacks_, body, dialing_);
    if (!read) {
      say_dropped("unreadable");
      waiting->promise.set_value({400, {}, {}});
      return future;
    }
    if (read->without_sender > 0) say_dropped("a message without a sender");
    if (read->with_long_sender > 0) say_dropped("a message whose sender is too long");
    hand_over(std::move(*read), waiting);
    return future;
  }

 private:
  // One body may be several commands; it is answered when all are stored.
  struct Waiting {
    std::promise<ports::CallbackAnswer> promise;
    ports::CallbackAnswer good;
    std::atomic<int> left{1};  // the one who hands over
    std::atomic<bool> stored{true};
    void done(bool is_stored) {
      if (!is_stored) stored = false;
      if (--left == 0) promise.set_value(stored ? std::move(good) : ports::CallbackAnswer{503, {}, {}});
    }
  };

  void say_dropped(const std::string& reason) const {
    base::log(base::LogLevel::kWarning, "callback.dropped", "link=" + name_ + " reason=\"" + reason + "\"");
  }

  void hand_over(CalledBack read, const std::shared_ptr<Waiting>& waiting) {
    const auto done = [waiting](bool stored) { waiting->done(stored); };
    {
      // Held while the core is called: after stop() has returned nothing is told to it.
      const std::lock_guard lock(mutex_);
      if (events_ == nullptr) return waiting->done(false);
      waiting->left += static_cast<int>(read.messages.size()) + (read.receipts.empty() ? 0 : 1);
      if (!read.receipts.empty()) events_->receipts({link_, std::move(read.receipts)}, done);
      for (auto& message : read.messages) {
        message.link = link_;
        events_->inbound(std::move(message), done);
      }
    }
    waiting->done(true);
  }

  const std::string name_, token_;
  const Callbacks callbacks_;
  const base::DialingRules dialing_;
  std::mutex mutex_;
  model::LinkIndex link_ = -1;             // guarded
  ports::SenderEvents* events_ = nullptr;  // guarded; null before start and after stop
};

HttpSmsLink::HttpSmsLink(const HttpSmsSettings& settings)
    : incoming_(std::make_unique<Incoming>(settings)),
      order_(std::make_unique<ReceiptsInOrder>()),
      out_(std::make_unique<transfer::TransferLink>(settings.link,
                                                    std::make_unique<ProviderCourier>(settings, *order_))) {}

HttpSmsLink::~HttpSmsLink() = default;

const std::string& HttpSmsLink::name() const {
  return out_->name();
}
model::Channel HttpSmsLink::channel() const {
  return out_->channel();
}
ports::LinkCan HttpSmsLink::can() const {
  return out_->can();
}
int HttpSmsLink::parts_of(std::string_view text) const {
  return out_->parts_of(text);
}
void HttpSmsLink::start(model::LinkIndex link, ports::SenderEvents& events) {
  order_->start(events);
  incoming_->start(link, *order_);
  out_->start(link, *order_);
}
int HttpSmsLink::free_window() const {
  return out_->free_window();
}
void HttpSmsLink::send(std::vector<ports::OutMessage> messages) {
  out_->send(std::move(messages));
}
void HttpSmsLink::stop(base::Duration limit) {
  out_->stop(limit);  // receipts of what still goes out may come meanwhile
  incoming_->stop();
  order_->stop();
}
std::optional<std::future<ports::CallbackAnswer>> HttpSmsLink::called_back(std::string_view token,
                                                                           std::string_view body) {
  return incoming_->take(token, body);
}

std::unique_ptr<ports::Sender> make_http_sms_link(const HttpSmsSettings& settings) {
  return std::make_unique<HttpSmsLink>(settings);
}

}  // namespace tocsin::sms::http
