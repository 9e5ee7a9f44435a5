#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/plan/schema.h"

namespace tocsin::app {

int run_plan_schema(const PlanSchemaOptions& options) {
  const auto schema = plan::json_schema(options.holidays ? plan::SchemaOf::kHolidays : plan::SchemaOf::kPlan);
  std::fwrite(schema.data(), 1, schema.size(), stdout);
  return kExitDone;
}

}  // namespace tocsin::app
