// Delivery receipts: what became of a message that the centre took.
//
// Two forms are read (SMPP 3.4): the text of Appendix B, "id:IIIIIIIIII sub:SSS dlvrd:DDD submit date:YYMMDDhhmm done
// date:YYMMDDhhmm stat:DDDDDDD err:E Text: ...", in any case and order and with fields missing; and the optional
// parameters receipted_message_id (5.3.2.12) and message_state (5.3.2.35), which count more than the text.
// Only a deliver_sm marked as a receipt by its esm_class (5.2.12), or with receipted_message_id, is one: a phone that
// texts the words of a receipt is a phone that texts. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/sms/smpp/pdu.h"
#include "gateway/model/command.h"

namespace tocsin::sms::smpp {

// Centres that write the id in base 16 in one place and in base 10 in the other.  What is given out is always decimal
// then.
enum class IdDialect : std::uint8_t {
  kSame,           // the same string, but for case and leading zeros
  kResponseIsHex,  // submit_sm_resp and receipted_message_id base 16, text of the receipt base 10
  kReceiptIsHex,   // the other way round
};
enum class IdSource : std::uint8_t { kResponse, kReceiptText };

// The form in which ids are compared and stored: an id of hexadecimal digits loses its leading zeros and is lower case;
// any other stays as it is, but for white space at its ends.  At most 64 characters; control characters are dropped.
[[nodiscard]] std::string normal_id(std::string_view id, IdDialect dialect, IdSource source);

[[nodiscard]] bool is_receipt(const ShortMessage& message);

// Empty: it names no message id.  `error` holds state and code ("UNDELIV err:001", "DELIVRD err:000"), never a
// text or a number of a person.
[[nodiscard]] std::optional<model::Receipt> read_receipt(const ShortMessage& message, IdDialect dialect);

}  // namespace tocsin::sms::smpp
