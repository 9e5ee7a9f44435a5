#include "adapters/transfer/easy.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "gateway/base/text.h"

namespace tocsin::transfer {
namespace {

long milliseconds(base::Duration d) {
  return static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(d).count());
}

Fault fault_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CACERT_BADFILE: return Fault::kUnreachable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return Fault::kNotTrusted;
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR: return Fault::kSignIn;
    default: return Fault::kNone;
  }
}

std::string words_of(CURLcode code, Fault fault) {
  switch (fault) {
    case Fault::kNotTrusted: return "its certificate does not hold";
    case Fault::kSignIn: return "user and password are refused";
    default: break;
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return "no answer in time";
  if (code == CURLE_USE_SSL_FAILED) return "the server offers no TLS";
  return curl_easy_strerror(code);
}

}  // namespace

std::unique_ptr<Easy> Easy::make(const Settings& settings, Sockets& sockets, Transfer transfer, Loop::Then then) {
  std::unique_ptr<Easy> made(new Easy(settings.answer_bytes, std::move(transfer), std::move(then)));
  return made->prepare(settings, sockets) ? std::move(made) : nullptr;
}

Easy::Easy(std::size_t answer_bytes, Transfer transfer, Loop::Then then_do)
    : then(std::move(then_do)),
      handle_(curl_easy_init()),
      transfer_(std::move(transfer)),
      answer_bytes_(answer_bytes) {}

Easy::~Easy() {
  if (handle_ != nullptr) curl_easy_cleanup(handle_);
  curl_slist_free_all(headers_);
  curl_slist_free_all(recipients_);
}

template <typename V>
bool Easy::set(CURLoption option, V value) {
  return curl_easy_setopt(handle_, option, value) == CURLE_OK;
}

bool Easy::add(curl_slist*& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list, line.c_str());
  if (longer != nullptr) list = longer;
  return longer != nullptr;
}

bool Easy::prepare(const Settings& settings, Sockets& sockets) {
  if (handle_ == nullptr) return false;
  const bool ready =
      set(CURLOPT_PRIVATE, static_cast<void*>(this)) && set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_PROXY, "") &&
      set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED)) && set(CURLOPT_FOLLOWLOCATION, 0L) &&
      set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) && set(CURLOPT_SSL_VERIFYPEER, 1L) &&
      set(CURLOPT_SSL_VERIFYHOST, 2L) && set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(settings.connect_within)) &&
      set(CURLOPT_TIMEOUT_MS, milliseconds(settings.end_within)) &&
      // A kept connection that was idle longer is likely to be gone at the other end.
      set(CURLOPT_MAXAGE_CONN, 20L) &&
      // A resolver that hangs does not keep the loop from ending what is over.
      set(CURLOPT_QUICK_EXIT, 1L) && set(CURLOPT_OPENSOCKETFUNCTION, &Easy::on_open) &&
      set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&sockets)) && set(CURLOPT_CLOSESOCKETFUNCTION, &Easy::on_close) &&
      set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(&sockets)) && set(CURLOPT_WRITEFUNCTION, &Easy::on_answer) &&
      set(CURLOPT_WRITEDATA, static_cast<void*>(this)) && set(CURLOPT_HEADERFUNCTION, &Easy::on_header) &&
      set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  if (!ready) return false;
  if (!settings.ca_file.empty() &&
      !(set(CURLOPT_CAINFO, settings.ca_file.c_str()) && set(CURLOPT_CAPATH, static_cast<char*>(nullptr)))) {
    return false;
  }
  if (const auto* request = std::get_if<Request>(&transfer_)) return prepare(*request, settings);
  return prepare(std::get<Mail>(transfer_));
}

bool Easy::prepare(const Request& request, const Settings& settings) {
  if (!set(CURLOPT_URL, request.url.c_str()) || !set(CURLOPT_PROTOCOLS_STR, settings.plain ? "http,https" : "https")) {
    return false;
  }
  if (request.only_connect) return set(CURLOPT_CONNECT_ONLY, 1L);
  const bool ready = set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1)) &&
                     set(CURLOPT_PREREQFUNCTION, &Easy::on_ready) &&
                     set(CURLOPT_PREREQDATA, static_cast<void*>(this)) && set(CURLOPT_USERAGENT, "tocsin");
  if (!ready) return false;
  if (request.method == "GET") {
    if (!set(CURLOPT_HTTPGET, 1L)) return false;
  } else if (!set(CURLOPT_POST, 1L) || !set(CURLOPT_CUSTOMREQUEST, request.method.c_str()) ||
             !set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size())) ||
             !set(CURLOPT_POSTFIELDS, request.body.data())) {
    return false;
  }
  for (const auto& header : request.headers) {
    if (header != base::without_controls(header) || header.find('\n') != std::string::npos || !add(headers_, header)) {
      return false;
    }
  }
  return add(headers_, "Expect:") && set(CURLOPT_HTTPHEADER, headers_);
}

bool Easy::prepare(const Mail& mail) {
  const std::string scheme = mail.tls == MailTls::kFromTheFirstByte ? "smtps" : "smtp";
  const bool v6 = mail.host.find(':') != std::string::npos;
  const std::string url =
      scheme + "://" + (v6 ? "[" + mail.host + "]" : mail.host) + ":" + std::to_string(mail.port) + "/";
  const long tls = mail.tls == MailTls::kNone ? static_cast<long>(CURLUSESSL_NONE) : static_cast<long>(CURLUSESSL_ALL);
  if (!set(CURLOPT_URL, url.c_str()) || !set(CURLOPT_PROTOCOLS_STR, scheme.c_str()) || !set(CURLOPT_USE_SSL, tls)) {
    return false;
  }
  if (!mail.user.empty() &&
      !(set(CURLOPT_USERNAME, mail.user.c_str()) && set(CURLOPT_PASSWORD, mail.password.c_str()))) {
    return false;
  }
  if (mail.to.empty()) return set(CURLOPT_CUSTOMREQUEST, "NOOP") && set(CURLOPT_NOBODY, 1L);
  return add(recipients_, "<" + mail.to + ">") && set(CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str()) &&
         set(CURLOPT_MAIL_RCPT, recipients_) && set(CURLOPT_UPLOAD, 1L) && set(CURLOPT_READFUNCTION, &Easy::on_room) &&
         set(CURLOPT_READDATA, static_cast<void*>(this)) &&
         set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.text.size()));
}

curl_socket_t Easy::on_open(void* sockets, curlsocktype, curl_sockaddr* address) {
  const curl_socket_t socket = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (socket != CURL_SOCKET_BAD) static_cast<Sockets*>(sockets)->insert(socket);
  return socket;
}

int Easy::on_close(void* sockets, curl_socket_t socket) {
  static_cast<Sockets*>(sockets)->erase(socket);
  return ::close(socket);
}

// A connection stands and the request is about to leave.  A second time: libcurl means to send it again on a new
// connection, because the one it had kept gave no answer; but there it may have been taken.
int Easy::on_ready(void* self, char*, char*, int, int) {
  auto& easy = *static_cast<Easy*>(self);
  return std::exchange(easy.sent_, true) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t Easy::on_answer(char* bytes, std::size_t one, std::size_t count, void* self) {
  auto& easy = *static_cast<Easy*>(self);
  const std::size_t kept = std::min(one * count, easy.answer_bytes_ - easy.body_.size());
  easy.body_.append(bytes, kept);
  return kept;  // fewer than given ends it
}

std::size_t Easy::on_header(char*, std::size_t one, std::size_t count, void* self) {
  auto& easy = *static_cast<Easy*>(self);
  easy.header_bytes_ += one * count;
  return easy.header_bytes_ <= easy.answer_bytes_ ? one * count : 0;
}

// A mail is taken once its last line is there (RFC 5321, 4.1.1.4): before that it surely is not.
std::size_t Easy::on_room(char* into, std::size_t one, std::size_t count, void* self) {
  auto& easy = *static_cast<Easy*>(self);
  const auto& text = std::get<Mail>(easy.transfer_).text;
  const std::size_t more = std::min(one * count, text.size() - easy.given_);
  std::memcpy(into, text.data() + easy.given_, more);
  easy.given_ += more;
  easy.sent_ = easy.given_ == text.size();
  return more;
}

Ended Easy::ended(CURLcode code) {
  Ended out;
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  out.status = static_cast<int>(status);
  out.whole = code == CURLE_OK;
  out.sent = sent_;
  out.body = std::move(body_);
  if (!out.whole) {
    if (!sent_) out.fault = fault_of(code);
    // Whatever went wrong before a first word was heard: nobody was reached.
    if (!sent_ && status == 0 && out.fault == Fault::kNone) out.fault = Fault::kUnreachable;
    out.error = words_of(code, out.fault);
  }
  curl_off_t seconds = 0;
  if (curl_easy_getinfo(handle_, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0) {
    constexpr curl_off_t kMost = 30LL * 24 * 3600;
    out.retry_after = std::chrono::seconds(std::min(seconds, kMost));
  }
  return out;
}

}  // namespace tocsin::transfer
