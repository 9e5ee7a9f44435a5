// An incident as it is shown to who was alerted, as JSON (ports/scenes.h).  Pure; any thread.
#pragma once

#include <string>

#include "gateway/ports/scenes.h"

namespace tocsin::https {

// docs/api/openapi.yaml, Scene.
[[nodiscard]] std::string scene_json(const ports::Scene& scene);

}  // namespace tocsin::https
