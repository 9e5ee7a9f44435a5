#include "gateway/app/settings.h"

namespace tocsin::app {
namespace {

template <typename F>
Slot<Settings> to(F Settings::*member) {
  return slot_of(member);
}
template <typename F>
Slot<Settings> engine(F engine::Options::*member) {
  return slot_of(&Settings::engine, member);
}
template <typename F>
Slot<Settings> https_of(F https::HttpsSettings::*member) {
  return slot_of(&Settings::https, member);
}
template <typename F>
Slot<Settings> check(F engine::ContactCheckOptions::*member) {
  return slot_of(&Settings::engine, &engine::Options::contact_check, member);
}
Slot<Settings> card(std::string ports::OfficeCard::*member) {
  return slot_of(&Settings::card, member);
}
Slot<Settings> dialing(std::string base::DialingRules::*member) {
  return slot_of(&Settings::dialing, member);
}

using Https = https::HttpsSettings;
constexpr auto kLive = Takes::kLive;

}  // namespace

const std::vector<SettingInfo<Settings>>& settings_table() {
  static const std::vector<SettingInfo<Settings>> table = {
      {"database", "path", 1, 4096, "The SQLite database; made when it is not there.", to(&Settings::database)},
      {"plan", "path", 1, 4096, "The plan; taken at a start and at a reload when it changed.", to(&Settings::plan),
       kLive},
      {"directory", "path", 0, 4096, "Folder of CSV tables, imported at start when the database has no directory yet.",
       to(&Settings::directory), kLive},
      {"log_level", "debug, info, warning, error", 4, 7, "How much goes to the log.", to(&Settings::log_level), kLive},
      {"office.country", "ISO 3166 region", 2, 2, "Where numbers without + belong to.",
       dialing(&base::DialingRules::country)},
      {"office.area_code", "digits", 0, 6, "Area code of local landlines, without the leading 0.",
       dialing(&base::DialingRules::area_code)},
      {"desk.phone", "telephone number", 0, 40,
       "What people phone when nothing else works; shown to whoever opens the page.",
       card(&ports::OfficeCard::desk_phone), kLive},
      {"desk.sms", "telephone number", 0, 40, "Where a report by SMS is sent to; shown to whoever opens the page.",
       card(&ports::OfficeCard::sms_number), kLive},
      {"map.tiles", "https URL", 0, 300,
       "Pictures behind the map, such as https://tiles.example/{z}/{x}/{y}.png; without it areas and marks alone.",
       card(&ports::OfficeCard::map_tiles), kLive},
      {"map.attribution", "", 0, 300, "Whose pictures they are, shown on the map.",
       card(&ports::OfficeCard::map_attribution), kLive},
      {"https.address", "address", 1, 255, "Where to listen; \"::\" is everywhere.", https_of(&Https::address)},
      {"https.port", "port", 0, 65535, "0 = any free one.", https_of(&Https::port)},
      {"https.local_socket", "true or false", 0, 1,
       "A unix socket for this machine's own user: the database with .sock.", to(&Settings::https_local_socket)},
      {"https.io_threads", "threads", 1, 64, "That hold the connections.", https_of(&Https::io_threads)},
      {"https.certificate", "path", 0, 4096, "PEM chain; self-signed beside the database when empty.",
       https_of(&Https::certificate_file), kLive},
      {"https.key", "path or credential:NAME", 0, 4096, "PEM key of the certificate, readable by tocsin alone.",
       https_of(&Https::key_file), kLive},
      {"https.public_url", "https URL", 0, 300,
       "How phones reach it, such as https://tocsin.example.org; without it no SMS carries a link.",
       to(&Settings::public_url), kLive},
      {"https.authority", "path", 0, 4096, "Folder of `tocsin tls init`; its page is shown at /install.",
       to(&Settings::authority), kLive},
      {"https.authority_installed", "true or false", 0, 1,
       "The phones of all who are told trust that authority; until then no SMS carries a link.",
       to(&Settings::authority_installed), kLive},
      {"https.authorities", "host or host:port, commas between", 0, 4096,
       "Other names that a request in absolute form may be for.", https_of(&Https::authorities), kLive},
      {"https.trusted_proxies", "addresses and networks, commas between", 0, 4096,
       "Who may say for whom a request is; nobody else is believed.", https_of(&Https::trusted_proxies), kLive},
      {"https.forwarded_header", "x-forwarded-for, forwarded", 9, 15, "Which header of theirs says so.",
       https_of(&Https::forwarded_header), kLive},
      {"https.proxy_protocol", "true or false", 0, 1, "Their connections begin with a PROXY v2 header.",
       https_of(&Https::proxy_protocol), kLive},
      {"https.line_bytes", "bytes", 256, 65536, "Longest request line.", https_of(&Https::line_bytes), kLive},
      {"https.header_bytes", "bytes", 1024, 262144, "Largest head of a request.", https_of(&Https::header_bytes),
       kLive},
      {"https.header_count", "headers", 8, 1000, "Most headers of a request.", https_of(&Https::header_count), kLive},
      {"https.body_bytes", "bytes", 1024, 1048576, "Largest body; attachments have a limit of their own.",
       https_of(&Https::body_bytes), kLive},
      {"https.large_bodies", "bodies", 1, 1000, "Larger ones on their way at once.", https_of(&Https::large_bodies),
       kLive},
      {"https.large_bodies_per_client", "bodies", 1, 1000, "Of one client.", https_of(&Https::large_bodies_per_client),
       kLive},
      {"https.handshake_within", "duration", 100, kDayMs,
       "From a connection's first moment to the end of its handshake.", https_of(&Https::handshake_within), kLive},
      {"https.request_within", "duration", 100, kDayMs, "From a request's first byte to its last.",
       https_of(&Https::request_within), kLive},
      {"https.large_body_within", "duration", 100, kDayMs, "The same, of one with a larger body.",
       https_of(&Https::large_body_within), kLive},
      {"https.idle_at_most", "duration", 100, kDayMs, "Between two requests.", https_of(&Https::idle_at_most), kLive},
      {"https.answer_within", "duration", 100, kDayMs, "For a client to take an answer.",
       https_of(&Https::answer_within), kLive},
      {"https.worker_within", "duration", 10, kDayMs, "A request waits for a worker; then 503.",
       https_of(&Https::worker_within), kLive},
      {"https.requests_per_connection", "requests", 1, 100000000, "Then it is closed.",
       https_of(&Https::requests_per_connection), kLive},
      {"https.connections", "connections", 8, 100000, "In all.", https_of(&Https::connections), kLive},
      {"https.connections_per_address", "connections", 1, 100000, "Of one client: an IPv4 address or an IPv6 /64.",
       https_of(&Https::connections_per_address), kLive},
      {"https.handshakes", "handshakes", 1, 100000, "Unfinished ones at once; further connections wait.",
       https_of(&Https::handshakes), kLive},
      {"https.handshake_patience", "duration", 10, kDayMs, "When few finish, one older than this makes room.",
       https_of(&Https::handshake_patience), kLive},
      {"https.workers", "threads", 1, 256, "Requests answered at once.", https_of(&Https::workers), kLive},
      {"https.urgent_share", "percent", 0, 90, "Of the workers, kept for answers and the desk; and as many from them.",
       https_of(&Https::urgent_share), kLive},
      {"https.waiting_requests", "requests", 1, 100000, "Waiting for a worker at once; then 503.",
       https_of(&Https::waiting_requests), kLive},
      {"https.waiting_per_client", "requests", 1, 100000, "Of one client.", https_of(&Https::waiting_per_client),
       kLive},
      {"https.requests_per_second", "requests per second", 0, 1000000, "Of one client; 0 = no limit; then 429.",
       https_of(&Https::requests_per_second), kLive},
      {"https.requests_burst", "requests", 1, 1000000, "Of one client at once.", https_of(&Https::requests_burst),
       kLive},
      {"https.all_requests_per_second", "requests per second", 0, 1000000, "Of all together; 0 = no limit; then 429.",
       https_of(&Https::all_requests_per_second), kLive},
      {"https.all_requests_burst", "requests", 1, 1000000, "Of all together at once.",
       https_of(&Https::all_requests_burst), kLive},
      {"https.reports_per_second", "reports per second", 0, 1000000, "Of one token or session; 0 = no limit; then 429.",
       https_of(&Https::reports_per_second), kLive},
      {"https.reports_burst", "reports", 1, 1000000, "Of one token or session at once.",
       https_of(&Https::reports_burst), kLive},
      {"https.desk_session", "duration", 60000, 30 * kDayMs, "A shift: sessions of duty, admin and auditor.",
       engine(&engine::Options::desk_session)},
      {"https.field_session", "duration", 60000, 3650 * kDayMs,
       "Sessions of reporters and commanders; prolonged while they are used.", engine(&engine::Options::field_session)},
      {"store.ballast_mb", "MiB", 0, 100000, "Freed when the disk is full, so that owed alerts can be finished.",
       to(&Settings::ballast_mb)},
      {"contact_check.every", "duration", 0, 366 * kDayMs,
       "Everybody's phone is asked to answer 1: from one round to the next, 28d at least; 0s = by hand only.",
       check(&engine::ContactCheckOptions::every)},
      {"contact_check.hours", "from 07:00 to 21:00", 11, 11, "When it asks, in the office's time, Monday to Friday.",
       to(&Settings::contact_check_hours)},
      {"contact_check.per_hour", "messages", 1, 3600, "How many it asks in an hour.",
       check(&engine::ContactCheckOptions::per_hour)},
      {"contact_check.calm", "duration", 0, 30 * kDayMs, "It asks nobody until the last incident ended so long ago.",
       check(&engine::ContactCheckOptions::calm)},
      {"contact_check.answer_within", "duration", 3600000, 30 * kDayMs, "No answer this long after is silence.",
       check(&engine::ContactCheckOptions::answer_within)},
      {"engine.link_grace", "duration", 0, kDayMs, "A link down this long: others take over what waits for it.",
       engine(&engine::Options::link_grace)},
      {"engine.probe_patience", "duration", 1000, kDayMs, "A probe must be back within.",
       engine(&engine::Options::probe_patience)},
      {"engine.link_patience", "duration", 1000, kDayMs, "No link could carry it this long: ladders go on without it.",
       engine(&engine::Options::link_patience)},
      {"engine.receipt_overdue", "duration", 1000, kDayMs,
       "No receipt this long after acceptance: the end counts as unknown.", engine(&engine::Options::receipt_overdue)},
      {"engine.summary_after", "duration", 60000, kDayMs,
       "A message owed this long is composed from what holds when it leaves; several to one person become one.",
       engine(&engine::Options::summary_after)},
      {"engine.numbers_kept", "duration", 30 * kDayMs, 3660 * kDayMs,
       "Numbers in messages and calls are forgotten after this; the directory keeps its own.",
       engine(&engine::Options::numbers_kept)},
      {"engine.words_kept", "duration", 30 * kDayMs, 3660 * kDayMs,
       "Reports, replies and reasons are forgotten word for word after this; what they set off stays.",
       engine(&engine::Options::words_kept)},
      {"engine.inbound_repeat", "duration", 0, kDayMs, "The same SMS again within this is one message.",
       engine(&engine::Options::inbound_repeat)},
      {"engine.max_attempts", "handovers", 1, 1000, "Repeats a carrier may ask for before a message counts as refused.",
       engine(&engine::Options::max_attempts)},
      {"engine.slice", "recipients", 1, 10000, "Entered at once before anything more urgent is looked at.",
       engine(&engine::Options::slice)},
  };
  return table;
}

}  // namespace tocsin::app
