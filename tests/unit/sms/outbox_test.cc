#include "adapters/sms/smpp/outbox.h"

#include <gtest/gtest.h>

#include "adapters/sms/smpp/settings.h"

namespace tocsin::sms::smpp {
namespace {

TEST(OutboxTest, ALinkCutsATextAsTheCheckOfAPlanSaysItDoes) {
  SmppSettings settings;
  settings.signature = "【青石】";
  for (const char* const way : {"udh8", "udh16", "sar"}) {
    settings.long_messages = way;
    Outbox outbox(settings);
    std::string text;
    for (int letters = 1; letters < 300; ++letters) {
      text += letters % 50 == 0 ? "\xF0\xA0\xAE\xB7" : "水";
      std::vector<model::SendEnd> refused;
      const int parts = outbox.take({{letters}, "+8614400000017", text, {}, letters, 1}, refused);
      ASSERT_EQ(parts, static_cast<int>(cut_text(settings, text).value().parts.size())) << way << letters;
    }
  }
}

}  // namespace
}  // namespace tocsin::sms::smpp
