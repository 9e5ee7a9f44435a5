// Versions of the directory have no gap, what was taken back left it as it was before, and who is on leave rests.
#include "tests/simulation/check_directory.h"

#include <algorithm>
#include <map>
#include <set>

#include "directory/history.h"
#include "directory/snapshot.h"
#include "tests/simulation/evidence.h"

namespace tocsin::simulation {
namespace {

bool on_leave(const directory::Tables& tables, const std::string& person, std::int64_t at) {
  return std::any_of(tables.leave.begin(), tables.leave.end(), [&](const auto& row) {
    return row.person == person && row.period.contains(base::from_micros(at));
  });
}

std::string code_of(const directory::Tables& tables, Id person) {
  for (const auto& row : tables.persons) {
    if (row.id.value == person) return row.code;
  }
  return {};
}

// Those in force at some moment of [from, to]; two whose change falls on `from` itself both count.
std::vector<const RosterThen*> in_force(const std::vector<RosterThen>& rosters, std::int64_t from, std::int64_t to) {
  std::vector<const RosterThen*> found;
  for (std::size_t i = 0; i < rosters.size(); ++i) {
    const bool ended = i + 1 < rosters.size() && rosters[i + 1].at < from;
    if (!ended && rosters[i].at <= to) found.push_back(&rosters[i]);
  }
  return found;
}

// Who is named for a duty at that moment, by any layer that the town uses: persons' codes, no posts.
std::set<std::string> named_for(const directory::Tables& tables, const std::string& duty, std::int64_t at) {
  std::set<std::string> named;
  for (const auto& row : tables.duty) {
    if (row.duty == duty && row.period.contains(base::from_micros(at))) named.insert(row.who);
  }
  for (const auto& row : tables.overrides) {
    // A swap names somebody only where there is somebody to replace.
    if (row.duty == duty && row.instead_of.empty() && row.period.contains(base::from_micros(at))) named.insert(row.who);
  }
  named.erase("");
  return named;
}

}  // namespace

void nobody_on_leave_told(const Tables& tables, const std::vector<RosterThen>& rosters,
                          std::vector<std::string>& broken) {
  std::map<Id, std::int64_t> began;
  for (const auto& r : tables.record) {
    if (is(r, Kind::kStepStarted)) began[r.subject] = r.at;
    if (!is(r, Kind::kAlertRaised) || r.b < 0) continue;  // those told before hear of a change, on leave or not
    const auto alert = tables.alerts.find(r.subject);
    const bool stands_in = r.detail == "stands_in";
    const auto step = alert == tables.alerts.end() ? began.end() : began.find(alert->second.step);
    const std::int64_t from = stands_in || step == began.end() ? r.at : step->second;
    const auto then = in_force(rosters, from, r.at);
    const bool all = !then.empty() && then.front()->at <= from;
    if (all && std::all_of(then.begin(), then.end(), [&](const auto* one) {
          const auto code = code_of(one->tables, r.a);
          return on_leave(one->tables, code, from) && on_leave(one->tables, code, r.at);
        })) {
      broken.push_back("directory: alert " + n(r.subject) + " tells person " + n(r.a) + ", who is on leave (record " +
                       n(r.seq) + ", " + r.detail + ")");
    }
  }
}

void duties_are_filled(const Tables& tables, const std::vector<RosterThen>& rosters, std::vector<std::string>& broken) {
  for (std::size_t i = 0; i < rosters.size(); ++i) {
    const directory::Snapshot snapshot(rosters[i].tables, rosters[i].version);
    const auto until = i + 1 < rosters.size() ? rosters[i + 1].at : std::int64_t{1} << 62;
    for (const auto& r : tables.record) {
      if (!is(r, Kind::kStepStarted) || r.at < rosters[i].at || r.at >= until) continue;
      for (const std::string duty : {"desk", "leader"}) {
        const auto named = named_for(rosters[i].tables, duty, r.at);
        const bool anybody = std::any_of(named.begin(), named.end(),
                                         [&](const auto& code) { return !on_leave(rosters[i].tables, code, r.at); });
        const std::vector selectors{*model::parse_selector("duty:" + duty)};
        const auto resolved = snapshot.resolve(selectors, {}, base::from_micros(r.at));
        const auto what = "directory: version " + n(rosters[i].version) + ", duty " + duty + " at record " + n(r.seq);
        if (anybody && resolved.recipients.empty()) broken.push_back(what + ": somebody is there, nobody is told");
        for (const auto& who : resolved.recipients) {
          if (on_leave(rosters[i].tables, code_of(rosters[i].tables, who.person.value), r.at))
            broken.push_back(what + ": somebody on leave is told");
        }
      }
    }
  }
}

void check_directory(db::Session& session, const Tables& tables, const Journal& journal,
                     std::vector<std::string>& broken) {
  std::vector<RosterThen> rosters;
  std::set<std::int64_t> versions;
  std::vector<std::pair<std::int64_t, std::int64_t>> undone;  // version, and which it took back
  std::int64_t last = 0;
  {
    auto rows = session.statement("select version, undoes, at from dir_change order by version").run();
    while (rows.next()) {
      if (rows.int64(0) != last + 1)
        broken.push_back("directory: after version " + std::to_string(last) + " comes " +
                         std::to_string(rows.int64(0)));
      last = rows.int64(0);
      versions.insert(last);
      rosters.push_back({last, rows.int64(2), {}});
      if (!rows.is_null(1)) undone.emplace_back(last, rows.int64(1));
    }
  }
  for (const std::int64_t version : journal.directory) {
    if (versions.count(version) == 0) broken.push_back("directory: version " + std::to_string(version) + " is lost");
  }
  for (auto& roster : rosters) {
    auto state = directory::state_at(session, roster.version);
    if (!state) return broken.push_back("directory: version " + n(roster.version) + ": " + state.error().message);
    roster.tables = std::move(state).value().tables;
  }
  nobody_on_leave_told(tables, rosters, broken);
  duties_are_filled(tables, rosters, broken);
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
