// The words that go out: texts of a matter, composed once per (matter, language, channel, variant), and the
// fixed service texts to reporters and callers.  Engine thread only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/callout/compose.h"
#include "gateway/engine/core.h"

namespace tocsin::engine {

// The combined facts of an incident as known now.
[[nodiscard]] model::Facts facts_of(Core& core, const model::Incident& incident);

// Everything a text about this incident may speak of.
[[nodiscard]] callout::Occasion occasion_of(Core& core, const model::Incident& incident, const model::Facts& facts);

// Stores a text that was just composed, and has it at hand for the dispatcher.
void keep_message(Core& core, model::MessageId id, model::MatterId matter, std::string_view language,
                  model::Channel channel, std::string_view variant, model::MessageText text);
[[nodiscard]] std::shared_ptr<const model::MessageText> text_of(Core& core, model::MessageId id);

// "https://host/a#token" under the text of an alert or its update: for people on a phone it is the quickest answer, and
// over a link that takes no replies the only one.  At most one segment more; the same for every part and repeat.
[[nodiscard]] std::string page_of(Core& core, const Link& link, model::AlertId of);

// In how many short messages it goes over that link, with the page; 1 when its words were taken away.
[[nodiscard]] int parts_over(Core& core, const Link& link, model::AlertId of, model::MessageId id);

// The message of `alert`'s matter for a person who reads `language`, over `channel`; composed when it is the first.
// `one_way`: the link takes no answers.
[[nodiscard]] model::MessageId message_for(Core& core, const model::Alert& alert, const model::Incident& incident,
                                           const std::string& language, model::Channel channel, bool one_way);

// The same, composed from what is known now; `before`, when its words still hold.  Not the message of its matter: who
// is told later is told what holds then.
[[nodiscard]] model::MessageId message_anew(Core& core, const model::Alert& alert, const model::Incident& incident,
                                            const std::string& language, model::Channel channel, bool one_way,
                                            model::MessageId before);

// Queues one fixed service text (template of the plan) to an address: a receipt, a question, an auto-reply.  Never free
// text. `incident` may be null (strangers).  Dropped with a record entry when no link serves SMS.
// `one_segment`: what it says of the place, then of the facts, is left out until the link makes one SMS of it.
// `page`, when it is not empty, ends the text: where it leads.  What was queued, for those who take it back; 0 when
// nothing was.
struct ServiceText {
  model::MessageId message;
  model::DeliveryId delivery;
};
ServiceText send_service_text(Core& core, const model::Incident* incident, const std::string& address,
                              const std::string& language, const std::string& template_name,
                              const std::string& question = {}, const std::string& page = {}, bool one_segment = false);

}  // namespace tocsin::engine
