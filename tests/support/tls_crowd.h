// A crowd of TLS clients in one thread: each says what its script says, byte by byte if it must, and counts what comes.
//
// For load and for attacks; it checks no certificate.  Not thread-safe.  Clients may stand on any address of
// 127.0.0.0/8, so that the server takes them for different ones.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace tocsin::testing {

struct Script {
  std::string from = "127.0.0.1";
  bool handshake = true;  // false: connects and stays silent
  // What to say next, after `answered` answers; empty: nothing more (the connection is held).
  std::function<std::string(int answered)> say;
  std::chrono::milliseconds drip{0};   // one byte each; 0: all at once
  std::chrono::milliseconds pause{0};  // between an answer and the next thing to say
  // Each answer whole, before what it says next is asked for; may be empty.
  std::function<void(int status, std::string_view head, std::string_view body)> heard;
  bool expects_answers = true;  // false: what comes is thrown away uncounted
  bool again = false;           // connects anew when the server has hung up
};

class Crowd {
 public:
  explicit Crowd(int port);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Connects at the next turn of run().
  void add(Script script, int group = 0);

  // Until `done` says so, or `limit` has passed; false then.
  bool run(const std::function<bool()>& done, std::chrono::milliseconds limit);

  // What happened to one group since reset().
  struct Tally {
    std::map<int, int> answers;      // by status
    std::vector<double> latency_ms;  // from a request's first byte to its answer's last
    int connected = 0;               // handshakes finished
    int failed = 0;                  // connections that could not be made, handshakes that failed
    int hung_up = 0;                 // ended by the server
    [[nodiscard]] int answered() const;
  };
  [[nodiscard]] Tally& tally(int group = 0) { return tallies_[group]; }
  void reset();
  // Connections of a group that are open now, their handshake done (or, without one, connected).
  [[nodiscard]] int open(int group = 0) const;

 private:
  struct Member;
  void connect(Member& member);
  void on_ready(Member& member, std::uint32_t events);
  void shake(Member& member);
  void speak(Member& member);
  void say_more(Member& member);
  void go_on(Member& member);
  void listen(Member& member);
  void take(Member& member, const char* bytes, std::size_t size);
  void lost(Member& member);
  void watch(Member& member, std::uint32_t events);

  const int port_;
  int epoll_;
  ssl_ctx_st* context_;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<Member*> dripping_, waiting_to_connect_, pausing_;
  std::map<int, Tally> tallies_;
};

}  // namespace tocsin::testing
