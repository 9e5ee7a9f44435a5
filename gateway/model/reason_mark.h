// Where an entry of the record has the digest of a reason: last in the detail of kUnmasked.  Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/record.h"

namespace tocsin::model {

inline constexpr std::string_view kReasonMark = "reason:";

// Empty when the entry has none.
[[nodiscard]] inline std::string_view reason_of(const RecordEntry& entry) {
  const std::string_view detail = entry.detail;
  const auto at = entry.kind == RecordKind::kUnmasked ? detail.rfind(kReasonMark) : std::string_view::npos;
  return at == std::string_view::npos ? std::string_view() : detail.substr(at + kReasonMark.size());
}

[[nodiscard]] inline std::vector<std::string> reasons_of(const std::vector<RecordEntry>& entries) {
  std::vector<std::string> digests;
  for (const auto& entry : entries) {
    if (const auto digest = reason_of(entry); !digest.empty()) digests.emplace_back(digest);
  }
  return digests;
}

}  // namespace tocsin::model
