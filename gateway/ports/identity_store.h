// The part of the store that accounts, sessions and one-time codes are in.  Rules as in store.h, which inherits it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/identity.h"

namespace tocsin::ports {

class IdentityStore {
 public:
  virtual ~IdentityStore() = default;

  // The secret key of this office, made once and kept: alert links are signed with it, codes and numbers digested.
  [[nodiscard]] virtual const std::string& secret_key() const = 0;

  // ---- accounts ----
  virtual std::optional<model::Account> account(std::string_view name) = 0;
  virtual std::optional<model::Account> account(model::AccountId id) = 0;
  virtual void insert(const model::Account& account) = 0;
  virtual void update(const model::Account& account) = 0;
  // Instead of those there are.
  virtual void put_recovery_codes(model::AccountId account, std::span<const std::string> hashes) = 0;
  // True when that unused code is the account's; it is used from now on.
  virtual bool use_recovery_code(model::AccountId account, std::string_view hash, base::UtcTime now) = 0;

  // ---- tokens ----
  // False: the name is taken.
  virtual bool insert_token(std::string_view name, model::Role role, model::PersonId person, std::string_view hash,
                            base::UtcTime now) = 0;
  // False: no token of that name is in force.
  virtual bool revoke_token(std::string_view name, base::UtcTime now) = 0;

  // ---- sessions ----
  virtual void insert(const model::Session& session, std::string_view hash) = 0;
  virtual void update(const model::Session& session) = 0;  // its times
  virtual std::optional<model::Session> session(model::SessionId id) = 0;
  // Those in force end; their ids.
  virtual std::vector<model::SessionId> revoke_sessions(model::AccountId account, base::UtcTime now) = 0;
  // Has that account signed in from that client since?
  virtual bool signed_in_from(model::AccountId account, std::string_view client, base::UtcTime since) = 0;

  // ---- one-time codes ----
  virtual void insert(const model::SignInRequest& request) = 0;
  virtual void update(const model::SignInRequest& request) = 0;  // tries, used_at, message
  virtual std::optional<model::SignInRequest> sign_in_request(model::SignInId id) = 0;
  virtual std::optional<model::SignInRequest> sign_in_request_by_link(std::string_view link_hash) = 0;
  // The newest of that person, purpose and subject that is neither used nor over at `now`.
  virtual std::optional<model::SignInRequest> open_code_of(model::PersonId person, model::CodePurpose purpose,
                                                           std::int64_t subject, base::UtcTime now) = 0;
  // How many were asked for since: for a number, by a client, and sent in all.
  virtual int codes_for_number(std::string_view number, base::UtcTime since) = 0;
  virtual int codes_by_client(std::string_view client, base::UtcTime since) = 0;
  virtual int codes_sent(base::UtcTime since) = 0;
  // Over at `now`, with their words still there; at most `limit`.
  virtual std::vector<model::SignInRequest> expired_codes(base::UtcTime now, int limit) = 0;
  // The words of that message are gone for good; what of it is still queued is cancelled.
  virtual void blank_message(model::MessageId message, model::DeliveryId delivery, base::UtcTime now) = 0;

  // Codes and failures of yesterday, and sessions that ended a month ago, are gone.
  virtual void purge_identity(base::UtcTime now) = 0;

  // ---- calendars ----
  // The number of that person's address grows by one.
  virtual void renew_feed(model::PersonId person) = 0;

  // ---- why whole numbers were read ----
  // The words behind a digest of the record; said again they are kept anew.
  virtual void keep_reason(std::string_view digest, std::string_view words, base::UtcTime at) = 0;

  // ---- failures in a row ----
  virtual model::Throttle throttle(std::string_view key) = 0;  // all zero when there is none
  virtual void put_throttle(std::string_view key, const model::Throttle& throttle) = 0;
};

}  // namespace tocsin::ports
