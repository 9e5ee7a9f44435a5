// The words of a message: one text per (matter, language, channel, variant), filled from the plan's templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/incident.h"
#include "gateway/model/message_text.h"
#include "gateway/model/recipient.h"
#include "gateway/model/report.h"
#include "gateway/plan/plan.h"
#include "gateway/plan/template_text.h"

namespace tocsin::callout {

// Everything a text may speak of.
struct Occasion {
  const plan::Plan* plan = nullptr;
  const model::Incident* incident = nullptr;
  const model::Facts* facts = nullptr;
  std::string area_name;  // area_in_words()
  std::string assembly_point;
  std::string opened_local;  // "14:32", office time
  std::string level_before;  // level id, for updates
  std::string change;        // "raised", "lowered", "merged", "moved": picks the sentence in {{change}}
  std::optional<model::ApprovalState> decided;  // of an approval others were asked for: the sentence in {{change}}
  std::string decided_by;                       // ... the name of who decided; empty when nobody did
  std::string stands_in_for;                    // name of the post the reader stands in for; empty otherwise
  std::string question;                         // for replies to reporters
  std::string incidents;                        // of a summary: its lines (summary.h)
  int incidents_count = 0;                      // ... how many
  std::string decide_by;                        // "14:42", office time: of an approval asked for; fills {{question}}
  bool starts_by_default = false;               // what happens when nobody decided by then
  bool one_way = false;                         // the link takes no answers: the text must not ask for a digit
};

[[nodiscard]] plan::Fields fields_of(const Occasion& occasion, const std::string& language);

// The text of `template_name` for `language` (falls back to the plan's first) and `channel` (falls back to "default").
// A drill is marked at its front, whatever the template says.
[[nodiscard]] std::string compose(const Occasion& occasion, const std::string& template_name,
                                  const std::string& language, model::Channel channel);
// The same, with what it was made from.
[[nodiscard]] model::MessageText compose_text(const Occasion& occasion, const std::string& template_name,
                                              const std::string& language, model::Channel channel);

// The text compose fills, in the plan's words: what that language and channel fall back to, tocsin's own where the plan
// has none.
[[nodiscard]] std::string text_in_effect(const plan::Plan& plan, const std::string& template_name,
                                         const std::string& language, model::Channel channel);
// The language that text is in.
[[nodiscard]] std::string language_in_effect(const plan::Plan& plan, const std::string& template_name,
                                             const std::string& language);
// The names of tocsin's own texts, which a plan may have words of its own for.
[[nodiscard]] std::vector<std::string> service_text_names();
// `text` as it is sent: filled, without the lines that its fields leave empty.
[[nodiscard]] std::string as_sent(const std::string& text, const plan::Fields& fields);

// With the mark of a drill at its front, if it has none yet.
[[nodiscard]] std::string marked_as_drill(const std::string& text, const std::string& language);

// "东湖社区 一网格": the area and the one above it, which is left out where the name says it already; the whole path
// would cost a segment and tell nobody more.  `above` null: none.
[[nodiscard]] std::string area_in_words(const model::AreaInfo& area, const model::AreaInfo* above);

// Facts as a person reads them: "重伤2 被困1 正在蔓延", only what is known, in the plan's order.
[[nodiscard]] std::string facts_in_words(const plan::Plan& plan, model::HazardKind kind, const model::Facts& facts,
                                         const std::string& language);

}  // namespace tocsin::callout
