// A hostile evening: a front door at which a thousand phones and a hundred attackers stand, over real sockets and TLS.
//
// Counts are modest and nothing here fails because the machine is slow; `./dev bench hostile` has the figures.
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <list>
#include <sstream>

#include "adapters/https/rate_limiter.h"
#include "tests/support/tls_crowd.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto kPatience = 120s;  // of a busy machine under a sanitizer

const std::string kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::string report(const std::string& key, const std::string& token = kReporter) {
  const std::string body = R"({"key":")" + key + R"(","hazard":"fire"})";
  return "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string at(int n, int net) {
  return "127." + std::to_string(net) + "." + std::to_string(n / 200) + "." + std::to_string(n % 200 + 1);
}

class HostileEveningTest : public ServerTest {
 protected:
  static Script once(const std::string& from, const std::string& text) {
    Script script;
    script.from = from;
    script.say = [text](int answered) { return answered == 0 ? text : std::string(); };
    return script;
  }
  [[nodiscard]] double metric(const std::string& name) const {
    std::istringstream lines(server_->metrics());
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("tocsin_https_" + name + " ")) return std::stod(line.substr(line.rfind(' ')));
    }
    ADD_FAILURE() << "no metric " << name;
    return 0;
  }
};

enum Group { kOrdinary, kIdle, kSlow, kHalfOpen, kLongLine, kManyHeaders, kRanges, kBombs, kSmugglers };

std::vector<std::pair<int, std::string>> smuggling_corpus() {
  std::vector<std::pair<int, std::string>> corpus;
  for (const auto& file : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/tests/contract/smuggling")) {
    std::ostringstream bytes;
    bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
    corpus.emplace_back(std::stoi(file.path().filename().string()), bytes.str());
  }
  return corpus;
}

TEST_F(HostileEveningTest, TheSmugglingCorpusIsRefusedFileByFileAndNothingBehindItIsRead) {
  start([](https::HttpsSettings& s) { s.requests_per_second = 0; });
  ASSERT_GE(smuggling_corpus().size(), 50U);
  for (const auto& file : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/tests/contract/smuggling")) {
    std::ostringstream bytes;
    bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
    const std::string name = file.path().filename().string();
    const std::string got = say(bytes.str());
    EXPECT_THAT(got, StartsWith("HTTP/1.1 " + name.substr(0, 3))) << name;
    EXPECT_THAT(got, HasSubstr("Connection: close")) << name;
    EXPECT_THAT(got, Not(HasSubstr("HTTP/1.1 200"))) << name << ": what was hidden in it was answered";
  }
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(HostileEveningTest, AnOrdinaryClientIsAnsweredAmidAllAttacksAtOnce) {
  start([](https::HttpsSettings& s) {
    s.workers = 8;
    s.handshakes = 64;
    s.handshake_within = 5s;
    s.handshake_patience = kPatience;  // of this crowd, which is one slow thread
    s.request_within = 2s;
  });
  Crowd crowd(port());
  for (int i = 0; i < 60; ++i) crowd.add(once(at(i, 10), kHealth), kIdle);
  const std::string head = "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 20; ++i) {
    Script slow = once(at(i / 4, 20), i % 2 == 0 ? head + "X-Slow: " + std::string(4000, 'a')
                                                 : head + "Content-Length: 4000\r\n\r\n" + std::string(4000, ' '));
    slow.drip = 50ms;
    slow.again = true;
    crowd.add(std::move(slow), kSlow);
    Script silent;
    silent.from = at(i / 4, 21);
    silent.handshake = false;
    silent.again = true;
    crowd.add(std::move(silent), kHalfOpen);
  }
  std::string many = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 20000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  std::string ranges = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-0";
  for (int i = 0; i < 200; ++i) ranges += ",0-";
  crowd.add(once(at(1, 30), "GET /" + std::string(64U << 20U, 'a')), kLongLine);
  crowd.add(once(at(2, 30), many + "\r\n"), kManyHeaders);
  crowd.add(once(at(3, 30), ranges + "\r\n\r\n"), kRanges);
  crowd.add(
      once(at(4, 30), head + "Content-Encoding: gzip\r\nContent-Length: 60000\r\n\r\n" + std::string(60000, '\x1f')),
      kBombs);
  int n = 0;
  for (const auto& [status, bytes] : smuggling_corpus()) crowd.add(once(at(n++, 34), bytes), kSmugglers);
  Script ordinary;
  ordinary.say = [](int answered) {
    return answered < 30 ? answered % 3 == 0 ? report("ordinary-" + std::to_string(answered)) : kHealth : std::string();
  };
  crowd.add(std::move(ordinary), kOrdinary);

  // Until everybody had an answer, and the slow ones met their deadline.
  const bool done = crowd.run(
      [&] {
        return crowd.tally(kOrdinary).answered() == 30 && crowd.tally(kIdle).answered() == 60 &&
               crowd.tally(kSlow).answered() >= 20 && crowd.tally(kHalfOpen).hung_up >= 20 &&
               crowd.tally(kSmugglers).answered() == n && crowd.tally(kRanges).answered() == 1 &&
               crowd.tally(kBombs).answered() == 1 &&
               crowd.tally(kManyHeaders).answered() + crowd.tally(kManyHeaders).hung_up > 0 &&
               crowd.tally(kLongLine).answered() + crowd.tally(kLongLine).hung_up > 0;
      },
      kPatience);
  EXPECT_TRUE(done);
  EXPECT_EQ(crowd.tally(kOrdinary).answers, (std::map<int, int>{{200, 20}, {201, 10}}));
  EXPECT_EQ(crowd.tally(kIdle).answers, (std::map<int, int>{{200, 60}}));
  EXPECT_EQ(crowd.open(kIdle), 60) << "nobody was sent away for others' sake";
  EXPECT_EQ(crowd.tally(kSlow).answers.count(200) + crowd.tally(kSlow).answers.count(201), 0U);
  EXPECT_EQ(crowd.tally(kRanges).answers, (std::map<int, int>{{200, 1}})) << "ranges are not looked at";
  EXPECT_EQ(crowd.tally(kBombs).answers, (std::map<int, int>{{415, 1}}));
  for (const auto& [status, count] : crowd.tally(kSmugglers).answers) EXPECT_GE(status, 400);
  for (const Group cut : {kLongLine, kManyHeaders}) EXPECT_EQ(crowd.tally(cut).answers.count(200), 0U);
  EXPECT_EQ(door_.commands().size(), 10U) << "nothing but the ordinary client's reports came in";
  EXPECT_GT(metric("malformed_total"), 40);
  EXPECT_GT(metric("cut_total{reason=\"request_slow\"}"), 0);
}

TEST_F(HostileEveningTest, AThousandClientsAtOnceAreAllAnswered) {
  start([](https::HttpsSettings& s) {
    s.handshakes = 100;  // the others wait to be accepted, and nobody is refused
    s.handshake_within = s.handshake_patience = s.idle_at_most = kPatience;
  });
  constexpr int kClients = 1000;
  Crowd crowd(port());
  for (int i = 0; i < kClients; ++i) crowd.add(once(at(i, 1), kHealth));
  EXPECT_TRUE(crowd.run([&] { return crowd.tally().answered() >= kClients; }, kPatience));
  EXPECT_EQ(crowd.tally().answers, (std::map<int, int>{{200, kClients}}));
  EXPECT_EQ(crowd.tally().failed + crowd.tally().hung_up, 0);
  EXPECT_EQ(metric("connections{state=\"idle\"}"), kClients);
}

TEST_F(HostileEveningTest, AFloodOfReportsFromOnePhoneStarvesNobodyElses) {
  start([](https::HttpsSettings& s) {
    s.workers = 4;
    s.requests_per_second = 0;  // the phone's own limit is to be seen
  });
  Crowd crowd(port());
  int sent = 0;
  for (int i = 0; i < 8; ++i) {
    Script flood;
    flood.from = "127.0.0.66";
    flood.say = [&sent](int) { return report("flood-key-" + std::to_string(++sent)); };
    crowd.add(std::move(flood), 1);
  }
  for (int i = 0; i < 10; ++i) {
    Script phone;
    phone.from = at(i, 5);
    // The desk's phones: a token of their own, so a limit of their own.
    phone.say = [i](int n) {
      return n < 2 ? report("phone-" + std::to_string(i) + "-" + std::to_string(n), kDuty) : std::string();
    };
    crowd.add(std::move(phone), 2);
  }
  EXPECT_TRUE(
      crowd.run([&] { return crowd.tally(2).answered() >= 20 && crowd.tally(1).answers[429] >= 20; }, kPatience));
  EXPECT_EQ(crowd.tally(2).answers, (std::map<int, int>{{201, 20}})) << "each of the others was taken";
  for (const auto& [status, count] : crowd.tally(1).answers) EXPECT_TRUE(status == 201 || status == 429) << status;
  EXPECT_EQ(crowd.open(1), 8) << "429 leaves the connection: a new handshake would cost more than the request";
  EXPECT_GT(metric("shed_total{reason=\"route_rate\"}"), 19);
}

TEST_F(HostileEveningTest, AClientThatAsksTooMuchIsToldWhenToComeBackAndOthersAreNot) {
  start([](https::HttpsSettings& s) {
    s.requests_per_second = 1;
    s.requests_burst = 3;
  });
  Crowd crowd(port());
  Script greedy;
  greedy.from = "127.0.0.66";
  greedy.say = [](int answered) { return answered < 4 ? kHealth : std::string(); };
  crowd.add(std::move(greedy), 1);
  EXPECT_TRUE(crowd.run([&] { return crowd.tally(1).answered() == 4; }, kPatience));
  EXPECT_GE(crowd.tally(1).answers[200], 3);
  crowd.add(once("127.0.0.67", kHealth), 2);
  EXPECT_TRUE(crowd.run([&] { return crowd.tally(2).answered() == 1; }, kPatience));
  EXPECT_EQ(crowd.tally(2).answers, (std::map<int, int>{{200, 1}}));
}

TEST_F(HostileEveningTest, ARefusalOfHeadHasNoBodyThatTheNextAnswerCouldBeMistakenFor) {
  start([](https::HttpsSettings& s) {
    s.requests_per_second = 1;
    s.requests_burst = 1;
  });
  const std::string head = "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string got = say(head + head + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(got, HasSubstr("HTTP/1.1 429"));
  EXPECT_THAT(got, HasSubstr("\r\n\r\nHTTP/1.1 200 OK")) << got;
}

TEST_F(HostileEveningTest, HalfOpenHandshakesMakeRoomForThoseWhoMeanIt) {
  start([](https::HttpsSettings& s) {
    s.handshakes = 4;
    s.handshake_within = kPatience;
    s.handshake_patience = 100ms;
  });
  Crowd crowd(port());
  for (int i = 0; i < 12; ++i) {
    Script silent;
    silent.from = at(i, 21);
    silent.handshake = false;
    crowd.add(std::move(silent), 1);
  }
  EXPECT_TRUE(crowd.run([&] { return crowd.open(1) == 12; }, kPatience));
  crowd.add(once("127.0.0.9", kHealth), 2);
  EXPECT_TRUE(crowd.run([&] { return crowd.tally(2).answered() == 1; }, kPatience))
      << "it had to wait for a deadline that does not come";
  EXPECT_GT(metric("cut_total{reason=\"handshake_made_room\"}"), 0);
}

TEST_F(HostileEveningTest, PipelinedRequestsAreAnsweredInOrderHoweverManyThereAre) {
  start([](https::HttpsSettings& s) { s.requests_per_second = 0; });
  std::string all;
  for (int i = 0; i < 200; ++i) all += i % 2 == 0 ? kHealth : "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string got = say(all + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::size_t from = 0;
  for (int i = 0; i < 200; ++i) {
    from = got.find(i % 2 == 0 ? "\r\n\r\nok\n" : "\r\n\r\n{\"ready\"", from);
    ASSERT_NE(from, std::string::npos) << i;
    ++from;
  }
}

TEST_F(HostileEveningTest, LargeBodiesAreForThoseWithATokenFewAtOnceAndOneOfEachClient) {
  start([](https::HttpsSettings& s) { s.large_bodies = 2; });
  const auto upload = [](const std::string& token) {
    return "POST /api/v1/reports/0000000000007/attachments HTTP/1.1\r\nHost: localhost\r\n" +
           (token.empty() ? std::string() : "Authorization: Bearer " + token + "\r\n") +
           "Content-Type: image/jpeg\r\nContent-Length: 200000\r\nExpect: 100-continue\r\n\r\n";
  };
  EXPECT_THAT(say(upload({})), StartsWith("HTTP/1.1 401")) << "before a byte of the body was taken";
  RawConnection first(port(), 0, true, "127.0.0.2"), again(port(), 0, true, "127.0.0.2");
  RawConnection second(port(), 0, true, "127.0.0.3"), third(port(), 0, true, "127.0.0.4");
  first.send(upload(kReporter));
  EXPECT_THAT(first.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 100"));
  again.send(upload(kReporter));
  EXPECT_THAT(again.read_to_end(), StartsWith("HTTP/1.1 503")) << "the same client";
  second.send(upload(kReporter));
  EXPECT_THAT(second.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 100"));
  third.send(upload(kReporter));
  EXPECT_THAT(third.read_to_end(), StartsWith("HTTP/1.1 503")) << "too many in all";
  EXPECT_EQ(metric("shed_total{reason=\"large_bodies\"}"), 2);
  EXPECT_THAT(say(report("small-0001") + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
              Not(StartsWith("HTTP/1.1 503")))
      << "small ones are not concerned";
}

// ---- proxies ----

std::string proxy_header(const std::array<unsigned char, 4>& from) {
  std::string bytes("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c", 16);
  for (const unsigned char byte : from) bytes += static_cast<char>(byte);
  return bytes + std::string("\x7f\0\0\1\x30\x39\x20\xfb", 8);
}

TEST_F(HostileEveningTest, ForwardedHeadersCountFromTrustedProxiesOnly) {
  start([](https::HttpsSettings& s) {
    s.trusted_proxies = "127.0.0.5";
    s.requests_per_second = 1;
    s.requests_burst = 1;
  });
  const auto asks = [](const std::string& client) {
    return "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 6.6.6.6, " + client + "\r\n\r\n";
  };
  Crowd crowd(port());
  Script proxy, liar;
  proxy.from = "127.0.0.5";
  liar.from = "127.0.0.6";
  proxy.say = liar.say = [&](int n) { return n < 3 ? asks("192.0.2." + std::to_string(n + 1)) : std::string(); };
  crowd.add(std::move(proxy), 1);
  crowd.add(std::move(liar), 2);
  EXPECT_TRUE(crowd.run([&] { return crowd.tally(1).answered() + crowd.tally(2).answered() == 6; }, kPatience));
  EXPECT_EQ(crowd.tally(1).answers, (std::map<int, int>{{200, 3}})) << "three clients behind one proxy";
  EXPECT_GE(crowd.tally(2).answers[429], 1) << "one client that pretends to be three";
}

TEST_F(HostileEveningTest, AListedProxyMustNameItsClientBeforeTls) {
  start([](https::HttpsSettings& s) {
    s.trusted_proxies = "127.0.0.5";
    s.proxy_protocol = true;
    s.connections_per_address = 1;
  });
  const std::string client = proxy_header({192, 0, 2, 7});
  RawConnection first(port(), 0, true, "127.0.0.5", client);
  EXPECT_TRUE(first.connected());
  EXPECT_FALSE(RawConnection(port(), 0, true, "127.0.0.5", client).connected()) << "the client has its share";
  EXPECT_TRUE(RawConnection(port(), 0, true, "127.0.0.5", proxy_header({192, 0, 2, 8})).connected());
  EXPECT_FALSE(RawConnection(port(), 0, true, "127.0.0.5").connected()) << "a header is required of it";
  EXPECT_TRUE(RawConnection(port(), 0, true, "127.0.0.6").connected()) << "and of nobody else";
  EXPECT_FALSE(RawConnection(port(), 0, true, "127.0.0.7", client).connected());
}

// ---- the unix socket ----

// Says `bytes` over the socket and returns what comes until the end.
std::string say_locally(const std::string& path, const std::string& bytes) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  path.copy(to.sun_path, sizeof(to.sun_path) - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) {
    ::close(fd);
    return "no connection";
  }
  (void)!::write(fd, bytes.data(), bytes.size());
  std::string all;
  char some[4096];
  for (ssize_t n = 0; (n = ::read(fd, some, sizeof(some))) > 0;) all.append(some, static_cast<std::size_t>(n));
  ::close(fd);
  return all;
}

TEST_F(HostileEveningTest, OurOwnUserIsTheAdministratorOverTheUnixSocketAndOnlyThere) {
  std::string path;
  start([&](https::HttpsSettings& s) { s.local_socket = path = (folder_.path() / "tocsin.sock").string(); });
  struct stat there {};
  ASSERT_EQ(::stat(path.c_str(), &there), 0);
  EXPECT_EQ(there.st_mode & 0777U, 0600U);
  const std::string status = "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  EXPECT_THAT(say_locally(path, status + "\r\n"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(say_locally(path, status + "Authorization: Bearer wrong-token-aaaaaaaaaaaaaaaa\r\n\r\n"),
              StartsWith("HTTP/1.1 401"))
      << "who shows a token is that token";
  EXPECT_THAT(say(status + "\r\n"), StartsWith("HTTP/1.1 401"));
  const std::string body = R"({"key":"local-0001"})";
  EXPECT_THAT(say_locally(path,
                          "POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                          "Connection: close\r\nContent-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body),
              StartsWith("HTTP/1.1 201"));
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  EXPECT_EQ(std::get<model::SubmitReport>(commands[0]).by.name, "local");
  server_->stop();
  EXPECT_NE(::stat(path.c_str(), &there), 0) << "the file goes with the server";
}

// ---- changed live ----

TEST_F(HostileEveningTest, LimitsAndCertificateChangeLiveAndAllOrNothing) {
  start();
  const std::string before = server_->fingerprint();
  auto wanted = settings_;
  wanted.requests_per_second = 1;
  wanted.requests_burst = 1;
  wanted.workers = 3;
  wanted.certificate_file = (folder_.path() / "new.pem").string();
  wanted.key_file = (folder_.path() / "new.key").string();
  auto wrong = wanted;
  wrong.trusted_proxies = "nonsense";
  EXPECT_FALSE(server_->reconfigure(wrong).ok());
  EXPECT_EQ(server_->fingerprint(), before);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client().get("/healthz").status, 200) << "nothing changed";

  ASSERT_TRUE(server_->reconfigure(wanted).ok());
  EXPECT_NE(server_->fingerprint(), before);
  EXPECT_EQ(client().get("/healthz").status, 0) << "the old certificate is not shown any more";
  const Client now(port(), wanted.certificate_file);
  EXPECT_EQ(now.get("/healthz").status, 200);
  int refused = 0;
  for (int i = 0; i < 5; ++i) refused += now.get("/healthz").status == 429 ? 1 : 0;
  EXPECT_GE(refused, 1);
}

}  // namespace
}  // namespace tocsin::testing
