#include "gateway/engine/metrics.h"

namespace tocsin::engine {

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
  counter("receipts_unknown_total", "Receipts for ids nobody knows.", receipts_unknown);
  counter("answers_total", "Answers received.", answers);
  counter("strangers_total", "Messages from numbers nobody knows.", strangers);
  counter("strangers_left_out_total", "Messages of strangers above the limits: counted, their words not kept.",
          strangers_left_out);
  counter("auto_replies_total", "Messages answered by the machine itself.", auto_replies);
  counter("auto_replies_held_back_total", "Messages left unanswered: their sender may be a machine, or had its share.",
          auto_replies_held_back);
  counter("clock_steps_total", "Steps of the machine's clock.", clock_steps);
  gauge("queue_length", "Commands waiting for the engine.", queue_length.load());
  gauge("storage_full", "1 while the disk is full and intake answers 503.", storage_full.load() ? 1 : 0);
  return out;
}

}  // namespace tocsin::engine
