#include "gateway/app/link_transfer.h"

namespace tocsin::app {

using L = LinkSettings;
using T = transfer::LinkSettings;
using S = transfer::Settings;

const std::vector<SettingInfo<LinkSettings>>& transfer_table() {
  static const std::vector<SettingInfo<LinkSettings>> table = {
      {"ca_file", "path", 0, 4096, "PEM of who signed the other side's certificate; empty = the machine's authorities.",
       slot_of(&L::transfer, &T::transfers, &S::ca_file)},
      {"window", "messages", 1, 100, "On their way at once.", slot_of(&L::transfer, &T::window)},
      {"connect_within", "duration", 100, 60'000, "For name, connection and TLS.",
       slot_of(&L::transfer, &T::transfers, &S::connect_within)},
      {"answer_within", "duration", 100, 300'000, "For all of one message; later its end is unknown.",
       slot_of(&L::transfer, &T::transfers, &S::end_within)},
  };
  return table;
}

T transfer_settings(const L& link) {
  T settings = link.transfer;
  settings.name = link.name;
  settings.rate = link.rate;
  return settings;
}

}  // namespace tocsin::app
