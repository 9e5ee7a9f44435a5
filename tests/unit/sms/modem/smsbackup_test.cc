// The files that gammu-smsd writes and reads; the golden ones are gammu 1.42's own, from its dummy phone.
#include "adapters/sms/modem/smsbackup.h"

#include <gmock/gmock.h>

#include "adapters/sms/modem/settings.h"

namespace tocsin::sms {
namespace {

// gammu savesms TEXT -unicode: two parts, linked by gammu-smsd into one file (the comment lines cut characters).
constexpr const char* kTwoParts =
    "; This file format was designed for Gammu and is compatible with Gammu+\n"
    "; See <http://www.gammu.org> for more info\n"
    "; Saved 20261122T145018 (Sun Nov 22 14:50:18 2026)\n"
    "\n"
    "[SMSBackup000]\n"
    "; \xE7\x81\xAB\xE8\xAD\n"
    "PDU = Submit\n"
    "DateTime = 20261122T145018Z\n"
    "State = UnRead\n"
    "Number = \"+8614400000018\"\n"
    "NumberUnicode = 002B0038003600310034003400300030003000300030003000310038\n"
    "Name = \"\"\n"
    "NameUnicode = \n"
    "UDH = 050003CB0201\n"
    "Text00 = 706B8B66FF1A\n"
    "Text01 = 975277F353BF\n"
    "Coding = Unicode_No_Compression\n"
    "Folder = 1\n"
    "Length = 6\n"
    "Class = -1\n"
    "ReplySMSC = False\n"
    "RejectDuplicates = False\n"
    "ReplaceMessage = 0\n"
    "MessageReference = 0\n"
    "\n"
    "[SMSBackup001]\n"
    "PDU = Submit\n"
    "NumberUnicode = 002B0038003600310034003400300030003000300030003000310038\n"
    "UDH = 050003CB0202\n"
    "Text00 = 590D65365230\n"
    "Coding = Unicode_No_Compression\n"
    "MessageReference = 0\n";

TEST(SmsBackupTest, WhatGammuReceivedInTwoPartsIsReadWithHeaderAndText) {
  const auto read = read_backup(kTwoParts);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].number, "+8614400000018");
  EXPECT_EQ(decode_ucs2((*read)[0].text), "火警：青石县");
  EXPECT_EQ((*read)[0].header, std::string("\x05\x00\x03\xCB\x02\x01", 6));
  EXPECT_EQ(decode_ucs2((*read)[1].text), "复收到");
  EXPECT_FALSE((*read)[0].report);
}

TEST(SmsBackupTest, AFileStillBeingWrittenIsNotReadWhereverItIsCut) {
  const std::string whole = kTwoParts;
  const std::size_t first = whole.find("\n\n[SMSBackup001]") + 1;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto read = read_backup(whole.substr(0, length));
    // The end of the first part looks like the end of a message; the second is then one of its own file.
    const bool first_alone = length >= first && length < whole.find("[SMSBackup001]") + 15;
    EXPECT_EQ(read.has_value(), first_alone) << length;
    if (read) {
      EXPECT_EQ(read->size(), 1U);
    }
  }
  EXPECT_FALSE(read_backup("garbage"));
  EXPECT_FALSE(read_backup(std::string(kMostBackupBytes + 1, 'x')));
}

TEST(SmsBackupTest, AChinesePartIsWrittenAsGammuReadsIt) {
  const auto text = encode_text("水库");
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(write_backup({"+8614400000017", text->alphabet, text->parts[0],
                          concatenation_header(7, 1, 2, ReferenceWidth::k8Bit), true}),
            "[SMSBackup000]\n"
            "PDU = Status_Report\n"
            "State = UnSent\n"
            "Number = \"+8614400000017\"\n"
            "NumberUnicode = 002B0038003600310034003400300030003000300030003000310037\n"
            "UDH = 050003070201\n"
            "Text00 = 6C345E93\n"
            "Coding = Unicode_No_Compression\n"
            "Folder = 1\n"
            "Length = 2\n"
            "Class = -1\n"
            "ReplySMSC = False\n"
            "RejectDuplicates = False\n"
            "ReplaceMessage = 0\n"
            "MessageReference = 0\n");
}

TEST(SmsBackupTest, EveryTextComesBackAsItWasWritten) {
  const std::string texts[] = {"fire [x] at €5 {lake}", "ΔΦ@£", "水库溃坝 🚨 立即转移", std::string(140, 'a'), ""};
  for (const std::string& text : texts) {
    const auto encoded = encode_text(text);
    ASSERT_TRUE(encoded.ok());
    const auto read = read_backup(write_backup({"10086", encoded->alphabet, encoded->parts[0], {}, false}));
    ASSERT_TRUE(read);
    EXPECT_EQ(decode_ucs2(read->front().text), text);
    EXPECT_EQ(read->front().number, "10086");
    EXPECT_FALSE(read->front().report);
    EXPECT_TRUE(read->front().header.empty());
  }
}

TEST(SmsBackupTest, OctetsAreKeptAsTheyCame) {
  const auto read =
      read_backup("[SMSBackup000]\nNumberUnicode = 0031\nText00 = 0102FF\nCoding = 8bit\nMessageReference = 255\n");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->front().octets);
  EXPECT_EQ(read->front().text, std::string("\x01\x02\xFF"));
  EXPECT_EQ(read->front().reference, 255);
}

ModemSettings settings() {
  ModemSettings s;
  s.name = "stick";
  s.device = "/dev/serial/by-id/usb-ACME_Mobile-if00-port0";
  s.folder = "/var/lib/tocsin/modem/stick";
  s.supervisor = "systemd";
  s.pin = "1234";
  return s;
}

TEST(SmsdrcTest, ItIsWrittenFromTheSettings) {
  ASSERT_TRUE(check(settings()).ok());
  EXPECT_EQ(smsdrc_of(settings()),
            "# Written by tocsin at its start; a change here is lost.\n"
            "[gammu]\n"
            "device = /dev/serial/by-id/usb-ACME_Mobile-if00-port0\n"
            "connection = at\n"
            "gammucoding = utf8\n"
            "\n"
            "[smsd]\n"
            "service = files\n"
            "phoneid = stick\n"
            "pin = 1234\n"
            "inboxpath = /var/lib/tocsin/modem/stick/inbox/\n"
            "outboxpath = /var/lib/tocsin/modem/stick/outbox/\n"
            "sentsmspath = /var/lib/tocsin/modem/stick/sent/\n"
            "errorsmspath = /var/lib/tocsin/modem/stick/error/\n"
            "# All parts of a message in one file, with header, alphabet and reference.\n"
            "inboxformat = detail\n"
            "outboxformat = detail\n"
            "# 1 would be one message a second at most.\n"
            "loopsleep = 0\n"
            "commtimeout = 1\n"
            "receivefrequency = 5\n"
            "statusfrequency = 15\n"
            "sendtimeout = 60\n"
            "# Afterwards each part comes by itself, and tocsin waits for the rest.\n"
            "multiparttimeout = 10\n"
            "deliveryreport = sms\n"
            "debuglevel = 1\n"
            "logfile = /var/lib/tocsin/modem/stick/log\n"
            "runonfailure = f() { mv -f \"/var/lib/tocsin/modem/stick/outbox/$1\" "
            "\"/var/lib/tocsin/modem/stick/error/$1\" 2>/dev/null; }; f\n");
}

TEST(SmsdrcTest, WhatCouldEndAValueOrReachAShellIsRefused) {
  const auto wrong = [](auto change) {
    ModemSettings s = settings();
    change(s);
    const auto checked = check(s);
    return checked.ok() ? std::string() : checked.error().field;
  };
  EXPECT_EQ(wrong([](auto& s) { s.device = "/dev/x\n[smsd]"; }), "device");
  EXPECT_EQ(wrong([](auto& s) { s.device.clear(); }), "device");
  EXPECT_EQ(wrong([](auto& s) { s.folder = "/tmp/$(id)"; }), "folder");
  EXPECT_EQ(wrong([](auto& s) { s.folder = "modem"; }), "folder");
  EXPECT_EQ(wrong([](auto& s) { s.pin = "12345\npin = 1"; }), "pin_file");
  EXPECT_EQ(wrong([](auto& s) { s.smsc = "8614400000017"; }), "smsc");
  EXPECT_EQ(wrong([](auto& s) { s.connection = "at;"; }), "connection");
  EXPECT_EQ(wrong([](auto& s) { s.supervisor = "cron"; }), "supervisor");
}

}  // namespace
}  // namespace tocsin::sms
