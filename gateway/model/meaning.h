// What a code of a carrier means to the people at the desk: one closed list for every kind of link.
//
// An adapter knows the codes of its own carrier and gives each with one of these; the words, in both languages, are in
// one table (meaning.cc).  Pure values; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/base/said.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class Meaning : std::uint8_t {
  kNone = 0,  // the code says no more than the state does
  // ---- taken, and under way ----
  kTaken = 1,          // by the carrier; not a word of the phone
  kOnItsWay = 2,       // in the carrier's network
  kWaitsForPhone = 3,  // kept by the carrier: the phone is off, full or out of reach
  kArrived = 4,        // the carrier says that the phone has it
  // ---- taken, and did not arrive ----
  kNotArrived = 10,
  kExpired = 11,      // the phone was not reached in the time that the message was good for
  kDeleted = 12,      // in the carrier's network
  kRejected = 13,     // by the carrier or the phone
  kLostSight = 14,    // the carrier itself does not know
  kNoSuchPhone = 15,  // no such subscriber, or the number is out of service
  kBlocked = 16,      // the number wants no messages of ours, or is on a list of the carrier
  // ---- not taken, for now ----
  kTooFast = 20,
  kCarrierFull = 21,
  kCarrierTrouble = 22,
  kNotConnected = 23,  // we are not, or not rightly, connected to it
  kTooManyToOne = 24,  // more to one number than the carrier allows in a time
  kNoSignal = 25,      // of a modem
  kGivenBack = 26,     // the link stopped, or went down, before it was sent
  // ---- not taken, and would not be ----
  kBadNumber = 30,
  kBadSender = 31,
  kBadText = 32,     // its length, alphabet or words
  kBadRequest = 33,  // the carrier does not understand or accept the way we asked
  kNotAllowed = 34,  // account, password or service
  kNoCredit = 35,
  kTemplateUnknown = 36,  // not registered with the provider, or not reviewed yet
  kCannotCarry = 37,      // the link has no way to carry this text
  kSimRefused = 38,       // of a modem: SIM or PIN
  kTooManyTries = 39,
  // ---- may have been taken ----
  kLinkLost = 50,    // the connection was lost before the carrier answered
  kNoResponse = 51,  // in time
  kReceiptOverdue = 52,
  kUnclear = 53,  // the carrier's answer does not say
  // ---- anything else ----
  kOther = 60,        // a code of this carrier's own
  kPurged = 61,       // our own: the number was forgotten
  kNoAnswer = 62,     // the desk phoned
  kWrongNumber = 63,  // the desk phoned somebody else
};

[[nodiscard]] std::string_view name_of(Meaning meaning);  // "too_fast"; "none"
[[nodiscard]] base::Said in_words(Meaning meaning);       // empty for kNone

}  // namespace tocsin::model
