#include "adapters/console/console.h"
#include "gateway/app/link_kinds.h"

namespace tocsin::app {
namespace {

base::Status check_console(const LinkSettings&) {
  return base::Done{};
}

base::Result<std::unique_ptr<ports::Sender>> make_console(const LinkSettings& link, const LinkWorld& world) {
  console::ConsoleSettings s;
  s.name = link.name;
  s.whole_numbers = link.whole_numbers;
  s.receipts = link.receipts;
  return std::unique_ptr<ports::Sender>(std::make_unique<console::Console>(s, world.show));
}

}  // namespace

LinkKind console_link() {
  return {"console",
          "Shows messages instead of sending them.",
          model::Channel::kSms,
          {{"whole_numbers", "true or false", 0, 1, "Show numbers unmasked.", slot_of(&LinkSettings::whole_numbers)}},
          check_console,
          make_console};
}

}  // namespace tocsin::app
