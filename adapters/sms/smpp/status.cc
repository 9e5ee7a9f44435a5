#include "adapters/sms/smpp/status.h"

#include <cstdio>

namespace tocsin::sms::smpp {
namespace {

using model::SendOutcome;

constexpr SendOutcome kRetry = SendOutcome::kRetry;
constexpr SendOutcome kRefused = SendOutcome::kRefused;

// SMPP 3.4 table 5-2, in its order.
constexpr StatusRow kTable[] = {
    {0x00, "ESME_ROK", SendOutcome::kAccepted},
    {0x01, "ESME_RINVMSGLEN", kRefused},
    {0x02, "ESME_RINVCMDLEN", kRefused},
    {0x03, "ESME_RINVCMDID", kRefused},
    {0x04, "ESME_RINVBNDSTS", kRetry},
    {0x05, "ESME_RALYBND", kRetry},
    {0x06, "ESME_RINVPRTFLG", kRefused},
    {0x07, "ESME_RINVREGDLVFLG", kRefused},
    {0x08, "ESME_RSYSERR", kRetry},
    {0x0A, "ESME_RINVSRCADR", kRefused},
    {0x0B, "ESME_RINVDSTADR", kRefused},
    {0x0C, "ESME_RINVMSGID", kRefused},
    {0x0D, "ESME_RBINDFAIL", kRetry},
    {0x0E, "ESME_RINVPASWD", kRefused},
    {0x0F, "ESME_RINVSYSID", kRefused},
    {0x11, "ESME_RCANCELFAIL", kRefused},
    {0x13, "ESME_RREPLACEFAIL", kRefused},
    {0x14, "ESME_RMSGQFUL", kRetry},
    {0x15, "ESME_RINVSERTYP", kRefused},
    {0x33, "ESME_RINVNUMDESTS", kRefused},
    {0x34, "ESME_RINVDLNAME", kRefused},
    {0x40, "ESME_RINVDESTFLAG", kRefused},
    {0x42, "ESME_RINVSUBREP", kRefused},
    {0x43, "ESME_RINVESMCLASS", kRefused},
    {0x44, "ESME_RCNTSUBDL", kRefused},
    {0x45, "ESME_RSUBMITFAIL", kRetry},
    {0x48, "ESME_RINVSRCTON", kRefused},
    {0x49, "ESME_RINVSRCNPI", kRefused},
    {0x50, "ESME_RINVDSTTON", kRefused},
    {0x51, "ESME_RINVDSTNPI", kRefused},
    {0x53, "ESME_RINVSYSTYP", kRefused},
    {0x54, "ESME_RINVREPFLAG", kRefused},
    {0x55, "ESME_RINVNUMMSGS", kRefused},
    {0x58, "ESME_RTHROTTLED", kRetry},
    {0x61, "ESME_RINVSCHED", kRefused},
    {0x62, "ESME_RINVEXPIRY", kRefused},
    {0x63, "ESME_RINVDFTMSGID", kRefused},
    {0x64, "ESME_RX_T_APPN", kRetry},
    {0x65, "ESME_RX_P_APPN", kRefused},
    {0x66, "ESME_RX_R_APPN", kRefused},
    {0x67, "ESME_RQUERYFAIL", kRefused},
    {0xC0, "ESME_RINVOPTPARSTREAM", kRefused},
    {0xC1, "ESME_ROPTPARNOTALLWD", kRefused},
    {0xC2, "ESME_RINVPARLEN", kRefused},
    {0xC3, "ESME_RMISSINGOPTPARAM", kRefused},
    {0xC4, "ESME_RINVOPTPARAMVAL", kRefused},
    {0xFE, "ESME_RDELIVERYFAILURE", kRefused},
    {0xFF, "ESME_RUNKNOWNERR", SendOutcome::kUnknown},
};

const StatusRow* find(std::uint32_t status) {
  for (const StatusRow& row : kTable) {
    if (row.status == status) return &row;
  }
  return nullptr;
}

}  // namespace

std::span<const StatusRow> status_table() {
  return kTable;
}

std::string status_name(std::uint32_t status) {
  if (const StatusRow* row = find(status)) return row->name;
  char text[32];
  std::snprintf(text, sizeof text, "status 0x%08X", static_cast<unsigned>(status));
  return text;
}

SendOutcome outcome_of(std::uint32_t status) {
  const StatusRow* row = find(status);
  return row != nullptr ? row->outcome : SendOutcome::kRefused;
}

}  // namespace tocsin::sms::smpp
