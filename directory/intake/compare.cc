#include "directory/intake/compare.h"

#include <algorithm>
#include <set>
#include <utility>

#include "directory/intake/comparing.h"
#include "directory/intake/header_words.h"

namespace tocsin::intake {
namespace {

using base::said;

class Posts {
 public:
  Posts(const Draft& draft, const std::vector<Who>& whos, const Answers& answers, const CompareOptions& options,
        Comparison& out, Writer& writer)
      : draft_(draft), answers_(answers), options_(options), out_(out), writer_(writer) {
    for (std::size_t i = 0; i < draft.entries.size(); ++i) {
      if (whos[i].open) continue;
      for (const Hat& hat : draft.entries[i].hats) {
        for (const std::string& title : titles_in(hat.title)) {
          add(title, i);
          if (!hat.unit.empty()) add(hat.unit + title, i);
          if (!hat.area.empty()) add(hat.area + title, i);
        }
      }
    }
  }

  void run() {
    for (const PostNeed& need : options_.posts) fill(need);
  }

 private:
  void add(std::string_view title, std::size_t entry) {
    std::vector<std::size_t>& entries = by_title_[title_key(title)];
    if (entries.empty() || entries.back() != entry) entries.push_back(entry);
  }

  void fill(const PostNeed& need) {
    std::set<std::size_t> found_ones;  // in the order of the list
    for (const std::string& name : need.names) {
      const auto found = by_title_.find(title_key(name));
      if (found == by_title_.end()) continue;
      found_ones.insert(found->second.begin(), found->second.end());
    }
    const std::vector<std::size_t> candidates(found_ones.begin(), found_ones.end());
    const directory::PostRow* now = writer_.holding(need.code);
    const std::string holder = now == nullptr ? "" : now->person;
    const bool held = std::any_of(candidates.begin(), candidates.end(), [&](std::size_t entry) {
      return !holder.empty() && out_.persons[entry].code == holder;
    });
    if (candidates.size() == 1) {
      give(need, candidates.front());
    } else if (candidates.size() > 1 && !held) {
      ask(need, candidates);
    }
    now = writer_.holding(need.code);
    if (now == nullptr || now->person.empty()) out_.empty_posts.push_back(need);
  }

  void give(const PostNeed& need, std::size_t entry) {
    writer_.give_post(need, out_.persons[entry].code, out_.persons[entry]);
  }

  void ask(const PostNeed& need, const std::vector<std::size_t>& candidates) {
    constexpr std::size_t kMostChoices = 20;
    Question question;
    question.code = "post";
    question.id = "post:" + need.code;
    question.words = said("several people have the title of the post {0}: who holds it?",
                          "有多人的职务是{0}：由谁担任？", need.names.empty() ? need.code : need.names.front());
    for (std::size_t i = 0; i < std::min(candidates.size(), kMostChoices); ++i) {
      const Entry& entry = draft_.entries[candidates[i]];
      question.choices.push_back({text_of(entry.rows.front()), base::same(entry.name)});
    }
    question.choices.push_back({"nobody", said("none of them", "都不是")});
    const std::string answer = answer_to(answers_, question);
    if (answer.empty()) out_.open.push_back(question.id);
    for (const std::size_t entry : candidates) {
      if (text_of(draft_.entries[entry].rows.front()) == answer) give(need, entry);
    }
    out_.questions.push_back(std::move(question));
  }

  const Draft& draft_;
  const Answers& answers_;
  const CompareOptions& options_;
  Comparison& out_;
  Writer& writer_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_title_;
};

// Persons of whom the list should speak, and does not.
void look_for_missing(const Draft& draft, const std::vector<Who>& whos, const Answers& answers, const Known& known,
                      const CompareOptions& options, Comparison& out, Writer& writer) {
  std::unordered_set<std::size_t> found;
  std::unordered_set<std::string> open_names;
  for (std::size_t i = 0; i < whos.size(); ++i) {
    if (whos[i].person != kNowhere) found.insert(whos[i].person);
    if (whos[i].open) open_names.insert(draft.entries[i].name);
  }
  const std::unordered_set<std::string> expected(options.expected.begin(), options.expected.end());
  std::vector<std::string> left;
  for (std::size_t i = 0; i < known.tables.persons.size(); ++i) {
    const directory::PersonRow& person = known.tables.persons[i];
    if (found.count(i) > 0 || open_names.count(person.name) > 0) continue;
    if (!options.expect_everybody && expected.count(person.code) == 0) continue;
    Question question;
    question.code = "missing";
    question.id = "missing:" + person.code;
    question.words = said("{0} is in the directory and not in the list: left, or kept?",
                          "{0}在通讯录里，但名单中没有：已离开，还是保留？", person.name);
    question.choices = {{"left", said("left: nothing of them stays", "已离开，删除")},
                        {"keep", said("stays as they are", "保留不变")}};
    PersonDiff diff;
    diff.code = person.code;
    diff.name = person.name;
    const std::string answer = answer_to(answers, question);
    diff.verdict = answer == "left" ? Verdict::kLeft : Verdict::kMissing;
    if (answer.empty()) out.open.push_back(question.id);
    if (answer == "left") left.push_back(person.code);
    out.questions.push_back(std::move(question));
    out.persons.push_back(std::move(diff));
  }
  writer.remove_people(left);
}

// Two entries of one name with different numbers, where the directory knows whose the numbers are: not asked.
Answers known_answers(const Draft& draft, const Answers& answers, const Known& known) {
  const auto owners = [&](const Entry& entry) {
    std::set<std::size_t> persons;
    for (const DraftNumber& number : entry.numbers) {
      if (number.kind == model::ContactKind::kLandline) continue;  // of an office, and of everybody in it
      for (const std::size_t person : known.at_address(number)) {
        if (known.tables.persons[person].name == entry.name) persons.insert(person);
      }
    }
    return persons;
  };
  Answers all;
  for (const Draft::OneName& pair : draft.one_name) {
    if (!answer_to(answers, pair.question).empty()) continue;
    const auto first = owners(draft.entries[pair.first]), second = owners(draft.entries[pair.second]);
    if (first.size() != 1 || second.size() != 1) continue;
    all.emplace(pair.question.id, first == second ? "one" : "two");
  }
  return all;
}

void look_at_answers(const Answers& answers, Comparison& out) {
  std::unordered_set<std::string> asked;
  for (const Question& question : out.questions) {
    asked.insert(question.id);
    asked.insert(question.code + ":*");
  }
  for (const auto& answer : answers) {
    if (asked.count(answer.first) > 0 || !rows_left_out({answer}).empty()) continue;
    out.findings.push_back(
        {base::Severity::kWarning,
         "answer-to-nothing",
         {},
         answer.first,
         said("an answer to what was not asked: {0}", "没有问过的问题：{0}", answer.first),
         said("the list or the directory has changed since; look at it again", "名单或通讯录已有变化，请重新查看")});
  }
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAdded: return "added";
    case Verdict::kChanged: return "changed";
    case Verdict::kSame: return "same";
    case Verdict::kMissing: return "missing";
    case Verdict::kLeft: return "left";
    case Verdict::kOpen: break;
  }
  return "open";
}

Comparison compare(const Draft& unsettled, const Answers& answers, const directory::Tables& tables,
                   const CompareOptions& options) {
  Comparison out;
  const Known known(tables);
  Answers all = known_answers(unsettled, answers, known);
  const Answers not_asked = all;
  all.insert(answers.begin(), answers.end());
  Draft draft = settled(unsettled, all);
  std::erase_if(draft.one_name, [&](const Draft::OneName& pair) { return not_asked.count(pair.question.id) > 0; });
  const std::vector<Who> whos = match_people(draft, known, answers, out);
  Writer writer(known, options, out);
  writer.learn_places(draft.entries, whos);
  out.persons.resize(draft.entries.size());
  for (std::size_t i = 0; i < draft.entries.size(); ++i) {
    PersonDiff& diff = out.persons[i];
    diff.name = draft.entries[i].name;
    diff.at = draft.entries[i].rows.front();
    diff.verdict = Verdict::kOpen;
    if (whos[i].open) continue;
    diff.verdict = Verdict::kSame;
    writer.write_person(draft.entries[i], whos[i], diff);
    writer.write_hats(draft.entries[i], diff);
  }
  Posts(draft, whos, answers, options, out, writer).run();
  for (PersonDiff& diff : out.persons) {
    if (diff.verdict == Verdict::kSame && !diff.changes.empty()) diff.verdict = Verdict::kChanged;
  }
  look_for_missing(draft, whos, answers, known, options, out, writer);
  look_at_answers(answers, out);
  writer.finish();
  return out;
}

base::Result<directory::Tables> apply(const Draft& draft, const Answers& answers, const directory::Tables& tables,
                                      const CompareOptions& options) {
  Comparison comparison = compare(draft, answers, tables, options);
  if (!comparison.open.empty()) {
    return base::Error{
        base::ErrorCode::kRefused,
        std::to_string(comparison.open.size()) + " questions are open; the first is " + comparison.open.front(), ""};
  }
  return std::move(comparison.after);
}

}  // namespace tocsin::intake
