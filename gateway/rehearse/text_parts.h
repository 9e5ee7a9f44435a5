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
  int count = 1;            // short messages the text makes; 0: the link cannot carry it
  bool unicode = false;     // it has letters beyond GSM 7 bit
  int most_characters = 0;  // with 0 parts: the link takes no more than that; 0: it has not the letters
};

// A text registered with the provider of a link that takes registered templates alone.
struct RegisteredText {
  std::string of, language;  // the plan's template, or a text of tocsin's own
  bool drill = false;        // for drills alone
  std::string text;          // what the reader reads, as a template of the plan's kind
  struct Value {
    std::string name, value;  // at the provider; of fields
    int longest = 0;          // characters; 0: any
    bool cut = false;
  };
  std::vector<Value> values;
  int line = 0;
};
struct Registered {
  std::string file;
  std::vector<RegisteredText> texts;
  // Which of them the link would send; -1: none.
  std::function<int(std::string_view name, std::string_view language, bool drill)> find;
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
  std::optional<Registered> registered;  // it carries these alone
  std::string web_line;                  // what stands under an alert over it, at its longest; empty: nothing
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
