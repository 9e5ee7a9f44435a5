// The id types of the domain: one C++ type per noun, so that an alert is never taken for a delivery.
#pragma once

#include "gateway/base/ids.h"

namespace tocsin::model {

using ReportId = base::Id<struct ReportTag>;
using IncidentId = base::Id<struct IncidentTag>;
using CallOutId = base::Id<struct CallOutTag>;
using StepId = base::Id<struct StepTag>;
using TaskId = base::Id<struct TaskTag>;
using MatterId = base::Id<struct MatterTag>;
using MessageId = base::Id<struct MessageTag>;
using AlertId = base::Id<struct AlertTag>;
using DeliveryId = base::Id<struct DeliveryTag>;
using InboundId = base::Id<struct InboundTag>;
using CheckRoundId = base::Id<struct CheckRoundTag>;

// Directory rows: small numbers given by the directory, kept as long as the row's code stays.
using PersonId = base::Id<struct PersonTag>;
using AreaId = base::Id<struct AreaTag>;
using ContactId = base::Id<struct ContactTag>;

// Position of a level on the plan's scale: 0 = lowest.  kNoLevel: not classified.
using LevelIndex = int;
inline constexpr LevelIndex kNoLevel = -1;

}  // namespace tocsin::model
