// Versions of the directory have no gap, and what was taken back left it as it was before.
#include <set>

#include "directory/history.h"
#include "tests/simulation/check_directory.h"

namespace tocsin::simulation {

void check_directory(db::Session& session, const Journal& journal, std::vector<std::string>& broken) {
  std::set<std::int64_t> versions;
  std::vector<std::pair<std::int64_t, std::int64_t>> undone;  // version, and which it took back
  std::int64_t last = 0;
  {
    auto rows = session.statement("select version, undoes from dir_change order by version").run();
    while (rows.next()) {
      if (rows.int64(0) != last + 1)
        broken.push_back("directory: after version " + std::to_string(last) + " comes " +
                         std::to_string(rows.int64(0)));
      last = rows.int64(0);
      versions.insert(last);
      if (!rows.is_null(1)) undone.emplace_back(last, rows.int64(1));
    }
  }
  for (const std::int64_t version : journal.directory) {
    if (versions.count(version) == 0) broken.push_back("directory: version " + std::to_string(version) + " is lost");
  }
  const auto now = directory::load_state(session);
  if (!now || now->version != last) broken.push_back("directory: its version is not that of its last change");
  for (const auto& [version, undoes] : undone) {
    const auto after = directory::state_at(session, version), before = directory::state_at(session, undoes - 1);
    if (!after || !before || !directory::difference(after->tables, before->tables).empty()) {
      broken.push_back("directory: version " + std::to_string(version) + " is not as it was before version " +
                       std::to_string(undoes));
    }
  }
}

}  // namespace tocsin::simulation
