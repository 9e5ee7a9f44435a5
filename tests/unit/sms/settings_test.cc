#include <gtest/gtest.h>

#include "adapters/sms/smpp/link.h"

namespace tocsin::sms {
namespace {

SmppSettings good() {
  SmppSettings settings;
  settings.host = "127.0.0.1";
  settings.system_id = "tocsin";
  settings.password = "secret";
  return settings;
}

TEST(SmppSettingsTest, GoodOnesPass) {
  EXPECT_TRUE(check(good()).ok());
}

TEST(SmppSettingsTest, EachMistakeNamesItsField) {
  const auto field_of = [](auto change) {
    SmppSettings settings = good();
    change(settings);
    const base::Status status = check(settings);
    return status.ok() ? std::string("none") : status.error().field;
  };
  EXPECT_EQ(field_of([](SmppSettings& s) { s.host.clear(); }), "host");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.system_id = "sixteen-letters-"; }), "system_id");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.password = "nine-long"; }), "password");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.source_addr = "青石"; }), "source_addr");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.window = 0; }), "window");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.bind = "receiver"; }), "bind");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.binds = 17; }), "binds");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.alphabets = "gsm8"; }), "alphabets");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.long_messages = "udh"; }), "long_messages");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.highest_priority = 4; }), "highest_priority");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.urgent_validity = std::chrono::hours(24 * 31); }), "urgent_validity");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.message_ids = "octal"; }), "message_ids");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.ca_file = "/etc/carrier.pem"; }), "ca_file");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.rate = -1; }), "rate");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.reconnect_max = std::chrono::milliseconds(1); }), "reconnect_min");
  EXPECT_EQ(field_of([](SmppSettings& s) { s.validity = std::chrono::hours(24 * 31); }), "validity");
}

TEST(SmppSettingsTest, APasswordIsNotInTheError) {
  SmppSettings settings = good();
  settings.password = "much-too-long-secret";
  EXPECT_EQ(check(settings).error().message.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::sms
