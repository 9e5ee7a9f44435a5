#include "gateway/callout/summary.h"

namespace tocsin::callout {

model::MessageText compose_summary(const plan::Plan& plan, std::span<const Occasion> about, bool one_way,
                                   const std::string& language, model::Channel channel) {
  std::string lines;
  for (const auto& one : about) {
    const bool open = one.incident->state == model::IncidentState::kOpen;
    const auto text = text_in_effect(*one.plan, open ? "summary_line" : "summary_ended", language, channel);
    const auto line = as_sent(text, fields_of(one, language));
    if (!line.empty()) lines += (lines.empty() ? "" : "\n") + line;
  }
  Occasion whole;
  whole.plan = &plan;
  whole.incident = about.front().incident;
  whole.one_way = one_way;
  whole.incidents = lines;
  whole.incidents_count = static_cast<int>(about.size());
  return compose_text(whole, "summary", language, channel);
}

}  // namespace tocsin::callout
