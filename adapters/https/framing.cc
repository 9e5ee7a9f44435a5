#include "adapters/https/framing.h"

#include <algorithm>
#include <array>

namespace tocsin::https {
namespace {

constexpr std::size_t kMaxChunks = 4096, kMaxChunkLine = 64, kMaxTrailerBytes = 2048, kKeptBuffer = 4096;

// RFC 9110 section 5.6.2 token.
bool is_token(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

}  // namespace

Framer::State Framer::refuse(Problem problem, std::string_view why) {
  phase_ = Phase::kRefused;
  problem_ = problem;
  why_ = why;
  return State::kRefused;
}

Framer::State Framer::advance() {
  if (phase_ == Phase::kHead) {
    const State state = head();
    if (state != State::kComplete) return state;
  }
  if (expects_continue_ && phase_ != Phase::kComplete && phase_ != Phase::kRefused) {
    expects_continue_ = false;
    if (buffer_.empty()) return State::kWantsContinue;
  }
  if (phase_ == Phase::kBody) {
    if (request_.body.empty()) request_.body.reserve(length_);
    const std::size_t part = std::min(length_ - request_.body.size(), buffer_.size());
    request_.body.append(buffer_, 0, part);
    buffer_.erase(0, part);
    if (request_.body.size() < length_) return State::kNeedMore;
    phase_ = Phase::kComplete;
  }
  if (phase_ == Phase::kComplete) return State::kComplete;
  if (phase_ == Phase::kRefused) return State::kRefused;
  return chunks();
}

HttpRequest Framer::take() {
  HttpRequest done = std::move(request_);
  request_ = {};
  authority_.clear();
  if (buffer_.empty() && buffer_.capacity() > kKeptBuffer) buffer_.shrink_to_fit();
  phase_ = Phase::kHead;
  scanned_ = 0;
  http_1_1_ = keep_alive_ = true;
  accepts_gzip_ = expects_continue_ = chunked_ = skipped_empty_line_ = false;
  hosts_ = lengths_ = codings_ = 0;
  seen_ = 0;
  length_ = body_most_ = chunk_count_ = trailer_bytes_ = 0;
  return done;
}

// kComplete: the head is read and `phase_` says what comes next.
Framer::State Framer::head() {
  // One empty line before a request is forgiven (RFC 9112 section 2.2).
  if (scanned_ == 0 && !skipped_empty_line_) {
    if (buffer_ == "\r") return State::kNeedMore;
    if (buffer_.starts_with("\r\n")) {
      buffer_.erase(0, 2);
      skipped_empty_line_ = true;
    }
  }
  std::size_t end = std::string::npos;
  for (; scanned_ < buffer_.size(); ++scanned_) {
    if (buffer_[scanned_] != '\n') continue;
    if (scanned_ == 0 || buffer_[scanned_ - 1] != '\r') {
      return refuse(Problem::kInvalidRequest, "a line ends without CR LF");
    }
    if (scanned_ >= 3 && buffer_[scanned_ - 2] == '\n') {
      end = scanned_ + 1;
      break;
    }
  }
  const std::size_t first_line = buffer_.find("\r\n");
  if (std::min(first_line, buffer_.size()) > limits_.request_line) {
    return refuse(Problem::kTargetTooLong, "the request line is too long");
  }
  if (std::min(end, buffer_.size()) > limits_.header_bytes) {
    return refuse(Problem::kHeadersTooLarge, "the headers are too large");
  }
  if (end == std::string::npos) return State::kNeedMore;

  if (!request_line(std::string_view(buffer_).substr(0, first_line))) return State::kRefused;
  std::size_t at = first_line + 2, count = 0;
  while (at < end - 2) {
    const std::size_t stop = buffer_.find("\r\n", at);
    if (++count > limits_.header_count) return refuse(Problem::kHeadersTooLarge, "too many headers");
    if (!header(std::string_view(buffer_).substr(at, stop - at))) return State::kRefused;
    at = stop + 2;
  }
  buffer_.erase(0, end);
  return after_head() ? State::kComplete : State::kRefused;
}

bool Framer::request_line(std::string_view line) {
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
    refuse(Problem::kInvalidRequest, "the request line is not METHOD TARGET HTTP/1.1");
    return false;
  }
  const std::string_view method = line.substr(0, first), target = line.substr(first + 1, last - first - 1),
                         version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    refuse(Problem::kInvalidRequest, "only HTTP/1.1 is spoken here");
    return false;
  }
  http_1_1_ = version == "HTTP/1.1";
  keep_alive_ = http_1_1_;
  request_.method = method;
  return request_target(target);
}

// Origin form, or absolute form (RFC 9112 section 3.2.2) cut to it.
bool Framer::request_target(std::string_view target) {
  const auto fits = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  const bool ascii = std::all_of(target.begin(), target.end(), fits);
  const std::size_t scheme = target.find("://");
  if (ascii && !target.starts_with('/') && scheme != std::string_view::npos && is_token(target.substr(0, scheme))) {
    const std::string_view rest = target.substr(scheme + 3);
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    authority_ = lower(target.substr(0, scheme)) + "://" + lower(rest.substr(0, end));
    target = rest.substr(end);
    request_.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return true;
  }
  if (!ascii || !target.starts_with('/')) {
    refuse(Problem::kInvalidRequest, "the target must be a path in ASCII");
    return false;
  }
  request_.target = target;
  return true;
}

bool Framer::is_ours() const {
  constexpr std::string_view kScheme = "https://";
  if (authorities_ == nullptr || !std::string_view(authority_).starts_with(kScheme)) return false;
  std::string authority = authority_.substr(kScheme.size());
  const auto colon = authority.rfind(':');
  if (colon == std::string::npos || authority.ends_with(']')) authority += ":443";
  return std::find(authorities_->begin(), authorities_->end(), authority) != authorities_->end();
}

bool Framer::header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (line.empty() || line.front() == ' ' || line.front() == '\t' || colon == std::string_view::npos ||
      !is_token(line.substr(0, colon))) {
    refuse(Problem::kInvalidRequest, "a header is not Name: value on one line");
    return false;
  }
  const std::string_view value = without_blanks(line.substr(colon + 1));
  if (has_control(value)) {
    refuse(Problem::kInvalidRequest, "a header holds a control character");
    return false;
  }
  return known_header(lower(line.substr(0, colon)), value);
}

bool Framer::known_header(const std::string& name, std::string_view value) {
  if (name == "host") {
    ++hosts_;
    request_.host = value;
  } else if (name == "content-length") {
    ++lengths_;
    const bool digits =
        !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || lengths_ > 1) {
      refuse(Problem::kInvalidRequest, "Content-Length must be there once, in plain digits");
      return false;
    }
    length_ = 0;
    for (const char c : value)
      length_ = std::min<std::size_t>(length_ * 10 + static_cast<std::size_t>(c - '0'), 1U << 30U);
  } else if (name == "transfer-encoding") {
    ++codings_;
    if (codings_ > 1 || lower(value) != "chunked") {
      refuse(Problem::kInvalidRequest, "Transfer-Encoding must be chunked, once");
      return false;
    }
  } else if (name == "content-encoding") {
    if (lower(value) != "identity") {
      refuse(Problem::kUnsupportedType, "bodies must not be compressed");
      return false;
    }
  } else if (name == "connection") {
    const std::string options = lower(value);
    if (options.find("close") != std::string::npos) keep_alive_ = false;
  } else if (name == "expect") {
    expects_continue_ = lower(value) == "100-continue";
  } else if (name == "accept-encoding") {
    accepts_gzip_ = lower(value).find("gzip") != std::string::npos;
  } else {
    return value_header(name, value);
  }
  return true;
}

// Headers whose value the routes see.
bool Framer::value_header(const std::string& name, std::string_view value) {
  struct Kept {
    std::string_view name;
    std::string HttpRequest::*field;
    bool list;  // more than one line is one list (RFC 9110 section 5.3)
  };
  static constexpr std::array<Kept, 11> kKept{{{"authorization", &HttpRequest::authorization, false},
                                               {"cookie", &HttpRequest::cookie, false},
                                               {"origin", &HttpRequest::origin, false},
                                               {"sec-fetch-site", &HttpRequest::sec_fetch_site, false},
                                               {"x-tocsin", &HttpRequest::x_tocsin, false},
                                               {"content-type", &HttpRequest::content_type, false},
                                               {"accept-language", &HttpRequest::accept_language, true},
                                               {"if-match", &HttpRequest::if_match, true},
                                               {"if-none-match", &HttpRequest::if_none_match, true},
                                               {"forwarded", &HttpRequest::forwarded, true},
                                               {"x-forwarded-for", &HttpRequest::x_forwarded_for, true}}};
  for (std::size_t i = 0; i < kKept.size(); ++i) {
    const Kept& kept = kKept[i];
    if (name != kept.name) continue;
    std::string& field = request_.*kept.field;
    const unsigned bit = 1U << i;
    const bool again = (seen_ & bit) != 0;
    seen_ |= bit;
    if (again && !kept.list) {
      refuse(Problem::kInvalidRequest, "a header that must be there once is there twice");
      return false;
    }
    if (again) field += ", ";
    field += value;
  }
  return true;
}

bool Framer::after_head() {
  const auto no = [this](Problem problem, std::string_view why) {
    refuse(problem, why);
    return false;
  };
  if (hosts_ > 1 || (http_1_1_ && hosts_ == 0)) return no(Problem::kInvalidRequest, "exactly one Host is needed");
  if (codings_ > 0 && lengths_ > 0) {
    return no(Problem::kInvalidRequest, "Content-Length and Transfer-Encoding exclude each other");
  }
  if (codings_ > 0 && !http_1_1_) return no(Problem::kInvalidRequest, "HTTP/1.0 has no Transfer-Encoding");
  if (!authority_.empty()) {
    if (!is_ours()) return no(Problem::kMisdirected, "that is another server");
    request_.host = authority_.substr(authority_.find("://") + 3);  // whatever Host said
  }
  const bool takes_body = request_.method != "GET" && request_.method != "HEAD";
  if (!takes_body && (codings_ > 0 || length_ > 0)) {
    return no(Problem::kInvalidRequest, "GET and HEAD have no body");
  }
  chunked_ = codings_ > 0;
  if (!ask_body_limit()) return false;
  phase_ = chunked_ ? Phase::kChunkSize : Phase::kBody;
  if (phase_ == Phase::kBody && length_ == 0) phase_ = Phase::kComplete;
  return true;
}

bool Framer::ask_body_limit() {
  body_most_ = limits_.body;
  if ((chunked_ || length_ > limits_.body) && body_limit_) {
    const BodyRule rule = body_limit_(request_);
    if (rule.refused) {
      refuse(*rule.refused, {});
      return false;
    }
    body_most_ = rule.most;
  }
  if (length_ <= body_most_) return true;
  refuse(Problem::kTooLarge, "the body is too large");
  return false;
}

bool Framer::chunk_line(std::string& line, std::size_t limit) {
  const std::size_t end = buffer_.find('\n');
  if (std::min(end, buffer_.size()) > limit) {
    refuse(Problem::kInvalidRequest, "a line of a chunked body is too long");
    return false;
  }
  if (end == std::string::npos) return false;
  if (end == 0 || buffer_[end - 1] != '\r') {
    refuse(Problem::kInvalidRequest, "a line ends without CR LF");
    return false;
  }
  line = buffer_.substr(0, end - 1);
  buffer_.erase(0, end + 1);
  return true;
}

Framer::State Framer::chunks() {
  std::string line;
  const auto waiting = [this] { return phase_ == Phase::kRefused ? State::kRefused : State::kNeedMore; };
  for (;;) {
    if (phase_ == Phase::kChunkSize) {
      if (!chunk_line(line, kMaxChunkLine)) return waiting();
      const std::string_view digits = std::string_view(line).substr(0, line.find(';'));
      const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      };
      if (digits.empty() || digits.size() > 8 || !std::all_of(digits.begin(), digits.end(), is_hex) ||
          has_control(line)) {
        return refuse(Problem::kInvalidRequest, "a chunk size is not a hexadecimal number");
      }
      length_ = std::stoull(std::string(digits), nullptr, 16);
      if (length_ > body_most_ - request_.body.size() || ++chunk_count_ > kMaxChunks) {
        return refuse(Problem::kTooLarge, "the body is too large");
      }
      phase_ = length_ == 0 ? Phase::kTrailers : Phase::kChunkData;
    } else if (phase_ == Phase::kChunkData) {
      if (buffer_.size() < length_) return State::kNeedMore;
      request_.body.append(buffer_, 0, length_);
      buffer_.erase(0, length_);
      phase_ = Phase::kChunkEnd;
    } else if (phase_ == Phase::kChunkEnd) {
      if (buffer_.size() < 2) return State::kNeedMore;
      if (!buffer_.starts_with("\r\n")) return refuse(Problem::kInvalidRequest, "a chunk is longer than it says");
      buffer_.erase(0, 2);
      phase_ = Phase::kChunkSize;
    } else {  // trailers: read and dropped
      if (!chunk_line(line, kMaxTrailerBytes)) return waiting();
      trailer_bytes_ += line.size() + 2;
      if (trailer_bytes_ > kMaxTrailerBytes) return refuse(Problem::kHeadersTooLarge, "the trailers are too large");
      if (line.empty()) {
        phase_ = Phase::kComplete;
        return State::kComplete;
      }
      if (!is_token(std::string_view(line).substr(0, line.find(':'))) || line.find(':') == std::string::npos) {
        return refuse(Problem::kInvalidRequest, "a trailer is not Name: value");
      }
    }
  }
}

}  // namespace tocsin::https
