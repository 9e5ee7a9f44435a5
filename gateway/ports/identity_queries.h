// The part of the read side that says who may ask and what is their own.  Rules as in queries.h, which inherits it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/identity.h"
#include "gateway/model/views.h"

namespace tocsin::ports {

class IdentityQueries {
 public:
  virtual ~IdentityQueries() = default;

  // The unrevoked token whose BLAKE2b hash is `hash` (32 bytes).
  [[nodiscard]] virtual base::Result<std::optional<model::TokenRow>> token(std::string_view hash) const = 0;
  // Revoked ones too, oldest first.
  [[nodiscard]] virtual base::Result<std::vector<model::TokenRow>> tokens() const = 0;
  // The unrevoked session whose token has that hash (32 bytes), whether or not its time is over.
  [[nodiscard]] virtual base::Result<std::optional<model::Session>> session(std::string_view hash) const = 0;
  // In force at `now`, newest first: of one account, of one person, or of everybody (both 0).
  [[nodiscard]] virtual base::Result<std::vector<model::Session>> sessions(model::AccountId account,
                                                                           model::PersonId person, base::UtcTime now,
                                                                           int limit) const = 0;
  [[nodiscard]] virtual base::Result<std::optional<model::Account>> account(std::string_view name) const = 0;
  [[nodiscard]] virtual base::Result<std::vector<model::Account>> accounts() const = 0;

  // Which number the address of that person's calendar has now; 0 until they asked for another.
  [[nodiscard]] virtual base::Result<std::uint32_t> feed_number(model::PersonId person) const = 0;

  // Why whole numbers were read, in words, by the digests of the record; those that are forgotten are not there.
  [[nodiscard]] virtual base::Result<std::map<std::string, std::string, std::less<>>> reasons_said(
      std::span<const std::string> /*digests*/) const {
    return std::map<std::string, std::string, std::less<>>();
  }

  // ---- what is one's own ----
  // One page of the reports of a person (by whatever way), or, without a person, of that principal's name; newest
  // first, `before`: the page behind that report, 0 = the first.
  [[nodiscard]] virtual base::Result<model::Page<model::Report>> reports_by(model::PersonId person,
                                                                            std::string_view name,
                                                                            model::ReportId before,
                                                                            int limit) const = 0;
  // An alert with its incident and the words last written for it.
  [[nodiscard]] virtual base::Result<std::optional<model::AlertPage>> alert_page(model::AlertId id) const = 0;
};

}  // namespace tocsin::ports
