#include "adapters/sms/smpp/status.h"

#include <cstdio>

namespace tocsin::sms::smpp {
namespace {

using model::Meaning;
using model::SendOutcome;

constexpr SendOutcome kRetry = SendOutcome::kRetry;
constexpr SendOutcome kRefused = SendOutcome::kRefused;

// SMPP 3.4 table 5-2, in its order.
constexpr StatusRow kTable[] = {
    {0x00, "ESME_ROK", SendOutcome::kAccepted, Meaning::kNone},
    {0x01, "ESME_RINVMSGLEN", kRefused, Meaning::kBadText},
    {0x02, "ESME_RINVCMDLEN", kRefused, Meaning::kBadRequest},
    {0x03, "ESME_RINVCMDID", kRefused, Meaning::kBadRequest},
    {0x04, "ESME_RINVBNDSTS", kRetry, Meaning::kNotConnected},
    {0x05, "ESME_RALYBND", kRetry, Meaning::kNotConnected},
    {0x06, "ESME_RINVPRTFLG", kRefused, Meaning::kBadRequest},
    {0x07, "ESME_RINVREGDLVFLG", kRefused, Meaning::kBadRequest},
    {0x08, "ESME_RSYSERR", kRetry, Meaning::kCarrierTrouble},
    {0x0A, "ESME_RINVSRCADR", kRefused, Meaning::kBadSender},
    {0x0B, "ESME_RINVDSTADR", kRefused, Meaning::kBadNumber},
    {0x0C, "ESME_RINVMSGID", kRefused, Meaning::kBadRequest},
    {0x0D, "ESME_RBINDFAIL", kRetry, Meaning::kNotConnected},
    {0x0E, "ESME_RINVPASWD", kRefused, Meaning::kNotAllowed},
    {0x0F, "ESME_RINVSYSID", kRefused, Meaning::kNotAllowed},
    {0x11, "ESME_RCANCELFAIL", kRefused, Meaning::kBadRequest},
    {0x13, "ESME_RREPLACEFAIL", kRefused, Meaning::kBadRequest},
    {0x14, "ESME_RMSGQFUL", kRetry, Meaning::kCarrierFull},
    {0x15, "ESME_RINVSERTYP", kRefused, Meaning::kNotAllowed},
    {0x33, "ESME_RINVNUMDESTS", kRefused, Meaning::kBadNumber},
    {0x34, "ESME_RINVDLNAME", kRefused, Meaning::kBadNumber},
    {0x40, "ESME_RINVDESTFLAG", kRefused, Meaning::kBadRequest},
    {0x42, "ESME_RINVSUBREP", kRefused, Meaning::kBadRequest},
    {0x43, "ESME_RINVESMCLASS", kRefused, Meaning::kBadRequest},
    {0x44, "ESME_RCNTSUBDL", kRefused, Meaning::kBadNumber},
    {0x45, "ESME_RSUBMITFAIL", kRetry, Meaning::kCarrierTrouble},
    {0x48, "ESME_RINVSRCTON", kRefused, Meaning::kBadSender},
    {0x49, "ESME_RINVSRCNPI", kRefused, Meaning::kBadSender},
    {0x50, "ESME_RINVDSTTON", kRefused, Meaning::kBadNumber},
    {0x51, "ESME_RINVDSTNPI", kRefused, Meaning::kBadNumber},
    {0x53, "ESME_RINVSYSTYP", kRefused, Meaning::kNotAllowed},
    {0x54, "ESME_RINVREPFLAG", kRefused, Meaning::kBadRequest},
    {0x55, "ESME_RINVNUMMSGS", kRefused, Meaning::kBadRequest},
    {0x58, "ESME_RTHROTTLED", kRetry, Meaning::kTooFast},
    {0x61, "ESME_RINVSCHED", kRefused, Meaning::kBadRequest},
    {0x62, "ESME_RINVEXPIRY", kRefused, Meaning::kBadRequest},
    {0x63, "ESME_RINVDFTMSGID", kRefused, Meaning::kBadRequest},
    {0x64, "ESME_RX_T_APPN", kRetry, Meaning::kCarrierTrouble},
    {0x65, "ESME_RX_P_APPN", kRefused, Meaning::kRejected},
    {0x66, "ESME_RX_R_APPN", kRefused, Meaning::kRejected},
    {0x67, "ESME_RQUERYFAIL", kRefused, Meaning::kBadRequest},
    {0xC0, "ESME_RINVOPTPARSTREAM", kRefused, Meaning::kBadRequest},
    {0xC1, "ESME_ROPTPARNOTALLWD", kRefused, Meaning::kBadRequest},
    {0xC2, "ESME_RINVPARLEN", kRefused, Meaning::kBadRequest},
    {0xC3, "ESME_RMISSINGOPTPARAM", kRefused, Meaning::kBadRequest},
    {0xC4, "ESME_RINVOPTPARAMVAL", kRefused, Meaning::kBadRequest},
    {0xFE, "ESME_RDELIVERYFAILURE", kRefused, Meaning::kNotArrived},
    {0xFF, "ESME_RUNKNOWNERR", SendOutcome::kUnknown, Meaning::kUnclear},
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

model::Meaning meaning_of(std::uint32_t status) {
  const StatusRow* row = find(status);
  return row != nullptr ? row->meaning : model::Meaning::kOther;
}

}  // namespace tocsin::sms::smpp
