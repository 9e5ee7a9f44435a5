#include "adapters/sms/modem/outgoing.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "adapters/sms/modem/smsbackup.h"
#include "gateway/base/ids.h"

namespace tocsin::sms {
namespace {

using model::Meaning;
using model::SendOutcome;

constexpr std::size_t kAhead = 4;  // files in the outbox at a time
constexpr auto kRetryAfter = std::chrono::seconds(5);

bool is_number(std::string_view to) {
  if (!to.empty() && to.front() == '+') to.remove_prefix(1);
  return to.size() >= 3 && to.size() <= 20 &&
         std::all_of(to.begin(), to.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "OUT" makes it a message to gammu-smsd, which sends in the order of names.
std::string file_name(int urgency, std::uint64_t number, model::DeliveryId delivery, int part, int parts) {
  char text[96];
  std::snprintf(text, sizeof text, "OUT%c%08llX.%s.%dof%d.smsbackup",
                static_cast<char>('A' + std::clamp(model::kMostUrgent - urgency, 0, 25)),
                static_cast<unsigned long long>(number & 0xFFFFFFFFU), base::to_base32(delivery.value).c_str(), part,
                parts);
  return text;
}

// Never that of another one, whatever is restarted: the second part is when it was sent.
std::string carrier_id(model::DeliveryId delivery, int part, base::UtcTime now) {
  char text[32];
  std::snprintf(text, sizeof text, "-%d-%llX", part, static_cast<unsigned long long>(base::to_micros(now)));
  return base::to_base32(delivery.value) + text;
}

}  // namespace

ModemOutgoing::ModemOutgoing(const ModemSettings& settings, Spool& spool)
    : settings_(settings), spool_(spool), bucket_(settings.rate) {}

void ModemOutgoing::take(const ports::OutMessage& message) {
  const auto refuse = [&](std::string why, Meaning meaning) {
    end({message.delivery, 1, 1, {}, {}}, SendOutcome::kRefused, std::move(why), meaning);
  };
  if (!is_number(message.to)) return refuse("not a number that a phone can be reached at", Meaning::kBadNumber);
  const ReferenceWidth width = message.reference <= 0xFF ? ReferenceWidth::k8Bit : ReferenceWidth::k16Bit;
  const auto encoded = cut_text(settings_, message.text, width);
  if (!encoded.ok()) return refuse(encoded.error().message, Meaning::kCannotCarry);
  const int parts = static_cast<int>(encoded->parts.size());
  std::set<int> wanted(message.parts.begin(), message.parts.end());
  for (int part = 1; message.parts.empty() && part <= parts; ++part) wanted.insert(part);
  for (const int part : wanted) {
    Part one{message.delivery, part, std::max(parts, *wanted.rbegin()), message.to, {}};
    if (part < 1 || part > parts) {
      end(one, SendOutcome::kRefused, "the text has no such part", Meaning::kBadRequest);
      continue;
    }
    const std::string header = parts > 1 ? concatenation_header(message.reference, part, parts, width) : std::string();
    one.contents = write_backup({message.to, encoded->alphabet, encoded->parts[static_cast<std::size_t>(part - 1)],
                                 header, settings_.receipts});
    queue_.emplace(std::pair(-message.urgency, next_++), std::move(one));
  }
}

void ModemOutgoing::pump(const Moment& now) {
  while (placed_.size() < kAhead && !queue_.empty()) {
    if (!bucket_.take(now.steady)) return;
    const auto next = queue_.begin();
    Part& part = next->second;
    const std::string name = file_name(-next->first.first, next->first.second, part.delivery, part.part, part.parts);
    if (const auto placed = spool_.place(name, part.contents); !placed) {
      end(part, SendOutcome::kRetry, "the outbox cannot be written", Meaning::kGivenBack, kRetryAfter);
      queue_.erase(next);
      continue;
    }
    part.contents.clear();
    if (placed_.empty()) progress_ = now.steady;
    placed_.emplace(name, std::move(part));
    queue_.erase(next);
  }
}

void ModemOutgoing::settle(const std::vector<std::string>& sent, const std::vector<std::string>& failed, SmsdLog& log,
                           const Moment& now) {
  for (const std::string& name : sent) {
    const auto found = placed_.find(name);
    if (found != placed_.end()) {
      const Part& part = found->second;
      const std::string id = carrier_id(part.delivery, part.part, now.utc);
      const auto file = read_backup(spool_.read(Box::kSent, name, kMostBackupBytes));
      const int reference = file && !file->empty() ? file->front().reference : -1;
      if (settings_.receipts && reference >= 0) spool_.await(reference, part.number, id, now.utc);
      ends.push_back({part.delivery, part.part, part.parts, SendOutcome::kAccepted, id, {}, {}});
      placed_.erase(found);
      progress_ = now.steady;
      failures_ = 0;
      ++sent_;
    }
    spool_.erase(Box::kSent, name);
  }
  for (const std::string& name : failed) {
    const auto found = placed_.find(name);
    if (found != placed_.end()) {
      SendFailure failure = log.take_failure(name).value_or(SendFailure{
          SendOutcome::kUnknown, "gammu-smsd gave a message up and did not say why", {}, Meaning::kUnclear});
      if (failure.outcome != SendOutcome::kRefused) {
        ++failures_;
        last_failure_ = failure.words;
      }
      end(found->second, failure.outcome, std::move(failure.words), failure.meaning, failure.retry_after);
      placed_.erase(found);
      progress_ = now.steady;
    }
    spool_.erase(Box::kError, name);
  }
}

void ModemOutgoing::give_back(const std::string& why, bool spare_first) {
  for (const auto& entry : queue_) end(entry.second, SendOutcome::kRetry, why, Meaning::kGivenBack, kRetryAfter);
  queue_.clear();
  // From the last on: gammu-smsd, should it still run, takes them from the front.
  const std::string first = placed_.empty() ? std::string() : placed_.begin()->first;
  bool has_second = false;
  for (auto it = placed_.end(); it != placed_.begin();) {
    --it;
    const bool is_first = it->first == first;
    if (is_first && spare_first) break;
    const bool taken_back = spool_.erase(Box::kOutbox, it->first);
    if (is_first && !taken_back && has_second) {
      // It went while we were at it, so that the second may have begun before we took it away.
      ends.back().outcome = SendOutcome::kUnknown;
      ends.back().retry_after = {};
    }
    const bool untouched = taken_back && !is_first;
    end(it->second, untouched ? SendOutcome::kRetry : SendOutcome::kUnknown, why,
        untouched ? Meaning::kGivenBack : Meaning::kLinkLost,
        untouched ? base::Duration(kRetryAfter) : base::Duration::zero());
    has_second = true;
    it = placed_.erase(it);
  }
}

void ModemOutgoing::end(const Part& part, SendOutcome outcome, std::string error, Meaning meaning,
                        base::Duration retry_after) {
  ends.push_back({part.delivery, part.part, part.parts, outcome, {}, std::move(error), retry_after, meaning});
}

}  // namespace tocsin::sms
