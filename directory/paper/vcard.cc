#include "directory/paper/vcard.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "directory/values.h"
#include "gateway/base/local_time.h"
#include "gateway/base/text.h"

namespace tocsin::paper {
namespace {

using directory::ContactRow;
using directory::PersonRow;

constexpr std::size_t kLongestLine = 75;  // octets, without the line break
constexpr int kMostPreferred = 100;       // 5.3: PREF is 1 to 100

// Of a text value, and of a component of N and ORG.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
      out += c;
    }
  }
  return out;
}

void add_line(std::string& out, std::string_view line) {
  std::size_t room = kLongestLine;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;  // inside a character
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    room = kLongestLine - 1;  // the blank counts
  }
  out += line;
  out += "\r\n";
}

// Family name; given name.  Chinese names by their surname, others by their last word.
std::string parts_of_name(const std::string& name) {
  const auto characters = base::to_utf32(name);
  const bool han = !characters.empty() && characters.front() >= 0x2E80;
  if (!han) {
    const auto blank = name.rfind(' ');
    if (blank == std::string::npos) return escaped(name) + ";;;;";
    return escaped(name.substr(blank + 1)) + ";" + escaped(name.substr(0, blank)) + ";;;";
  }
  const auto surname = std::min(directory::surname_length(name), characters.size());
  const std::u32string_view all(characters);
  return escaped(base::to_utf8(all.substr(0, surname))) + ";" + escaped(base::to_utf8(all.substr(surname))) + ";;;";
}

class Cards {
 public:
  Cards(const directory::Tables& tables, base::UtcTime at) : tables_(tables) {
    revised_ = base::local_text(at, "UTC", "%Y%m%dT%H%M%SZ").value_or("");
    std::unordered_map<std::string, const directory::UnitRow*> units;
    for (const auto& row : tables.units) {
      units.emplace(row.code, &row);
      if (!row.responsible.empty()) units_of_[row.responsible].push_back(&row);
    }
    for (const auto& row : tables.unit_members) {
      const auto unit = units.find(row.unit);
      auto& its = units_of_[row.person];
      if (unit != units.end() && std::find(its.begin(), its.end(), unit->second) == its.end()) {
        its.push_back(unit->second);
      }
    }
    for (const auto& row : tables.posts) {
      if (row.period.contains(at) && !row.person.empty()) titles_of_[row.person].push_back(row.name);
    }
    for (const auto& row : tables.contacts) {
      if (row.agreed() && !row.withdrawn) contacts_of_[row.person].push_back(&row);
    }
  }

  std::string run() {
    for (const auto& person : tables_.persons) add(person);
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { add_line(out_, text); }

  void add(const PersonRow& person) {
    line("BEGIN:VCARD");
    line("VERSION:4.0");
    line(person.section ? "KIND:org" : "KIND:individual");
    line("UID;VALUE=text:" + escaped(person.code));
    line("FN:" + escaped(person.name));
    if (!person.section) line("N:" + parts_of_name(person.name));
    for (const auto* unit : units_of_[person.code]) {
      const bool part_of_it = person.section && person.name.starts_with(unit->name);
      line("ORG:" + escaped(unit->name) +
           (part_of_it ? ";" + escaped(std::string_view(person.name).substr(unit->name.size())) : ""));
    }
    for (const auto& title : titles_of_[person.code]) line("TITLE:" + escaped(title));
    add_contacts(person.code);
    line("LANG:" + escaped(person.language));
    if (!revised_.empty()) line("REV:" + revised_);
    line("END:VCARD");
  }

  void add_contacts(const std::string& person) {
    auto contacts = contacts_of_[person];
    std::stable_sort(contacts.begin(), contacts.end(),
                     [](const ContactRow* a, const ContactRow* b) { return a->order < b->order; });
    int preferred = 0;
    for (const auto* contact : contacts) {
      const auto pref = ";PREF=" + std::to_string(std::min(++preferred, kMostPreferred));
      const bool mobile = contact->kind == model::ContactKind::kMobile;
      if (contact->kind == model::ContactKind::kEmail) {
        line("EMAIL" + pref + ":" + escaped(contact->address));
      } else if (mobile || contact->kind == model::ContactKind::kLandline) {
        line("TEL;VALUE=uri" + pref + ";TYPE=" + (mobile ? "cell" : "work,voice") + ":tel:" + contact->address +
             (contact->extension.empty() ? "" : ";ext=" + contact->extension));
      }
    }
  }

  const directory::Tables& tables_;
  std::string revised_, out_;
  std::unordered_map<std::string, std::vector<const directory::UnitRow*>> units_of_;
  std::unordered_map<std::string, std::vector<std::string>> titles_of_;
  std::unordered_map<std::string, std::vector<const ContactRow*>> contacts_of_;
};

}  // namespace

std::string vcards_of(const directory::Tables& tables, base::UtcTime at) {
  return Cards(tables, at).run();
}

}  // namespace tocsin::paper
