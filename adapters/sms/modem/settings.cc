#include "adapters/sms/modem/settings.h"

#include <algorithm>
#include <string_view>

#include "gateway/base/text.h"

namespace tocsin::sms {
namespace {

base::Status wrong(const char* field, const char* why) {
  return base::invalid(why, field);
}

bool only(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(), [also](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           also.find(c) != std::string_view::npos;
  });
}

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// gammu-smsd keeps paths in 400 bytes, and gives one of them to a shell.
bool good_path(std::string_view path) {
  return path.size() > 1 && path.size() <= 200 && path.front() == '/' && only(path, "/._-");
}

}  // namespace

base::Status check(const ModemSettings& s) {
  if (s.name.empty()) return wrong("name", "a link needs a name");
  if (s.device.empty()) return wrong("device", "the stick's device is missing (ls /dev/serial/by-id)");
  if (s.device.size() > 200 || s.device.front() != '/' || !only(s.device, "/._:+@-")) {
    return wrong("device", "an absolute path of letters, digits and /._:+@-");
  }
  if (s.connection.empty() || s.connection.size() > 20 || !only(s.connection, "")) {
    return wrong("connection", "a connection as gammurc(5) names them, such as at or at115200");
  }
  if (s.model.size() > 20 || !only(s.model, "")) return wrong("model", "a model as gammurc(5) names them");
  if (!s.pin.empty() && (s.pin.size() < 4 || s.pin.size() > 8 || !digits(s.pin))) {
    return wrong("pin_file", "a PIN is 4 to 8 digits");
  }
  const std::string_view centre = s.smsc;
  if (!centre.empty() && (centre.front() != '+' || centre.size() > 16 || !digits(centre.substr(1)))) {
    return wrong("smsc", "a number that begins with +");
  }
  if (!good_path(s.folder)) return wrong("folder", "an absolute path of letters, digits and /._-");
  if (s.supervisor != "child" && s.supervisor != "systemd") return wrong("supervisor", "child or systemd");
  if (s.rate < 0 || s.rate > 1000) return wrong("rate", "0 (no limit) to 1000");
  if (s.patience <= base::Duration::zero()) return wrong("patience", "longer than nothing");
  if (s.poll <= base::Duration::zero()) return wrong("poll", "longer than nothing");
  return base::Done{};
}

base::Result<EncodedText> cut_text(const ModemSettings& settings, std::string_view text, ReferenceWidth width) {
  return encode_text(base::begun_with(settings.signature, text), width);
}

std::string smsdrc_of(const ModemSettings& s) {
  std::string text =
      "# Written by tocsin at its start; a change here is lost.\n"
      "[gammu]\n";
  text += "device = " + s.device + "\nconnection = " + s.connection + "\n";
  if (!s.model.empty()) text += "model = " + s.model + "\n";
  text +=
      "gammucoding = utf8\n"
      "\n[smsd]\n"
      "service = files\n";
  text += "phoneid = " + s.name.substr(0, 40) + "\n";
  if (!s.pin.empty()) text += "pin = " + s.pin + "\n";
  if (!s.smsc.empty()) text += "smsc = " + s.smsc + "\n";
  text += "inboxpath = " + s.folder + "/inbox/\noutboxpath = " + s.folder + "/outbox/\nsentsmspath = " + s.folder +
          "/sent/\nerrorsmspath = " + s.folder + "/error/\n";
  text +=
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
      "multiparttimeout = 10\n";
  text += std::string("deliveryreport = ") + (s.receipts ? "sms" : "no") + "\n";
  // The level that names each message and what the network answered; tocsin reads the log and empties it.
  text += "debuglevel = 1\nlogfile = " + s.folder + "/log\n";
  // The files service would try a message that failed again for ever, and everything behind it would wait.
  text += "runonfailure = f() { mv -f \"" + s.folder + "/outbox/$1\" \"" + s.folder + "/error/$1\" 2>/dev/null; }; f\n";
  return text;
}

}  // namespace tocsin::sms
