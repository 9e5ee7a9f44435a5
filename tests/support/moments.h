// Moments and channels by the names tests use.
#pragma once

#include <chrono>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"

namespace tocsin::support {

using namespace std::chrono_literals;  // 5min, 30s

// 2026-11-22, 12:00 UTC.
inline constexpr base::UtcTime noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12}};

inline constexpr auto sms = model::Channel::kSms;
inline constexpr auto console = model::Channel::kConsole;
inline constexpr auto voice = model::Channel::kVoice;
inline constexpr auto email = model::Channel::kEmail;
inline constexpr auto desk_call = model::Channel::kDeskCall;
inline constexpr auto deputy = model::Channel::kDeputy;
inline constexpr auto knock = model::Channel::kKnock;

}  // namespace tocsin::support
