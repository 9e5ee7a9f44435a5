// The front door under load and under attack: the whole office in a process of its own, the clients in this one.
//
//   bench_https reports    durable reports over TLS keep-alive that merge into open incidents; polls; 1,000 at once
//   bench_https hostile    an ordinary client amid an evening of attacks
//   bench_https desks      50 desks and 1,000 phones that poll, quiet and with a call-out of 10,000 running
//
// Never a test.  The clients' processor time is paid from the same processors.
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>

#include "bench/desks.h"
#include "bench/figures.h"
#include "bench/https_office.h"
#include "bench/town.h"
#include "tests/support/tls_crowd.h"

namespace tocsin::bench {
namespace {

using testing::Crowd;
using testing::Script;
using namespace std::chrono_literals;

constexpr int kMergedAreas = 40;

struct Arguments {
  bool quick = false;
  std::string folder = ".", json, what = "reports";
};

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// 127.a.b.c, a different client for each n.
std::string address(int n, int net) {
  return "127." + std::to_string(net) + "." + std::to_string(n / 250) + "." + std::to_string(n % 250 + 1);
}

std::string report(const std::string& token, const std::string& key, int area) {
  const std::string body =
      R"({"key":")" + key + R"(","hazard":"flood","area":")" + area_code(area) + R"(","facts":{"serious":2}})";
  return "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

https::HttpsSettings without_limits() {
  https::HttpsSettings settings;
  settings.connections = settings.connections_per_address = 20000;
  settings.requests_per_second = settings.reports_per_second = 0;
  settings.requests_per_connection = 100000000;
  return settings;
}

void run_for(Crowd& crowd, std::chrono::milliseconds time) {
  (void)crowd.run([] { return false; }, time);
}

// ---- throughput ----

// `connections` closed loops of `say`; warm-up first.
void closed_loop(Figures& figures, HttpsOffice& office, const std::string& group, int connections,
                 std::chrono::milliseconds time, const std::function<std::string(int connection, int n)>& say,
                 int wanted_status, const char* goal) {
  Crowd crowd(office.port());
  for (int c = 0; c < connections; ++c) {
    Script script;
    script.from = address(c, 2);
    script.say = [&say, c](int answered) { return say(c, answered); };
    crowd.add(std::move(script));
  }
  if (!crowd.run([&] { return crowd.tally().answered() >= connections; }, 30s)) {
    std::fprintf(stderr, "%s: not all connections were answered\n", group.c_str());
  }
  run_for(crowd, time / 4);
  crowd.reset();
  const auto before = office.cpu_seconds();
  const double own_before = own_cpu_seconds();
  const auto start = now_ns();
  run_for(crowd, time);
  const double seconds = static_cast<double>(now_ns() - start) / 1e9;
  const double own = own_cpu_seconds() - own_before;
  auto after = office.cpu_seconds();
  const auto& tally = crowd.tally();
  const int answered = tally.answered();
  const auto found = tally.answers.find(wanted_status);
  const int right = found == tally.answers.end() ? 0 : found->second;
  figures.add(group, "per second", right / seconds, "1/s", goal);
  figures.add(group, "p50", percentile(tally.latency_ms, 0.5), "ms");
  figures.add(group, "p99", percentile(tally.latency_ms, 0.99), "ms");
  if (right != answered) figures.add(group, "other answers", answered - right, "", "must be none");
  for (auto& [name, used] : after) {
    const auto had = before.find(name);
    figures.add(group, "CPU of " + name, (used - (had == before.end() ? 0 : had->second)) / answered * 1e6, "us each");
  }
  figures.add(group, "CPU of the clients", own / answered * 1e6, "us each", "on the same processors");
}

void throughput(Figures& figures, const Arguments& arguments) {
  HttpsOffice office(arguments.folder, without_limits(), {.phones = 256});
  const auto time = arguments.quick ? 2000ms : 8000ms;
  int round = 0;
  const auto say_report = [&](int c, int n) {
    return report(office.token(c), "bench-" + std::to_string(round) + "-" + std::to_string(c) + "-" + std::to_string(n),
                  (c + n) % kMergedAreas);
  };
  for (const int connections : {64, 1, 256}) {
    ++round;
    closed_loop(figures, office, "durable reports, " + std::to_string(connections) + " connections", connections, time,
                say_report, 201, connections == 64 ? "goal 8,000" : "");
  }
  // "*" names whatever version there is, so that nothing is ever new.
  const auto say_poll = [&](int c, int) {
    return "GET /api/v1/changes?since=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + office.token(c) +
           "\r\nIf-None-Match: *\r\n\r\n";
  };
  closed_loop(figures, office, "poll answered 304, 64 connections", 64, time, say_poll, 304, "goal 15,000");
  const auto say_health = [](int, int) { return kHealth; };
  closed_loop(figures, office, "healthz, 64 connections", 64, time, say_health, 200, "");
  figures.add("the front door", "peak RSS", office.memory_mib("VmHWM"), "MiB");
}

// 1,000 clients connect at the same moment and ask one thing.
void all_at_once(Figures& figures, const Arguments& arguments) {
  constexpr int kClients = 1000;
  HttpsOffice office(arguments.folder, https::HttpsSettings{}, {});
  const double before = office.memory_mib("VmRSS");
  Crowd crowd(office.port());
  for (int i = 0; i < kClients; ++i) {
    Script script;
    script.from = address(i, 1);
    script.say = [](int answered) { return answered == 0 ? kHealth : std::string(); };
    crowd.add(std::move(script));
  }
  const auto start = now_ns();
  const bool all = crowd.run([&] { return crowd.tally().answered() >= kClients; }, 30s);
  const double seconds = static_cast<double>(now_ns() - start) / 1e9;
  const std::string group = "1,000 clients at once";
  figures.add(group, "until all were answered", seconds, "s", all ? "goal 1" : "NOT ALL WERE");
  figures.add(group, "answered", crowd.tally().answered(), "");
  figures.add(group, "failed", crowd.tally().failed + crowd.tally().hung_up, "");
  run_for(crowd, 500ms);
  figures.add(group, "memory per idle phone", (office.memory_mib("VmRSS") - before) * 1024 / kClients, "KiB",
              "with the handshakes' traces");
}

// ---- the hostile evening ----

enum Group { kOrdinary, kIdle, kSlowHead, kSlowBody, kHalfOpen, kLongLine, kManyHeaders, kRanges, kBombs, kSmuggling };

Script attacker(int n, int net, std::string says, bool again = true) {
  Script script;
  script.from = address(n, net);
  script.say = [text = std::move(says)](int) { return text; };
  script.again = again;
  return script;
}

std::string gzip_bomb_like() {
  return "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
         "Content-Encoding: gzip\r\nContent-Length: 60000\r\n\r\n" +
         std::string(60000, '\x1f');
}

std::vector<std::string> smuggling() {
  const std::string post = "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  return {post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHealth,
          post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}" + kHealth,
          post + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n" + kHealth,
          post + "Transfer-Encoding: xchunked\r\n\r\n" + kHealth,
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n\r\n" + kHealth,
          "GET /healthz HTTP/1.1\nHost: localhost\n\n",
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n",
          "GET http://other.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n"};
}

void add_attackers(Crowd& crowd) {
  for (int i = 0; i < 1000; ++i) {
    Script phone = attacker(i, 10, {}, false);
    phone.say = [](int answered) { return answered == 0 ? kHealth : std::string(); };
    crowd.add(std::move(phone), kIdle);
  }
  const std::string head = "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 200; ++i) {
    Script slow_head = attacker(i / 20, 20, head + "X-Slow: " + std::string(4000, 'a'));
    slow_head.drip = 500ms;
    crowd.add(std::move(slow_head), kSlowHead);
    Script slow_body = attacker(i / 20, 21, head + "Content-Length: 4000\r\n\r\n" + std::string(4000, ' '));
    slow_body.drip = 500ms;
    crowd.add(std::move(slow_body), kSlowBody);
    Script half_open = attacker(i / 20, 22, {});
    half_open.handshake = false;
    crowd.add(std::move(half_open), kHalfOpen);
  }
  std::string many = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 20000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  std::string ranges = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-0";
  for (int i = 0; i < 200; ++i) ranges += ",0-";
  const auto tricks = smuggling();
  for (int i = 0; i < 4; ++i) {
    crowd.add(attacker(i, 30, "GET /" + std::string(64U << 20U, 'a')), kLongLine);
    crowd.add(attacker(i, 31, many + "\r\n"), kManyHeaders);
    crowd.add(attacker(i, 32, ranges + "\r\n\r\n"), kRanges);
    crowd.add(attacker(i, 33, gzip_bomb_like()), kBombs);
  }
  for (std::size_t i = 0; i < tricks.size(); ++i) {
    crowd.add(attacker(static_cast<int>(i), 34, tricks[i]), kSmuggling);
  }
}

void tell_answers(Figures& figures, Crowd& crowd, Group group, const char* name) {
  const auto& tally = crowd.tally(group);
  for (const auto& [status, count] : tally.answers) {
    figures.add("what attackers got", std::string(name) + ": " + std::to_string(status), count, "");
  }
  if (tally.hung_up > 0) figures.add("what attackers got", std::string(name) + ": hung up", tally.hung_up, "");
  if (tally.failed > 0) figures.add("what attackers got", std::string(name) + ": refused", tally.failed, "");
}

void tell_metrics(Figures& figures, const std::string& metrics) {
  std::istringstream lines(metrics);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.rfind(' ');
    if (line.starts_with('#') || space == std::string::npos) continue;
    const double value = std::atof(line.c_str() + space);
    if (value > 0) figures.add("metrics", line.substr(std::strlen("tocsin_https_"), space - 13), value, "");
  }
}

void hostile(Figures& figures, const Arguments& arguments) {
  HttpsOffice office(arguments.folder, https::HttpsSettings{}, {.phones = 8});
  const std::string group = "a hostile evening";
  // The ordinary clients have a process of their own: what they wait for is the server, not this crowd's own work.
  int ends[2];
  if (::pipe(ends) != 0) std::exit(1);
  const auto time = arguments.quick ? 12s : 30s;
  const pid_t ordinary = ::fork();
  if (ordinary == 0) {
    ::close(ends[0]);
    Crowd crowd(office.port());
    for (int c = 0; c < 4; ++c) {
      Script script;
      script.from = address(c, 3);
      script.again = true;
      script.say = [&office, c](int n) {
        return n % 20 == 0 ? report(office.token(c), "ordinary-" + std::to_string(c) + "-" + std::to_string(n), c)
                           : kHealth;
      };
      script.pause = 25ms;
      crowd.add(std::move(script));
    }
    run_for(crowd, 3s);  // while the attack builds up
    crowd.reset();
    run_for(crowd, time);
    Figures mine;
    const auto& tally = crowd.tally();
    mine.add(group, "ordinary clients: p50", percentile(tally.latency_ms, 0.5), "ms");
    mine.add(group, "ordinary clients: p99", percentile(tally.latency_ms, 0.99), "ms", "goal 50");
    mine.add(group, "ordinary clients: slowest", percentile(tally.latency_ms, 1), "ms");
    for (const auto& [status, count] : tally.answers) {
      mine.add(group, "ordinary clients: " + std::to_string(status), count, "");
    }
    mine.add(group, "ordinary clients: hung up or refused", tally.hung_up + tally.failed, "", "must be none");
    const std::string lines = mine.lines();
    std::_Exit(::write(ends[1], lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  Crowd crowd(office.port());
  add_attackers(crowd);
  run_for(crowd, 3s);
  figures.add(group, "idle phones connected", crowd.open(kIdle), "");
  run_for(crowd, time);
  figures.add(group, "idle phones still connected", crowd.open(kIdle), "");
  std::string lines;
  char some[4096];
  for (ssize_t n = 0; (n = ::read(ends[0], some, sizeof some)) > 0;) lines.append(some, static_cast<std::size_t>(n));
  ::close(ends[0]);
  figures.add_lines(lines);
  figures.add(group, "RSS", office.memory_mib("VmRSS"), "MiB");
  figures.add(group, "peak RSS", office.memory_mib("VmHWM"), "MiB", "goal 200");
  tell_answers(figures, crowd, kSlowHead, "slow head");
  tell_answers(figures, crowd, kSlowBody, "slow body");
  tell_answers(figures, crowd, kHalfOpen, "half-open handshake");
  tell_answers(figures, crowd, kLongLine, "64 MB line");
  tell_answers(figures, crowd, kManyHeaders, "20,000 headers");
  tell_answers(figures, crowd, kRanges, "range flood");
  tell_answers(figures, crowd, kBombs, "gzip body");
  tell_answers(figures, crowd, kSmuggling, "smuggling");
  tell_metrics(figures, office.metrics());
}

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string given = argv[i];
    if (given == "--quick") {
      arguments.quick = true;
    } else if ((given == "--dir" || given == "--json") && i + 1 < argc) {
      (given == "--dir" ? arguments.folder : arguments.json) = argv[++i];
    } else if (given == "reports" || given == "hostile" || given == "desks") {
      arguments.what = given;
    } else {
      std::fprintf(stderr, "usage: bench_https [reports|hostile|desks] [--quick] [--dir FOLDER] [--json FILE]\n");
      std::exit(2);
    }
  }
  return arguments;
}

// Clients and server need a descriptor each for every connection.
void raise_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  using namespace tocsin::bench;
  const auto arguments = read_arguments(argc, argv);
  raise_descriptors();
  Figures figures;
  measure_machine(figures, "the machine before", arguments.folder, arguments.quick ? 5 : 30);
  if (arguments.what == "hostile") {
    hostile(figures, arguments);
  } else if (arguments.what == "desks") {
    desks(figures, arguments.folder, arguments.quick);
  } else {
    all_at_once(figures, arguments);
    throughput(figures, arguments);
  }
  measure_machine(figures, "the machine after", arguments.folder, arguments.quick ? 5 : 30);
  figures.print();
  if (!arguments.json.empty()) std::ofstream(arguments.json) << figures.json();
  return 0;
}
