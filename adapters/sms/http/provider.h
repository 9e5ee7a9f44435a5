// An HTTP provider of SMS as a file describes it (docs/sms-providers.md): what is asked of it, how that is signed, and
// where in its answers id and code stand.  Plain values and pure functions; read_provider() reads no file itself.
//
// Templates hold {{names}}, of kNames; nothing else is a template language.  Each value is escaped for where it goes:
// percent-encoded (RFC 3986, 2.1) in parameters and the URL, as a JSON string in a JSON body, as it is in headers and
// in what is signed.  `secret` may stand in sign.key alone, so that no request carries it by mistake.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/transfer/outcome.h"
#include "adapters/transfer/transfer.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::sms::http {

enum class Send { kForm, kQuery, kJson };
enum class Sign { kNone, kBasic, kBearer, kHmacSha256, kHmacSha1 };

struct Signing {
  Sign how = Sign::kNone;
  // Of the HMACs: the key, then each link of the chain makes the next key of the one before (HMAC(key, link), raw), as
  // requests of the TC3 and AWS4 kind have it; mostly there is none.
  std::string key = "{{secret}}";
  std::vector<std::string> chain;
  std::string request;    // its SHA-256 in hex is {{request_sha256}}
  std::string text;       // what is signed
  bool hex = false;       // the signature's form; else base64
  std::string parameter;  // where it goes: a parameter's name, or
  std::string header;     // a header in which {{signature}} stands
};

struct Answers {
  bool form = false;     // a=b&c=d; else JSON
  std::string id, code;  // JSON pointers (RFC 6901), or keys of a form; may be empty
  std::vector<std::string> accepted, retry, refused, unknown;  // codes
};

struct Provider {
  std::string url;
  std::string method = "POST";
  Send send = Send::kForm;
  std::map<std::string, std::string> parameters;  // by name, as signed requests sort them
  std::string json;
  std::vector<std::string> headers;
  std::string country_code = "86";  // {{to_national}} is without it
  Signing sign;
  Answers answer;
  bool links = true;  // its texts may hold links
  int longest = 0;    // characters of a text; 0 = as the provider likes
};

struct ReadProvider {
  Provider provider;
  base::Diagnostics findings;
};
[[nodiscard]] ReadProvider read_provider(std::string_view toml, const std::string& file);

// What a template may name.
using Values = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] const std::vector<std::string>& names();

struct Wanted {
  std::string to;  // E.164
  std::string text, id, from, account, secret, nonce;
  base::UtcTime now{};
};
[[nodiscard]] transfer::Request request_for(const Provider& provider, const Wanted& wanted);

// What an answer says.  A code of a list decides, whatever the status; of others in a 2xx answer: refused where the
// provider lists what it accepts.  Else the status decides (adapters/transfer/outcome.h).  An acceptance that broke
// off, or lacks the id it should have, is unknown.
struct Read {
  transfer::Outcome outcome;
  std::string id;
};
[[nodiscard]] Read read_answer(const Answers& answers, const transfer::Ended& ended);

}  // namespace tocsin::sms::http
