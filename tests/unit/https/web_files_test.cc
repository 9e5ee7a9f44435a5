// The web app as browsers fetch it.
#include <array>

#include "gateway/ports/stage.h"
#include "tests/unit/https/a_server.h"

namespace tocsin {
namespace {

using testing::Got;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array<ports::WebFile, 4> kFiles{{
    {"/", "text/html; charset=utf-8", "<!doctype html><p>phone", "", "\"p1\"", false, false},
    {"/app/desk-5QK2.js", "text/javascript; charset=utf-8", "console.log(1)", "not really gzip", "\"d1\"", true, false},
    {"/desk", "text/html; charset=utf-8", "<!doctype html><p>desk", "", "\"k1\"", false, false},
    {"/stage", "text/html; charset=utf-8", "<!doctype html><p>stage", "", "\"s1\"", false, true},
}};

class EmptyStage final : public ports::Stage {
 public:
  [[nodiscard]] std::vector<ports::StagePhone> phones() const override { return {}; }
  [[nodiscard]] std::int64_t texts() const override { return 0; }
  bool phone_texts(std::string_view /*number*/, std::string_view /*text*/) override { return false; }
  void pass(base::Duration /*by*/) override {}
};

class WebFilesTest : public testing::ServerTest {
 protected:
  void serve(bool demo = false) {
    start([&](https::HttpsSettings& settings) {
      settings.web_files = kFiles;
      if (demo) settings.stage = &stage_;
    });
  }
  std::string ask(const std::string& path, const std::string& lines = {}) {
    return say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "Connection: close\r\n\r\n");
  }

  EmptyStage stage_;
};

TEST_F(WebFilesTest, APageIsAskedForAgainEachTimeAndAScriptWithAHashInItsNameIsKeptForGood) {
  serve();
  const Got page = client().get("/desk");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<!doctype html><p>desk");
  EXPECT_EQ(page.header("Cache-Control"), "no-cache");
  const Got script = client().get("/app/desk-5QK2.js");
  EXPECT_EQ(script.header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script.header("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(WebFilesTest, AQueryBehindThePathOfAPageIsRefusedAsEverywhere) {
  serve();
  EXPECT_EQ(client().get("/desk?x=1").status, 422);
}

TEST_F(WebFilesTest, WhatTheBrowserHasAlreadyIsNotSentAgain) {
  serve();
  const Got same = client().get("/app/desk-5QK2.js", {}, "\"d1\"");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.header("ETag"), "\"d1\"");
  EXPECT_EQ(client().get("/app/desk-5QK2.js", {}, "\"d0\"").status, 200);
}

TEST_F(WebFilesTest, ACompressedFileGoesAsItIsToWhoTakesGzip) {
  serve();
  const auto zipped = ask("/app/desk-5QK2.js", "Accept-Encoding: gzip\r\n");
  EXPECT_THAT(zipped, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(zipped, HasSubstr("\r\n\r\nnot really gzip")) << "compressed once, when it was built";
  const auto plain = ask("/app/desk-5QK2.js");
  EXPECT_THAT(plain, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(plain, HasSubstr("\r\n\r\nconsole.log(1)"));
  EXPECT_THAT(plain, HasSubstr("Vary: Accept-Encoding\r\n"));
}

TEST_F(WebFilesTest, NothingInlineRunsAndOnlyTheOfficesOwnTilesComeFromElsewhere) {
  serve();
  door_.office_card.map_tiles = "https://tiles.example/{z}/{x}/{y}.png";
  const auto policy = client().get("/").header("Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self';"));
  EXPECT_THAT(policy, HasSubstr("img-src 'self' data: blob: https://tiles.example;"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(client().get("/").header("Permissions-Policy"), HasSubstr("microphone=()"));
}

TEST_F(WebFilesTest, TheStageIsThereInADemoOnly) {
  serve();
  EXPECT_EQ(client().get("/stage").status, 404);
}

TEST_F(WebFilesTest, ADemoServesItsStage) {
  serve(true);
  EXPECT_EQ(client().get("/stage").status, 200);
}

TEST_F(WebFilesTest, WhatIsNoFileOfTheAppIs404) {
  serve();
  for (const auto* path : {"/app/desk-5QK2", "/app/desk-5QK2.js.gz", "/app/..", "/admin", "/sw.js"}) {
    EXPECT_EQ(client().get(path).status, 404) << path;
  }
}

}  // namespace
}  // namespace tocsin
