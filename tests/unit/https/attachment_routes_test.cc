// Photographs over real HTTPS: whose they are, what they may be, and how they are shown.
#include "gateway/base/digest.h"
#include "gateway/base/ids.h"
#include "tests/support/pictures.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class AttachmentRoutesTest : public ServerTest {
 protected:
  static std::string path(std::int64_t report = 7) {
    return "/api/v1/reports/" + base::to_base32(report) + "/attachments";
  }
  Got send(const std::string& bytes, const std::string& token = kReporter, const std::string& type = "image/jpeg",
           std::int64_t report = 7) {
    return client().post(path(report), bytes, token, type);
  }
  [[nodiscard]] Got shown(const std::string& token, int code = 101, const std::string& hash = kPhotograph) const {
    return client().get("/api/v1/incidents/" + std::to_string(code) + "/attachments/" + hash, token);
  }
};

TEST_F(AttachmentRoutesTest, APhotographIsCleanedPutAndNamed) {
  start();
  const Got got = send(a_jpeg(64, 32, 6));
  EXPECT_EQ(got.status, 201) << got.body;
  EXPECT_THAT(got.body, HasSubstr(R"("type":"image/jpeg")"));
  EXPECT_THAT(got.body, HasSubstr(R"("width":32,"height":64)"));
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  const auto& file = std::get<model::AttachFile>(commands[0]).file;
  const auto bytes = door_.fake_attachments.read(file.hash);
  ASSERT_TRUE(bytes.ok()) << "it was put before it was named";
  EXPECT_THAT(*bytes, Not(HasSubstr("SECRET")));
  EXPECT_EQ(got.header("Location"), "/api/v1/incidents/101/attachments/" + file.hash);
}

TEST_F(AttachmentRoutesTest, TheContentDecidesWhatItIsWhateverTheHeaderSays) {
  start();
  EXPECT_THAT(send(a_png(8, 8), kReporter, "image/jpeg").body, HasSubstr(R"("type":"image/png")"));
  const Got svg = send("<svg xmlns='http://www.w3.org/2000/svg'/>", kReporter, "image/png");
  EXPECT_EQ(svg.status, 415);
  EXPECT_THAT(svg.body, HasSubstr("JPEG and PNG"));
  EXPECT_EQ(send(a_jpeg(8, 8), kReporter, "application/json").status, 415);
  EXPECT_EQ(send("", kReporter).status, 415);
}

TEST_F(AttachmentRoutesTest, AReportOfSomebodyElseIsAsIfItWereNotThere) {
  start();
  EXPECT_EQ(send(a_jpeg(8, 8), kReporter, "image/jpeg", 8).status, 404);
  EXPECT_EQ(send(a_jpeg(8, 8), kCommander).status, 404);
  EXPECT_EQ(send(a_jpeg(8, 8), kDuty, "image/jpeg", 8).status, 201) << "the desk may, for any report";
  EXPECT_EQ(client().post("/api/v1/reports/nonsense/attachments", a_jpeg(8, 8), kReporter, "image/jpeg").status, 404);
}

TEST_F(AttachmentRoutesTest, MoreThanEightMebibytesAreNotReadToTheirEnd) {
  start();
  const std::string head = "POST " + path() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + kReporter +
                           "\r\nContent-Type: image/jpeg\r\nContent-Length: 8388609\r\n\r\n";
  EXPECT_THAT(say(head), HasSubstr("HTTP/1.1 413"));
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(AttachmentRoutesTest, IsShownAsAnImageThatCanDoNothing) {
  start();
  const Got got = shown(kDuty);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "a photograph");
  EXPECT_EQ(got.header("Content-Type"), "image/jpeg");
  EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(got.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_THAT(got.header("Content-Disposition"), HasSubstr("incident-101-"));
}

TEST_F(AttachmentRoutesTest, IsSeenOnlyInsideItsIncidentAndByThoseItConcerns) {
  start();
  EXPECT_EQ(shown(kReporter).status, 200) << "the reporter of that report";
  EXPECT_EQ(shown(kCommander).status, 200) << "told of the incident";
  EXPECT_EQ(shown(kDuty, 102).status, 404) << "another incident";
  EXPECT_EQ(shown(kDuty, 101, std::string(64, '0')).status, 404);
  EXPECT_EQ(shown(kDuty, 101, "..").status, 404);
  auto& view = door_.fake_queries.views[0];
  for (auto& report : view.reports) report.reporter = "somebody-else";
  EXPECT_EQ(shown(kReporter).status, 404);
}

TEST_F(AttachmentRoutesTest, StandsUnderItsReportInTheIncident) {
  start();
  EXPECT_THAT(client().get("/api/v1/incidents/101", kDuty).body,
              HasSubstr(R"("attachments":[{"attachment":")" + kPhotograph + R"(","type":"image/jpeg")"));
}

}  // namespace
}  // namespace tocsin::testing
