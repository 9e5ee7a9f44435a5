// An HTTP provider of SMS as a file describes it (docs/sms-providers.md): what is asked of it, how that is signed,
// where in its answers id and code stand, which templates are registered with it, and what it posts to us.  Plain
// values and pure functions; read_provider() reads no file itself.
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

// One parameter of a registered template.
struct Parameter {
  std::string name;   // at the provider
  std::string value;  // of {{field}}, {{#field}}...{{/field}} and {{^field}}...{{/field}}: registered.h
  int longest = 0;    // characters; 0 = any
  bool cut = false;   // a longer value is cut; else the message is refused
  std::string empty;  // what is said for an empty value, where the provider takes none
};

// A text that the provider registered and reviewed.
struct Registration {
  std::string of;        // the plan's template, or a text of tocsin's own
  std::string language;  // of the text
  bool drill = false;    // for drills, and for nothing else
  std::string id;        // at the provider
  std::string text;      // as it was registered, with the provider's placeholders
  std::vector<Parameter> parameters;
  int line = 0;  // of the file
};

// What the provider posts to us.  Pointers are those of one entry.
struct Callbacks {
  bool receipts = false, messages = false;  // which there are
  bool form = false;                        // a=b&c=d; else JSON
  std::string list;                         // where the list of entries stands; empty = the body, a list or one entry
  std::string answer, answer_type = "text/plain; charset=utf-8";  // what it wants to hear
  struct {
    std::string id, status, code;
    std::vector<std::string> delivered, undelivered, on_its_way;  // values of `status`
  } receipt;
  struct {
    std::string id, from, to, text;
  } message;
};

struct Provider {
  std::string file;  // as it was named
  std::string url;
  std::string method = "POST";
  Send send = Send::kForm;
  std::map<std::string, std::string> parameters;  // by name, as signed requests sort them
  std::string json;
  std::vector<std::string> headers;
  std::string country_code = "86";  // {{to_national}} is without it
  Signing sign;
  Answers answer;
  bool links = true;                                            // its texts may hold links
  int longest = 0;                                              // characters of a text; 0 = as the provider likes
  bool registered = false;                                      // it takes `templates` alone, and no text
  std::string placeholder_begin = "${", placeholder_end = "}";  // in a registered text
  std::vector<Registration> templates;
  Callbacks callbacks;
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
  std::string template_id;                                      // of a registered template, with its parameters
  std::vector<std::pair<std::string, std::string>> parameters;  // in their order
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
