// How many short messages each text of a plan makes over each link, at the longest an office is likely to send.
//
// The links themselves say how they cut a text; here is only what they are asked.  Pure; any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/model/kinds.h"
#include "gateway/model/recipient.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

struct Parts {
  int count = 1;         // short messages the text makes; 0: the link cannot carry it
  bool unicode = false;  // it has letters beyond GSM 7 bit
};

// One link of the settings, as far as a plan depends on it.
struct LinkFacts {
  std::string name;
  model::Channel channel = model::Channel::kSms;
  int messages_per_second = 0;  // 0: no limit; each part of a long text counts
  bool one_way = false;         // brings no answers back, but by its web link
  int max_parts = 255;          // of one text
  // How it cuts a text, with what it puts before it; empty: it has no parts, or nobody can say.
  std::function<Parts(std::string_view)> parts_of;
  std::string web_line;  // what stands under an alert over it, at its longest; empty: nothing
};

// One text over one link.
struct TextParts {
  std::string template_name, language, link;
  Parts parts;
  model::HazardKind of = model::HazardKind::kUnclassified;  // the hazard with most to say
  bool alert = false;                                       // somebody is rung with it
};

struct TextsWanted {
  std::optional<model::HazardKind> hazard;            // only as they speak of it
  std::optional<std::vector<std::string>> templates;  // only these
};

// By template, language, then link as given; links without parts_of are left out.  `roster` null: names of the usual
// length.
[[nodiscard]] std::vector<TextParts> count_parts(const plan::Plan& plan, const ports::Roster* roster,
                                                 const std::vector<LinkFacts>& links, const TextsWanted& wanted = {});

// A table for a terminal, a line for each text and a column for each link; empty when there is nothing to show.
[[nodiscard]] std::string to_text(const std::vector<TextParts>& texts, bool chinese);

}  // namespace tocsin::rehearse
