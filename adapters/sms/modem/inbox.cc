#include "adapters/sms/modem/inbox.h"

#include <algorithm>
#include <utility>

#include "gateway/base/log.h"

namespace tocsin::sms {
namespace {

constexpr std::size_t kMostFiles = 256;              // being stored at a time; more wait on the disk
constexpr auto kWriting = std::chrono::seconds(10);  // longer than that no file takes to be written
constexpr auto kAgainAfter = std::chrono::seconds(2);
constexpr std::uint8_t kUcs2 = 8, kUnknownOctets = 4;  // SMPP 3.4 5.2.19, as decode_text() takes them

// What libgammu 1.42 writes for TP-Status (3GPP TS 23.040 9.2.3.15).
model::ReceiptState state_of(std::string_view words) {
  if (words == "Delivered") return model::ReceiptState::kDelivered;
  if (words == "Failed") return model::ReceiptState::kUndelivered;
  return model::ReceiptState::kOnItsWay;  // "Pending", "Unknown"
}

}  // namespace

void ModemInbox::look(base::SteadyTime now) {
  for (auto it = files_.begin(); it != files_.end();) {
    const bool again = it->second.open == 0 && it->second.again && now >= it->second.again_at;
    if (again) known_.erase(it->second.name);
    it = again ? files_.erase(it) : std::next(it);
  }
  for (const std::string& name : spool_.list(Box::kInbox)) {
    if (files_.size() >= kMostFiles) break;
    if (known_.count(name) == 0 && unreadable_.count(name) == 0) read(name, now);
  }
  add_joined(reassembly_.expired(now));
}

void ModemInbox::read(const std::string& name, base::SteadyTime now) {
  const auto sections = read_backup(spool_.read(Box::kInbox, name, kMostBackupBytes));
  if (!sections) {
    const auto [seen, is_new] = unfinished_.emplace(name, now);
    if (is_new || now - seen->second < kWriting) return;
    unfinished_.erase(seen);
    unreadable_.insert(name);  // left for somebody to look at
    base::log(base::LogLevel::kWarning, "modem.unreadable",
              "link=" + settings_.name + " a file in its inbox is no message");
    return;
  }
  unfinished_.erase(name);
  const std::uint64_t number = next_++;
  files_[number] = {name, static_cast<int>(sections->size()), false, {}};
  known_[name] = number;
  for (const StoredSms& sms : *sections) take(sms, number, now);
}

void ModemInbox::take(const StoredSms& sms, std::uint64_t file, base::SteadyTime now) {
  if (sms.report) return take_report(sms, file, now);
  const UserData data = split_user_data(sms.header);
  const std::uint8_t coding = sms.octets ? kUnknownOctets : kUcs2;
  std::string from = base::number_on_air(sms.number, settings_.dialing);
  if (data.concatenation && data.concatenation->parts > 1) {
    add_joined(reassembly_.add({std::move(from), {}, *data.concatenation, sms.header, sms.text, coding, file}, now));
    return;
  }
  messages.push_back({{-1, std::move(from), {}, decode_text(coding, sms.text), sms.header}, {file}});
}

void ModemInbox::take_report(const StoredSms& report, std::uint64_t file, base::SteadyTime now) {
  const auto id = report.reference < 0 ? std::nullopt : spool_.awaited(report.reference, report.number);
  const std::string& name = files_.at(file).name;
  // It may have overtaken what it is about by a turn of the link: looked at once more.
  if (!id && early_.insert(name).second) return answered(Files{file}, false, now);
  early_.erase(name);
  const std::string words = decode_ucs2(report.text);
  if (id) {
    const auto state = state_of(words);
    receipts.receipts.push_back({*id, state, words.substr(0, 40), {}});
  }
  receipts.files.push_back(file);  // of nobody we know: done with all the same
}

void ModemInbox::add_joined(std::vector<JoinedMessage> joined) {
  for (JoinedMessage& one : joined) {
    messages.push_back(
        {{-1, std::move(one.from), {}, std::move(one.text), std::move(one.header)}, std::move(one.tokens)});
  }
}

void ModemInbox::answered(const Files& files, bool stored, base::SteadyTime now) {
  for (const std::uint64_t number : files) {
    const auto found = files_.find(number);
    if (found == files_.end()) continue;
    File& file = found->second;
    if (!stored) {
      file.again = true;
      file.again_at = now + kAgainAfter;
    }
    if (--file.open > 0 || file.again) continue;
    spool_.erase(Box::kInbox, file.name);
    known_.erase(file.name);
    files_.erase(found);
  }
}

void ModemInbox::answered(const Receipts& of, bool stored, base::SteadyTime now) {
  if (stored) {
    for (const model::Receipt& receipt : of.receipts) {
      if (receipt.state != model::ReceiptState::kOnItsWay) spool_.forget_awaited(receipt.carrier_id);
    }
  }
  answered(of.files, stored, now);
}

}  // namespace tocsin::sms
