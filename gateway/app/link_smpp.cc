#include "adapters/sms/smpp/link.h"
#include "gateway/app/link_kinds.h"
#include "gateway/app/secret_file.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using L = LinkSettings;
using S = sms::SmppSettings;

constexpr std::size_t kMaxPasswordBytes = 256;

S whole(const L& link) {
  S s = link.smpp;
  s.name = link.name;
  s.signature = link.signature;
  s.rate = link.rate;
  s.receipts = link.receipts;
  return s;
}

base::Status check_smpp(const L& link) {
  return sms::check(whole(link));
}

base::Result<sms::EncodedText> cut_smpp(const L& link, std::string_view text) {
  return sms::cut_text(whole(link), text);
}

base::Result<std::unique_ptr<ports::Sender>> make_smpp(const L& link, const LinkWorld& world) {
  auto s = whole(link);
  s.dialing = world.dialing;
  if (!link.password_file.empty()) {
    auto password = read_secret(link.password_file, kMaxPasswordBytes);
    if (!password) return password.error().within("link " + link.name);
    s.password = base::trim(*password);
  }
  if (const auto checked = sms::check(s); !checked) return checked.error().within("link " + link.name);
  return std::unique_ptr<ports::Sender>(std::make_unique<sms::SmppLink>(std::move(s)));
}

}  // namespace

LinkKind smpp_link() {
  return {
      "smpp",
      "A short message centre, by SMPP 3.4.",
      model::Channel::kSms,
      {
          {"host", "name or address", 0, 255, "Of the message centre.", slot_of(&L::smpp, &S::host)},
          {"port", "port", 1, 65535, "Of the message centre.", slot_of(&L::smpp, &S::port)},
          {"tls", "true or false", 0, 1,
           "Speak TLS; without it whoever is on the way reads password and messages, as carriers mostly have it.",
           slot_of(&L::smpp, &S::tls)},
          {"ca_file", "path", 0, 4096, "PEM of who signed the centre's certificate; empty = the machine's authorities.",
           slot_of(&L::smpp, &S::ca_file)},
          {"bind", "transceiver or transmitter+receiver", 0, 32, "How it binds.", slot_of(&L::smpp, &S::bind)},
          {"binds", "connections or pairs", 1, sms::kMostBinds, "At once; they share window and rate.",
           slot_of(&L::smpp, &S::binds)},
          {"system_id", "", 0, 15, "SMPP account.", slot_of(&L::smpp, &S::system_id)},
          {"password", "", 0, 8, "SMPP password; better in password_file.", slot_of(&L::smpp, &S::password)},
          {"password_file", "path or credential:NAME", 0, 4096,
           "File with the SMPP password, readable by tocsin alone.", slot_of(&L::password_file)},
          {"system_type", "", 0, 12, "As the carrier asks for it.", slot_of(&L::smpp, &S::system_type)},
          {"source_addr", "", 0, 20, "Number or name the messages come from.", slot_of(&L::smpp, &S::source_addr)},
          {"alphabets", "of gsm7, latin1, ucs2", 4, 32,
           "What the carrier takes; a text with characters of none of these is refused, never changed.",
           slot_of(&L::smpp, &S::alphabets)},
          {"long_messages", "udh8, udh16, sar, payload", 3, 16,
           "How the parts of a long text are marked: header with a reference of 8 or 16 bits, sar_* parameters, or "
           "sent "
           "whole as message_payload.",
           slot_of(&L::smpp, &S::long_messages)},
          {"validity", "duration", 0, 30 * kDayMs, "How long the carrier tries; 0s = as it likes.",
           slot_of(&L::smpp, &S::validity)},
          {"urgent_validity", "duration", 0, 30 * kDayMs, "The same, of the most urgent; 0s = as the others.",
           slot_of(&L::smpp, &S::urgent_validity)},
          {"highest_priority", "priority_flag", 0, 3,
           "Of the most urgent; lower where the carrier answers ESME_RINVPRTFLG.",
           slot_of(&L::smpp, &S::highest_priority)},
          {"window", "messages", 1, 1000, "Unanswered submit_sm at most, over all binds.",
           slot_of(&L::smpp, &S::window)},
          {"message_ids", "same, hex response, hex receipt", 0, 16,
           "Whether the centre writes ids in base 16 in one place and in base 10 in the other.",
           slot_of(&L::smpp, &S::message_ids)},
          {"enquire_link", "duration", 1000, kDayMs, "Between two probes of an idle connection.",
           slot_of(&L::smpp, &S::enquire_link)},
          {"response_timeout", "duration", 100, kDayMs, "For the answer to a submit_sm.",
           slot_of(&L::smpp, &S::response_timeout)},
      },
      check_smpp,
      make_smpp,
      cut_smpp};
}

}  // namespace tocsin::app
