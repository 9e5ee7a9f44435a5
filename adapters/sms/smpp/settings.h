// What an SMPP link is told: where its centre is, who it says it is, how much and in which form it sends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/receipt.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::sms {

namespace smpp {
enum class BindRole : std::uint8_t { kTransceiver, kTransmitter, kReceiver };  // SMPP 3.4, 2.2.1
// The roles that `bind` names, in the order they are bound; empty: it names none.
[[nodiscard]] std::vector<BindRole> roles_of(std::string_view bind);
[[nodiscard]] std::optional<IdDialect> dialect_of(std::string_view message_ids);
// How the parts of a long text are marked: by a user data header (3GPP TS 23.040 9.2.3.24.1 and .8), by the optional
// parameters sar_* (5.3.2.22 to 5.3.2.24; the centre makes the headers), or not at all: it goes whole as
// message_payload (5.3.2.32), and the centre cuts it.  What comes in is understood in each of these ways.
enum class LongMessages : std::uint8_t { kUdh8, kUdh16, kSar, kPayload };
[[nodiscard]] std::optional<LongMessages> long_messages_of(std::string_view name);
// By sar_* and message_payload the centre makes the headers: of the first they may be the longer ones.
[[nodiscard]] ReferenceWidth width_of(LongMessages way);
// priority_flag (5.2.14) for an urgency: 0 drills and service, 1 the lowest level and what has none yet, 2 the one
// above, 3 all that are more urgent.
[[nodiscard]] int priority_of(model::Urgency urgency);
}  // namespace smpp

struct SmppSettings {
  std::string name = "smpp";
  std::string host;
  int port = 2775;
  bool tls = false;     // off, as carriers do: then everything, the password too, is read by whoever is on the way
  std::string ca_file;  // PEM of the authorities that may have signed the centre's certificate; empty = the machine's
  std::string bind = "transceiver";  // or "transmitter+receiver", for centres that know no transceiver
  int binds = 1;                     // connections, or pairs of them, that share window and rate; at most kMostBinds
  std::string system_id, password, system_type;  // at most 15, 8 and 12 characters (SMPP 3.4, 5.2.1 to 5.2.3)
  std::string source_addr;                       // number or name the messages come from; ASCII, at most 20
  int source_ton = -1, source_npi = -1;          // -1: 5/0 for a name, 1/1 after a "+", 0/0 otherwise
  int destination_ton = 1, destination_npi = 1;  // of numbers with a "+"; others go out as 0/1
  int window = 10;                               // unanswered submit_sm at most, over all binds
  int rate = 0;                                  // submit_sm per second; 0 = no limit
  base::Duration enquire_link = std::chrono::seconds(30);
  base::Duration response_timeout = std::chrono::seconds(10);
  base::Duration connect_timeout = std::chrono::seconds(10);  // of connection and bind together
  base::Duration reconnect_min = std::chrono::seconds(1), reconnect_max = std::chrono::seconds(30);
  base::Duration degraded_after = std::chrono::minutes(3);    // a bind away for so long, while others are bound
  base::Duration throttle_pause = std::chrono::seconds(1);    // the first; link.h
  base::Duration segment_patience = std::chrono::seconds(5);  // for missing parts of an inbound message
  bool receipts = true;                                       // registered_delivery
  std::string alphabets = "gsm7, ucs2";                       // "latin1" too where the carrier takes it; segments.h
  std::string long_messages = "udh8";                         // "udh16", "sar", "payload"
  base::Duration validity{};                                  // 0 = the centre's own; at most 30 days
  base::Duration urgent_validity{};                           // of what goes with priority 3; 0 = as the others
  int highest_priority = 3;                                   // some carriers refuse more than 0 or 1
  std::string signature;  // put before each text that does not begin with it ("【青石应急】"); empty = none
  std::string message_ids = "same";  // "hex response" or "hex receipt": the one in base 16, the other in base 10
  base::DialingRules dialing;        // to make E.164 of numbers that come in without a type of number
  // Receipts and messages waiting for done(), and the octets of their texts; more are answered ESME_RX_T_APPN.
  int most_unacknowledged = 20000;
  std::size_t most_unacknowledged_bytes = std::size_t{16} << 20U;
};

inline constexpr int kMostBinds = 16;

// The first thing wrong with them, naming the field; ok when a link can be made.
[[nodiscard]] base::Status check(const SmppSettings& settings);

// The short messages that this link makes of a text, its signature before it; as message_payload the centre cuts them.
[[nodiscard]] base::Result<EncodedText> cut_text(const SmppSettings& settings, std::string_view text);

}  // namespace tocsin::sms
