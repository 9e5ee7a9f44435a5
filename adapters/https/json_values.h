// Single values of the model as JSON objects: what the documents of json_out.h are put together from.
//
// The rules of json_out.h hold: ids in base32, times in RFC 3339, null for what is unknown or absent; each object's
// keys are described in docs/api/openapi.yaml.  Only names the JSON type: whoever calls these includes the library.
// Pure functions, safe from any thread.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "adapters/https/json_out.h"
#include "gateway/base/ids.h"
#include "gateway/base/time.h"

namespace tocsin::https::values {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json id_or_null(std::int64_t value);  // 0 is none
[[nodiscard]] Json time(base::UtcTime at);
[[nodiscard]] Json time(const std::optional<base::UtcTime>& at);
[[nodiscard]] Json text_or_null(std::string_view text);  // the model's empty text is none
[[nodiscard]] Json person(model::PersonId who, const Viewer& viewer);
[[nodiscard]] Json facts(const model::Facts& known);
[[nodiscard]] Json assessment(const model::Assessment& a);
[[nodiscard]] Json selectors(std::string_view words);  // a list, of words with one blank between

[[nodiscard]] Json incident(const model::Incident& i, const Viewer& viewer);
[[nodiscard]] Json attachment(const model::Attachment& a);
[[nodiscard]] Json report(const model::Report& r, const Viewer& viewer);
[[nodiscard]] Json callout(const model::CallOut& c);
[[nodiscard]] Json approval(const model::Approval& a, const Viewer& viewer);
// Of the last call-out; null where the plan leaves it to the desk and asks for nothing.
[[nodiscard]] Json stand_down_rule(const std::vector<model::CallOut>& callouts);
[[nodiscard]] Json note(const model::Note& n, const Viewer& viewer);
[[nodiscard]] Json step(const model::Step& s, const std::map<model::StepId, int>& replied);
[[nodiscard]] Json task(const model::Task& t);
[[nodiscard]] Json delivery(const model::Delivery& d, const Viewer& viewer);
// `incident_code`: the spoken code, or null.
[[nodiscard]] Json alert(const model::Alert& a, Json incident_code, const Viewer& viewer);

}  // namespace tocsin::https::values
