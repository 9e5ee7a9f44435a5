// Who may sign in, and who is: accounts, sessions, one-time codes, and the commands that change them.
//
// Secrets come and go as BLAKE2b hashes (base::digest, hex); only the TOTP secret has to be kept as it is.  What is
// slow (argon2id) is checked by the adapter before the command; what must be atomic (a TOTP step used once, a code used
// once, the count of failures) is decided by the engine.  A sign-in that fails is a reply, not an error: its failure
// has to be counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/ids.h"
#include "gateway/model/report.h"

namespace tocsin::model {

using AccountId = base::Id<struct AccountTag>;
using SessionId = base::Id<struct SessionTag>;
using SignInId = base::Id<struct SignInTag>;

// An account of the office: signs in by password and a second factor.
struct Account {
  AccountId id;
  std::string name;  // [a-z0-9._-], 1 to 40; a label of the office
  Role role = Role::kDuty;
  PersonId person;             // 0: not one person of the directory
  std::string password;        // PHC string of argon2id
  std::string totp;            // 20 secret bytes
  std::int64_t totp_step = 0;  // the last one used; only greater ones count
  base::UtcTime made_at{};
  std::optional<base::UtcTime> disabled_at;
};

// Persisted: numbers are frozen.
enum class SignInMethod : std::uint8_t { kPassword = 1, kCode = 2, kLink = 3 };
[[nodiscard]] std::string_view name_of(SignInMethod method);

struct Session {
  SessionId id;
  AccountId account;  // 0: by a code sent to the person's own phone
  PersonId person;
  Role role = Role::kReporter;
  std::string name;  // Principal::name
  SignInMethod method = SignInMethod::kCode;
  std::string device;  // as the client calls itself, at most 80 characters
  std::string client;  // digest of the address it came from
  base::UtcTime made_at{}, renewed_at{}, expires_at{};
  std::optional<base::UtcTime> revoked_at;
};

// What a one-time code is good for.  Persisted: numbers are frozen.
enum class CodePurpose : std::uint8_t { kSignIn = 1, kApprove = 2 };

// One request for a one-time code, whether or not anybody has that number.
struct SignInRequest {
  SignInId id;
  CodePurpose purpose = CodePurpose::kSignIn;
  std::int64_t subject = 0;  // what is to be approved; 0 for a sign-in
  PersonId person;           // 0: nobody was found, so no code is right
  std::string number;        // digest of the number asked for
  std::string client;        // digest of the client that asked
  std::string code_hash;     // of id and code
  std::string link_hash;     // of the one-time link's token; empty when no link was sent
  int tries = 0;             // wrong ones
  base::UtcTime made_at{}, expires_at{};
  std::optional<base::UtcTime> used_at;
  MessageId message;  // the text with the code in plain; 0 once its words are gone
  DeliveryId delivery;
};

// Failures in a row of one account name or one client.
struct Throttle {
  int failures = 0;
  base::UtcTime last{}, until{};
};

// ---- commands ----

// By the administrator, or by the machine's own operator.
struct AddAccount {
  Principal by;
  Account account;                    // id and times are given by the engine
  std::vector<std::string> recovery;  // hashes
};
struct ResetAccount {  // a new password, second factor and recovery codes; its sessions end
  Principal by;
  std::string name, password, totp;
  std::vector<std::string> recovery;
};
struct DisableAccount {  // for good; its sessions end
  Principal by;
  std::string name;
};
struct AddToken {
  Principal by;
  std::string name;
  Role role = Role::kReporter;
  PersonId person;
  std::string hash;  // hex
};
struct RevokeToken {
  Principal by;
  std::string name;
};

struct PasswordSignIn {
  std::string name;
  std::string client;          // whom limits count; kept as a digest
  bool password_ok = false;    // it matches `verified`
  std::string verified;        // the hash it was checked against; another one by now: the sign-in fails
  std::int64_t totp_step = 0;  // of the code that was right; 0: none was
  std::string recovery;        // hash; used when there is no step
  std::string session_hash;    // of the token the session will have
  std::string device;
};

struct AskCode {
  SignInId request;  // a random number: whoever guesses it could use up the tries
  CodePurpose purpose = CodePurpose::kSignIn;
  std::int64_t subject = 0;
  std::string number;       // as typed
  std::string person_code;  // tells apart who shares a number; may be empty
  std::string client;
  std::string code;        // six digits
  std::string link_token;  // for the one-time link; may be empty
};
struct CodeSignIn {
  SignInId request;
  std::string code;
  std::string client, session_hash, device;
};
struct LinkSignIn {
  std::string link_hash;
  std::string client, session_hash, device;
};

struct RenewSession {  // the field's sessions slide, at most once a day
  SessionId session;
};
struct SignOut {
  SessionId session;
};
struct RevokeSession {  // one's own, or any by the administrator
  Principal by;
  AccountId by_account;  // of the caller's session, 0 = none
  SessionId session;
};

// The address of one's own calendar is another from now on; the ones before open nothing any more.
struct RenewFeed {
  Principal by;  // a person
};

// For the record: what was refused or read, counted by the adapter so that a flood is one entry a minute.
enum class AccessKind : std::uint8_t { kRefused = 1, kListRead = 2, kUnmasked = 3 };
struct NoteAccess {
  AccessKind kind = AccessKind::kRefused;
  std::optional<Principal> by;
  std::string client;  // when nobody was signed in; kept as a digest
  std::string route;   // "GET /api/v1/record"
  std::int64_t subject = 0;
  int status = 0, count = 1;
  std::string reason;  // kUnmasked: a digest in the record, its words beside
};

using IdentityCommand =
    std::variant<AddAccount, ResetAccount, DisableAccount, AddToken, RevokeToken, PasswordSignIn, AskCode, CodeSignIn,
                 LinkSignIn, RenewSession, SignOut, RevokeSession, NoteAccess, RenewFeed>;

enum class IdentityOutcome : std::uint8_t {
  kDone,
  kWrong,   // password, factor, code or link: one answer for all of them
  kLocked,  // too many tries: again after retry_after
};
struct IdentityReply {
  IdentityOutcome outcome = IdentityOutcome::kDone;
  base::Duration retry_after{};  // kLocked
  Session session;               // of a sign-in that succeeded
  SignInId request;              // AskCode
  base::UtcTime expires_at{};    // AskCode
};

}  // namespace tocsin::model
