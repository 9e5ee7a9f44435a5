// What the demo plays, in order: a report, the call-out, answers and silence, the call sheet, a rise, an approval, the
// end. Each scene looks up what it promises and says on the stage what did not hold.
#pragma once

#include "gateway/app/demo_stage.h"

namespace tocsin::app {

void first_report(Stage& stage);
void people_answer(Stage& stage);
void desk_calls(Stage& stage);
void level_rises(Stage& stage);
void commander_approves(Stage& stage);
void stand_down(Stage& stage);

}  // namespace tocsin::app
