#include "bench/desks.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <span>

#include "bench/https_office.h"
#include "bench/town.h"
#include "tests/support/tls_crowd.h"

namespace tocsin::bench {
namespace {

using testing::Crowd;
using testing::Script;
using namespace std::chrono_literals;

constexpr int kDesks = 50, kPhones = 1000, kPeople = 10'000, kCarrierRate = 500;
enum Group { kPhone, kDesk, kReporter };

std::string asking(const std::string& path, const std::string& token, const std::string& more = {}) {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nAuthorization: Bearer " + token +
         "\r\n" + more + "\r\n";
}

enum class Asks { kPoll, kLook, kIncident, kAlerts };

// What a page remembers between two polls, as web/src/base/poll.ts does.
struct Page {
  std::string cursor = "0", etag, desk_etag;
  Asks asks = Asks::kPoll;  // the last question
  bool changed = false;     // the last poll told of something
};

std::string value_of(std::string_view head, std::string_view name) {
  const auto at = head.find(name);
  if (at == std::string_view::npos) return {};
  const auto from = at + name.size();
  return std::string(head.substr(from, head.find('\r', from) - from));
}

// Answers come compressed; the cursor is also what stands in the entity tag.
void hear(Page& page, int status, std::string_view head) {
  if (page.asks == Asks::kPoll) page.changed = status == 200;
  if (status != 200) return;
  const auto etag = value_of(head, "ETag: ");
  if (page.asks == Asks::kLook) page.desk_etag = etag;
  if (page.asks != Asks::kPoll) return;
  page.etag = etag;
  std::string digits;
  for (const char c : etag) {
    if (c >= '0' && c <= '9') digits += c;
    if (!digits.empty() && (c < '0' || c > '9')) break;
  }
  if (!digits.empty()) page.cursor = digits;
}

std::string poll_of(const Page& page, const std::string& token) {
  return asking("/api/v1/changes?since=" + page.cursor, token,
                page.etag.empty() ? "" : "If-None-Match: " + page.etag + "\r\n");
}

Script phone(const std::string& token, int n) {
  auto page = std::make_shared<Page>();
  Script script;
  script.from = "127.4." + std::to_string(n / 250) + "." + std::to_string(n % 250 + 1);
  script.pause = 2000ms;
  script.say = [page, token](int) { return poll_of(*page, token); };
  script.heard = [page](int status, std::string_view head, std::string_view) { hear(*page, status, head); };
  return script;
}

std::string question(const Page& page, const std::string& token) {
  switch (page.asks) {
    case Asks::kPoll: return poll_of(page, token);
    case Asks::kLook:
      return asking("/api/v1/desk", token, page.desk_etag.empty() ? "" : "If-None-Match: " + page.desk_etag + "\r\n");
    case Asks::kIncident: return asking("/api/v1/incidents/101?alerts=0", token);
    case Asks::kAlerts: return asking("/api/v1/incidents/101/alerts?asking=true&limit=100", token);
  }
  return {};
}

// A round of two seconds: the poll each second, and once how the desk stands.
constexpr std::array kBoard = {Asks::kPoll, Asks::kLook, Asks::kPoll};
// The same with an incident's page open, which reads the incident and a page of its people at each change.
constexpr std::array kIncidentOpen = {Asks::kPoll, Asks::kIncident, Asks::kAlerts, Asks::kLook,
                                      Asks::kPoll, Asks::kIncident, Asks::kAlerts};

// Until `over`, which may be null.
Script desk(const std::string& token, int n, std::span<const Asks> round, std::shared_ptr<const bool> over) {
  auto page = std::make_shared<Page>();
  Script script;
  script.from = "127.5." + std::to_string(round.size()) + "." + std::to_string(n + 1);
  script.pause = 2000ms / round.size();
  script.say = [page, round, over = std::move(over), token](int answered) {
    if (over && *over) return std::string();
    page->asks = round[static_cast<std::size_t>(answered) % round.size()];
    const bool reads = page->asks == Asks::kIncident || page->asks == Asks::kAlerts;
    if (reads && !page->changed) page->asks = Asks::kPoll;
    return question(*page, token);
  };
  script.heard = [page](int status, std::string_view head, std::string_view) { hear(*page, status, head); };
  return script;
}

Script one_fire(const std::string& token) {
  Script script;
  script.from = "127.6.0.1";
  script.say = [token](int answered) {
    if (answered > 0) return std::string();
    const std::string body =
        R"({"key":"bench-desks-0001","hazard":"fire","area":")" + area_code(1) + R"(","facts":{"serious":2}})";
    return "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  };
  return script;
}

void tell(Figures& figures, const std::string& group, const char* who, const Crowd::Tally& tally) {
  const std::string name = who;
  figures.add(group, name + ": p50", percentile(tally.latency_ms, 0.5), "ms");
  figures.add(group, name + ": p99", percentile(tally.latency_ms, 0.99), "ms");
  for (const auto& [status, count] : tally.answers) figures.add(group, name + ": " + std::to_string(status), count, "");
  if (tally.failed + tally.hung_up > 0) {
    figures.add(group, name + ": failed or hung up", tally.failed + tally.hung_up, "", "must be none");
  }
}

void measure(Figures& figures, const std::string& group, Crowd& crowd, HttpsOffice& office,
             std::chrono::milliseconds time) {
  crowd.reset();
  const auto before = office.cpu_seconds();
  const auto start = now_ns();
  (void)crowd.run([] { return false; }, time);
  const double seconds = static_cast<double>(now_ns() - start) / 1e9;
  double all = 0;
  for (const auto& [name, used] : office.cpu_seconds()) {
    const auto had = before.find(name);
    const double share = (used - (had == before.end() ? 0 : had->second)) / seconds * 100;
    figures.add(group, "CPU of " + name, share, "% of one core");
    all += share;
  }
  figures.add(group, "CPU of the server", all, "% of one core");
  tell(figures, group, "phones", crowd.tally(kPhone));
  tell(figures, group, "desks", crowd.tally(kDesk));
  figures.add(group, "RSS", office.memory_mib("VmRSS"), "MiB");
}

}  // namespace

void desks(Figures& figures, const std::string& folder, bool quick) {
  HttpsOffice office(folder, https::HttpsSettings{},
                     {.phones = kPhones, .desks = kDesks, .people = kPeople, .carrier_rate = kCarrierRate});
  Crowd crowd(office.port());
  for (int i = 0; i < kPhones; ++i) crowd.add(phone(office.token(i), i), kPhone);
  auto opened = std::make_shared<bool>(false);
  for (int i = 0; i < kDesks; ++i) crowd.add(desk(office.token(kPhones + i), i, kBoard, opened), kDesk);
  if (!crowd.run([&] { return crowd.tally(kPhone).answered() >= kPhones && crowd.tally(kDesk).answered() >= kDesks; },
                 60s)) {
    std::fprintf(stderr, "not everybody was answered\n");
  }
  const auto time = quick ? 5000ms : 15000ms;
  measure(figures, "50 desks and 1,000 phones, nothing happens", crowd, office, time);
  crowd.add(one_fire(office.token(0)), kReporter);
  (void)crowd.run([&] { return crowd.tally(kReporter).answered() > 0; }, 10s);
  measure(figures, "a call-out of 10,000 running at 500 messages a second, the desks at their boards", crowd, office,
          time / 2);
  *opened = true;
  for (int i = 0; i < kDesks; ++i) crowd.add(desk(office.token(kPhones + i), i, kIncidentOpen, nullptr), kDesk);
  measure(figures, "the same, every desk with that incident's page open", crowd, office, time / 2);
}

}  // namespace tocsin::bench
