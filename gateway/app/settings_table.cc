#include "gateway/app/settings.h"

namespace tocsin::app {
namespace {

template <typename T, typename F>
Slot<T> to(F T::*member) {
  return std::function<F&(T&)>([member](T& t) -> F& { return t.*member; });
}

template <typename F>
Slot<Settings> engine(F engine::Options::*member) {
  return std::function<F&(Settings&)>([member](Settings& s) -> F& { return s.engine.*member; });
}

Slot<Settings> dialing(std::string base::DialingRules::*member) {
  return std::function<std::string&(Settings&)>([member](Settings& s) -> std::string& { return s.dialing.*member; });
}

constexpr std::int64_t kDay = 24LL * 3600 * 1000;

}  // namespace

const std::vector<SettingInfo<Settings>>& settings_table() {
  static const std::vector<SettingInfo<Settings>> table = {
      {"database", "path", 1, 4096, "The SQLite database; made when it is not there.", to(&Settings::database)},
      {"plan", "path", 1, 4096, "The plan in force.", to(&Settings::plan)},
      {"directory", "path", 0, 4096, "Folder of CSV tables, imported at start when the database has no directory yet.",
       to(&Settings::directory)},
      {"log_level", "debug, info, warning, error", 4, 7, "How much goes to the log.", to(&Settings::log_level)},
      {"office.country", "ISO 3166 region", 2, 2, "Where numbers without + belong to.",
       dialing(&base::DialingRules::country)},
      {"office.area_code", "digits", 0, 6, "Area code of local landlines, without the leading 0.",
       dialing(&base::DialingRules::area_code)},
      {"https.address", "address", 1, 255, "Where to listen; \"::\" is everywhere.", to(&Settings::https_address)},
      {"https.port", "port", 0, 65535, "0 = any free one.", to(&Settings::https_port)},
      {"https.certificate", "path", 0, 4096, "PEM chain; self-signed beside the database when empty.",
       to(&Settings::certificate)},
      {"https.key", "path", 0, 4096, "PEM key of the certificate.", to(&Settings::key)},
      {"https.workers", "threads", 1, 256, "Requests answered at once.", to(&Settings::https_workers)},
      {"https.connections", "connections", 8, 20000, "In all.", to(&Settings::https_connections)},
      {"https.connections_per_address", "connections", 1, 20000, "From one address.", to(&Settings::https_per_address)},
      {"store.ballast_mb", "MiB", 0, 100000, "Freed when the disk is full, so that owed alerts can be finished.",
       to(&Settings::ballast_mb)},
      {"engine.link_patience", "duration", 1000, kDay, "A link down this long: ladders go on without it.",
       engine(&engine::Options::link_patience)},
      {"engine.receipt_overdue", "duration", 1000, kDay,
       "No receipt this long after acceptance: the end counts as unknown.", engine(&engine::Options::receipt_overdue)},
      {"engine.inbound_repeat", "duration", 0, kDay, "The same SMS again within this is one message.",
       engine(&engine::Options::inbound_repeat)},
      {"engine.max_attempts", "handovers", 1, 1000, "Repeats a carrier may ask for before a message counts as refused.",
       engine(&engine::Options::max_attempts)},
      {"engine.slice", "recipients", 1, 10000, "Entered at once before anything more urgent is looked at.",
       engine(&engine::Options::slice)},
  };
  return table;
}

const std::vector<SettingInfo<LinkSettings>>& link_settings_table() {
  static const std::vector<SettingInfo<LinkSettings>> table = {
      {"name", "", 1, 64, "What record and desk call it; stays the same for ever.", to(&LinkSettings::name)},
      {"kind", "console, smpp", 4, 7, "console shows messages instead of sending them.", to(&LinkSettings::kind)},
      {"host", "name or address", 0, 255, "Of the message centre.", to(&LinkSettings::host)},
      {"port", "port", 1, 65535, "Of the message centre.", to(&LinkSettings::port)},
      {"system_id", "", 0, 15, "SMPP account.", to(&LinkSettings::system_id)},
      {"password", "", 0, 8, "SMPP password; better in password_file.", to(&LinkSettings::password)},
      {"password_file", "path", 0, 4096, "File with the SMPP password, readable by tocsin alone.",
       to(&LinkSettings::password_file)},
      {"system_type", "", 0, 12, "As the carrier asks for it.", to(&LinkSettings::system_type)},
      {"source_addr", "", 0, 20, "Number or name the messages come from.", to(&LinkSettings::source_addr)},
      {"signature", "", 0, 40, "Put before each text, for example 【青石应急】.", to(&LinkSettings::signature)},
      {"window", "messages", 1, 1000, "Unanswered submit_sm at most.", to(&LinkSettings::window)},
      {"rate", "messages per second", 0, 100000, "0 = no limit.", to(&LinkSettings::rate)},
      {"enquire_link", "duration", 1000, kDay, "Between two probes of an idle connection.",
       to(&LinkSettings::enquire_link)},
      {"response_timeout", "duration", 100, kDay, "For the answer to a submit_sm.",
       to(&LinkSettings::response_timeout)},
      {"receipts", "true or false", 0, 1, "Ask for delivery receipts.", to(&LinkSettings::receipts)},
      {"whole_numbers", "true or false", 0, 1, "Console: show numbers unmasked.", to(&LinkSettings::whole_numbers)},
  };
  return table;
}

}  // namespace tocsin::app
