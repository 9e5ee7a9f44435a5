#include "directory/snapshot.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "directory/map/metres.h"

namespace tocsin::directory {
namespace {

template <typename Map, typename Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// Keeps the first of each, in order.
void drop_repeats(std::vector<model::PersonId>& people) {
  std::unordered_set<model::PersonId> seen;
  const auto repeated = [&](model::PersonId person) { return !person || !seen.insert(person).second; };
  people.erase(std::remove_if(people.begin(), people.end(), repeated), people.end());
  people.shrink_to_fit();
}

}  // namespace

Snapshot::Snapshot(const Tables& tables, std::int64_t version) : version_(version) {
  index_areas(tables);
  index_persons(tables);
  index_contacts(tables);
  index_posts(tables);
  index_bodies(tables);
  index_leave(tables);
  index_duty(tables);
}

void Snapshot::index_areas(const Tables& tables) {
  for (const AreaRow& row : tables.areas) area_by_code_.emplace(row.code, row.id);
  areas_.reserve(tables.areas.size());
  for (const AreaRow& row : tables.areas) {
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
  std::vector<map::AreaFinder::Place> places;
  places.reserve(areas_.size());
  for (std::size_t i = 0; i < areas_.size(); ++i) {
    const model::AreaInfo& info = areas_[i];
    map::AreaFinder::Place place{info.id, 0, std::nullopt, tables.areas[i].outline};
    if (info.has_centre) place.centre = map::Position{info.latitude, info.longitude};
    for (const auto* up = area(info.parent); up != nullptr && place.depth < kDeepestTree; up = area(up->parent)) {
      ++place.depth;
    }
    places.push_back(std::move(place));
  }
  finder_ = std::make_unique<const map::AreaFinder>(std::move(places));
}

void Snapshot::index_persons(const Tables& tables) {
  persons_.reserve(tables.persons.size());
  for (const PersonRow& row : tables.persons) {
    persons_.push_back({row.id, row.code, row.name, row.language, row.door, {}, row.section});
  }
  by_id_.resize(persons_.size());
  std::iota(by_id_.begin(), by_id_.end(), 0U);
  by_code_ = by_id_;
  std::sort(by_id_.begin(), by_id_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return persons_[a].id < persons_[b].id; });
  std::sort(by_code_.begin(), by_code_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return persons_[a].code < persons_[b].code; });
}

void Snapshot::index_contacts(const Tables& tables) {
  std::vector<const ContactRow*> contacts;
  for (const ContactRow& row : tables.contacts) {
    if (!row.withdrawn) contacts.push_back(&row);
  }
  std::stable_sort(contacts.begin(), contacts.end(),
                   [](const ContactRow* a, const ContactRow* b) { return a->order < b->order; });
  for (const ContactRow* row : contacts) {
    const auto place = place_of_code(row->person);
    if (!place) continue;
    persons_[*place].contacts.push_back(
        {row->id, row->kind, row->address, row->extension, row->agreed(), row->not_at_night});
  }
  for (model::PersonCard& card : persons_) card.contacts.shrink_to_fit();

  std::vector<std::pair<std::string_view, model::PersonId>> pairs;
  for (const model::PersonCard& card : persons_) {
    for (const model::ContactPoint& contact : card.contacts) pairs.emplace_back(contact.address, card.id);
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());  // one address under two extensions
  addresses_.reserve(pairs.size());
  people_at_.reserve(pairs.size());
  for (const auto& pair : pairs) {
    addresses_.push_back(pair.first);
    people_at_.push_back(pair.second);
  }
}

void Snapshot::index_posts(const Tables& tables) {
  for (const PostRow& row : tables.posts) {
    Post& post = posts_[row.code];
    post.code = row.code;
    post.name = row.name;
    if (const model::PersonId person = id_of(row.person)) {
      post.holdings.push_back({person, row.period});
      leads_.insert(person);
    }
  }
  std::vector<const DeputyRow*> deputies;
  for (const DeputyRow& row : tables.deputies) deputies.push_back(&row);
  std::stable_sort(deputies.begin(), deputies.end(),
                   [](const DeputyRow* a, const DeputyRow* b) { return a->order < b->order; });
  for (const DeputyRow* row : deputies) {
    const auto found = posts_.find(row->post);
    if (found != posts_.end()) found->second.deputies.push_back(id_of(row->person));
  }
  for (auto& [code, post] : posts_) drop_repeats(post.deputies);
  // In the office's order, so that who stands in does not depend on how a hash table lies.
  for (const PostRow& row : tables.posts) {
    const model::PersonId person = id_of(row.person);
    if (!person) continue;
    auto& held = posts_held_[person];
    const Post* post = find_in(posts_, row.code);
    if (std::find(held.begin(), held.end(), post) == held.end()) held.push_back(post);
  }
}

void Snapshot::index_bodies(const Tables& tables) {
  for (const UnitRow& row : tables.units) {
    Body& unit = units_[row.code];
    unit.name = row.name;
    unit.members.push_back(id_of(row.responsible));
    leads_.insert(unit.members.back());
  }
  for (const UnitMemberRow& row : tables.unit_members) {
    const auto found = units_.find(row.unit);
    if (found != units_.end()) found->second.members.push_back(id_of(row.person));
  }
  for (const GroupRow& row : tables.groups) groups_[row.code].name = row.name;
  for (const GroupMemberRow& row : tables.group_members) {
    const auto found = groups_.find(row.group);
    if (found != groups_.end()) found->second.members.push_back(id_of(row.person));
  }
  for (const AreaRoleRow& row : tables.area_roles) {
    if (const auto* area = find_in(area_by_code_, row.area)) area_roles_[*area][row.role].push_back(id_of(row.person));
    if (row.role == "heads") leads_.insert(id_of(row.person));
  }
  for (auto& [code, unit] : units_) drop_repeats(unit.members);
  for (auto& [code, group] : groups_) drop_repeats(group.members);
  for (auto& [area, roles] : area_roles_) {
    for (auto& [role, people] : roles) drop_repeats(people);
  }
}

std::optional<std::size_t> Snapshot::place_of_code(std::string_view code) const {
  const auto found =
      std::lower_bound(by_code_.begin(), by_code_.end(), code,
                       [this](std::uint32_t place, std::string_view c) { return persons_[place].code < c; });
  if (found == by_code_.end() || persons_[*found].code != code) return std::nullopt;
  return *found;
}

model::PersonId Snapshot::id_of(std::string_view person_code) const {
  const auto place = place_of_code(person_code);
  return place ? persons_[*place].id : model::PersonId{};
}

const Snapshot::Post* Snapshot::post(std::string_view code) const {
  return find_in(posts_, code);
}

bool Snapshot::on_leave(model::PersonId person, base::UtcTime at) const {
  const auto* spans = find_in(leave_, person);
  if (spans == nullptr) return false;
  const auto behind = std::upper_bound(spans->begin(), spans->end(), at,
                                       [](base::UtcTime t, const roster::Span& span) { return t < span.from; });
  return behind != spans->begin() && std::prev(behind)->contains(at);
}

const model::PersonCard* Snapshot::person(model::PersonId id) const {
  const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), id, [this](std::uint32_t place, model::PersonId i) {
    return persons_[place].id < i;
  });
  return found == by_id_.end() || persons_[*found].id != id ? nullptr : &persons_[*found];
}

const model::PersonCard* Snapshot::person_coded(std::string_view code) const {
  const auto place = place_of_code(code);
  return place ? &persons_[*place] : nullptr;
}

std::span<const model::PersonId> Snapshot::people_at(std::string_view address) const {
  const auto [first, last] = std::equal_range(addresses_.begin(), addresses_.end(), address);
  return std::span(people_at_)
      .subspan(static_cast<std::size_t>(first - addresses_.begin()), static_cast<std::size_t>(last - first));
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
  return metres > 0 && first->has_centre && second->has_centre &&
         map::metres_between(first->latitude, first->longitude, second->latitude, second->longitude) <= metres;
}

std::optional<model::PlaceFound> Snapshot::area_at(double latitude, double longitude) const {
  return finder_->find({latitude, longitude}, kFarthestCentre);
}

std::string_view Snapshot::outline(model::AreaId id) const {
  const auto* index = find_in(area_by_id_, id);
  return index == nullptr ? std::string_view() : finder_->outline(*index);
}

}  // namespace tocsin::directory
