#include "directory/calendar_duty.h"

#include <algorithm>
#include <unordered_map>

#include "gateway/base/local_time.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

using base::said;

class People {
 public:
  explicit People(const Tables& tables) {
    for (const PersonRow& row : tables.persons) {
      add(row.code, row.code);
      if (row.name != row.code) add(row.name, row.code);
    }
    for (const ContactRow& row : tables.contacts) {
      if (row.kind == model::ContactKind::kEmail && !row.withdrawn) add(row.address, row.person);
    }
  }

  enum class Found : std::uint8_t { kNobody, kOne, kSeveral };
  Found find(const std::string& words, std::vector<std::string>& into) const {
    const auto found = codes_.find(words);
    if (words.empty() || found == codes_.end()) return Found::kNobody;
    if (found->second.size() > 1) return Found::kSeveral;
    const std::string& code = found->second.front();
    if (std::find(into.begin(), into.end(), code) == into.end()) into.push_back(code);
    return Found::kOne;
  }

 private:
  void add(const std::string& words, const std::string& code) {
    auto& codes = codes_[words];
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
  std::unordered_map<std::string, std::vector<std::string>> codes_;
};

std::vector<std::string> pieces_of(std::string summary) {
  for (const std::string_view sign :
       {"：", "，", "、", "；", "／", "（", "）", "　", ":", ",", "/", "|", "(", ")", " ", "+"}) {
    for (std::size_t at = 0; (at = summary.find(sign, at)) != std::string::npos;) summary.replace(at, sign.size(), ";");
  }
  return base::split(summary, ';');
}

// The codes of whom a shift is of; `doubt`: words that mean several persons, or an attendee who is not known.
std::vector<std::string> people_of(const roster::CalendarShift& shift, const People& people, std::string& doubt) {
  std::vector<std::string> codes;
  const auto look = [&](const std::string& words) {
    const auto found = people.find(words, codes);
    if (found == People::Found::kSeveral) doubt = words;
    return found != People::Found::kNobody;
  };
  const auto look_for = [&](const roster::CalendarPerson& person) { return look(person.mail) || look(person.name); };
  for (const auto& attendee : shift.attendees) {
    if (!look_for(attendee)) doubt = attendee.name.empty() ? attendee.mail : attendee.name;
  }
  if (!shift.attendees.empty()) return codes;
  if (look(shift.summary)) return codes;
  for (const auto& piece : pieces_of(shift.summary)) look(piece);
  if (codes.empty() && doubt.empty()) look_for(shift.organizer);
  return codes;
}

}  // namespace

CalendarDuty duty_of(const roster::Calendar& calendar, const std::string& duty, const Tables& tables,
                     const std::string& file) {
  CalendarDuty out;
  const People people(tables);
  int told = 0;  // the line of the last finding: one for all occurrences of an event
  for (const auto& shift : calendar.shifts) {
    std::string doubt;
    const auto codes = people_of(shift, people, doubt);
    for (const auto& code : codes) out.rows.push_back({duty, code, {shift.span.from, shift.span.to}});
    if ((!codes.empty() && doubt.empty()) || told == shift.line) continue;
    told = shift.line;
    const auto words = base::cut(doubt.empty() ? shift.summary : doubt, 60);
    auto finding = base::finding(
        base::Severity::kError, "unknown-person",
        said("\"{0}\" is nobody of the directory, or more than one", "“{0}”在名录中找不到，或不止一人", words),
        said("write the person's name, code or e-mail address as in the directory",
             "按名录写姓名、代码或电子邮件地址"));
    finding.file = file;
    finding.line = shift.line;
    out.findings.push_back(std::move(finding));
  }
  return out;
}

std::string duty_sheet(const std::vector<DutyRow>& rows, const std::string& zone) {
  std::string sheet = "duty,who,from,to\n";
  const auto text = [&](const std::optional<base::UtcTime>& at) {
    return at ? base::local_text(*at, zone, "%Y-%m-%d %H:%M").value_or("") : std::string();
  };
  for (const DutyRow& row : rows) {
    sheet += row.duty + "," + row.who + "," + text(row.period.from) + "," + text(row.period.to) + "\n";
  }
  return sheet;
}

}  // namespace tocsin::directory
