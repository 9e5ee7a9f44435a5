// Any bytes as the file of an HTTP provider (first octet even), or as its answer (odd: the second chooses how it is
// read). What is read as a provider makes a request that does not hold the secret where it may not.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/sms/http/provider.h"

namespace {

namespace http = tocsin::sms::http;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr const char* kSecret = "a-secret-0123456789";

bool holds_secret(const std::string& text) {
  return text.find(kSecret) != std::string::npos;
}

void as_provider(std::string_view text) {
  const auto read = http::read_provider(text, "p.toml");
  if (!read.findings.empty()) return;
  http::Wanted wanted;
  wanted.to = "+8614400000017";
  wanted.text = "{{secret}}\"\\\n";
  wanted.secret = kSecret;
  const auto request = http::request_for(read.provider, wanted);
  require(!holds_secret(request.url) && !holds_secret(request.body));
  if (read.provider.sign.how == http::Sign::kBearer) return;
  for (const auto& header : request.headers) require(!holds_secret(header));
}

void as_answer(std::uint8_t how, std::string_view text) {
  http::Answers answers;
  answers.form = (how & 1U) != 0;
  answers.id = answers.form ? "id" : "/data/0/id";
  answers.code = answers.form ? "code" : "/code";
  if ((how & 2U) != 0) answers.accepted = {"0", "OK"};
  tocsin::transfer::Ended ended;
  ended.sent = true;
  ended.whole = (how & 4U) == 0;
  ended.status = (how & 8U) != 0 ? 400 : 200;
  ended.body = text;
  const auto read = http::read_answer(answers, ended);
  const bool accepted = read.outcome.outcome == tocsin::model::SendOutcome::kAccepted;
  require(accepted == read.outcome.error.empty());
  require(read.outcome.error.size() <= 100);
  require(!accepted || (ended.whole && !read.id.empty() && read.id.size() <= 128));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (data[0] % 2 == 0) {
    as_provider(rest);
  } else {
    as_answer(data[1], rest);
  }
  return 0;
}
