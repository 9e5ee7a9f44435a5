// A short message centre of our own, for tests and benchmarks: fast, and as badly behaved as a test wants.
//
// Speaks SMPP 3.4 as the centre's side (any kind of bind; what is for phones comes by those that may send, and what
// comes from them goes to those that may receive), on 127.0.0.1, in a thread of its own.  It answers each submit_sm (at
// once, or after `answer_after`), and sends a receipt (`receipt_after` later).  What was delivered but not acknowledged
// with ESME_ROK is sent again: at once to the next session that binds, after `resend_after` on the same one. Every
// function may be called from any thread.  Proofs that tocsin speaks SMPP belong to the peer in tests/e2e/peers, since
// this one shares our codec.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"

namespace tocsin::testing {

// One submit_sm as it came.
struct Submitted {
  std::string from, to;  // with "+" when the type of number is international
  std::string text;      // UTF-8, without the header
  std::string header;    // user data header, raw
  std::uint8_t esm_class = 0, data_coding = 0, registered_delivery = 0;
  std::string validity;
  std::string tlvs;      // raw
  bool payload = false;  // the text came as message_payload
  std::string id;        // what it was answered with; "" when it was not accepted
  int bind = 0;          // on which it came: the first that bound is 1
  std::uint8_t priority = 0;
};

struct SmscSettings {
  std::uint16_t port = 0;  // 0: any free one
  std::string system_id = "tocsin", password = "secret";
  base::Duration answer_after{}, receipt_after{};
  base::Duration resend_after = std::chrono::milliseconds(50);
  bool receipts = true;             // where registered_delivery asks for them
  bool receipts_first = false;      // a receipt leaves before the response that tells its id
  bool receipts_elsewhere = false;  // by another bind than the one the message came on, where there is one
  bool keep = true;                 // remember every submit_sm for submitted(); off for benchmarks
  std::string id_prefix;            // of message ids; numbers follow
  // Called in the centre's thread as each submit_sm is read, before anything is answered; must be quick.
  std::function<void(std::string_view to, std::string_view octets)> on_submit;
};

struct SmscCounts {
  int sessions = 0;  // bound now
  int binds = 0, refused_binds = 0, unbinds = 0, nacks = 0, enquiries = 0;
  int alive = 0;         // enquire_link_resp read
  int submitted = 0;     // all submit_sm read
  int accepted = 0;      // answered ESME_ROK
  int delivers = 0;      // deliver_sm sent, repeats included
  int acknowledged = 0;  // answered ESME_ROK
  int pushed_back = 0;   // answered otherwise
};

class Smsc {
 public:
  explicit Smsc(SmscSettings settings = {});
  ~Smsc();
  Smsc(const Smsc&) = delete;
  Smsc& operator=(const Smsc&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] SmscCounts counts() const;
  [[nodiscard]] std::vector<Submitted> submitted() const;
  // Waits until `reached(counts())`; false when it was not within `limit`.
  [[nodiscard]] bool wait_until(const std::function<bool(const SmscCounts&)>& reached,
                                std::chrono::milliseconds limit = std::chrono::seconds(20));

  // Waits until `sessions` are bound and each has answered an enquire_link: all that was sent to it has been read.
  [[nodiscard]] bool wait_until_read_by(int sessions);

  // The next `count` submit_sm are answered with this status, without a message id (0x58: ESME_RTHROTTLED).
  void answer_next(int count, std::uint32_t status);
  // Takes everything and answers nothing (true), or again (false).
  void be_silent(bool silent);
  // Refuses every bind (ESME_RBINDFAIL), or no more.
  void refuse_binds(bool refuse);
  // Receipts say this from now on ("DELIVRD", "UNDELIV", ...).
  void receipts_say(std::string state);
  // Closes the connection that bound last.
  void drop_latest();
  // Closes every connection without a word; `listen_again` false: and takes no new one.
  void drop(bool listen_again = true);
  void unbind_all();
  // A phone texts; as many deliver_sm as it takes.  Kept until somebody is bound.
  void phone_texts(std::string_view from, std::string_view to, std::string_view text);
  // A deliver_sm with these parts (user data header, data_coding, octets).
  void deliver(std::string_view from, std::string_view to, std::string_view header, std::uint8_t data_coding,
               std::string_view octets);
  // Bytes as they are, to every session.
  void send_raw(std::string bytes);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::testing
