// Longest things a plan may hold; docs/plan.md, "Limits".  Internal to gateway/plan.
#pragma once

#include <cstddef>

namespace tocsin::plan {

inline constexpr std::size_t kMaxLevels = 12, kMaxLadders = 100, kMaxRungs = 20, kMaxResponses = 500, kMaxSteps = 50,
                             kMaxChoices = 50, kMaxAttributes = 200, kMaxCriteriaClauses = 50, kMaxConditions = 20,
                             kMaxKeywords = 50, kMaxSelectors = 50, kMaxTemplates = 100, kMaxHours = 20,
                             kMaxDerivedLadders = 1000, kMaxStandDownConditions = 20, kMaxIncludes = 200,
                             kMaxCases = 1000, kMaxEvents = 50, kMaxExpected = 100, kMaxAcceptances = 200,
                             kMaxHolidays = 400;
inline constexpr int kMaxCycles = 100;
inline constexpr std::size_t kMaxNameCharacters = 100, kMaxSentenceCharacters = 500, kMaxTemplateCharacters = 4000;
inline constexpr std::size_t kMaxKeywordCharacters = 40;
inline constexpr std::size_t kMaxFindings = 1000;

}  // namespace tocsin::plan
