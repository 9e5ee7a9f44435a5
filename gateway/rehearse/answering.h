// People answer and decide: what gateway/engine/answers.cc does, over a Stage.  Private to rehearse.
#pragma once

#include "gateway/rehearse/stage.h"

namespace tocsin::rehearse {

void apply_answer(Stage& stage, Place alert, model::AnswerKind kind);

// What the course says somebody answered or decided.
void answer(Stage& stage, const plan::CaseAnswer& given);
void decide(Stage& stage, const plan::CaseDecision& given);

// Of those who are not silent, the first whose answer is due by now; false when there is none.
bool answer_due(Stage& stage);

}  // namespace tocsin::rehearse
