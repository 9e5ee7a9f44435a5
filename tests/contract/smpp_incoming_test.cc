// What a centre may send to an SMPP link: long texts however they are marked, and more than is good.
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/pdu.h"
#include "tests/support/running_link.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using namespace testing;  // NOLINT(google-build-using-namespace): the running link and its words
using Seen = RecordedEvents::Seen;

std::string a_deliver(const std::string& text, std::uint8_t coding, const std::string& tlvs,
                      std::uint8_t esm_class = 0) {
  sms::smpp::ShortMessage message;
  message.source = {1, 1, std::string_view(kPhone).substr(1)};
  message.destination.digits = "10690000";
  message.data_coding = coding;
  message.esm_class = esm_class;
  message.text = text;
  message.tlvs = sms::smpp::Tlvs::read(tlvs).value_or(sms::smpp::Tlvs());
  std::string pdu;
  sms::smpp::append_short_message(pdu, sms::smpp::CommandId::kDeliverSm, message, {}, 77);
  return pdu;
}

std::string sar_part(char part, char parts) {
  std::string tlvs;
  sms::smpp::append_tlv(tlvs, sms::smpp::Tag::kSarMsgRefNum, std::string("\x12\x34"));
  sms::smpp::append_tlv(tlvs, sms::smpp::Tag::kSarTotalSegments, std::string(1, parts));
  sms::smpp::append_tlv(tlvs, sms::smpp::Tag::kSarSegmentSeqnum, std::string(1, part));
  return tlvs;
}

TEST(SmppIncomingTest, LongTextsComeInByEveryWayOfMarkingParts) {
  std::string payload;
  sms::smpp::append_tlv(payload, sms::smpp::Tag::kMessagePayload, std::string(900, 'x'));
  // A header that says nothing of parts (here: ports) beside sar_* parameters.
  const std::string ports("\x06\x05\x04\x01\x02\x03\x04", 7);
  struct Row {
    std::string bytes, text;
  };
  const Row rows[] = {
      {a_deliver("\x6C\x34", 8, sar_part(2, 2)) + a_deliver("\x70\x6B", 8, sar_part(1, 2)), "火水"},
      {a_deliver("", 0, payload), std::string(900, 'x')},
      {a_deliver(ports + "B", 0, sar_part(2, 2), sms::smpp::kUdhi) +
           a_deliver(ports + "A", 0, sar_part(1, 2), sms::smpp::kUdhi),
       "AB"},
  };
  for (const char* way : {"udh8", "udh16", "sar", "payload"}) {
    for (const Row& row : rows) {
      Smsc smsc;
      auto settings = settings_for(smsc);
      settings.long_messages = way;
      RunningLink run(settings);
      ASSERT_TRUE(run.wait_up());
      smsc.send_raw(row.bytes);
      ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
      EXPECT_EQ(run.events.seen().inbound[0].text, row.text);
    }
  }
}

TEST(SmppIncomingTest, AnAnswerThatCameBeforeTheConnectionWasLostIsSentAgain) {
  Smsc smsc;
  RunningLink run(settings_for(smsc));
  ASSERT_TRUE(run.wait_up());
  run.events.answer_with(RecordedEvents::Answer::kLater);
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  smsc.drop();
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 2; }));
  run.events.answer_waiting(true);  // the first one's connection is gone: answered without harm
  EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
}

TEST(SmppIncomingTest, PartsThatNeverComeAreWaitedForOnlySoLong) {
  Smsc smsc;
  auto settings = settings_for(smsc);
  settings.segment_patience = 30ms;
  settings.response_timeout = 100ms;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  smsc.deliver(kPhone, "10690000", sms::concatenation_header(9, 1, 2, sms::ReferenceWidth::k8Bit), 0, "fire at the");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(run.events.seen().inbound[0].text, "fire at the[…]");
}

// ---- a peer that means harm, or has lost its mind ----

TEST(SmppIncomingTest, TextsThatNobodyStoresArePushedBackBeforeTheyFillTheMemory) {
  SmscSettings centre;
  centre.resend_after = 1h;
  Smsc smsc(centre);
  auto settings = settings_for(smsc);
  settings.most_unacknowledged_bytes = 100'000;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.events.answer_with(RecordedEvents::Answer::kLater);
  std::string payload;
  sms::smpp::append_tlv(payload, sms::smpp::Tag::kMessagePayload, std::string(30'000, 'x'));
  for (int i = 0; i < 50; ++i) smsc.send_raw(a_deliver("", 0, payload));
  // What comes after them is short enough: once it is here, all before it has been read.
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) {
    return std::any_of(seen.inbound.begin(), seen.inbound.end(), [](const auto& one) { return one.text == "1"; });
  }));
  EXPECT_EQ(run.events.seen().inbound.size(), 4U);  // three of the long ones, and the short one
  run.events.answer_waiting(true);
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  smsc.send_raw(a_deliver("", 0, payload));  // and there is room again
  EXPECT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 5; }));
}

// A centre on a bare socket, which binds the first that comes.
class BareCentre {
 public:
  BareCentre() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, any, size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, any, &size), 0);
    port = ntohs(address.sin_port);
  }
  ~BareCentre() {
    ::close(peer_);
    ::close(listener_);
  }
  BareCentre(const BareCentre&) = delete;
  BareCentre& operator=(const BareCentre&) = delete;

  void bind_one() {
    peer_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    char request[256];
    ASSERT_GT(::read(peer_, request, sizeof request), 16);
    std::string answer;
    sms::smpp::append_bind_resp(answer, sms::smpp::CommandId::kBindTransceiver, 0, 1, "bare");
    ASSERT_EQ(::write(peer_, answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
  }
  // Writes until the other side takes nothing for `patience`, or `most` octets are gone; how many were.
  std::size_t write_until_blocked(const std::string& bytes, std::size_t most, int patience_ms) {
    std::size_t written = 0;
    while (written < most) {
      pollfd ready{peer_, POLLOUT, 0};
      if (::poll(&ready, 1, patience_ms) <= 0) break;
      const std::size_t at = written % bytes.size();
      const ssize_t count = ::send(peer_, bytes.data() + at, bytes.size() - at, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count < 0 && errno != EAGAIN) break;
      written += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    return written;
  }
  int port = 0;

 private:
  int listener_, peer_ = -1;
};

TEST(SmppIncomingTest, APeerThatAsksForEverAndNeverReadsIsNotReadForEver) {
  BareCentre centre;
  sms::SmppSettings settings;
  settings.host = "127.0.0.1";
  settings.port = centre.port;
  settings.response_timeout = 60s;
  RunningLink run(settings);
  centre.bind_one();
  ASSERT_TRUE(run.wait_up());
  std::string questions;
  for (int i = 0; i < 4000; ++i) {
    sms::smpp::append_header_only(questions, sms::smpp::CommandId::kEnquireLink, 0, 7);
  }
  // What the two kernels hold for a socket pair is some megabytes; what the link holds is a quarter of one.
  constexpr std::size_t kMost = std::size_t{128} << 20U;
  EXPECT_LT(centre.write_until_blocked(questions, kMost, 500), kMost);
  EXPECT_TRUE(run.events.seen().up());
}

}  // namespace
}  // namespace tocsin
