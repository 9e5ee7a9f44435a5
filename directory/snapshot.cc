#include "directory/snapshot.h"

#include <algorithm>
#include <cmath>

namespace tocsin::directory {
namespace {

constexpr double kEarthRadiusMetres = 6371008.8;  // mean radius of WGS 84 (IUGG)

// Haversine: well-conditioned for the short distances of a town.
double metres_between(const model::AreaInfo& a, const model::AreaInfo& b) {
  constexpr double kRadians = 3.14159265358979323846 / 180.0;
  const double half_lat = std::sin((b.latitude - a.latitude) * kRadians / 2);
  const double half_lon = std::sin((b.longitude - a.longitude) * kRadians / 2);
  const double h =
      half_lat * half_lat + std::cos(a.latitude * kRadians) * std::cos(b.latitude * kRadians) * half_lon * half_lon;
  return 2 * kEarthRadiusMetres * std::asin(std::min(1.0, std::sqrt(h)));
}

template <typename Map, typename Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

void add_once(std::vector<model::PersonId>& people, model::PersonId person) {
  if (person && std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
}

}  // namespace

Snapshot::Snapshot(Tables tables, std::int64_t version) : tables_(std::move(tables)), version_(version) {
  index_areas();
  index_persons();
  index_posts();
  index_bodies();
  index_duty_and_leave();
}

void Snapshot::index_areas() {
  for (const AreaRow& row : tables_.areas) area_by_code_.emplace(row.code, row.id);
  areas_.reserve(tables_.areas.size());
  for (const AreaRow& row : tables_.areas) {
    model::AreaInfo info;
    info.id = row.id;
    info.code = row.code;
    info.name = row.name;
    info.kind = row.kind;
    if (const auto* parent = find_in(area_by_code_, row.parent)) info.parent = *parent;
    info.aliases = row.aliases;
    info.has_centre = row.has_centre;
    info.latitude = row.latitude;
    info.longitude = row.longitude;
    info.assembly_point = row.assembly_point;
    area_by_id_.emplace(row.id, areas_.size());
    areas_.push_back(std::move(info));
  }
}

void Snapshot::index_persons() {
  persons_.reserve(tables_.persons.size());
  for (const PersonRow& row : tables_.persons) {
    person_by_code_.emplace(row.code, persons_.size());
    person_by_id_.emplace(row.id, persons_.size());
    persons_.push_back({row.id, row.code, row.name, row.language, row.door, {}});
  }
  std::vector<const ContactRow*> contacts;
  for (const ContactRow& row : tables_.contacts) {
    if (!row.withdrawn) contacts.push_back(&row);
  }
  std::stable_sort(contacts.begin(), contacts.end(),
                   [](const ContactRow* a, const ContactRow* b) { return a->order < b->order; });
  for (const ContactRow* row : contacts) {
    const auto* index = find_in(person_by_code_, row->person);
    if (index == nullptr) continue;
    persons_[*index].contacts.push_back({row->id, row->kind, row->address, row->extension, row->agreed()});
    add_once(people_by_address_[row->address], persons_[*index].id);
  }
}

void Snapshot::index_posts() {
  for (const PostRow& row : tables_.posts) {
    Post& post = posts_[row.code];
    post.code = row.code;
    post.name = row.name;
    if (const model::PersonId person = id_of(row.person)) post.holdings.push_back({person, row.period});
  }
  std::vector<const DeputyRow*> deputies;
  for (const DeputyRow& row : tables_.deputies) deputies.push_back(&row);
  std::stable_sort(deputies.begin(), deputies.end(),
                   [](const DeputyRow* a, const DeputyRow* b) { return a->order < b->order; });
  for (const DeputyRow* row : deputies) {
    const auto found = posts_.find(row->post);
    if (found != posts_.end()) add_once(found->second.deputies, id_of(row->person));
  }
  // In the office's order, so that who stands in does not depend on how a hash table lies.
  for (const PostRow& row : tables_.posts) {
    const model::PersonId person = id_of(row.person);
    if (!person) continue;
    auto& held = posts_held_[person];
    const Post* post = find_in(posts_, row.code);
    if (std::find(held.begin(), held.end(), post) == held.end()) held.push_back(post);
  }
}

void Snapshot::index_bodies() {
  for (const UnitRow& row : tables_.units) {
    Body& unit = units_[row.code];
    unit.name = row.name;
    add_once(unit.members, id_of(row.responsible));
  }
  for (const UnitMemberRow& row : tables_.unit_members) {
    const auto found = units_.find(row.unit);
    if (found != units_.end()) add_once(found->second.members, id_of(row.person));
  }
  for (const GroupRow& row : tables_.groups) groups_[row.code].name = row.name;
  for (const GroupMemberRow& row : tables_.group_members) {
    const auto found = groups_.find(row.group);
    if (found != groups_.end()) add_once(found->second.members, id_of(row.person));
  }
  for (const AreaRoleRow& row : tables_.area_roles) {
    if (const auto* area = find_in(area_by_code_, row.area)) add_once(area_roles_[*area][row.role], id_of(row.person));
  }
}

void Snapshot::index_duty_and_leave() {
  for (const DutyRow& row : tables_.duty) {
    const std::string post_code = post_of_duty(row);
    const OnDuty entry{post_code.empty() ? id_of(row.who) : model::PersonId{}, post(post_code), row.period};
    if (entry.person || entry.post != nullptr) duty_[row.duty].push_back(entry);
  }
  for (const LeaveRow& row : tables_.leave) {
    if (const model::PersonId person = id_of(row.person)) leave_[person].push_back(row.period);
  }
}

model::PersonId Snapshot::id_of(std::string_view person_code) const {
  const auto* index = find_in(person_by_code_, person_code);
  return index == nullptr ? model::PersonId{} : persons_[*index].id;
}

const Snapshot::Post* Snapshot::post(std::string_view code) const {
  return find_in(posts_, code);
}

bool Snapshot::on_leave(model::PersonId person, base::UtcTime at) const {
  const auto* periods = find_in(leave_, person);
  return periods != nullptr &&
         std::any_of(periods->begin(), periods->end(), [at](const Period& p) { return p.contains(at); });
}

const model::PersonCard* Snapshot::person(model::PersonId id) const {
  const auto* index = find_in(person_by_id_, id);
  return index == nullptr ? nullptr : &persons_[*index];
}

const model::PersonCard* Snapshot::person_coded(std::string_view code) const {
  const auto* index = find_in(person_by_code_, code);
  return index == nullptr ? nullptr : &persons_[*index];
}

std::span<const model::PersonId> Snapshot::people_at(std::string_view address) const {
  const auto* people = find_in(people_by_address_, address);
  return people == nullptr ? std::span<const model::PersonId>() : *people;
}

std::vector<const model::PersonCard*> Snapshot::people() const {
  std::vector<const model::PersonCard*> cards;
  cards.reserve(persons_.size());
  for (const model::PersonCard& card : persons_) cards.push_back(&card);
  return cards;
}

const model::AreaInfo* Snapshot::area(model::AreaId id) const {
  const auto* index = find_in(area_by_id_, id);
  return index == nullptr ? nullptr : &areas_[*index];
}

std::string Snapshot::area_path(model::AreaId id) const {
  std::string path;
  int depth = 0;
  for (const auto* at = area(id); at != nullptr && depth < kDeepestTree; at = area(at->parent), ++depth) {
    path = path.empty() ? at->name : at->name + " / " + path;
  }
  return path;
}

model::AreaId Snapshot::community_of(model::AreaId id) const {
  const auto* at = area(id);
  for (int depth = 0; at != nullptr && at->kind == "grid" && depth < kDeepestTree; ++depth) at = area(at->parent);
  return at == nullptr || at->kind == "grid" ? model::AreaId{} : at->id;
}

bool Snapshot::near(model::AreaId a, model::AreaId b, double metres) const {
  const auto* first = area(a);
  const auto* second = area(b);
  if (first == nullptr || second == nullptr) return false;
  if (a == b || first->parent == b || second->parent == a) return true;
  return metres > 0 && first->has_centre && second->has_centre && metres_between(*first, *second) <= metres;
}

}  // namespace tocsin::directory
