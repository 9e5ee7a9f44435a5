#include "adapters/sms/modem/smsd_log.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tocsin::sms {
namespace {

using model::Meaning;
using model::SendOutcome;

constexpr std::size_t kMostLine = 4096, kMostFailures = 256;
constexpr auto kSoon = std::chrono::seconds(30);

struct Cms {
  int code;
  SendOutcome outcome;
  const char* words;
  Meaning meaning;
};
constexpr Cms kCms[] = {
    {1, SendOutcome::kRefused, "unassigned number", Meaning::kNoSuchPhone},
    {8, SendOutcome::kRefused, "operator determined barring", Meaning::kNotAllowed},
    {10, SendOutcome::kRefused, "call barred", Meaning::kBlocked},
    {21, SendOutcome::kRefused, "short message transfer rejected", Meaning::kRejected},
    {27, SendOutcome::kRetry, "destination out of service", Meaning::kWaitsForPhone},
    {28, SendOutcome::kRefused, "unidentified subscriber", Meaning::kNoSuchPhone},
    {29, SendOutcome::kRefused, "facility rejected", Meaning::kRejected},
    {30, SendOutcome::kRefused, "unknown subscriber", Meaning::kNoSuchPhone},
    {38, SendOutcome::kRetry, "network out of order", Meaning::kCarrierTrouble},
    {41, SendOutcome::kRetry, "temporary failure", Meaning::kCarrierTrouble},
    {42, SendOutcome::kRetry, "congestion", Meaning::kCarrierFull},
    {47, SendOutcome::kRetry, "resources unavailable", Meaning::kCarrierFull},
    {50, SendOutcome::kRefused, "requested facility not subscribed", Meaning::kNotAllowed},
    {69, SendOutcome::kRefused, "requested facility not implemented", Meaning::kNotAllowed},
    {111, SendOutcome::kUnknown, "protocol error", Meaning::kUnclear},
    {127, SendOutcome::kUnknown, "interworking", Meaning::kUnclear},
    {304, SendOutcome::kRefused, "invalid PDU", Meaning::kBadText},
    {310, SendOutcome::kRetry, "no SIM", Meaning::kSimRefused},
    {311, SendOutcome::kRetry, "SIM PIN required", Meaning::kSimRefused},
    {313, SendOutcome::kRetry, "SIM failure", Meaning::kSimRefused},
    {314, SendOutcome::kRetry, "SIM busy", Meaning::kSimRefused},
    {330, SendOutcome::kRetry, "address of the message centre unknown", Meaning::kNotConnected},
    {331, SendOutcome::kRetry, "no network service", Meaning::kNoSignal},
    {332, SendOutcome::kUnknown, "network timeout", Meaning::kNoResponse},
    {500, SendOutcome::kUnknown, "unknown error", Meaning::kUnclear},
};

// What follows `prefix`, when the line begins with it.
std::optional<std::string_view> after(std::string_view line, std::string_view prefix) {
  if (line.substr(0, prefix.size()) != prefix) return std::nullopt;
  return line.substr(prefix.size());
}

// "No response in specified timeout. Probably phone not connected. (TIMEOUT[14])" -> "TIMEOUT".
std::string name_of_error(std::string_view words) {
  const auto open = words.rfind('('), bracket = words.rfind('[');
  if (open == std::string_view::npos || bracket == std::string_view::npos || bracket < open) return "UNKNOWN";
  const std::string_view name = words.substr(open + 1, bracket - open - 1);
  const bool plain =
      std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  return plain && name.size() <= 32 ? std::string(name) : "UNKNOWN";
}

}  // namespace

SendFailure failure_of_cms(int code) {
  const auto* const row =
      std::find_if(std::begin(kCms), std::end(kCms), [code](const Cms& cms) { return cms.code == code; });
  std::string words = "CMS ERROR " + std::to_string(code);
  // Others are the stick's own: it says that it did not send.
  if (row == std::end(kCms)) return {SendOutcome::kRetry, std::move(words), kSoon, Meaning::kOther};
  words += std::string(": ") + row->words;
  return {row->outcome, std::move(words),
          row->outcome == SendOutcome::kRetry ? base::Duration(kSoon) : base::Duration(), row->meaning};
}

void SmsdLog::take(std::string_view bytes) {
  rest_ += bytes;
  std::size_t begin = 0;
  for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
    take_line(std::string_view(rest_).substr(begin, end - begin));
    begin = end + 1;
  }
  rest_.erase(0, begin);
  if (rest_.size() > kMostLine) rest_.erase(kMostLine);  // too long to be one of ours; its end changes nothing
}

void SmsdLog::take_line(std::string_view line) {
  const auto head = line.find("]: ");
  if (head == std::string_view::npos || head > 80) return;
  line.remove_prefix(head + 3);
  if (const auto file = after(line, "New message to send: ")) {
    current_ = std::string(file->substr(0, 128));
    cms_ = 0;
  } else if (after(line, "SMS sent on device: ")) {
    const auto at = line.find(" status=");
    int code = 0;
    if (at != std::string_view::npos) std::from_chars(line.data() + at + 8, line.data() + line.size(), code);
    cms_ = code;
  } else if (const auto sending = after(line, "Error sending SMS: ")) {
    // The stick did not take it: an error at the prompt, before there was anything to send.
    failed({SendOutcome::kRetry, "the stick did not take it: " + name_of_error(*sending), kSoon});
  } else if (const auto status = after(line, "Error getting send status of message: ")) {
    if (cms_ > 0) {
      failed(failure_of_cms(cms_));
    } else {
      failed({SendOutcome::kUnknown, "no answer to a message: " + name_of_error(*status), {}, Meaning::kNoResponse});
    }
  } else if (after(line, "Error getting SMSC from phone")) {
    failed({SendOutcome::kRetry, "the SIM does not say its message centre: set smsc", kSoon, Meaning::kNotConnected});
  } else if (after(line, "Error in outbox on ")) {
    failed({SendOutcome::kRefused, "gammu-smsd could not read the message", {}});
  } else if (after(line, "ERROR: incorrect PIN")) {
    sim_trouble_ = {"the SIM refused the PIN", "SIM卡拒绝了PIN码"};
  } else if (after(line, "Warning: no code in config when phone might want one")) {
    sim_trouble_ = {"the SIM wants a PIN and pin_file is not set", "SIM卡要求PIN码，但未设置pin_file"};
  } else if (after(line, "ERROR: phone requires not supported code type")) {
    sim_trouble_ = {"the SIM is locked (PUK): unlock it in a phone", "SIM卡已锁定（PUK）：请在手机中解锁"};
  } else if (const auto open = after(line, "Can't open device")) {
    stick_trouble_ = base::said("the device cannot be opened: {0}", "设备无法打开：{0}", name_of_error(*open));
  } else if (const auto init = after(line, "Error at init connection: ")) {
    stick_trouble_ = base::said("the stick does not answer: {0}", "上网卡无应答：{0}", name_of_error(*init));
  } else if (after(line, "Transmitted ")) {
    stick_trouble_ = {};
  }
}

void SmsdLog::failed(SendFailure failure) {
  if (current_.empty()) return;
  if (failures_.size() >= kMostFailures) failures_.erase(failures_.begin());
  failures_[current_] = std::move(failure);
}

std::optional<SendFailure> SmsdLog::take_failure(const std::string& file) {
  const auto found = failures_.find(file);
  if (found == failures_.end()) return std::nullopt;
  SendFailure failure = std::move(found->second);
  failures_.erase(found);
  return failure;
}

void SmsdLog::forget() {
  rest_.clear();
  current_.clear();
  cms_ = 0;
  failures_.clear();
  sim_trouble_ = {};
  stick_trouble_ = {};
}

}  // namespace tocsin::sms
