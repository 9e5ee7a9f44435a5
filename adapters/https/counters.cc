#include "adapters/https/counters.h"

namespace tocsin::https {
namespace {

void head(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
  out += "# HELP tocsin_https_";
  out += name;
  out += ' ';
  out += help;
  out += "\n# TYPE tocsin_https_";
  out += name;
  out += ' ';
  out += type;
  out += '\n';
}

template <typename Number>
void line(std::string& out, std::string_view name, std::string_view label, std::string_view value,
          const std::atomic<Number>& number) {
  out += "tocsin_https_";
  out += name;
  if (!label.empty()) {
    out += '{';
    out += label;
    out += "=\"";
    out += value;
    out += "\"}";
  }
  out += ' ' + std::to_string(number.load(std::memory_order_relaxed)) + '\n';
}

template <typename Numbers, typename Names>
void table(std::string& out, std::string_view name, std::string_view help, std::string_view type,
           std::string_view label, const Numbers& numbers, const Names& names) {
  head(out, name, help, type);
  for (std::size_t i = 0; i < names.size(); ++i) line(out, name, label, names[i], numbers[i]);
}

}  // namespace

std::int64_t Counters::connections() const {
  std::int64_t all = 0;
  for (std::size_t i = 0; i < kSessionStates.size(); ++i) all += open[i].load(std::memory_order_relaxed);
  return all;
}

std::string Counters::exposition() const {
  static constexpr std::array<std::string_view, 6> kHundreds{"0xx", "1xx", "2xx", "3xx", "4xx", "5xx"};
  std::string out;
  const auto counter = [&](std::string_view name, std::string_view help, const Counter& value) {
    head(out, name, help, "counter");
    line(out, name, {}, {}, value);
  };
  counter("accepted_total", "Connections taken.", accepted);
  table(out, "refused_total", "Connections refused, by reason.", "counter", "reason", refused, kRefusals);
  table(out, "cut_total", "Connections ended by us before their time, by reason.", "counter", "reason", cut, kCuts);
  table(out, "connections", "Open connections, by what they do.", "gauge", "state", open, kSessionStates);
  counter("handshakes_total", "TLS handshakes finished.", handshakes);
  counter("handshakes_resumed_total", "Of these by ticket.", resumed);
  counter("requests_total", "Whole requests.", requests);
  counter("malformed_total", "Requests refused by the framing.", malformed);
  table(out, "shed_total", "Requests shed with 429 or 503, by reason.", "counter", "reason", shed, kSheds);
  table(out, "answers_total", "Answers, by status.", "counter", "status", answers, kHundreds);
  return out;
}

}  // namespace tocsin::https
