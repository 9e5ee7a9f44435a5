#include "gateway/app/loaded_directory.h"

#include <algorithm>

namespace tocsin::app {

std::shared_ptr<const directory::Snapshot> with_leave(LoadedDirectory loaded, std::vector<std::string>& codes) {
  const auto away = std::stable_partition(codes.begin(), codes.end(), [&](const std::string& code) {
    return loaded.roster->person_coded(code) == nullptr;
  });
  for (auto code = away; code != codes.end(); ++code) loaded.tables.leave.push_back({*code, {}});
  const bool same = away == codes.end();
  codes.erase(away, codes.end());
  if (same) return loaded.roster;
  return std::make_shared<const directory::Snapshot>(loaded.tables, loaded.roster->version());
}

}  // namespace tocsin::app
