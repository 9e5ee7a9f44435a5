#include "gateway/app/call_list_of.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "gateway/rehearse/call_list.h"

namespace tocsin::app {
namespace {

class Bodies {
 public:
  explicit Bodies(const CallListOf& of) : of_(of) {
    for (const auto& area : of.tables.areas) areas_.emplace(area.code, area.name);
    for (const auto& row : of.tables.unit_members) members_[row.unit].push_back(row.person);
    for (const auto& row : of.tables.group_members) in_group_[row.group].push_back(row.person);
    for (const auto& row : of.tables.persons) {
      if (row.section) sections_.insert(row.code);
    }
  }

  // A unit that has sections is an upper office.
  void add_to(rehearse::CallListOptions& options) const {
    for (const auto& row : of_.tables.units) {
      rehearse::CallListBody body;
      body.name = row.name;
      if (const auto area = areas_.find(row.area); area != areas_.end()) body.area = area->second;
      if (!row.responsible.empty()) add(row.responsible, body);
      add_all(members_, row.code, body);
      (has_section(row.code) ? options.offices : options.units).push_back(std::move(body));
    }
    for (const auto& row : of_.tables.groups) {
      rehearse::CallListBody body;
      body.name = row.name;
      add_all(in_group_, row.code, body);
      options.groups.push_back(std::move(body));
    }
  }

 private:
  using Lists = std::unordered_map<std::string, std::vector<std::string>>;

  void add(const std::string& code, rehearse::CallListBody& body) const {
    const auto* card = of_.roster.person_coded(code);
    if (card == nullptr || std::find(body.people.begin(), body.people.end(), card->id) != body.people.end()) return;
    body.people.push_back(card->id);
  }
  void add_all(const Lists& lists, const std::string& code, rehearse::CallListBody& body) const {
    const auto found = lists.find(code);
    if (found == lists.end()) return;
    for (const auto& person : found->second) add(person, body);
  }
  [[nodiscard]] bool has_section(const std::string& unit) const {
    const auto found = members_.find(unit);
    return found != members_.end() && std::any_of(found->second.begin(), found->second.end(),
                                                  [&](const auto& code) { return sections_.count(code) > 0; });
  }

  const CallListOf& of_;
  std::unordered_map<std::string, std::string> areas_;
  Lists members_, in_group_;
  std::unordered_set<std::string> sections_;
};

}  // namespace

std::string call_list_of(const CallListOf& of, base::UtcTime at, const std::string& language,
                         const base::DialingRules& dialing) {
  rehearse::CallListOptions options;
  options.language = language;
  options.roster = &of.roster;
  options.at = at;
  options.dialing = dialing;
  for (const auto& row : of.tables.leave) {
    const auto* card = of.roster.person_coded(row.person);
    if (card == nullptr || !row.period.contains(at)) continue;
    // Of leaves that overlap the last end counts; an open one has none.
    const auto [entry, fresh] = options.on_leave.emplace(card->id, row.period.to);
    if (fresh || !entry->second) continue;
    if (!row.period.to || *row.period.to > *entry->second) entry->second = row.period.to;
  }
  Bodies(of).add_to(options);
  return rehearse::call_list(of.plan, options);
}

}  // namespace tocsin::app
