// What is transferred and how it ended, by libcurl: one HTTP request, or one mail to one recipient.
//
// Plain values; loop.h carries them out, outcome.h says which of the four ends of a send each is.  TLS is 1.2 or later
// and always verified; nothing is redirected, no proxy of the environment is used, no password file is read.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/time.h"

namespace tocsin::transfer {

// HTTP/1.1 (RFC 9112).
struct Request {
  std::string method = "POST";
  std::string url;                   // https://...; http:// only where `Settings::plain` allows it
  std::vector<std::string> headers;  // "Name: value", without controls
  std::string body;
  bool only_connect = false;  // TCP and TLS, then nothing: is somebody there?
};

enum class MailTls { kStartTls, kFromTheFirstByte, kNone };

// SMTP (RFC 5321).  Without `to`: says hello, signs in and says NOOP.
struct Mail {
  std::string host;
  int port = 587;
  MailTls tls = MailTls::kStartTls;  // kStartTls: a server that does not offer it is not spoken to
  std::string user, password;        // both empty: no sign-in
  std::string from, to;              // bare addresses, printable ASCII without space or angle brackets
  std::string text;                  // RFC 5322, lines end with CR LF
};

using Transfer = std::variant<Request, Mail>;

// Why nothing could be handed over, though not because of what was to be: it holds for whatever comes next, too.
enum class Fault {
  kNone,
  kUnreachable,  // no address, no connection, no TLS
  kNotTrusted,   // the certificate does not hold
  kSignIn,       // user and password are refused
};

struct Ended {
  bool sent = false;                          // the other side may have taken it; false: it surely has not
  int status = 0;                             // of HTTP, or the last reply code of SMTP; 0: none came
  bool whole = false;                         // the answer came to its end
  std::string body;                           // of an HTTP answer, cut at Settings::answer_bytes (then it is not whole)
  std::optional<base::Duration> retry_after;  // RFC 9110, 10.2.3
  Fault fault = Fault::kNone;
  std::string error;  // in words, without address or secret; empty when whole
};

// Of all transfers of one loop.
struct Settings {
  std::string ca_file;  // PEM of those who may sign the other side's certificate; empty = the machine's authorities
  bool plain = false;   // http:// too
  base::Duration connect_within = std::chrono::seconds(10);  // name, TCP and TLS
  base::Duration end_within = std::chrono::seconds(30);      // all of it
  std::size_t answer_bytes = std::size_t{64} << 10U;         // of a body; as many of headers
};

}  // namespace tocsin::transfer
