#include <algorithm>
#include <utility>

#include "directory/intake/comparing.h"
#include "directory/intake/header_words.h"

namespace tocsin::intake {
namespace {

using base::said;

constexpr std::size_t kMostChoices = 10;

bool is_own(model::ContactKind kind) {
  return kind == model::ContactKind::kMobile || kind == model::ContactKind::kEmail;
}

class Matcher {
 public:
  Matcher(const Draft& draft, const Known& known, const Answers& answers, Comparison& out)
      : draft_(draft), known_(known), answers_(answers), out_(out), whos_(draft.entries.size()) {}

  std::vector<Who> run() {
    hold_open_names();
    for (const Entry& entry : draft_.entries) ++of_name_[entry.name];
    for (std::size_t i = 0; i < whos_.size(); ++i) match_by_number(i);
    for (std::size_t i = 0; i < whos_.size(); ++i) match_by_name(i);
    for (std::size_t i = 0; i < whos_.size(); ++i) look_at_number_of_another(i);
    return std::move(whos_);
  }

 private:
  void ask(std::size_t entry, Question question, std::string& answer) {
    answer = answer_to(answers_, question);
    if (answer.empty()) {
      out_.open.push_back(question.id);
      whos_[entry].open = true;
    }
    out_.questions.push_back(std::move(question));
  }

  void hold_open_names() {
    for (const Draft::OneName& pair : draft_.one_name) {
      out_.questions.push_back(pair.question);
      if (!answer_to(answers_, pair.question).empty()) continue;
      out_.open.push_back(pair.question.id);
      whos_[pair.first].open = whos_[pair.second].open = true;
    }
  }

  bool claim(std::size_t entry, std::size_t person) {
    if (!claimed_.insert(person).second) return false;
    whos_[entry].person = person;
    return true;
  }

  void match_by_number(std::size_t i) {
    const Entry& entry = draft_.entries[i];
    for (const DraftNumber& number : entry.numbers) {
      if (!is_own(number.kind)) continue;
      for (const std::size_t person : known_.at_address(number)) {
        if (known_.tables.persons[person].name == entry.name && claim(i, person)) return;
      }
    }
  }

  void match_by_name(std::size_t i) {
    if (whos_[i].person != kNowhere || whos_[i].open) return;
    const Entry& entry = draft_.entries[i];
    std::vector<std::size_t> left;
    for (const std::size_t person : known_.named(entry.name)) {
      if (claimed_.count(person) == 0) left.push_back(person);
    }
    if (left.empty()) return;
    const bool own =
        std::any_of(entry.numbers.begin(), entry.numbers.end(), [](auto& one) { return is_own(one.kind); });
    if (left.size() == 1 && of_name_[entry.name] == 1) {
      const std::size_t person = left.front();
      if (entry.office || !own || !known_.has_own_number(person) || known_.in_common(person, entry)) {
        claim(i, person);
        return;
      }
    }
    Question question;
    question.code = "same-person";
    question.at = entry.rows.front();
    question.id = question.code + "@" + text_of(question.at);
    question.words =
        said("the directory has {0} with another number: the same person with a new one, or another of that name?",
             "通讯录里的{0}号码不同：是同一个人换了号码，还是同名的另一个人？", entry.name);
    for (std::size_t k = 0; k < std::min(left.size(), kMostChoices); ++k) {
      const std::string& code = known_.tables.persons[left[k]].code;
      question.choices.push_back({code, said("the same as {0}", "就是{0}", code)});
    }
    question.choices.push_back({"new", said("another person, to be added", "另一个人，新增")});
    std::string answer;
    ask(i, std::move(question), answer);
    for (const std::size_t person : left) {
      if (known_.tables.persons[person].code == answer) claim(i, person);
    }
  }

  // Somebody new, whose mobile is that of a person whom the list does not name: a name changed, or a telephone did.
  void look_at_number_of_another(std::size_t i) {
    if (whos_[i].person != kNowhere || whos_[i].open) return;
    const Entry& entry = draft_.entries[i];
    for (const DraftNumber& number : entry.numbers) {
      if (!is_own(number.kind)) continue;
      for (const std::size_t person : known_.at_address(number)) {
        const directory::PersonRow& other = known_.tables.persons[person];
        if (claimed_.count(person) > 0 || of_name_.count(other.name) > 0) continue;
        Question question;
        question.code = "number-of-another";
        question.at = number.from;
        question.id = question.code + "@" + text_of(entry.rows.front());
        question.words = said("the number of {0} is that of {1} in the directory, who is not in the list",
                              "{0}的号码在通讯录里是{1}的，而名单里没有{1}", entry.name, other.name);
        question.choices = {{"renamed", said("the same person: the name changes", "是同一个人，更改姓名")},
                            {"taken-over", said("another person, who has the telephone now", "另一个人，号码已转给他")},
                            {"shared", said("another person; both are reached there", "另一个人，两人共用该号码")}};
        std::string answer;
        ask(i, std::move(question), answer);
        if (answer == "renamed") claim(i, person);
        if (answer == "taken-over") whos_[i].gives_up = person;
        return;
      }
    }
  }

  const Draft& draft_;
  const Known& known_;
  const Answers& answers_;
  Comparison& out_;
  std::vector<Who> whos_;
  std::unordered_set<std::size_t> claimed_;
  std::unordered_map<std::string, std::size_t> of_name_;  // entries
};

}  // namespace

Known::Known(const directory::Tables& known_tables) : tables(known_tables) {
  for (std::size_t i = 0; i < tables.persons.size(); ++i) {
    person_by_code_.emplace(tables.persons[i].code, i);
    by_name_[tables.persons[i].name].push_back(i);
  }
  const auto person_of = [&](const std::string& code) {
    const auto found = person_by_code_.find(code);
    return found == person_by_code_.end() ? kNowhere : found->second;
  };
  for (const directory::ContactRow& row : tables.contacts) {
    const std::size_t person = person_of(row.person);
    if (person == kNowhere || row.withdrawn) continue;
    by_address_[row.address + "\n" + row.extension].push_back(person);
    if (is_own(row.kind)) own_.insert(person);
  }
  for (std::size_t i = 0; i < tables.units.size(); ++i) {
    unit_by_name_.emplace(plain_word(tables.units[i].name), i);
    tags_[person_of(tables.units[i].responsible)].insert("unit:" + tables.units[i].code);
  }
  for (std::size_t i = 0; i < tables.areas.size(); ++i) {
    area_by_name_.emplace(plain_word(tables.areas[i].name), i);
    for (const std::string& alias : tables.areas[i].aliases) area_by_name_.emplace(plain_word(alias), i);
  }
  for (const auto& row : tables.unit_members) tags_[person_of(row.person)].insert("unit:" + row.unit);
  for (const auto& row : tables.area_roles) tags_[person_of(row.person)].insert("area:" + row.area);
  for (const auto& row : tables.posts) tags_[person_of(row.person)].insert("post:" + title_key(row.name));
  tags_.erase(kNowhere);
}

std::vector<std::size_t> Known::named(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::vector<std::size_t>() : found->second;
}

std::vector<std::size_t> Known::at_address(const DraftNumber& number) const {
  const auto found = by_address_.find(number.address + "\n" + number.extension);
  return found == by_address_.end() ? std::vector<std::size_t>() : found->second;
}

std::size_t Known::unit(const std::string& name) const {
  const auto found = unit_by_name_.find(plain_word(name));
  return found == unit_by_name_.end() ? kNowhere : found->second;
}

std::size_t Known::area(const std::string& name) const {
  const auto found = area_by_name_.find(plain_word(name));
  return found == area_by_name_.end() ? kNowhere : found->second;
}

bool Known::in_common(std::size_t person, const Entry& entry) const {
  const auto found = tags_.find(person);
  if (found == tags_.end()) return false;
  const std::set<std::string>& tags = found->second;
  return std::any_of(entry.hats.begin(), entry.hats.end(), [&](const Hat& hat) {
    const std::size_t its_unit = unit(hat.unit), its_area = area(hat.area);
    if (its_unit != kNowhere && tags.count("unit:" + tables.units[its_unit].code) > 0) return true;
    if (its_area != kNowhere && tags.count("area:" + tables.areas[its_area].code) > 0) return true;
    const std::vector<std::string> titles = titles_in(hat.title);
    return std::any_of(titles.begin(), titles.end(),
                       [&](const std::string& title) { return tags.count("post:" + title_key(title)) > 0; });
  });
}

std::vector<Who> match_people(const Draft& draft, const Known& known, const Answers& answers, Comparison& out) {
  return Matcher(draft, known, answers, out).run();
}

}  // namespace tocsin::intake
