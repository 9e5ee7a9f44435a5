#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "directory/intake/header_words.h"
#include "directory/intake/rows.h"

namespace tocsin::intake {
namespace {

using base::said;
using base::Severity;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::string key_of(const DraftNumber& number) {
  return number.address + "\n" + number.extension;
}

// Of one person alone, as far as anybody's is; an office's landline says nothing about who is who.
bool is_own(const DraftNumber& number) {
  return number.kind != model::ContactKind::kLandline;
}

class Joiner {
 public:
  Joiner(Reading& reading, Draft& draft) : reading_(reading), draft_(draft) {}

  void run() {
    group_names();
    for (const std::vector<std::size_t>* rows : in_order_) join_name(*rows);
    for (std::size_t i = 0; i < reading_.rows.size(); ++i) put_row(i);
    ask_about_names();
    look_at_numbers();
    look_at_titles();
    look_at_heads();
  }

 private:
  void group_names() {
    entry_of_row_.assign(reading_.rows.size(), kNone);
    for (std::size_t i = 0; i < reading_.rows.size(); ++i) {
      const RawRow& row = reading_.rows[i];
      const auto [group, fresh] = by_name_.try_emplace((row.office ? "office\n" : "") + row.name);
      if (fresh) in_order_.push_back(&group->second);
      group->second.push_back(i);
    }
  }

  // The clusters of one name: those that share a mobile are one; a row that only has a landline belongs to whoever has
  // it, one without a number to the only one there is.
  void join_name(const std::vector<std::size_t>& rows) {
    const bool office = reading_.rows[rows.front()].office;
    std::vector<std::size_t> parent(rows.size());
    for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = office ? 0 : i;
    const auto root = [&](std::size_t i) {
      while (parent[i] != i) i = parent[i] = parent[parent[i]];
      return i;
    };
    std::unordered_map<std::string, std::size_t> own, shared;
    std::vector<bool> strong(rows.size(), false);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const DraftNumber& number : reading_.rows[rows[i]].numbers) {
        if (!is_own(number)) continue;
        strong[i] = true;
        const auto [first, fresh] = own.emplace(key_of(number), i);
        if (!fresh) join(parent, root(first->second), root(i));
      }
    }
    for (const bool weak : {false, true}) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (strong[i] == weak) continue;
        for (const DraftNumber& number : reading_.rows[rows[i]].numbers) {
          if (is_own(number)) continue;
          const auto [first, fresh] = shared.emplace(key_of(number), i);
          if (!fresh && weak) join(parent, root(first->second), root(i));
        }
      }
    }
    std::set<std::size_t> numbered;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!reading_.rows[rows[i]].numbers.empty() || reading_.rows[rows[i]].unread) numbered.insert(root(i));
    }
    std::size_t bare = numbered.size() == 1 ? *numbered.begin() : kNone;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!reading_.rows[rows[i]].numbers.empty() || reading_.rows[rows[i]].unread) continue;
      if (bare == kNone) bare = i;
      parent[root(i)] = root(bare);
    }
    // The entry of a cluster is known by its first row.
    std::map<std::size_t, std::size_t> first_row;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      entry_of_row_[rows[i]] = rows[first_row.emplace(root(i), i).first->second];
    }
  }

  static void join(std::vector<std::size_t>& parent, std::size_t a, std::size_t b) {
    if (a != b) parent[std::max(a, b)] = std::min(a, b);
  }

  // Entries in the order of their first rows.
  void put_row(std::size_t index) {
    RawRow& row = reading_.rows[index];
    const std::size_t first = entry_of_row_[index];
    if (first == index) {
      place_.emplace(index, draft_.entries.size());
      draft_.entries.emplace_back();
      draft_.entries.back().name = row.name;
      draft_.entries.back().office = row.office;
    }
    Entry& entry = draft_.entries[place_.at(first)];
    const bool known_hat =
        std::any_of(entry.hats.begin(), entry.hats.end(), [&](const Hat& hat) { return hat.same_as(row.hat); });
    const bool known_numbers = std::all_of(row.numbers.begin(), row.numbers.end(), [&](const DraftNumber& number) {
      return std::any_of(entry.numbers.begin(), entry.numbers.end(),
                         [&](const DraftNumber& one) { return one.same_as(number); });
    });
    if (first != index && known_hat && known_numbers && entry.rows.front().sheet == row.at.sheet) {
      reading_.find(Severity::kNote, "row-twice", row.at, row.name,
                    said("says what {0} says already", "与{0}处内容重复", text_of(entry.rows.front())),
                    said("it is taken once", "只录入一次"));
    }
    add_hat(entry.hats, row.hat);
    for (const DraftNumber& number : row.numbers) add_number(entry.numbers, number);
    entry.rows.push_back(row.at);
  }

  void ask_about_names() {
    for (const std::vector<std::size_t>* rows : in_order_) {
      const std::size_t first = entry_of_row_[rows->front()];
      for (const std::size_t row : *rows) {
        if (entry_of_row_[row] != row || row == first) continue;
        const RawRow& other = reading_.rows[row];
        const RawRow& one = reading_.rows[first];
        Draft::OneName pair;
        pair.first = place_.at(first);
        pair.second = place_.at(row);
        Question& question = pair.question;
        question.code = "one-name-two-numbers";
        question.id = question.code + "@" + text_of(other.at);
        question.at = other.at;
        question.words =
            said("{0} stands at {1} and at {2} with different numbers: two persons, or one with two phones?",
                 "{0}在{1}和{2}的号码不同：是同名的两个人，还是一个人有两部电话？", one.name, text_of(one.at),
                 text_of(other.at));
        question.choices = {{"two", said("two persons of one name", "同名的两个人")},
                            {"one", said("one person with both numbers", "同一个人，两个号码都保留")}};
        draft_.one_name.push_back(std::move(pair));
      }
    }
  }

  void look_at_numbers() {
    struct First {
      std::size_t entry = 0;
      Source from;
      bool told = false;
    };
    std::unordered_map<std::string, First> first_with;
    for (std::size_t i = 0; i < draft_.entries.size(); ++i) {
      for (const DraftNumber& number : draft_.entries[i].numbers) {
        const auto [first, fresh] = first_with.emplace(key_of(number), First{i, number.from, false});
        const Entry& other = draft_.entries[first->second.entry];
        if (fresh || first->second.told || other.name == draft_.entries[i].name || first->second.from == number.from) {
          continue;
        }
        first->second.told = true;
        const bool own = is_own(number);
        reading_.find(own ? Severity::kWarning : Severity::kNote, "one-number-two-names", number.from, number.address,
                      said("the number of {0} is also that of {1} ({2})", "{0}的号码也是{1}的号码（{2}）",
                           draft_.entries[i].name, other.name, text_of(first->second.from)),
                      own ? said("mend it when one of them is mistyped; when they share the phone, it stays with both",
                                 "如有一处写错请改正；如确是共用，则两人都保留")
                          : said("taken as a telephone they share", "按共用电话处理"));
      }
    }
  }

  void look_at_titles() {
    for (const Entry& entry : draft_.entries) {
      for (std::size_t i = 1; i < entry.hats.size(); ++i) {
        if (differs_from_earlier(entry, i)) break;
      }
    }
  }

  bool differs_from_earlier(const Entry& entry, std::size_t i) {
    const Hat& hat = entry.hats[i];
    const auto agrees = [](const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; };
    for (std::size_t j = 0; j < i; ++j) {
      const Hat& other = entry.hats[j];
      if (other.from.sheet == hat.from.sheet || hat.title.empty() || other.title.empty()) continue;
      if (!agrees(hat.unit, other.unit) || !agrees(hat.area, other.area)) continue;
      const std::vector<std::string> here = titles_in(hat.title), there = titles_in(other.title);
      const bool common = std::any_of(here.begin(), here.end(), [&](const std::string& title) {
        return std::any_of(there.begin(), there.end(),
                           [&](const std::string& one) { return title_key(one) == title_key(title); });
      });
      if (common) continue;
      reading_.find(Severity::kWarning, "title-differs", hat.from, hat.title,
                    said("{0} is {1} here, and {2} at {3}", "{0}在此处是{1}，在{3}是{2}", entry.name, hat.title,
                         other.title, text_of(other.from)),
                    said("both are kept; mend the table that is out of date", "两个职务都保留；请改正过时的那张表"));
      return true;
    }
    return false;
  }

  void look_at_heads() {
    std::set<std::string> led;
    std::set<std::pair<std::string, Source>, ByName> wanting;
    for (const RawRow& row : reading_.rows) {
      const std::string& place = row.hat.unit.empty() ? row.hat.area : row.hat.unit;
      if (row.hat.part != Part::kHead || place.empty()) continue;
      reading_.sheets_with_heads.insert(row.hat.from.sheet);
      led.insert(place);
    }
    for (const Reading::Headless& one : reading_.headless) wanting.emplace(one.name, one.at);
    for (const RawRow& row : reading_.rows) {
      const std::string& place = row.hat.unit.empty() ? row.hat.area : row.hat.unit;
      if (!place.empty() && !row.office && reading_.sheets_with_heads.count(row.at.sheet) > 0) {
        wanting.emplace(place, row.place_at.sheet > 0 ? row.place_at : row.at);
      }
    }
    for (const auto& unit : wanting) {
      if (led.count(unit.first) > 0) continue;
      reading_.find(Severity::kWarning, "unit-without-head", unit.second, unit.first,
                    said("nobody is named who answers for {0}", "{0}没有写明负责人", unit.first),
                    said("write who it is, or it stays without", "请补充负责人；不补充则空缺"));
    }
  }

  // One finding for each unit, at the place that was seen first.
  struct ByName {
    bool operator()(const std::pair<std::string, Source>& a, const std::pair<std::string, Source>& b) const {
      return a.first < b.first;
    }
  };

  Reading& reading_;
  Draft& draft_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::vector<const std::vector<std::size_t>*> in_order_;
  std::vector<std::size_t> entry_of_row_;               // the first row of the entry
  std::unordered_map<std::size_t, std::size_t> place_;  // first row to entry
};

}  // namespace

void join_rows(Reading& reading, Draft& draft) {
  Joiner(reading, draft).run();
}

}  // namespace tocsin::intake
