#include "directory/holders.h"

#include <map>
#include <set>
#include <utility>

namespace tocsin::directory {
namespace {

using ports::NamedOne;
using Areas = std::map<std::string, NamedOne, std::less<>>;
using Places = std::map<std::string, std::size_t, std::less<>>;

NamedOne person_of(const Snapshot& roster, std::string_view code) {
  const auto* card = code.empty() ? nullptr : roster.person_coded(code);
  return card == nullptr ? NamedOne{} : NamedOne{card->code, card->name, {}};
}

Areas areas_of(const Snapshot& roster) {
  Areas areas;
  for (const auto& area : roster.areas()) areas[area.code] = {area.code, area.name, roster.area_path(area.id)};
  return areas;
}

NamedOne area_in(const Areas& areas, std::string_view code) {
  const auto found = areas.find(code);
  return found == areas.end() ? NamedOne{} : found->second;
}

std::set<std::string, std::less<>> away_at(db::Session& session, base::UtcTime at) {
  std::set<std::string, std::less<>> away;
  auto rows = session.statement("select person, from_time, to_time from dir_leave").run();
  while (rows.next()) {
    if (Period{rows.maybe_time(1), rows.maybe_time(2)}.contains(at)) away.insert(rows.string(0));
  }
  return away;
}

}  // namespace

base::Result<std::vector<ports::DirectoryPost>> posts_held(db::Session& session, const Snapshot& roster,
                                                           base::UtcTime at) {
  const auto areas = areas_of(roster);
  const auto away = away_at(session, at);
  std::vector<ports::DirectoryPost> posts;
  Places places;
  {
    auto rows =
        session.statement("select code, name, area, person, from_time, to_time from dir_post order by place").run();
    while (rows.next()) {
      const auto place = places.emplace(rows.string(0), posts.size());
      if (place.second) {
        posts.push_back({rows.string(0), rows.string(1), area_in(areas, rows.text(2)), {}, {}});
      }
      auto holder = person_of(roster, rows.text(3));
      if (holder.code.empty() || !Period{rows.maybe_time(4), rows.maybe_time(5)}.contains(at)) continue;
      holder.on_leave = away.find(holder.code) != away.end();
      posts[place.first->second].holder = std::move(holder);
    }
  }
  {
    auto rows = session.statement("select post, person from dir_deputy order by preference, place").run();
    while (rows.next()) {
      const auto place = places.find(rows.text(0));
      auto deputy = person_of(roster, rows.text(1));
      if (place == places.end() || deputy.code.empty()) continue;
      deputy.on_leave = away.find(deputy.code) != away.end();
      posts[place->second].deputies.push_back(std::move(deputy));
    }
  }
  if (session.failed()) return session.status().error().within("reading the directory");
  return posts;
}

base::Result<std::vector<ports::DirectoryUnit>> units_filled(db::Session& session, const Snapshot& roster) {
  const auto areas = areas_of(roster);
  std::vector<ports::DirectoryUnit> units;
  Places places;
  {
    auto rows = session.statement("select code, name, responsible, area from dir_unit order by place").run();
    while (rows.next()) {
      places.emplace(rows.string(0), units.size());
      ports::DirectoryUnit unit{rows.string(0), rows.string(1), area_in(areas, rows.text(3)), false, {}};
      auto responsible = person_of(roster, rows.text(2));
      unit.responsible = !responsible.code.empty();
      if (unit.responsible) unit.members.push_back(std::move(responsible));
      units.push_back(std::move(unit));
    }
  }
  {
    auto rows = session.statement("select unit, person from dir_unit_member order by place").run();
    while (rows.next()) {
      const auto place = places.find(rows.text(0));
      auto member = person_of(roster, rows.text(1));
      if (place == places.end() || member.code.empty()) continue;
      auto& unit = units[place->second];
      const bool leads = unit.responsible && unit.members.front().code == member.code;
      if (!leads) unit.members.push_back(std::move(member));
    }
  }
  if (session.failed()) return session.status().error().within("reading the directory");
  return units;
}

}  // namespace tocsin::directory
