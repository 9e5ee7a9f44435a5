// The command_status values of SMPP 3.4 (section 5.1.3) by their specification names, and which of the four ends of a
// send each one is.  Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "gateway/model/command.h"

namespace tocsin::sms::smpp {

inline constexpr std::uint32_t kRok = 0x00000000;
inline constexpr std::uint32_t kRinvCmdLen = 0x00000002;
inline constexpr std::uint32_t kRinvCmdId = 0x00000003;
inline constexpr std::uint32_t kRinvBndSts = 0x00000004;
inline constexpr std::uint32_t kRalyBnd = 0x00000005;
inline constexpr std::uint32_t kRsysErr = 0x00000008;
inline constexpr std::uint32_t kRinvDstAdr = 0x0000000B;
inline constexpr std::uint32_t kRbindFail = 0x0000000D;
inline constexpr std::uint32_t kRinvPaswd = 0x0000000E;
inline constexpr std::uint32_t kRmsgQful = 0x00000014;
inline constexpr std::uint32_t kRsubmitFail = 0x00000045;
inline constexpr std::uint32_t kRthrottled = 0x00000058;
inline constexpr std::uint32_t kRxTAppn = 0x00000064;
inline constexpr std::uint32_t kRxRAppn = 0x00000066;
inline constexpr std::uint32_t kRunknownErr = 0x000000FF;

// What a submit_sm_resp (or a generic_nack to it) with a status says about the message:
//  accepted: ESME_ROK.
//  retry: the centre is short of something for now, or not bound as it wishes; the message was not taken.
//  refused: the message or the account is wrong; the same again would be refused again.
//  unknown: ESME_RUNKNOWNERR, which does not say whether it was taken.
struct StatusRow {
  std::uint32_t status;
  const char* name;
  model::SendOutcome outcome;
  model::Meaning meaning;  // to people
};
// All that the specification names (table 5-2), ascending.
[[nodiscard]] std::span<const StatusRow> status_table();

// "ESME_RTHROTTLED"; "status 0x00000401" for values the specification does not name.
[[nodiscard]] std::string status_name(std::uint32_t status);
// By the table; what it does not name, a vendor's own (0x400 to 0x4FF) too, is refused.
[[nodiscard]] model::SendOutcome outcome_of(std::uint32_t status);
[[nodiscard]] model::Meaning meaning_of(std::uint32_t status);

}  // namespace tocsin::sms::smpp
