// The parts of a comparison; used by diff.cc alone.  Each adds what it finds to `out`.
#pragma once

#include "gateway/rehearse/diff.h"

namespace tocsin::rehearse {

// Office, level scale, attributes, names, merging: values that are compared as they are.
void diff_head(const plan::Plan& before, const plan::Plan& after, PlanDiff& out);

// Levels, grades and questions of one hazard that both plans have (diff_levels.cc, diff_questions.cc).
void diff_levels(const plan::Plan& before, const plan::Plan& after, model::HazardKind kind, const DiffOptions& options,
                 PlanDiff& out);
void diff_questions(const plan::Plan& before, const plan::Plan& after, model::HazardKind kind, PlanDiff& out);

// What an SMS is understood as, and what people read (diff_words.cc, diff_texts.cc).
void diff_understood(const plan::Plan& before, const plan::Plan& after, const DiffOptions& options, PlanDiff& out);
void diff_texts(const plan::Plan& before, const plan::Plan& after, PlanDiff& out);

// Responses, and who is told what, when (diff_responses.cc, diff_people.cc).
void diff_responses(const plan::Plan& before, const plan::Plan& after, const DiffOptions& options, PlanDiff& out);

// A response with everything it stands on, as text: equal texts do the same.  Ladders by their content, not their name.
[[nodiscard]] std::string effect_of(const plan::Plan& plan, const plan::Response& response);

// One pair of responses that differ, and the hazards and levels they serve.
struct ResponsePair {
  const plan::Response* before = nullptr;
  const plan::Response* after = nullptr;
  std::vector<std::string> about;  // "fire/III"; "unclassified"
};
void diff_people(const plan::Plan& before, const plan::Plan& after, const ResponsePair& pair,
                 const DiffOptions& options, PlanDiff& out);

// Joins what differs in `about` alone.
void merge_equal(std::vector<Change>& changes);

}  // namespace tocsin::rehearse
