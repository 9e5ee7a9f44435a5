#include "tests/support/smsc.h"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/connection.h"
#include "adapters/sms/smpp/pdu.h"
#include "adapters/sms/smpp/status.h"

namespace tocsin::testing {

namespace smpp = sms::smpp;
using smpp::CommandId;
using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

namespace {

std::string number_of(const smpp::Address& address) {
  return (address.ton == 1 ? "+" : "") + std::string(address.digits);
}

smpp::Address address_of(std::string_view number) {
  const bool international = !number.empty() && number.front() == '+';
  return {static_cast<std::uint8_t>(international ? 1 : 0), 1, international ? number.substr(1) : number};
}

void set_sequence(std::string& pdu, std::uint32_t sequence) {
  for (unsigned i = 0; i < 4; ++i) pdu[12 + i] = static_cast<char>(sequence >> (24U - 8U * i) & 0xFFU);
}

}  // namespace

class Smsc::Impl {
 public:
  explicit Impl(SmscSettings given)
      : settings(std::move(given)),
        acceptor_(io_, tcp::endpoint(asio::ip::make_address("127.0.0.1"), settings.port)),
        timer_(io_) {
    port = acceptor_.local_endpoint().port();
    accept();
    arm();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Impl() {
    io_.stop();
    thread_.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  struct Session {
    std::shared_ptr<smpp::TcpConnection> connection;
    bool bound = false;
    CommandId role = CommandId::kBindTransceiver;
    int bind = 0;
    [[nodiscard]] bool sends() const { return bound && role != CommandId::kBindReceiver; }
    [[nodiscard]] bool receives() const { return bound && role != CommandId::kBindTransmitter; }
  };
  using SessionPtr = std::shared_ptr<Session>;

  // Something to write later: to one session if it is still there, or a delivery to whichever is.
  struct Due {
    SteadyClock::time_point at;
    std::weak_ptr<Session> session;
    std::string pdu;
  };

  struct Unacknowledged {
    SessionPtr session;
    std::string pdu;
  };

  template <typename F>
  void on_thread(F f) {
    asio::post(io_, std::move(f));
  }

  void accept() {
    acceptor_.async_accept([this](const asio::error_code& error, tcp::socket socket) {
      if (error) return;
      auto session = std::make_shared<Session>();
      session->connection = std::make_shared<smpp::TcpConnection>(io_);
      session->connection->socket = std::move(socket);
      session->connection->tune();
      sessions_.insert(session);
      read(session);
      accept();
    });
  }

  void read(const SessionPtr& session) {
    session->connection->read([this, session](const asio::error_code& error) {
      if (!sessions_.contains(session)) return;
      if (error) {
        end(session);
        return;
      }
      while (sessions_.contains(session)) {
        const smpp::Frame frame = smpp::next_pdu(session->connection->received());
        if (frame.framing == smpp::Framing::kNeedMore) break;
        if (frame.framing == smpp::Framing::kBroken) {
          end(session);
          return;
        }
        session->connection->consume(frame.pdu.header.length);
        on_pdu(session, frame.pdu);
      }
      publish();
      if (!sessions_.contains(session)) return;
      session->connection->compact();
      for (const SessionPtr& one : sessions_) flush(one);
      read(session);
    });
  }

  void flush(const SessionPtr& session) {
    session->connection->write([this, session](const asio::error_code& error) {
      if (!sessions_.contains(session)) return;
      if (error) {
        end(session);
      } else {
        flush(session);
      }
    });
  }

  void end(SessionPtr session) {  // a copy: the set's own is erased
    session->connection->close();
    session->bound = false;
    sessions_.erase(session);
    count_sessions();
    // What it did not acknowledge goes to the next.
    std::vector<std::string> again;
    std::erase_if(unacknowledged_, [&](auto& entry) {
      if (entry.second.session != session) return false;
      again.push_back(std::move(entry.second.pdu));
      return true;
    });
    for (std::string& pdu : again) deliver(std::move(pdu));
    publish();
  }

  void end_all() {
    while (!sessions_.empty()) end(*sessions_.begin());
  }

  void count_sessions() {
    counts_.sessions = 0;
    for (const SessionPtr& session : sessions_) counts_.sessions += session->bound ? 1 : 0;
  }

  void on_pdu(const SessionPtr& session, const smpp::Pdu& pdu) {
    const smpp::Header& header = pdu.header;
    std::string& out = session->connection->out;
    if (header.id == CommandId::kSubmitSm) {
      on_submit(session, pdu);
    } else if (header.id == smpp::response_to(CommandId::kDeliverSm)) {
      on_deliver_resp(header);
    } else if (header.id == CommandId::kBindTransceiver || header.id == CommandId::kBindTransmitter ||
               header.id == CommandId::kBindReceiver) {
      on_bind(session, pdu);
    } else if (header.id == CommandId::kEnquireLink) {
      ++counts_.enquiries;
      if (!silent_) smpp::append_header_only(out, smpp::response_to(header.id), 0, header.sequence);
    } else if (header.id == smpp::response_to(CommandId::kEnquireLink)) {
      ++counts_.alive;
    } else if (header.id == CommandId::kUnbind) {
      ++counts_.unbinds;
      smpp::append_header_only(out, smpp::response_to(header.id), 0, header.sequence);
      end(session);
    } else if (header.id == CommandId::kGenericNack) {
      ++counts_.nacks;
    }
  }

  void on_bind(const SessionPtr& session, const smpp::Pdu& pdu) {
    const auto bind = smpp::read_bind(pdu);
    const bool known = bind && bind->system_id == settings.system_id && bind->password == settings.password;
    const std::uint32_t status = !known ? smpp::kRinvPaswd : refuse_binds_ ? smpp::kRbindFail : smpp::kRok;
    if (!silent_) {
      smpp::append_bind_resp(session->connection->out, pdu.header.id, status, pdu.header.sequence, "smsc");
    }
    if (status != smpp::kRok) {
      ++counts_.refused_binds;
      return;
    }
    session->bind = ++counts_.binds;
    session->bound = true;
    session->role = pdu.header.id;
    count_sessions();
    while (!undelivered_.empty() && session->receives()) {
      std::string one = std::move(undelivered_.front());
      undelivered_.pop_front();
      deliver(std::move(one));
    }
  }

  void on_submit(const SessionPtr& session, const smpp::Pdu& pdu) {
    ++counts_.submitted;
    const auto message = smpp::read_short_message(pdu);
    if (!message) {
      smpp::append_header_only(session->connection->out, CommandId::kGenericNack, smpp::kRinvCmdLen,
                               pdu.header.sequence);
      return;
    }
    if (settings.on_submit) settings.on_submit(message->destination.digits, message->text);
    std::uint32_t status = session->sends() ? smpp::kRok : smpp::kRinvBndSts;
    if (status == smpp::kRok && other_answers_ > 0) {
      --other_answers_;
      status = other_status_;
    }
    const bool taken = status == smpp::kRok && !silent_;
    const std::string id = taken ? settings.id_prefix + std::to_string(next_id_++) : std::string();
    if (settings.keep) remember(*message, id, session->bind);
    if (silent_) return;
    if (taken) ++counts_.accepted;
    const bool receipt = taken && settings.receipts && (message->registered_delivery & 1U) != 0;
    if (receipt && settings.receipts_first) send_receipt(*message, id, session);
    std::string& out = settings.answer_after.count() > 0 ? scratch_ : session->connection->out;
    smpp::append_message_resp(out, CommandId::kSubmitSm, status, pdu.header.sequence, id);
    if (settings.answer_after.count() > 0) {
      answers_.push_back({SteadyClock::now() + settings.answer_after, session, std::exchange(scratch_, {})});
    }
    if (receipt && !settings.receipts_first) send_receipt(*message, id, session);
  }

  void remember(const smpp::ShortMessage& message, const std::string& id, int bind) {
    sms::UserData data{{}, message.text, std::nullopt};
    if ((message.esm_class & smpp::kUdhi) != 0) data = sms::split_user_data(message.text);
    Submitted one;
    one.from = number_of(message.source);
    one.to = number_of(message.destination);
    one.text = sms::decode_text(message.data_coding, data.body);
    one.header = std::string(data.header);
    one.esm_class = message.esm_class;
    one.data_coding = message.data_coding;
    one.registered_delivery = message.registered_delivery;
    one.validity = std::string(message.validity);
    one.tlvs = std::string(message.tlvs.octets());
    one.payload = message.tlvs.find(smpp::Tag::kMessagePayload).has_value();
    one.id = id;
    one.bind = bind;
    one.priority = message.priority;
    const std::lock_guard lock(mutex);
    submitted.push_back(std::move(one));
  }

  void send_receipt(const smpp::ShortMessage& about, const std::string& id, const SessionPtr& session) {
    const std::string text = "id:" + id +
                             " sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:" + receipt_state_ +
                             " err:000 text:";
    smpp::ShortMessage receipt;
    receipt.source = about.destination;
    receipt.destination = about.source;
    receipt.esm_class = smpp::kDeliveryReceipt;
    receipt.text = text;
    std::string pdu;
    smpp::append_short_message(pdu, CommandId::kDeliverSm, receipt, {}, 0);
    const auto delay = (settings.receipts_first ? base::Duration{} : settings.answer_after) + settings.receipt_after;
    if (delay.count() <= 0) {
      deliver(std::move(pdu), settings.receipts_elsewhere ? session.get() : nullptr);
    } else {
      receipts_.push_back({SteadyClock::now() + delay, {}, std::move(pdu)});
    }
  }

  // To a session that receives, to another than `not_to` if there is one; kept while there is none.
  void deliver(std::string pdu, const Session* not_to = nullptr) {
    SessionPtr to;
    for (const SessionPtr& session : sessions_) {
      if (session->receives() && (to == nullptr || to.get() == not_to)) to = session;
    }
    if (to == nullptr) {
      undelivered_.push_back(std::move(pdu));
      return;
    }
    const std::uint32_t sequence = next_sequence_++;
    set_sequence(pdu, sequence);
    to->connection->out += pdu;
    ++counts_.delivers;
    unacknowledged_.emplace(sequence, Unacknowledged{to, std::move(pdu)});
  }

  void on_deliver_resp(const smpp::Header& header) {
    const auto found = unacknowledged_.find(header.sequence);
    if (found == unacknowledged_.end()) return;
    if (header.status == smpp::kRok) {
      ++counts_.acknowledged;
    } else {
      ++counts_.pushed_back;
      again_.push_back({SteadyClock::now() + settings.resend_after, {}, std::move(found->second.pdu)});
    }
    unacknowledged_.erase(found);
  }

  // Writes what has fallen due.  A millisecond is fine enough for a test and cheap enough for a benchmark.
  void arm() {
    timer_.expires_after(std::chrono::milliseconds(1));
    timer_.async_wait([this](const asio::error_code& error) {
      if (error) return;
      const auto now = SteadyClock::now();
      take_due(answers_, now, [this](Due& due) {
        if (const SessionPtr session = due.session.lock(); session && !silent_) session->connection->out += due.pdu;
      });
      take_due(receipts_, now, [this](Due& due) { deliver(std::move(due.pdu)); });
      take_due(again_, now, [this](Due& due) { deliver(std::move(due.pdu)); });
      flush_all();
      arm();
    });
  }

  template <typename F>
  static void take_due(std::deque<Due>& queue, SteadyClock::time_point now, F f) {
    while (!queue.empty() && queue.front().at <= now) {
      Due due = std::move(queue.front());
      queue.pop_front();
      f(due);
    }
  }

  void flush_all() {
    const std::set<SessionPtr> all = sessions_;
    for (const SessionPtr& session : all) flush(session);
    publish();
  }

  void publish() {
    {
      const std::lock_guard lock(mutex);
      counts = counts_;
    }
    changed.notify_all();
  }

  const SmscSettings settings;
  std::uint16_t port = 0;

  mutable std::mutex mutex;  // guards the next three
  SmscCounts counts;
  std::vector<Submitted> submitted;
  std::condition_variable changed;

  // Of the centre's thread.
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  std::set<SessionPtr> sessions_;
  SmscCounts counts_;
  std::deque<Due> answers_, receipts_, again_;  // each with one delay: in order of time
  std::unordered_map<std::uint32_t, Unacknowledged> unacknowledged_;
  std::deque<std::string> undelivered_;
  std::string scratch_, receipt_state_ = "DELIVRD";
  std::uint32_t next_sequence_ = 1, other_status_ = 0;
  std::uint64_t next_id_ = 1;
  int other_answers_ = 0;
  bool silent_ = false, refuse_binds_ = false;
  std::thread thread_;
};

Smsc::Smsc(SmscSettings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Smsc::~Smsc() = default;

std::uint16_t Smsc::port() const {
  return impl_->port;
}

SmscCounts Smsc::counts() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->counts;
}

std::vector<Submitted> Smsc::submitted() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->submitted;
}

bool Smsc::wait_until(const std::function<bool(const SmscCounts&)>& reached, std::chrono::milliseconds limit) {
  std::unique_lock lock(impl_->mutex);
  return impl_->changed.wait_for(lock, limit, [&] { return reached(impl_->counts); });
}

void Smsc::answer_next(int count, std::uint32_t status) {
  impl_->on_thread([impl = impl_.get(), count, status] {
    impl->other_answers_ = count;
    impl->other_status_ = status;
  });
}

void Smsc::be_silent(bool silent) {
  impl_->on_thread([impl = impl_.get(), silent] { impl->silent_ = silent; });
}

bool Smsc::wait_until_read_by(int sessions) {
  if (!wait_until([=](const SmscCounts& counts) { return counts.sessions >= sessions; })) return false;
  const int before = counts().alive;
  std::string enquiry;
  smpp::append_header_only(enquiry, CommandId::kEnquireLink, 0, 1);
  send_raw(std::move(enquiry));
  return wait_until([=](const SmscCounts& counts) { return counts.alive >= before + sessions; });
}

void Smsc::refuse_binds(bool refuse) {
  impl_->on_thread([impl = impl_.get(), refuse] { impl->refuse_binds_ = refuse; });
}

void Smsc::receipts_say(std::string state) {
  impl_->on_thread([impl = impl_.get(), state = std::move(state)] { impl->receipt_state_ = state; });
}

void Smsc::drop_latest() {
  impl_->on_thread([impl = impl_.get()] {
    Impl::SessionPtr latest;
    for (const Impl::SessionPtr& session : impl->sessions_) {
      if (latest == nullptr || session->bind > latest->bind) latest = session;
    }
    if (latest != nullptr) impl->end(latest);
  });
}

void Smsc::drop(bool listen_again) {
  impl_->on_thread([impl = impl_.get(), listen_again] {
    if (!listen_again) {
      asio::error_code ignored;
      impl->acceptor_.close(ignored);
    }
    impl->end_all();
  });
}

void Smsc::unbind_all() {
  impl_->on_thread([impl = impl_.get()] {
    for (const Impl::SessionPtr& session : impl->sessions_) {
      smpp::append_header_only(session->connection->out, CommandId::kUnbind, 0, impl->next_sequence_++);
    }
    impl->flush_all();
  });
}

void Smsc::phone_texts(std::string_view from, std::string_view to, std::string_view text) {
  static std::atomic<int> reference{0};
  const int mine = reference++ & 0xFF;
  const auto encoded = sms::encode_text(text);
  if (!encoded.ok()) return;
  const int parts = static_cast<int>(encoded->parts.size());
  for (int part = 1; part <= parts; ++part) {
    const auto width = sms::ReferenceWidth::k8Bit;
    deliver(from, to, parts == 1 ? std::string() : sms::concatenation_header(mine, part, parts, width),
            encoded->alphabet == sms::Alphabet::kUcs2 ? 8 : 0, encoded->parts[static_cast<std::size_t>(part - 1)]);
  }
}

void Smsc::deliver(std::string_view from, std::string_view to, std::string_view header, std::uint8_t data_coding,
                   std::string_view octets) {
  smpp::ShortMessage message;
  message.source = address_of(from);
  message.destination = address_of(to);
  message.esm_class = header.empty() ? 0 : smpp::kUdhi;
  message.data_coding = data_coding;
  message.text = octets;
  std::string pdu;
  smpp::append_short_message(pdu, CommandId::kDeliverSm, message, header, 0);
  impl_->on_thread([impl = impl_.get(), pdu = std::move(pdu)] {
    impl->deliver(pdu);
    impl->flush_all();
  });
}

void Smsc::send_raw(std::string bytes) {
  impl_->on_thread([impl = impl_.get(), bytes = std::move(bytes)] {
    for (const Impl::SessionPtr& session : impl->sessions_) session->connection->out += bytes;
    impl->flush_all();
  });
}

}  // namespace tocsin::testing
