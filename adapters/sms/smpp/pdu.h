// SMPP 3.4 on the wire (Short Message Peer to Peer Protocol Specification v3.4, issue 1.2).  Section numbers are of it.
//
// Reading takes nothing for granted: every length is checked, every string bounded by its field (section 4), and what
// is read are views into the caller's buffer, so that nothing is allocated per PDU.  Writing appends to the caller's
// buffer.  Optional parameters are kept as they came, unknown ones too (3.3: an unknown one must be ignored, never
// refused). Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::sms::smpp {

// 5.1.2.1.  The response to a request has the top bit set.
enum class CommandId : std::uint32_t {
  kGenericNack = 0x80000000,
  kBindReceiver = 0x00000001,
  kBindTransmitter = 0x00000002,
  kSubmitSm = 0x00000004,
  kDeliverSm = 0x00000005,
  kUnbind = 0x00000006,
  kBindTransceiver = 0x00000009,
  kOutbind = 0x0000000B,
  kEnquireLink = 0x00000015,
  kAlertNotification = 0x00000102,
  kDataSm = 0x00000103,
};
inline constexpr std::uint32_t kResponseBit = 0x80000000;
[[nodiscard]] constexpr CommandId response_to(CommandId id) {
  return static_cast<CommandId>(static_cast<std::uint32_t>(id) | kResponseBit);
}
[[nodiscard]] constexpr bool is_response(CommandId id) {
  return (static_cast<std::uint32_t>(id) & kResponseBit) != 0;
}

inline constexpr std::size_t kHeaderSize = 16;              // 3.2
inline constexpr std::size_t kLargestPdu = 64 * 1024;       // ours; the specification names no limit
inline constexpr std::uint32_t kLastSequence = 0x7FFFFFFF;  // 5.1.4: 1..0x7FFFFFFF
inline constexpr std::size_t kLongestShortMessage = 254;    // 5.2.21

struct Header {  // 3.2
  std::uint32_t length = 0;
  CommandId id = CommandId::kGenericNack;
  std::uint32_t status = 0;
  std::uint32_t sequence = 0;
};

struct Pdu {
  Header header;
  std::string_view body;
};

enum class Framing : std::uint8_t {
  kWhole,     // `pdu` is the first of the buffer; go on after header.length octets
  kNeedMore,  // the buffer ends inside it
  kBroken,  // command_length under 16 or over kLargestPdu: the stream is lost.  header is set; answer ESME_RINVCMDLEN,
            // close
};
struct Frame {
  Framing framing = Framing::kNeedMore;
  Pdu pdu;
};
[[nodiscard]] Frame next_pdu(std::string_view buffer);

// 5.3.2: tags of optional parameters that we look at.
enum class Tag : std::uint16_t {
  kReceiptedMessageId = 0x001E,  // 5.3.2.12
  kSarMsgRefNum = 0x020C,        // 5.3.2.22
  kSarTotalSegments = 0x020E,    // 5.3.2.23
  kSarSegmentSeqnum = 0x020F,    // 5.3.2.24
  kScInterfaceVersion = 0x0210,  // 5.3.2.25
  kNetworkErrorCode = 0x0423,    // 5.3.2.31
  kMessagePayload = 0x0424,      // 5.3.2.32
  kMessageState = 0x0427,        // 5.3.2.35
};

struct Tlv {  // 3.2.4.1
  std::uint16_t tag = 0;
  std::string_view value;
};

// Optional parameters in the order they came, known or not; a view.
class Tlvs {
 public:
  Tlvs() = default;
  // Empty when a length runs over the end.
  [[nodiscard]] static std::optional<Tlvs> read(std::string_view octets);

  // Takes the first one off; empty at the end.
  [[nodiscard]] std::optional<Tlv> pop();
  [[nodiscard]] std::optional<std::string_view> find(Tag tag) const;  // the first of that tag
  // find() as an unsigned number of 1, 2 or 4 octets; empty when absent or of another length.
  [[nodiscard]] std::optional<std::uint32_t> number(Tag tag) const;
  [[nodiscard]] std::string_view octets() const { return octets_; }

 private:
  explicit Tlvs(std::string_view octets) : octets_(octets) {}
  std::string_view octets_;
};

void append_tlv(std::string& out, Tag tag, std::string_view value);

struct Address {
  std::uint8_t ton = 0, npi = 0;  // 5.2.5, 5.2.6: 1/1 international ISDN, 5/0 alphanumeric
  std::string_view digits;
};

struct Bind {  // 4.1.1, 4.1.3, 4.1.5
  CommandId id = CommandId::kBindTransceiver;
  std::string_view system_id, password, system_type;
  std::uint8_t interface_version = 0x34;
  Address range;
};

struct BindResp {  // 4.1.2, 4.1.4, 4.1.6; the body may be missing when the status is not ESME_ROK
  std::string_view system_id;
  Tlvs tlvs;
};

// submit_sm (4.4.1) and deliver_sm (4.6.1) have the same fields.
struct ShortMessage {
  std::string_view service_type;
  Address source, destination;
  std::uint8_t esm_class = 0, protocol_id = 0, priority = 0;
  std::string_view schedule, validity;
  std::uint8_t registered_delivery = 0, replace_if_present = 0, data_coding = 0, default_message = 0;
  std::string_view text;  // short_message, or message_payload where that came instead (5.3.2.32)
  Tlvs tlvs;
};

struct DataMessage {  // 4.7.1: no short_message; the text is in message_payload
  std::string_view service_type;
  Address source, destination;
  std::uint8_t esm_class = 0, registered_delivery = 0, data_coding = 0;
  Tlvs tlvs;
};

// esm_class (5.2.12)
inline constexpr std::uint8_t kUdhi = 0x40;
inline constexpr std::uint8_t kMessageTypeMask = 0x3C;
inline constexpr std::uint8_t kDeliveryReceipt = 0x04;
inline constexpr std::uint8_t kIntermediateNotification = 0x20;

// ---- reading bodies.  Empty: too short, a string without end or longer than its field, or broken optional parameters
// ----
[[nodiscard]] std::optional<Bind> read_bind(const Pdu& pdu);
[[nodiscard]] std::optional<BindResp> read_bind_resp(const Pdu& pdu);
[[nodiscard]] std::optional<ShortMessage> read_short_message(const Pdu& pdu);
[[nodiscard]] std::optional<DataMessage> read_data_message(const Pdu& pdu);
// message_id of submit_sm_resp (4.4.2) and data_sm_resp (4.7.2); "" when the body is missing.
[[nodiscard]] std::optional<std::string_view> read_message_id(const Pdu& pdu);

// ---- writing.  What does not fit its field is the caller's mistake and is cut (strings) ----
void append_bind(std::string& out, const Bind& bind, std::uint32_t sequence);
// The body is left out when `status` is not ESME_ROK.
void append_bind_resp(std::string& out, CommandId request, std::uint32_t status, std::uint32_t sequence,
                      std::string_view system_id);
// `id`: kSubmitSm or kDeliverSm.  short_message is `header` then `text`; together at most 254 octets.
void append_short_message(std::string& out, CommandId id, const ShortMessage& message, std::string_view header,
                          std::uint32_t sequence);
// submit_sm_resp and data_sm_resp with a message id; deliver_sm_resp (4.6.2) with "".
void append_message_resp(std::string& out, CommandId request, std::uint32_t status, std::uint32_t sequence,
                         std::string_view message_id);
// PDUs of a header alone: enquire_link (4.11), unbind (4.2), their responses, generic_nack (4.3).
void append_header_only(std::string& out, CommandId id, std::uint32_t status, std::uint32_t sequence);

}  // namespace tocsin::sms::smpp
