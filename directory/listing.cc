#include "directory/listing.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "gateway/base/diagnostic.h"
#include "gateway/base/local_time.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

std::string list_of(const std::vector<std::string>& words, const char* empty = "-") {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out.empty() ? empty : out;
}

// Fills up to `width` terminal columns: a Chinese character takes two of them.
std::string padded(const std::string& text, std::size_t width) {
  const std::size_t characters = base::count_characters(text);
  const std::size_t wide = (text.size() - characters) / 2;  // three bytes each in UTF-8
  const std::size_t taken = characters + wide;
  return taken < width ? text + std::string(width - taken, ' ') : text + " ";
}

std::string name_of_person(const Directory& all, const std::string& code) {
  const auto* card = all.roster.person_coded(code);
  return card == nullptr ? code : card->name;
}

std::string contact_in_words(const ContactRow& contact, const ListOptions& options) {
  std::string out(model::name_of(contact.kind));
  out += " " + (options.unmasked ? contact.address : masked_address(contact.kind, contact.address));
  if (!contact.extension.empty()) out += " ext " + contact.extension;
  if (contact.withdrawn) return out + " (withdrawn)";
  if (!contact.agreed()) return out + " (not agreed)";
  return out;
}

std::string time_in_words(const std::optional<base::UtcTime>& t, const ListOptions& options) {
  return t ? base::local_text(*t, options.time_zone, "%Y-%m-%d %H:%M").value_or(base::to_rfc3339(*t)) : "";
}

std::string period_in_words(const Period& period, const ListOptions& options) {
  if (!period.from && !period.to) return "always";
  return (period.from ? "from " + time_in_words(period.from, options) : std::string()) +
         (period.from && period.to ? " " : "") +
         (period.to ? "to " + time_in_words(period.to, options) : std::string());
}

// Of a duty, rotation or override row.
std::string name_of_who(const Directory& all, const std::string& who) {
  const std::string post = post_in(who);
  return post.empty() ? name_of_person(all, who) : "post " + post;
}

std::string rotation_line(const Directory& all, const RotationRow& row) {
  std::vector<std::string> turns;
  for (const std::string& who : row.turns) turns.push_back(name_of_who(all, who));
  std::string line = padded(row.duty, 22) + "rotation " + row.name + ": " + list_of(turns) + "; " +
                     (row.every_days == 1 ? "daily" : "every " + std::to_string(row.every_days) + " days") + " at " +
                     clock_text(row.handover_minute) + ", from " + day_text(row.first_day);
  if (row.end_day) line += " to " + day_text(*row.end_day - 1);
  return line;
}

std::string override_line(const Directory& all, const OverrideRow& row, const ListOptions& options) {
  std::string who = row.who.empty() ? "(nobody)" : name_of_who(all, row.who);
  if (!row.instead_of.empty()) who += " instead of " + name_of_who(all, row.instead_of);
  return padded(row.duty, 22) + padded(who, 32) + period_in_words(row.period, options);
}

std::string hats_of(const PersonView& view) {
  std::vector<std::string> hats;
  for (const PostRow* post : view.posts) hats.push_back(post->name);
  for (const AreaRoleRow* role : view.roles) hats.push_back(role->area + " " + role->role);
  for (const std::string& unit : view.units) hats.push_back(unit);
  for (const std::string& group : view.groups) hats.push_back(group);
  return list_of(hats);
}

std::vector<std::string> people_of_role(const Directory& all, const std::string& area, std::string_view role) {
  std::vector<std::string> names;
  for (const AreaRoleRow& row : all.tables.area_roles) {
    if (row.area == area && row.role == role) names.push_back(name_of_person(all, row.person));
  }
  return names;
}

std::string area_line(const Directory& all, const AreaRow& area, int depth) {
  std::string line(static_cast<std::size_t>(depth) * 2, ' ');
  line = padded(line + area.code, 20) + padded(area.name, 24) + padded(area.kind, 12);
  if (const auto heads = people_of_role(all, area.code, "heads"); !heads.empty()) {
    line += "heads " + list_of(heads) + "  ";
  }
  if (const auto workers = people_of_role(all, area.code, "workers"); !workers.empty()) {
    line += "workers " + list_of(workers);
  }
  return base::trim("." + line).substr(1);
}

void append_tree(std::string& out, const Directory& all) {
  const auto& areas = all.tables.areas;
  std::unordered_map<std::string, std::vector<const AreaRow*>> below;
  for (const AreaRow& area : areas) below[area.parent].push_back(&area);
  const std::function<void(const std::string&, int)> append = [&](const std::string& parent, int depth) {
    for (const AreaRow* area : below[parent]) {
      out += "  " + area_line(all, *area, depth) + "\n";
      if (depth < 16) append(area->code, depth + 1);
    }
  };
  append("", 0);
}

std::string holder_of(const Directory& all, std::string_view post, base::UtcTime at) {
  for (const PostRow& row : all.tables.posts) {
    if (row.code == post && row.period.contains(at) && !row.person.empty()) return name_of_person(all, row.person);
  }
  return "(vacant)";
}

std::vector<std::string> deputies_of(const Directory& all, std::string_view post) {
  std::vector<const DeputyRow*> rows;
  for (const DeputyRow& row : all.tables.deputies) {
    if (row.post == post) rows.push_back(&row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->order < b->order; });
  std::vector<std::string> names;
  for (const DeputyRow* row : rows) names.push_back(name_of_person(all, row->person));
  return names;
}

std::vector<std::string> post_codes(const Tables& tables) {
  std::vector<std::string> codes;
  for (const PostRow& row : tables.posts) {
    if (std::find(codes.begin(), codes.end(), row.code) == codes.end()) codes.push_back(row.code);
  }
  return codes;
}

std::string post_line(const Directory& all, const std::string& code, const ListOptions& options) {
  std::string name;
  for (const PostRow& row : all.tables.posts) {
    if (row.code == code) name = row.name;
  }
  return padded(code, 22) + padded(name, 20) + padded(holder_of(all, code, options.at), 12) + "deputies " +
         list_of(deputies_of(all, code));
}

std::string unit_line(const Directory& all, const UnitRow& unit) {
  std::vector<std::string> members;
  for (const UnitMemberRow& row : all.tables.unit_members) {
    if (row.unit == unit.code && row.person != unit.responsible) members.push_back(name_of_person(all, row.person));
  }
  const std::string responsible = unit.responsible.empty() ? "-" : name_of_person(all, unit.responsible);
  return padded(unit.code, 22) + padded(unit.name, 20) + padded(responsible, 12) + list_of(members);
}

std::string group_line(const Directory& all, const GroupRow& group) {
  std::vector<std::string> members;
  for (const GroupMemberRow& row : all.tables.group_members) {
    if (row.group == group.code) members.push_back(name_of_person(all, row.person));
  }
  return padded(group.code, 22) + padded(group.name, 20) + list_of(members);
}

std::string person_line(const PersonView& view, const ListOptions& options) {
  std::vector<std::string> contacts;
  for (const ContactRow* contact : view.contacts) contacts.push_back(contact_in_words(*contact, options));
  return padded(view.row->code, 22) + padded(view.row->name, 16) + (view.on_leave ? "on leave  " : "") +
         (view.row->section ? "section  " : "") + list_of(contacts, "no contact point") + "  " + hats_of(view);
}

std::string person_page(const Directory& all, const PersonView& view, const ListOptions& options) {
  std::string out = (view.row->section ? "section " : "person ") + view.row->code + "\n";
  const auto line = [&](const char* label, const std::string& value) {
    if (!value.empty()) out += "  " + padded(label, 12) + value + "\n";
  };
  line("name", view.row->name);
  line("language", view.row->language);
  line("on leave", view.on_leave ? "yes" : "");
  for (const PostRow* post : view.posts) line("post", post->code + "  " + post->name);
  if (!view.deputy_of.empty()) line("deputy of", list_of(view.deputy_of));
  if (!view.units.empty()) line("units", list_of(view.units));
  if (!view.groups.empty()) line("groups", list_of(view.groups));
  for (const AreaRoleRow* role : view.roles) {
    std::string path;
    for (const auto& area : all.roster.areas()) {
      if (area.code == role->area) path = all.roster.area_path(area.id);
    }
    line("area", role->role + " of " + path);
  }
  for (const ContactRow* contact : view.contacts) {
    std::string words = contact_in_words(*contact, options);
    if (contact->agreed())
      words += "  agreed " + time_in_words(contact->agreed_when, options) + ", " + contact->agreed_how;
    if (contact->verified_when) {
      words += "  verified " + time_in_words(contact->verified_when, options) +
               (contact->verified_how.empty() ? "" : ", " + contact->verified_how);
    }
    if (contact->not_at_night) words += "  not at night";
    line("contact", words);
  }
  for (const LeaveRow& leave : all.tables.leave) {
    if (leave.person == view.row->code) line("leave", period_in_words(leave.period, options));
  }
  line("door", view.row->door);
  line("notes", view.row->notes);
  return out;
}

std::string area_page(const Directory& all, const AreaRow& area) {
  std::string out = "area " + area_line(all, area, 0) + "\n";
  out += "  path            " + all.roster.area_path(area.id) + "\n";
  if (!area.aliases.empty()) out += "  aliases         " + list_of(area.aliases) + "\n";
  if (!area.outline.empty()) out += "  outline         " + std::to_string(area.outline.size()) + " bytes\n";
  if (!area.assembly_point.empty()) out += "  assembly point  " + area.assembly_point + "\n";
  return out;
}

}  // namespace

std::string masked_address(model::ContactKind kind, const std::string& address) {
  switch (kind) {
    case model::ContactKind::kMobile:
    case model::ContactKind::kLandline: return base::masked(address);
    case model::ContactKind::kEmail: {
      const std::size_t at = address.find('@');
      return at == std::string::npos ? "****" : base::cut(address, 1) + "***" + address.substr(at);
    }
    case model::ContactKind::kWebhook: return address.substr(0, address.find('/', 8)) + "/***";
    case model::ContactKind::kConsole: return address;
  }
  return "****";
}

std::vector<PersonView> person_views(const Directory& all, const ListOptions& options) {
  const Tables& tables = all.tables;
  std::vector<PersonView> views(tables.persons.size());
  std::unordered_map<std::string, PersonView*> by_code;
  for (std::size_t i = 0; i < views.size(); ++i) {
    views[i].row = &tables.persons[i];
    by_code.emplace(tables.persons[i].code, &views[i]);
  }
  const auto with = [&](const std::string& code, const auto& add) {
    if (const auto found = by_code.find(code); found != by_code.end()) add(*found->second);
  };
  for (const PostRow& row : tables.posts) {
    if (row.period.contains(options.at)) with(row.person, [&](PersonView& view) { view.posts.push_back(&row); });
  }
  for (const DeputyRow& row : tables.deputies) {
    with(row.person, [&](PersonView& view) { view.deputy_of.push_back(row.post); });
  }
  const auto add_once = [](std::vector<std::string>& codes, const std::string& code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  };
  for (const UnitRow& row : tables.units) {
    with(row.responsible, [&](PersonView& view) { add_once(view.units, row.code); });
  }
  for (const UnitMemberRow& row : tables.unit_members) {
    with(row.person, [&](PersonView& view) { add_once(view.units, row.unit); });
  }
  for (const GroupMemberRow& row : tables.group_members) {
    with(row.person, [&](PersonView& view) { add_once(view.groups, row.group); });
  }
  for (const AreaRoleRow& row : tables.area_roles) {
    with(row.person, [&](PersonView& view) { view.roles.push_back(&row); });
  }
  for (const LeaveRow& row : tables.leave) {
    if (row.period.contains(options.at)) with(row.person, [](PersonView& view) { view.on_leave = true; });
  }
  for (const ContactRow& row : tables.contacts) {
    with(row.person, [&](PersonView& view) { view.contacts.push_back(&row); });
  }
  for (PersonView& view : views) {
    std::stable_sort(view.contacts.begin(), view.contacts.end(),
                     [](const auto* a, const auto* b) { return a->order < b->order; });
  }
  return views;
}

std::string list_text(const Directory& all, const ListOptions& options) {
  const Tables& tables = all.tables;
  const std::vector<std::string> posts = post_codes(tables);
  std::string out = "directory version " + std::to_string(all.roster.version()) + ": " +
                    std::to_string(tables.persons.size()) + " persons, " + std::to_string(tables.contacts.size()) +
                    " contact points, " + std::to_string(tables.areas.size()) + " areas, " +
                    std::to_string(posts.size()) + " posts, " + std::to_string(tables.units.size()) + " units, " +
                    std::to_string(tables.groups.size()) + " groups\n\nareas\n";
  append_tree(out, all);
  out += "\nposts\n";
  for (const std::string& code : posts) out += "  " + post_line(all, code, options) + "\n";
  out += "\nunits\n";
  for (const UnitRow& unit : tables.units) out += "  " + unit_line(all, unit) + "\n";
  out += "\ngroups\n";
  for (const GroupRow& group : tables.groups) out += "  " + group_line(all, group) + "\n";
  out += "\nduty\n";
  for (const DutyRow& row : tables.duty) {
    out += "  " + padded(row.duty, 22) + padded(name_of_who(all, row.who), 32) + period_in_words(row.period, options) +
           "\n";
  }
  for (const RotationRow& row : tables.rotations) out += "  " + rotation_line(all, row) + "\n";
  for (const OverrideRow& row : tables.overrides) out += "  " + override_line(all, row, options) + "\n";
  out += "\npersons\n";
  for (const PersonView& view : person_views(all, options)) out += "  " + person_line(view, options) + "\n";
  return out;
}

base::Error no_such_code(const Directory& all, std::string_view code) {
  const Tables& tables = all.tables;
  std::vector<std::string> codes;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows) codes.push_back(row.code);
  };
  add(tables.persons);
  add(tables.posts);
  add(tables.units);
  add(tables.groups);
  add(tables.areas);
  const std::string near = base::nearest_name(code, codes);
  return {base::ErrorCode::kNotFound,
          "nothing in the directory has the code \"" + base::cut(base::to_valid_utf8(code), 64) + "\"" +
              (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"),
          {}};
}

base::Result<std::string> show_text(const Directory& all, std::string_view code, const ListOptions& options) {
  const Tables& tables = all.tables;
  std::string out;
  for (const PersonView& view : person_views(all, options)) {
    if (view.row->code == code) out += person_page(all, view, options);
  }
  for (const std::string& post : post_codes(tables)) {
    if (post == code) out += "post " + post_line(all, post, options) + "\n";
  }
  for (const UnitRow& unit : tables.units) {
    if (unit.code == code) out += "unit " + unit_line(all, unit) + "\n";
  }
  for (const GroupRow& group : tables.groups) {
    if (group.code == code) out += "group " + group_line(all, group) + "\n";
  }
  for (const AreaRow& area : tables.areas) {
    if (area.code == code) out += area_page(all, area);
  }
  if (out.empty()) return no_such_code(all, code);
  return out;
}

}  // namespace tocsin::directory
