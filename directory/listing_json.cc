// The only file of this room that knows the JSON library.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "directory/duty_course.h"
#include "directory/listing.h"

namespace tocsin::directory {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json time_of(const std::optional<base::UtcTime>& t) {
  return t ? Json(base::to_rfc3339(*t)) : Json(nullptr);
}

Json contact_of(const ContactRow& row, const ListOptions& options) {
  return {{"kind", model::name_of(row.kind)},
          {"address", options.unmasked ? row.address : masked_address(row.kind, row.address)},
          {"extension", row.extension},
          {"agreed", row.agreed()},
          {"withdrawn", row.withdrawn.has_value()},
          {"verified_when", time_of(row.verified_when)},
          {"not_at_night", row.not_at_night}};
}

Json person_of(const PersonView& view, const ListOptions& options, bool whole) {
  Json person = {{"code", view.row->code},
                 {"name", view.row->name},
                 {"kind", view.row->section ? "section" : "person"},
                 {"language", view.row->language}};
  person["on_leave"] = view.on_leave;
  person["posts"] = Json::array();
  for (const PostRow* post : view.posts) person["posts"].push_back(post->code);
  person["deputy_of"] = view.deputy_of;
  person["units"] = view.units;
  person["groups"] = view.groups;
  person["areas"] = Json::array();
  for (const AreaRoleRow* role : view.roles) person["areas"].push_back({{"area", role->area}, {"role", role->role}});
  person["contacts"] = Json::array();
  for (const ContactRow* contact : view.contacts) {
    Json entry = contact_of(*contact, options);
    if (whole) {
      entry["agreed_when"] = time_of(contact->agreed_when);
      entry["agreed_how"] = contact->agreed_how;
      entry["verified_how"] = contact->verified_how;
    }
    person["contacts"].push_back(std::move(entry));
  }
  if (whole) {
    person["door"] = view.row->door;
    person["notes"] = view.row->notes;
  }
  return person;
}

Json area_of(const Directory& all, const AreaRow& row, bool whole) {
  Json area = {{"code", row.code},     {"name", row.name},       {"kind", row.kind},
               {"parent", row.parent}, {"aliases", row.aliases}, {"path", all.roster.area_path(row.id)},
               {"latitude", nullptr},  {"longitude", nullptr},   {"assembly_point", row.assembly_point}};
  if (row.has_centre) {
    area["latitude"] = row.latitude;
    area["longitude"] = row.longitude;
  }
  if (whole) {
    area["outline"] = row.outline.empty() ? Json(nullptr) : Json::parse(row.outline, nullptr, false);
  } else {
    area["outlined"] = !row.outline.empty();
  }
  area["heads"] = Json::array();
  area["workers"] = Json::array();
  for (const AreaRoleRow& role : all.tables.area_roles) {
    if (role.area == row.code) area[role.role].push_back(role.person);
  }
  return area;
}

// Each post once: its holder at that time (null when vacant) and its deputies in order.
Json posts_of(const Directory& all, const ListOptions& options) {
  Json posts = Json::array();
  const auto known = [&](const std::string& code) {
    return std::find_if(posts.begin(), posts.end(), [&](const Json& post) { return post["code"] == code; });
  };
  for (const PostRow& row : all.tables.posts) {
    if (known(row.code) == posts.end()) {
      posts.push_back({{"code", row.code}, {"name", row.name}, {"area", row.area}, {"holder", nullptr}});
      posts.back()["deputies"] = Json::array();
    }
    if (row.period.contains(options.at) && !row.person.empty()) (*known(row.code))["holder"] = row.person;
  }
  std::vector<const DeputyRow*> deputies;
  for (const DeputyRow& row : all.tables.deputies) deputies.push_back(&row);
  std::stable_sort(deputies.begin(), deputies.end(), [](const auto* a, const auto* b) { return a->order < b->order; });
  for (const DeputyRow* row : deputies) {
    if (const auto post = known(row->post); post != posts.end()) (*post)["deputies"].push_back(row->person);
  }
  return posts;
}

Json unit_of(const Directory& all, const UnitRow& row) {
  Json unit = {{"code", row.code}, {"name", row.name}, {"area", row.area}, {"responsible", row.responsible}};
  unit["members"] = Json::array();
  for (const UnitMemberRow& member : all.tables.unit_members) {
    if (member.unit == row.code) unit["members"].push_back(member.person);
  }
  return unit;
}

Json group_of(const Directory& all, const GroupRow& row) {
  Json group = {{"code", row.code}, {"name", row.name}};
  group["members"] = Json::array();
  for (const GroupMemberRow& member : all.tables.group_members) {
    if (member.group == row.code) group["members"].push_back(member.person);
  }
  return group;
}

Json rotation_of(const RotationRow& row) {
  return {{"duty", row.duty},
          {"name", row.name},
          {"turns", row.turns},
          {"every_days", row.every_days},
          {"handover", clock_text(row.handover_minute)},
          {"from", day_text(row.first_day)},
          {"to", row.end_day ? Json(day_text(*row.end_day - 1)) : Json(nullptr)},
          {"time_zone", row.zone}};
}

}  // namespace

std::string list_json(const Directory& all, const ListOptions& options) {
  const Tables& tables = all.tables;
  Json out;
  out["version"] = all.roster.version();
  for (const char* key : {"areas", "posts", "units", "groups", "duty", "rotations", "overrides", "persons"})
    out[key] = Json::array();
  for (const AreaRow& row : tables.areas) out["areas"].push_back(area_of(all, row, false));
  out["posts"] = posts_of(all, options);
  for (const UnitRow& row : tables.units) out["units"].push_back(unit_of(all, row));
  for (const GroupRow& row : tables.groups) out["groups"].push_back(group_of(all, row));
  for (const DutyRow& row : tables.duty) {
    out["duty"].push_back(
        {{"duty", row.duty}, {"who", row.who}, {"from", time_of(row.period.from)}, {"to", time_of(row.period.to)}});
  }
  for (const RotationRow& row : tables.rotations) out["rotations"].push_back(rotation_of(row));
  for (const OverrideRow& row : tables.overrides) {
    out["overrides"].push_back({{"duty", row.duty},
                                {"who", row.who},
                                {"from", time_of(row.period.from)},
                                {"to", time_of(row.period.to)},
                                {"instead_of", row.instead_of}});
  }
  for (const PersonView& view : person_views(all, options)) out["persons"].push_back(person_of(view, options, false));
  return dumped(out);
}

base::Result<std::string> show_json(const Directory& all, std::string_view code, const ListOptions& options) {
  const Tables& tables = all.tables;
  Json out = Json::object();
  for (const PersonView& view : person_views(all, options)) {
    if (view.row->code == code) out["person"] = person_of(view, options, true);
  }
  for (const Json& post : posts_of(all, options)) {
    if (post["code"] == code) out["post"] = post;
  }
  for (const UnitRow& row : tables.units) {
    if (row.code == code) out["unit"] = unit_of(all, row);
  }
  for (const GroupRow& row : tables.groups) {
    if (row.code == code) out["group"] = group_of(all, row);
  }
  for (const AreaRow& row : tables.areas) {
    if (row.code == code) out["area"] = area_of(all, row, true);
  }
  if (out.empty()) return no_such_code(all, code);
  return dumped(out);
}

std::string duty_json(const Snapshot& roster, const std::vector<std::string>& duties, const roster::Span& span,
                      const std::map<std::string, std::string>& titles) {
  auto all = Json::array();
  for (const auto& duty : duties) {
    auto stretches = Json::array();
    for (const auto& stretch : duty_course(roster, duty, span)) {
      auto on = Json::array();
      for (const auto& one : stretch.on) {
        on.push_back({{"person", one.person->code},
                      {"name", one.person->name},
                      {"as", one.as},
                      {"stands_in_for", one.stands_in_for == nullptr ? Json() : Json(one.stands_in_for->code)},
                      {"stands_in_for_name", one.stands_in_for == nullptr ? Json() : Json(one.stands_in_for->name)}});
      }
      auto away = Json::array(), away_names = Json::array();
      for (const auto* card : stretch.on_leave) {
        away.push_back(card->code);
        away_names.push_back(card->name);
      }
      stretches.push_back({{"from", base::to_rfc3339(stretch.span.from)},
                           {"to", base::to_rfc3339(stretch.span.to)},
                           {"on", std::move(on)},
                           {"on_leave", std::move(away)},
                           {"on_leave_names", std::move(away_names)}});
    }
    const auto title = titles.find(duty);
    all.push_back({{"duty", duty},
                   {"title", title == titles.end() || title->second.empty() ? Json() : Json(title->second)},
                   {"stretches", std::move(stretches)}});
  }
  return dumped({{"from", base::to_rfc3339(span.from)}, {"to", base::to_rfc3339(span.to)}, {"duties", std::move(all)}});
}

}  // namespace tocsin::directory
