#include <algorithm>
#include <utility>

#include "directory/intake/codes.h"
#include "directory/intake/comparing.h"
#include "directory/intake/header_words.h"

namespace tocsin::intake {
namespace {

using base::said;
using base::Severity;

std::string words_of(const directory::ContactRow& row) {
  return row.address + (row.extension.empty() ? "" : "-" + row.extension);
}

template <typename Row>
void drop(std::vector<Row>& rows, const std::vector<bool>& gone) {
  std::size_t to = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < gone.size() && gone[i]) continue;
    if (to != i) rows[to] = std::move(rows[i]);
    ++to;
  }
  rows.resize(to);
}

}  // namespace

struct Writer::Codes {
  CodeMaker persons{"p"}, units{"u"};
};

Writer::Writer(const Known& known, const CompareOptions& options, Comparison& out)
    : known_(known), options_(options), out_(out), codes_(std::make_shared<Codes>()) {
  out_.after = known.tables;
  directory::Tables& after = out_.after;
  for (const auto& row : after.persons) {
    codes_->persons.take(row.code);
    person_names_.emplace(row.code, row.name);
  }
  for (const auto& row : after.units) {
    codes_->units.take(row.code);
    unit_names_.emplace(row.code, row.name);
  }
  for (const auto& row : after.areas) area_names_.emplace(row.code, row.name);
  for (std::size_t i = 0; i < after.contacts.size(); ++i) contacts_of_[after.contacts[i].person].push_back(i);
  for (std::size_t i = 0; i < after.area_roles.size(); ++i) roles_of_[after.area_roles[i].person].push_back(i);
  for (std::size_t i = 0; i < after.unit_members.size(); ++i) {
    memberships_of_[after.unit_members[i].person].push_back(i);
  }
  contact_gone_.resize(after.contacts.size());
  role_gone_.resize(after.area_roles.size());
  membership_gone_.resize(after.unit_members.size());
}

void Writer::find(Severity severity, std::string code, const Source& at, std::string_view cell, base::Said message,
                  base::Said proposal) {
  if (out_.findings.size() >= kMostFindings) return;
  out_.findings.push_back({severity, std::move(code), at, std::string(cell), std::move(message), std::move(proposal)});
}

std::size_t Writer::area_of(const std::string& name) const {
  return name.empty() ? kNowhere : known_.area(name);
}

// The unit of a hat: known, made before, or made now.  What is an area's name is that area, not a unit.
std::size_t Writer::unit_of(const Hat& hat) {
  if (hat.unit.empty()) return kNowhere;
  std::size_t place = known_.unit(hat.unit);
  if (place != kNowhere || known_.area(hat.unit) != kNowhere) return place;
  const std::string key = plain_word(hat.unit);
  if (key.empty()) return kNowhere;
  const auto [made, fresh] = new_unit_by_name_.emplace(key, out_.after.units.size());
  if (fresh) {
    directory::UnitRow row;
    row.code = codes_->units.code_of_unit(hat.unit);
    row.name = hat.unit;
    if (const std::size_t area = area_of(hat.area); area != kNowhere) row.area = out_.after.areas[area].code;
    out_.new_units.push_back(row.code);
    out_.after.units.push_back(std::move(row));
  }
  return made->second;
}

void Writer::learn_places(const std::vector<Entry>& entries, const std::vector<Who>& whos) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (whos[i].open) continue;
    for (const Hat& hat : entries[i].hats) {
      if (const std::size_t unit = known_.unit(hat.unit); unit != kNowhere) {
        units_named_.insert(known_.tables.units[unit].code);
      }
      if (const std::size_t area = area_of(hat.area); area != kNowhere) {
        areas_named_.insert(known_.tables.areas[area].code + (hat.part == Part::kHead ? " heads" : " workers"));
      }
    }
  }
}

void Writer::write_person(const Entry& entry, const Who& who, PersonDiff& diff) {
  directory::Tables& after = out_.after;
  if (who.person == kNowhere) {
    diff.verdict = Verdict::kAdded;
    directory::PersonRow row;
    row.code = diff.code = codes_->persons.code_of_person(entry.name);
    row.name = entry.name;
    row.language = options_.language;
    row.section = entry.office;
    after.persons.push_back(std::move(row));
  } else {
    directory::PersonRow& row = after.persons[who.person];
    diff.code = row.code;
    if (row.name != entry.name) {
      diff.changes.push_back({"name", row.name, entry.name});
      row.name = entry.name;
    }
    if (entry.office && !row.section) {
      diff.changes.push_back({"kind", "person", "section"});
      row.section = true;
    }
  }
  if (who.gives_up != kNowhere) {
    for (const std::size_t i : contacts_of_[after.persons[who.gives_up].code]) {
      const auto& contact = after.contacts[i];
      const bool taken = std::any_of(entry.numbers.begin(), entry.numbers.end(), [&](const DraftNumber& number) {
        return number.address == contact.address && number.extension == contact.extension;
      });
      if (taken && !contact.withdrawn) contact_gone_[i] = true;
    }
  }
  write_numbers(entry, diff.code, diff);
}

void Writer::write_numbers(const Entry& entry, const std::string& code, PersonDiff& diff) {
  auto& contacts = out_.after.contacts;
  std::vector<std::size_t>& own = contacts_of_[code];
  const std::size_t before = own.size();
  std::vector<bool> listed(before, false);
  std::vector<const DraftNumber*> fresh;
  std::set<model::ContactKind> kinds;
  for (const DraftNumber& number : entry.numbers) {
    kinds.insert(number.kind);
    const auto there = std::find_if(own.begin(), own.end(), [&](std::size_t i) {
      return contacts[i].address == number.address && contacts[i].extension == number.extension;
    });
    if (there == own.end()) {
      fresh.push_back(&number);
      continue;
    }
    listed[static_cast<std::size_t>(there - own.begin())] = true;
    if (contacts[*there].withdrawn) {
      find(Severity::kWarning, "number-withdrawn", number.from, number.address,
           said("{0} took this number back: it stays withdrawn", "{0}已撤回该号码：保持撤回", entry.name),
           said("ask them to agree again before it is used", "如需使用，请先取得本人同意"));
    }
  }
  // A new number takes the place in the order of one of its kind that goes.
  std::map<model::ContactKind, std::vector<int>> freed;
  int last = 0;
  for (std::size_t k = 0; k < before; ++k) {
    directory::ContactRow& row = contacts[own[k]];
    last = std::max(last, row.order);
    if (listed[k] || row.withdrawn || contact_gone_[own[k]] || kinds.count(row.kind) == 0) continue;
    contact_gone_[own[k]] = true;
    freed[row.kind].push_back(row.order);
    diff.changes.push_back({std::string(model::name_of(row.kind)), words_of(row), ""});
  }
  for (const DraftNumber* number : fresh) {
    directory::ContactRow row;
    row.person = code;
    row.kind = number->kind;
    row.address = number->address;
    row.extension = number->extension;
    row.agreed_when = options_.agreed_when;
    row.agreed_how = options_.agreed_how;
    std::vector<int>& places = freed[row.kind];
    if (places.empty()) {
      row.order = ++last;
    } else {
      row.order = places.front();
      places.erase(places.begin());
    }
    if (!row.agreed() && without_agreement_++ == 0) first_without_agreement_ = number->from;
    diff.changes.push_back({std::string(model::name_of(row.kind)), "", words_of(row)});
    own.push_back(contacts.size());
    contacts.push_back(std::move(row));
    contact_gone_.push_back(false);
  }
}

void Writer::write_hats(const Entry& entry, PersonDiff& diff) {
  for (const Hat& hat : entry.hats) {
    write_unit(hat, diff);
    write_area(hat, diff);
  }
  leave_places(entry, diff);
}

void Writer::write_unit(const Hat& hat, PersonDiff& diff) {
  const std::size_t place = unit_of(hat);
  if (place == kNowhere) return;
  directory::UnitRow& unit = out_.after.units[place];
  if (hat.part == Part::kHead && unit.responsible != diff.code && headed_.insert(unit.code).second) {
    const std::string before = unit.responsible.empty() ? "" : unit.name + ": " + person_names_[unit.responsible];
    diff.changes.push_back({"head", before, unit.name});
    unit.responsible = diff.code;
    return;
  }
  if (unit.responsible == diff.code) {
    headed_.insert(unit.code);
    return;
  }
  if (hat.part == Part::kHead) {
    find(Severity::kNote, "second-head", hat.from, hat.title,
         said("{0} has a head already in this list; {1} is a member", "名单中{0}已有负责人；{1}按成员录入", unit.name,
              diff.name),
         {});
  }
  std::vector<std::size_t>& own = memberships_of_[diff.code];
  const auto& members = out_.after.unit_members;
  if (std::any_of(own.begin(), own.end(), [&](std::size_t i) { return members[i].unit == unit.code; })) return;
  diff.changes.push_back({"unit", "", unit.name});
  own.push_back(out_.after.unit_members.size());
  out_.after.unit_members.push_back({unit.code, diff.code});
  membership_gone_.push_back(false);
}

void Writer::write_area(const Hat& hat, PersonDiff& diff) {
  std::size_t place = area_of(hat.area);
  if (place == kNowhere && !hat.area.empty()) {
    if (unknown_areas_.insert(hat.area).second) {
      find(Severity::kWarning, "unknown-area", hat.from, hat.area,
           said("the directory has no area {0}", "通讯录中没有区域{0}", hat.area),
           said("add it to the areas first, or as an alias of one", "请先在区域表中添加，或写为别名"));
    }
    return;
  }
  // Who works for a subdistrict's office is not yet a worker of all of it; who answers for it is its head.
  const bool of_it = hat.part != Part::kMember && known_.unit(hat.unit) == kNowhere;
  if (place == kNowhere && of_it) place = area_of(hat.unit);
  if (place == kNowhere) return;
  const directory::AreaRow& area = out_.after.areas[place];
  const std::string role = hat.part == Part::kHead ? "heads" : "workers";
  auto& roles = out_.after.area_roles;
  std::vector<std::size_t>& own = roles_of_[diff.code];
  for (const std::size_t i : own) {
    if (roles[i].area != area.code || role_gone_[i]) continue;
    // Who is only listed there is what the directory says.
    if (hat.part == Part::kMember || roles[i].role == role) return;
  }
  diff.changes.push_back({"area", "", area.name + " " + role});
  own.push_back(roles.size());
  roles.push_back({area.code, role, diff.code});
  role_gone_.push_back(false);
}

// Somebody whom the list has in other units than before has left those of it that they are not in; the same with areas,
// where the list has others in their part: an area is never left without a head.
void Writer::leave_places(const Entry& entry, PersonDiff& diff) {
  std::unordered_set<std::string> units, areas;
  for (const Hat& hat : entry.hats) {
    if (const std::size_t unit = unit_of(hat); unit != kNowhere) units.insert(out_.after.units[unit].code);
    for (const std::string& name : {hat.area, hat.unit}) {
      if (const std::size_t area = area_of(name); area != kNowhere) areas.insert(known_.tables.areas[area].code);
    }
  }
  for (const std::size_t i : memberships_of_[diff.code]) {
    const std::string& unit = out_.after.unit_members[i].unit;
    if (units.empty() || membership_gone_[i] || units_named_.count(unit) == 0 || units.count(unit) > 0) continue;
    membership_gone_[i] = true;
    diff.changes.push_back({"unit", unit_names_[unit], ""});
  }
  for (const std::size_t i : roles_of_[diff.code]) {
    const directory::AreaRoleRow& row = out_.after.area_roles[i];
    const bool others = areas_named_.count(row.area + " " + row.role) > 0;
    if (areas.empty() || role_gone_[i] || !others || areas.count(row.area) > 0) continue;
    role_gone_[i] = true;
    diff.changes.push_back({"area", area_names_[row.area] + " " + row.role, ""});
  }
}

const directory::PostRow* Writer::holding(const std::string& post) const {
  for (const directory::PostRow& row : out_.after.posts) {
    if (row.code == post && row.period.contains(options_.at)) return &row;
  }
  return nullptr;
}

void Writer::give_post(const PostNeed& need, const std::string& person, PersonDiff& diff) {
  auto& posts = out_.after.posts;
  const std::string name = need.names.empty() ? need.code : need.names.front();
  const directory::PostRow* now = holding(need.code);
  directory::PostRow next;
  next.code = need.code;
  next.name = name;
  next.person = person;
  if (now != nullptr) {
    directory::PostRow& row = posts[static_cast<std::size_t>(now - posts.data())];
    if (row.person == person) return;
    diff.changes.push_back({"post", "", row.name});
    // A vacant one is filled, and so is one that would begin at this instant; else the period ends and another begins.
    if (row.person.empty() || (row.period.from && *row.period.from >= options_.at)) {
      row.person = person;
      return;
    }
    next.name = row.name;
    next.area = row.area;
    next.period.from = options_.at;
    next.period.to = row.period.to;
    row.period.to = options_.at;
    posts.push_back(std::move(next));
    return;
  }
  // Nobody's now: until the next holding begins, when there is one.
  for (const directory::PostRow& row : posts) {
    if (row.code != need.code) continue;
    next.name = row.name;
    next.area = row.area;
    if (row.period.to && *row.period.to <= options_.at) next.period.from = options_.at;
    if (row.period.from && *row.period.from > options_.at && (!next.period.to || *row.period.from < *next.period.to)) {
      next.period.to = row.period.from;
    }
  }
  diff.changes.push_back({"post", "", next.name});
  posts.push_back(std::move(next));
}

void Writer::remove_people(const std::vector<std::string>& codes) {
  if (codes.empty()) return;
  directory::Tables& after = out_.after;
  const std::unordered_set<std::string> left(codes.begin(), codes.end());
  const auto gone = [&](const std::string& code) { return left.count(code) > 0; };
  for (const std::string& code : codes) {
    for (const std::size_t i : contacts_of_[code]) contact_gone_[i] = true;
    for (const std::size_t i : roles_of_[code]) role_gone_[i] = true;
    for (const std::size_t i : memberships_of_[code]) membership_gone_[i] = true;
  }
  std::erase_if(after.persons, [&](const auto& row) { return gone(row.code); });
  for (auto& row : after.units) {
    if (gone(row.responsible)) row.responsible.clear();
  }
  // Rows refer to people who are there: what was is in the directory's versions.
  for (auto& row : after.posts) {
    if (gone(row.person)) row.person.clear();
  }
  std::erase_if(after.deputies, [&](const auto& row) { return gone(row.person); });
  std::erase_if(after.group_members, [&](const auto& row) { return gone(row.person); });
  std::erase_if(after.duty, [&](const auto& row) { return gone(row.who); });
  std::erase_if(after.overrides, [&](const auto& row) { return gone(row.who) || gone(row.instead_of); });
  std::erase_if(after.leave, [&](const auto& row) { return gone(row.person); });
  for (auto& row : after.rotations) {
    std::replace_if(row.turns.begin(), row.turns.end(), gone, std::string(directory::kNobodysTurn));
  }
}

void Writer::finish() {
  drop(out_.after.contacts, contact_gone_);
  drop(out_.after.area_roles, role_gone_);
  drop(out_.after.unit_members, membership_gone_);
  if (without_agreement_ > 0) {
    find(Severity::kWarning, "no-agreement", first_without_agreement_, "",
         said("new numbers without date and manner of consent: {0}; nobody is called there",
              "{0}个新号码没有注明本人何时、以何种方式同意：不会拨打", without_agreement_),
         said("give both for the whole list, or for each number later",
              "请为整张名单填写同意时间和方式，或之后逐个填写"));
  }
}

}  // namespace tocsin::intake
