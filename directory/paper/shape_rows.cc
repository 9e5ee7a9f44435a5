#include "directory/paper/shape_rows.h"

#include <algorithm>
#include <utility>

#include "directory/intake/header_words.h"

namespace tocsin::paper {
namespace {

using directory::AreaRow;
using directory::ContactRow;
using directory::PersonRow;
using directory::UnitRow;
using Cells = std::vector<std::string>;

const char* const kBetween = "、";

std::string joined(const Cells& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : kBetween) + part;
  return text;
}

template <typename Map>
const auto& list_in(const Map& map, const std::string& code) {
  static const typename Map::mapped_type kNone{};
  const auto found = map.find(code);
  return found == map.end() ? kNone : found->second;
}

}  // namespace

struct RowMaker::Making {
  const Unsaid& unsaid;
  MadeRows made;

  [[nodiscard]] bool says(const std::string& person) const { return unsaid.persons.count(person) == 0; }
  void add(Cells cells, const std::string& person) {
    if (!person.empty()) made.owners.push_back({made.rows.size(), 1, cells.size(), person});
    made.rows.push_back(std::move(cells));
  }
};

RowMaker::RowMaker(const directory::Tables& tables, const ShapeOptions& options) : tables_(tables), options_(options) {
  for (const auto& row : tables.persons) persons_.emplace(row.code, &row);
  for (const auto& row : tables.contacts) {
    if (!row.withdrawn) contacts_[row.person].push_back(&row);
  }
  for (auto& one : contacts_) {
    std::stable_sort(one.second.begin(), one.second.end(),
                     [](const ContactRow* a, const ContactRow* b) { return a->order < b->order; });
  }
  for (const auto& row : tables.posts) {
    if (!row.person.empty() && row.period.contains(options.at)) posts_held_[row.person].push_back(row.name);
  }
  for (const auto& row : tables.units) {
    units_.emplace(row.code, &row);
    unit_by_word_.emplace(intake::plain_word(row.name), row.code);
    if (!row.responsible.empty()) units_led_[row.responsible].push_back(row.code);
  }
  for (const auto& row : tables.unit_members) {
    members_[row.unit].push_back(row.person);
    const auto& led = list_in(units_led_, row.person);
    if (std::find(led.begin(), led.end(), row.unit) == led.end()) units_in_[row.person].push_back(row.unit);
  }
  for (const auto& row : tables.areas) {
    areas_.emplace(row.code, &row);
    area_by_word_.emplace(intake::plain_word(row.name), row.code);
    for (const auto& alias : row.aliases) area_by_word_.emplace(intake::plain_word(alias), row.code);
  }
  for (const auto& row : tables.area_roles) {
    roles_[row.person].push_back(&row);
    roles_in_[row.area].push_back(&row);
  }
}

RowMaker::Numbers RowMaker::numbers_of(const std::string& person) const {
  Numbers numbers;
  for (const ContactRow* contact : list_in(contacts_, person)) {
    const bool mobile = contact->kind == model::ContactKind::kMobile;
    if (contact->kind == model::ContactKind::kEmail) numbers.emails.push_back(contact->address);
    if (!mobile && contact->kind != model::ContactKind::kLandline) continue;
    std::string number = base::typed_form(contact->address, options_.dialing);
    if (!contact->extension.empty()) number += say("转", "x") + contact->extension;
    numbers.all.push_back(number);
    (mobile ? numbers.mobiles : numbers.landlines).push_back(std::move(number));
  }
  return numbers;
}

std::vector<std::string> RowMaker::titles_of(const std::string& person, const Unsaid& unsaid) const {
  std::vector<std::string> titles;
  for (const std::string& name : list_in(posts_held_, person)) {
    const auto words = intake::titles_in(name);
    const bool unsaid_one = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return unsaid.titles.count(intake::title_key(word)) > 0;
    });
    if (!unsaid_one && std::find(titles.begin(), titles.end(), name) == titles.end()) titles.push_back(name);
  }
  return titles;
}

std::string RowMaker::word_of_unit(const std::string& code) const {
  const auto unit = units_.find(code);
  if (unit == units_.end()) return {};
  const auto found = unit_by_word_.find(intake::plain_word(unit->second->name));
  return found != unit_by_word_.end() && found->second == code ? unit->second->name : std::string();
}

std::string RowMaker::word_of_area(const std::string& code) const {
  const auto area = areas_.find(code);
  if (area == areas_.end()) return {};
  const auto finds = [&](const std::string& word) {
    const auto found = area_by_word_.find(intake::plain_word(word));
    return found != area_by_word_.end() && found->second == code;
  };
  if (finds(area->second->name)) return area->second->name;
  for (const auto& alias : area->second->aliases) {
    if (finds(alias)) return alias;
  }
  return {};
}

const AreaRow* RowMaker::above(const AreaRow& area) const {
  const auto found = areas_.find(area.parent);
  return found == areas_.end() ? nullptr : found->second;
}

// ---- one person per row ----

void RowMaker::add_person(const PersonRow& person, Making& making) const {
  struct Line {
    std::string unit, area;
    std::string title;
    bool leads = false;
  };
  std::vector<Line> lines;
  const auto add_lines = [&](const Cells& units, const Cells& areas, bool leads) {
    for (std::size_t i = 0; i < std::max(units.size(), areas.size()); ++i) {
      Line line;
      if (i < units.size()) line.unit = units[i];
      if (i < areas.size()) line.area = areas[i];
      line.leads = leads;
      if (leads) line.title = say("负责人", "Head");
      if (!leads && !line.area.empty()) line.title = say("工作人员", "");
      lines.push_back(std::move(line));
    }
  };
  Cells led, in, headed, worked;
  for (const auto& unit : list_in(units_led_, person.code)) led.push_back(word_of_unit(unit));
  for (const auto& unit : list_in(units_in_, person.code)) in.push_back(word_of_unit(unit));
  for (const auto* role : list_in(roles_, person.code)) {
    (role->role == "heads" ? headed : worked).push_back(word_of_area(role->area));
  }
  for (Cells* words : {&led, &in, &headed, &worked}) {
    words->erase(std::remove(words->begin(), words->end(), std::string()), words->end());
  }
  add_lines(led, headed, true);
  add_lines(in, worked, false);
  const auto titles = titles_of(person.code, making.unsaid);
  if (!titles.empty()) {
    // 站长 beside a unit would say that they lead it.
    const bool of_a_head = std::any_of(titles.begin(), titles.end(), [](const std::string& title) {
      const auto words = intake::titles_in(title);
      return std::any_of(words.begin(), words.end(), [](const auto& word) { return intake::is_head_title(word); });
    });
    if (lines.empty() || (of_a_head && !lines.front().leads)) lines.insert(lines.begin(), Line{});
    auto& title = lines.front().title;
    title = joined(titles) + (title.empty() ? "" : kBetween) + title;
  }
  if (lines.empty()) lines.emplace_back();
  const Numbers numbers = numbers_of(person.code);
  for (const Line& line : lines) {
    making.add({person.name, line.title, line.unit, line.area, joined(numbers.mobiles), joined(numbers.landlines),
                numbers.emails.empty() ? "" : numbers.emails[0], numbers.emails.size() < 2 ? "" : numbers.emails[1]},
               person.code);
  }
}

void RowMaker::make_people(Making& making) const {
  making.add({say("姓名", "Name"), say("职务", "Title"), say("单位", "Unit"), say("区域", "Area"),
              say("手机", "Mobile"), say("固定电话", "Landline"), say("邮箱", "Email"), say("邮箱2", "Email 2")},
             {});
  for (const auto& person : tables_.persons) {
    if (!person.section && making.says(person.code)) add_person(person, making);
  }
}

// ---- several persons on a row ----

void RowMaker::make_side_by_side(Making& making) const {
  constexpr std::size_t kColumns = 3;
  const auto beside = static_cast<std::size_t>(std::clamp(options_.beside, 2, 3));
  Cells header;
  for (std::size_t i = 0; i < beside; ++i) {
    for (auto& word : {say("姓名", "Name"), say("职务", "Title"), say("联系方式", "Phone")}) header.push_back(word);
  }
  making.add(header, {});
  std::size_t next = 0;
  for (const auto& person : tables_.persons) {
    if (person.section || !making.says(person.code)) continue;
    if (next == 0) making.made.rows.emplace_back(header.size());
    const std::size_t first = next * kColumns;
    auto& row = making.made.rows.back();
    row[first] = person.name;
    row[first + 1] = joined(titles_of(person.code, making.unsaid));
    row[first + 2] = joined(numbers_of(person.code).all);
    making.made.owners.push_back({making.made.rows.size() - 1, first + 1, first + kColumns, person.code});
    next = (next + 1) % beside;
  }
}

// ---- by unit ----

void RowMaker::make_units(Making& making) const {
  making.add({say("单位", "Unit"), say("负责人", "Head"), say("手机", "Mobile"), say("固定电话", "Landline")}, {});
  for (const auto& unit : tables_.units) {
    const auto word = word_of_unit(unit.code);
    const auto head = persons_.find(unit.responsible);
    if (word.empty()) continue;
    if (head == persons_.end()) {
      making.add({word, "", "", ""}, {});
    } else if (making.says(unit.responsible)) {
      const Numbers numbers = numbers_of(unit.responsible);
      making.add({word, head->second->name, joined(numbers.mobiles), joined(numbers.landlines)}, unit.responsible);
    }
  }
}

// ---- by area ----

void RowMaker::add_area(const AreaRow& area, Making& making) const {
  const auto word = word_of_area(area.code);
  if (word.empty()) return;
  // Its own name in the last column that is filled, the areas above it to the left.
  Cells place(3);
  const std::size_t own = area.kind == "grid" ? 2 : area.kind == "community" ? 1 : 0;
  place[own] = word;
  std::size_t column = own;
  for (const AreaRow* up = above(area); up != nullptr && column > 0; up = above(*up)) {
    const std::size_t its = up->kind == "community" ? 1 : up->kind == "grid" ? 2 : 0;
    if (its < column) place[column = its] = up->name;
  }
  const auto line = [&](const std::string& name, const std::string& title, const Numbers& numbers,
                        const std::string& person) {
    Cells rest(numbers.all.begin() + (numbers.all.empty() ? 0 : 1), numbers.all.end());
    making.add({place[0], place[1], place[2], name, title, numbers.all.empty() ? "" : numbers.all[0], joined(rest)},
               person);
  };
  const auto& roles = list_in(roles_in_, area.code);
  for (const auto* role : roles) {
    const auto person = persons_.find(role->person);
    if (person == persons_.end() || !making.says(role->person)) continue;
    const bool leads = role->role == "heads";
    const auto work = area.kind == "grid" ? say("网格员", "") : say("工作人员", "");
    line(person->second->name, leads ? say("负责人", "Head") : work, numbers_of(role->person), role->person);
  }
  if (roles.empty()) line("", "", {}, {});
}

void RowMaker::make_areas(Making& making) const {
  making.add({say("片区", "District"), say("社区", "Community"), say("网格", "Grid"), say("姓名", "Name"),
              say("职务", "Title"), say("联系电话", "Phone"), say("备用电话", "Phone 2")},
             {});
  for (const auto& area : tables_.areas) add_area(area, making);
}

// ---- by upper office and section ----

void RowMaker::add_office(const UnitRow& unit, Making& making) const {
  const auto word = word_of_unit(unit.code);
  if (word.empty()) return;
  std::vector<Cells> lines;
  std::vector<std::string> who;
  const auto add = [&](const PersonRow& person) {
    const Numbers numbers = numbers_of(person.code);
    if (person.section) {
      // 区应急管理局 and 指挥中心 of 区应急管理局指挥中心.
      if (!person.name.starts_with(unit.name) || numbers.all.empty()) return false;
      lines.push_back(
          {"", person.name.substr(unit.name.size()), "", joined(numbers.landlines), joined(numbers.mobiles)});
    } else {
      lines.push_back({"", "", person.name, joined(numbers.landlines), joined(numbers.mobiles)});
    }
    who.push_back(person.code);
    return true;
  };
  bool any = false;
  for (const bool sections : {true, false}) {
    for (const auto& code : list_in(members_, unit.code)) {
      const auto person = persons_.find(code);
      if (person == persons_.end() || person->second->section != sections || !making.says(code)) continue;
      const bool said = add(*person->second);
      any = any || (sections && said);
    }
  }
  if (!any) return;  // no upper office: a unit
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0) lines[i][0] = word;
    making.add(std::move(lines[i]), who[i]);
  }
}

void RowMaker::make_offices(Making& making) const {
  making.add({say("上级单位", "Authority"), say("科室", "Section"), say("联系人", "Contact"),
              say("值班电话", "Landline"), say("手机", "Mobile")},
             {});
  for (const auto& unit : tables_.units) add_office(unit, making);
}

MadeRows RowMaker::make(Shape shape, const Unsaid& unsaid) const {
  Making making{unsaid, {}};
  switch (shape) {
    case Shape::kPeople: make_people(making); break;
    case Shape::kSideBySide: make_side_by_side(making); break;
    case Shape::kUnits: make_units(making); break;
    case Shape::kAreas: make_areas(making); break;
    case Shape::kOffices: make_offices(making); break;
  }
  return std::move(making.made);
}

}  // namespace tocsin::paper
