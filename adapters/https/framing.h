// Cuts a stream of bytes into whole HTTP/1.1 requests, and refuses what two readers could read differently.
//
// Refused (RFC 9112 sections 2.2, 3, 5, 6, 7): bare LF, folded headers, a space before the colon,
// control characters, Content-Length with Transfer-Encoding, either of them twice, lengths that are
// not plain digits, codings other than chunked, broken or oversized chunks, a body on GET or HEAD, targets
// neither in origin form nor in absolute form with an authority of ours (421), HTTP/1.1 without exactly one Host;
// lines, headers and bodies above the limits. Only the few headers the server uses are kept, so that nothing a client
// invents reaches the HTTP library below.  Pure: no IO, no clock.  Not thread-safe; one per connection.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/https/http.h"
#include "adapters/https/problems.h"

namespace tocsin::https {

struct FramingLimits {
  std::size_t request_line = 4096;       // bytes
  std::size_t header_bytes = 16 * 1024;  // request line included
  std::size_t header_count = 64;
  std::size_t body = 64 * 1024;  // bytes, after de-chunking; what is announced within it needs no BodyLimit
};

class Framer {
 public:
  enum class State {
    kNeedMore,       // feed() more bytes
    kWantsContinue,  // the client waits for "100 Continue" (once per request); then advance() again
    kComplete,       // take() it
    kRefused,        // problem() and why(); the connection must be closed
  };

  // `body_limit` is asked about bodies that may be larger than limits.body; without it none may.
  // `authorities` ("host:port", lower case) are ours in targets of absolute form; it outlives the framer.
  explicit Framer(FramingLimits limits = {}, BodyLimit body_limit = {},
                  const std::vector<std::string>* authorities = nullptr)
      : limits_(limits), body_limit_(std::move(body_limit)), authorities_(authorities) {}

  void feed(std::string_view bytes) { buffer_ += bytes; }
  // Looks at what was fed.  The cost over a request is linear in its bytes.
  [[nodiscard]] State advance();
  // The request, after kComplete; bytes behind it stay for the next.
  [[nodiscard]] HttpRequest take();
  // Whether the client lets the connection live on after this request; asked before take().
  [[nodiscard]] bool keep_alive() const { return keep_alive_; }
  [[nodiscard]] bool accepts_gzip() const { return accepts_gzip_; }
  [[nodiscard]] bool is_head() const { return request_.method == "HEAD"; }  // its answer has no body

  // No byte of a next request has come.
  [[nodiscard]] bool idle() const { return phase_ == Phase::kHead && buffer_.empty(); }
  [[nodiscard]] Problem problem() const { return problem_; }
  [[nodiscard]] std::string_view why() const { return why_; }

 private:
  enum class Phase { kHead, kBody, kChunkSize, kChunkData, kChunkEnd, kTrailers, kComplete, kRefused };

  State refuse(Problem problem, std::string_view why);
  State head();
  bool request_line(std::string_view line);
  bool request_target(std::string_view target);
  [[nodiscard]] bool is_ours() const;
  bool header(std::string_view line);
  bool known_header(const std::string& name, std::string_view value);
  bool value_header(const std::string& name, std::string_view value);
  bool after_head();
  // Sets body_most_; false when the body is refused.
  bool ask_body_limit();
  // One line of a chunked body without its CRLF; empty when it has not come whole yet or was refused.
  bool chunk_line(std::string& line, std::size_t limit);
  State chunks();

  const FramingLimits limits_;
  const BodyLimit body_limit_;
  const std::vector<std::string>* authorities_;
  std::string buffer_;
  std::size_t scanned_ = 0;  // bytes of the head already looked at
  Phase phase_ = Phase::kHead;
  HttpRequest request_;
  std::string authority_;  // "scheme://host:port" of a target in absolute form
  bool http_1_1_ = true, keep_alive_ = true, accepts_gzip_ = false, expects_continue_ = false, chunked_ = false;
  bool skipped_empty_line_ = false;
  int hosts_ = 0, lengths_ = 0, codings_ = 0;
  std::size_t length_ = 0;  // of the body, or of the chunk
  unsigned seen_ = 0;       // which of the headers that routes see, one bit each
  std::size_t body_most_ = 0;
  std::size_t chunk_count_ = 0, trailer_bytes_ = 0;
  Problem problem_ = Problem::kInvalidRequest;
  std::string_view why_;
};

}  // namespace tocsin::https
