// What tocsin answers by itself to a message that came in, and when it says nothing.
//
// Two machines that answer each other never end.  So: nothing to short codes, service senders and names, to the
// numbers of our own links, or to what says that a machine wrote it; and to any number only so many an hour.
// Engine thread only.
#pragma once

#include <string>
#include <string_view>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// A number that a person may read an SMS on: E.164 of 8 to 15 digits (ITU-T E.164, section 6.2), and of mainland China
// a mobile (11 digits from 1 and 3 to 9) or a landline that is no service number (106..., 95xxx, 96xxx, 12xxx, 10086).
[[nodiscard]] bool is_persons_number(std::string_view number);

// Whether `message` may be answered at all: by its sender, its words, and how often its sender was answered.
[[nodiscard]] bool may_answer(Core& core, const model::InboundMessage& message);

// Queues that service text (words.h) to the sender if it may be answered; else counts it.  False: nothing goes out.
bool auto_reply(Core& core, const model::InboundMessage& message, const model::Incident* incident,
                const std::string& language, const std::string& template_name, const std::string& question = {});

}  // namespace tocsin::engine
