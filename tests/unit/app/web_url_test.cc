#include "gateway/app/web_url.h"

#include <gtest/gtest.h>

namespace tocsin::app {
namespace {

TEST(WebUrlTest, AnHttpsServerIsReadWithAndWithoutAPort) {
  EXPECT_EQ(parse_web_url("https://localhost:8443")->port, 8443);
  EXPECT_EQ(parse_web_url("https://Tocsin.Office.example/")->host, "tocsin.office.example");
  EXPECT_EQ(parse_web_url("https://tocsin.office.example")->port, 443);
  EXPECT_EQ(parse_web_url("https://192.0.2.7")->host, "192.0.2.7");
  EXPECT_EQ(parse_web_url("https://[2001:db8::7]:8443")->host, "2001:db8::7");
}

TEST(WebUrlTest, ItIsWrittenInOneFormOnly) {
  EXPECT_EQ(parse_web_url("HTTPS://Office.example:443/")->text(), "https://office.example");
  EXPECT_EQ(parse_web_url("https://[2001:db8::7]:8443/")->text(), "https://[2001:db8::7]:8443");
  EXPECT_EQ(parse_web_url("https://office.example:8443")->authority(), "office.example:8443");
}

TEST(WebUrlTest, WhateverElseStandsInItIsRefused) {
  for (const char* wrong : {"",
                            "office.example",
                            "http://office.example",
                            "https://",
                            "https:///",
                            "https://office.example/path",
                            "https://office.example?q",
                            "https://office.example#f",
                            "https://me@office.example",
                            "https://office.example:",
                            "https://office.example:0",
                            "https://office.example:65536",
                            "https://office.example:8443x",
                            "https://of fice",
                            "https://office..example",
                            "https://-office.example",
                            "https://300.1.2.3",
                            "https://[2001:db8::7",
                            "https://[office]",
                            "https://2001:db8::7",
                            "https://office.example//",
                            "https://[::1]x"}) {
    EXPECT_FALSE(parse_web_url(wrong).ok()) << wrong;
  }
}

TEST(WebUrlTest, TilesLieOnAnHttpsServerUnderTheThreePartsOfATilesName) {
  EXPECT_TRUE(is_tile_address("https://tiles.example/{z}/{x}/{y}.png"));
  EXPECT_TRUE(is_tile_address("https://tiles.example:8443/t?x={x}&y={y}&z={z}"));
  for (const char* wrong :
       {"https://tiles.example", "http://tiles.example/{z}/{x}/{y}.png", "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}/{y}.png", "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}.png; script-src *", "https://me@tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}.png\"", "/{z}/{x}/{y}.png"}) {
    EXPECT_FALSE(is_tile_address(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace tocsin::app
