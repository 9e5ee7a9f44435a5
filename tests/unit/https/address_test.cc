#include "adapters/https/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::https {
namespace {

Address address(const char* text) {
  const auto read = parse_address(text);
  EXPECT_TRUE(read.has_value()) << text;
  return read.value_or(Address{});
}

TEST(AddressTest, AMappedIpv4AddressIsThatAddress) {
  EXPECT_EQ(address("::ffff:10.0.0.7"), address("10.0.0.7"));
  EXPECT_EQ(address("::ffff:10.0.0.7").text(), "10.0.0.7");
}

TEST(AddressTest, AClientIsAnIpv4AddressOrAnIpv6Network) {
  EXPECT_EQ(address("10.0.0.7").client(), "10.0.0.7");
  EXPECT_EQ(address("2001:db8:1:2:3:4:5:6").client(), "2001:db8:1:2::/64");
  EXPECT_EQ(address("2001:db8:1:2::9").client(), address("2001:db8:1:2:ffff::").client());
  EXPECT_NE(address("2001:db8:1:2::9").client(), address("2001:db8:1:3::9").client());
}

TEST(AddressTest, WhatIsNoAddressIsNone) {
  for (const char* text : {"", "localhost", "10.0.0", "10.0.0.256", "10.0.0.7:80", "[::1]", "1:2", "fe80::1%eth0"}) {
    EXPECT_FALSE(parse_address(text).has_value()) << text;
  }
}

TEST(NetworksTest, HoldAddressesAndNetworksOfBothFamilies) {
  const auto read = Networks::parse("10.1.0.0/16, 192.0.2.7 ,fd00::/8,, 198.51.100.64/26");
  ASSERT_TRUE(read.ok()) << read.error().message;
  for (const char* in : {"10.1.255.3", "192.0.2.7", "fd12::1", "198.51.100.127", "::ffff:10.1.0.1"}) {
    EXPECT_TRUE(read->contains(address(in))) << in;
  }
  for (const char* out : {"10.2.0.1", "192.0.2.8", "fe80::1", "198.51.100.128", "::1"}) {
    EXPECT_FALSE(read->contains(address(out))) << out;
  }
}

TEST(NetworksTest, AnEntryThatIsNoneIsNamed) {
  for (const char* list : {"10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/", "fd00::/129", "proxy.example", "10.0.0.1/8x"}) {
    const auto read = Networks::parse(std::string("127.0.0.1,") + list);
    ASSERT_FALSE(read.ok()) << list;
    EXPECT_THAT(read.error().message, ::testing::HasSubstr(list));
  }
  EXPECT_TRUE(Networks::parse("")->empty());
}

}  // namespace
}  // namespace tocsin::https
