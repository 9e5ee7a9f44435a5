#include <cstdlib>
#include <filesystem>

#include "adapters/sms/modem/link.h"
#include "gateway/app/link_kinds.h"
#include "gateway/app/secret_file.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using L = LinkSettings;
using S = sms::ModemSettings;

constexpr std::size_t kMostPinBytes = 64;

std::string from_environment(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before there are threads
  return value == nullptr ? std::string() : std::string(value);
}

S whole(const L& link) {
  S s = link.modem;
  s.name = link.name;
  s.signature = link.signature;
  s.rate = link.rate;
  s.receipts = link.receipts;
  if (s.folder.empty()) {
    const std::string state = from_environment("STATE_DIRECTORY");
    s.folder = (state.empty() ? "" : state + "/") + "modem/" + link.name;
  }
  std::error_code failed;
  s.folder = std::filesystem::absolute(s.folder, failed).lexically_normal().string();
  // A sandboxed service opens no devices: there a unit of its own runs gammu-smsd.
  if (s.supervisor.empty()) s.supervisor = from_environment("NOTIFY_SOCKET").empty() ? "child" : "systemd";
  return s;
}

base::Status check_modem(const L& link) {
  return sms::check(whole(link));
}

base::Result<sms::EncodedText> cut_modem(const L& link, std::string_view text) {
  S s;
  s.signature = link.signature;
  return sms::cut_text(s, text);
}

base::Result<std::unique_ptr<ports::Sender>> make_modem(const L& link, const LinkWorld& world) {
  auto s = whole(link);
  s.dialing = world.dialing;
  if (!link.pin_file.empty()) {
    auto pin = read_secret(link.pin_file, kMostPinBytes);
    if (!pin) return pin.error().within("link " + link.name);
    s.pin = base::trim(*pin);
  }
  if (const auto checked = sms::check(s); !checked) return checked.error().within("link " + link.name);
  return std::unique_ptr<ports::Sender>(std::make_unique<sms::ModemLink>(std::move(s)));
}

}  // namespace

LinkKind modem_link() {
  return {
      "modem",
      "A USB modem with a SIM, through gammu-smsd.",
      model::Channel::kSms,
      {
          {"device", "path", 0, 200, "The stick, as /dev/serial/by-id names it.", slot_of(&L::modem, &S::device)},
          {"connection", "as gammurc(5) has it", 1, 20, "How to talk to it.", slot_of(&L::modem, &S::connection)},
          {"model", "as gammurc(5) has it", 0, 20, "Empty = asked of the stick; dummy = a folder plays it.",
           slot_of(&L::modem, &S::model)},
          {"pin_file", "path or credential:NAME", 0, 4096, "File with the SIM's PIN, readable by tocsin alone.",
           slot_of(&L::pin_file)},
          {"smsc", "number with +", 0, 16, "Message centre; empty = as the SIM says.", slot_of(&L::modem, &S::smsc)},
          {"folder", "path", 0, 200, "Where it works; empty = modem/NAME in the state folder.",
           slot_of(&L::modem, &S::folder)},
          {"supervisor", "child or systemd", 0, 8, "Who runs gammu-smsd; empty = systemd when tocsin is its service.",
           slot_of(&L::modem, &S::supervisor)},
          {"patience", "duration", 1000, kDayMs,
           "Without progress while messages wait, before gammu-smsd is started again.",
           slot_of(&L::modem, &S::patience)},
      },
      check_modem,
      make_modem,
      cut_modem};
}

}  // namespace tocsin::app
