#include "gateway/plan/read_plan.h"

namespace tocsin::plan {

void locate(base::Diagnostic& finding, const Places& places) {
  for (std::string_view name = finding.where; !name.empty();) {
    if (const auto it = places.find(name); it != places.end()) {
      finding.file = it->second.file;
      finding.line = it->second.line;
      finding.column = it->second.column;
      return;
    }
    const auto slash = name.rfind('/');
    name = slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
  }
}

}  // namespace tocsin::plan
