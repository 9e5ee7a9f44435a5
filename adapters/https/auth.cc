#include "adapters/https/auth.h"

#include <algorithm>

#include "gateway/base/digest.h"

namespace tocsin::https {
namespace {

// RFC 6750 section 2.1 b64token, 20 to 128 characters; "" when the header is anything else.
std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return {};
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = authorization[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kScheme[i]) return {};
  }
  std::string_view token = authorization.substr(kScheme.size());
  while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  };
  if (token.size() < 20 || token.size() > 128 || !std::all_of(token.begin(), token.end(), fits)) return {};
  return token;
}

base::Error unknown_token() {
  return {base::ErrorCode::kForbidden, "the request carries no valid token", {}};
}

}  // namespace

base::Result<model::Principal> authenticate(std::string_view authorization, const ports::Queries& queries) {
  const std::string_view token = bearer_token(authorization);
  if (token.empty()) return unknown_token();
  const auto found = queries.token(base::as_bytes(base::digest(token)));
  if (!found.ok()) {
    return base::Error{base::ErrorCode::kRetryLater, "tokens cannot be checked right now", {}};
  }
  const auto& row = *found;
  if (!row.has_value() || row->revoked_at || row->role == model::Role::kSystem) return unknown_token();
  return model::Principal{row->role, row->name, row->person};
}

}  // namespace tocsin::https
