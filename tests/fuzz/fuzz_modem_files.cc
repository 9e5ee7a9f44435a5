// Any bytes as a file of the inbox, a log of gammu-smsd and a line of its monitor.  A file that is read is read the
// same again when more follows it, holds no more than came in, and its text is UTF-8 whatever stood in it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/sms/modem/keeper.h"
#include "adapters/sms/modem/smsbackup.h"
#include "adapters/sms/modem/smsd_log.h"
#include "gateway/base/text.h"

namespace sms = tocsin::sms;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto read = sms::read_backup(bytes)) {
    require(!read->empty());
    std::size_t octets = 0;
    for (const auto& one : *read) {
      octets += one.text.size() + one.header.size();
      require(tocsin::base::is_utf8(sms::decode_text(one.octets ? 4 : 8, one.text)));
      require(tocsin::base::is_utf8(one.number));
      (void)sms::split_user_data(one.header);
    }
    require(octets <= size);
    const auto longer = sms::read_backup(std::string(bytes.substr(0, bytes.rfind('\n') + 1)) + "; more\n");
    require(size + 8 > sms::kMostBackupBytes || (longer && longer->size() == read->size()));
  }
  sms::SmsdLog log, cut;
  log.take(bytes);
  cut.take(bytes.substr(0, size / 2));
  cut.take(bytes.substr(size / 2));
  require(size > 2000 || (log.sim_trouble() == cut.sim_trouble() && log.stick_trouble() == cut.stick_trouble()));
  (void)log.take_failure("OUTA");
  (void)sms::read_monitor(bytes);
  return 0;
}
