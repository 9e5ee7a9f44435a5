#include "gateway/engine/metrics.h"

namespace tocsin::engine {
namespace {

// Of a label's value: text exposition format 0.0.4, "Comments, help text, and type information".
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string thousandths(std::int64_t value) {
  const auto rest = std::to_string(value % 1000);
  return std::to_string(value / 1000) + "." + std::string(3 - rest.size(), '0') + rest;
}

}  // namespace

std::string Metrics::exposition() const {
  std::string out;
  const auto counter = [&](const char* name, const char* help, const Counter& value) {
    out += std::string("# HELP tocsin_") + name + " " + help + "\n# TYPE tocsin_" + name + " counter\ntocsin_" + name +
           " " + std::to_string(value.load()) + "\n";
  };
  const auto gauge = [&](const char* name, const char* help, std::int64_t value) {
    out += std::string("# HELP tocsin_") + name + " " + help + "\n# TYPE tocsin_" + name + " gauge\ntocsin_" + name +
           " " + std::to_string(value) + "\n";
  };
  counter("commands_total", "Commands handled by the engine.", commands);
  counter("batches_total", "Transactions committed.", batches);
  counter("failed_batches_total", "Transactions that failed; nothing of them was told to anyone.", failed_batches);
  counter("reports_accepted_total", "Reports on disk.", reports_accepted);
  counter("reports_repeated_total", "Reports whose key was seen before.", reports_repeated);
  counter("reports_refused_total", "Reports refused with an error.", reports_refused);
  counter("incidents_opened_total", "Incidents opened.", incidents_opened);
  counter("levels_raised_total", "Rises of an incident's level.", levels_raised);
  counter("alerts_total", "Persons to be told one thing.", alerts);
  counter("deliveries_total", "Messages made for one contact point.", deliveries);
  counter("handed_over_total", "Messages given to an adapter.", handed_over);
  counter("accepted_total", "Messages a carrier took.", accepted);
  counter("delivered_total", "Messages a carrier confirmed.", delivered);
  counter("undelivered_total", "Messages a carrier reported undelivered.", undelivered);
  counter("refused_total", "Messages a carrier refused.", refused);
  counter("unknown_total", "Messages of unknown end.", unknown);
  counter("retried_total", "Handovers the carrier asked to repeat later.", retried);
  counter("moved_total", "Messages that another link took over.", moved);
  counter("receipts_unknown_total", "Receipts for ids nobody knows.", receipts_unknown);
  counter("answers_total", "Answers received.", answers);
  counter("strangers_total", "Messages from numbers nobody knows.", strangers);
  counter("strangers_left_out_total", "Messages of strangers above the limits: counted, their words not kept.",
          strangers_left_out);
  counter("auto_replies_total", "Messages answered by the machine itself.", auto_replies);
  counter("auto_replies_held_back_total", "Messages left unanswered: their sender may be a machine, or had its share.",
          auto_replies_held_back);
  counter("clock_steps_total", "Steps of the machine's clock.", clock_steps);
  counter("links_doubted_total",
          "Times a link was put in doubt: it did not confirm as it used to, or went down again and again.",
          links_doubted);
  counter("probes_sent_total", "Probes sent over links.", probes_sent);
  counter("probes_returned_total", "Probes that came back.", probes_returned);
  counter("probes_lost_total", "Probes that did not come back in time.", probes_lost);
  counter("contact_checks_sent_total", "Messages of the contact check made.", checks_sent);
  counter("contact_checks_answered_total", "Contact points that answered their check.", checks_answered);
  counter("contact_checks_silent_total", "Contact points that did not answer their check in time.", checks_silent);
  counter("contact_checks_failed_total", "Contact points whose check could not be delivered.", checks_failed);
  gauge("queue_length", "Commands waiting for the engine.", queue_length.load());
  gauge("storage_full", "1 while the disk is full and intake answers 503.", storage_full.load() ? 1 : 0);
  const auto of_links = [&](const char* name, const char* help, auto value) {
    if (links.empty()) return;
    out += std::string("# HELP tocsin_link_") + name + " " + help + "\n# TYPE tocsin_link_" + name + " gauge\n";
    for (const auto& link : links) {
      const std::string number = value(link);
      if (number.empty()) continue;
      out += std::string("tocsin_link_") + name + "{link=\"" + escaped(link.name) + "\"} " + number + "\n";
    }
  };
  const auto flag = [](const std::atomic<bool>& is) { return std::string(is.load() ? "1" : "0"); };
  of_links("up", "1 while it can be sent over.", [&](const OfLink& l) { return flag(l.up); });
  of_links("doubted", "1 while it does not confirm as it used to, or goes down again and again.",
           [&](const OfLink& l) { return flag(l.doubted); });
  of_links("degraded", "1 while some of its connections are away and the others go on.",
           [&](const OfLink& l) { return flag(l.degraded); });
  of_links("full", "1 while its cap is reached.", [&](const OfLink& l) { return flag(l.full); });
  of_links("missing_ratio", "Receipts that normally stay away, of one.",
           [](const OfLink& l) { return thousandths(l.missing_ppm.load() / 1000); });
  of_links("receipt_seconds", "Normal age of a receipt.", [](const OfLink& l) { return thousandths(l.receipt_ms); });
  of_links("probe_seconds", "Round trip of the last probe that came back.",
           [](const OfLink& l) { return l.round_trip_ms < 0 ? std::string() : thousandths(l.round_trip_ms); });
  return out;
}

}  // namespace tocsin::engine
