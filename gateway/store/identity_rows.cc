#include "gateway/store/identity_rows.h"

#include "gateway/base/encoding.h"

namespace tocsin::store {

model::Account read_account(const db::Rows& row) {
  model::Account a;
  a.id = row.id<model::AccountId>(0);
  a.name = row.string(1);
  a.role = row.as<model::Role>(2);
  a.person = row.id<model::PersonId>(3);
  a.password = row.string(4);
  a.totp = base::from_base64url(row.text(5)).value_or("");
  a.totp_step = row.int64(6);
  a.made_at = row.time(7);
  a.disabled_at = row.maybe_time(8);
  return a;
}

model::Session read_session(const db::Rows& row) {
  model::Session s;
  s.id = row.id<model::SessionId>(0);
  s.account = row.id<model::AccountId>(1);
  s.person = row.id<model::PersonId>(2);
  s.role = row.as<model::Role>(3);
  s.name = row.string(4);
  s.method = row.as<model::SignInMethod>(5);
  s.device = row.string(6);
  s.client = row.string(7);
  s.made_at = row.time(8);
  s.renewed_at = row.time(9);
  s.expires_at = row.time(10);
  s.revoked_at = row.maybe_time(11);
  return s;
}

model::SignInRequest read_sign_in(const db::Rows& row) {
  model::SignInRequest r;
  r.id = row.id<model::SignInId>(0);
  r.purpose = row.as<model::CodePurpose>(1);
  r.subject = row.int64(2);
  r.person = row.id<model::PersonId>(3);
  r.number = row.string(4);
  r.client = row.string(5);
  r.code_hash = row.string(6);
  r.link_hash = row.string(7);
  r.tries = row.integer(8);
  r.made_at = row.time(9);
  r.expires_at = row.time(10);
  r.used_at = row.maybe_time(11);
  r.message = row.id<model::MessageId>(12);
  r.delivery = row.id<model::DeliveryId>(13);
  return r;
}

}  // namespace tocsin::store
