// The language of the plan as JSON Schema 2020-12, made from the table of keys (keys.h): editors complete and check
// with it.
//
// It is as strict as a shape can be: unknown keys, kinds of value, words, names and sizes.  What needs the whole plan
// (references, ranges, languages, what one key means for another) only read_plan finds.  Pure; any thread.
#pragma once

#include <string>

namespace tocsin::plan {

// Of a plan file, or of a file of holidays.  Indented, in a stable order, with a line end.
enum class SchemaOf { kPlan, kHolidays };
[[nodiscard]] std::string json_schema(SchemaOf file = SchemaOf::kPlan);

}  // namespace tocsin::plan
