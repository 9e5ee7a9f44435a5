// A decision by SMS: "批准 123456".  It needs the one-time code that was sent to that person's own phone.
// Engine thread only.  The rules are docs/guarantees.md, "Approval".
#pragma once

#include <optional>
#include <span>

#include "gateway/engine/core.h"
#include "gateway/triage/decisions.h"

namespace tocsin::engine {

// What the words of one of these people (who share the number) decide.  Without a code they get one, and how to use it;
// with one, it is done or not, and they are told which.  Empty when none of them was asked for a decision that is still
// awaited: the words are then an answer like any other.
[[nodiscard]] std::optional<model::Reply> decide_by_sms(Core& core, const model::InboundMessage& message,
                                                        std::span<const model::PersonId> people,
                                                        const std::string& language, const triage::Decision& said);

}  // namespace tocsin::engine
