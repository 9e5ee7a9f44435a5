// A small directory, and lists as CSV against it.
#pragma once

#include <string>
#include <vector>

#include "directory/import.h"
#include "directory/intake/compare.h"
#include "directory/table/read.h"

namespace tocsin::intake {

inline const base::DialingRules kRules{"CN", "539"};
inline const base::UtcTime kNow = base::from_micros(1'790'000'000'000'000);

inline directory::Tables an_office() {
  directory::ImportOptions options;
  options.dialing = kRules;
  const auto imported = directory::read_sheets(
      {{"areas",
        "code,name,kind,parent,aliases\nqingshi,青石街道,subdistrict,,青石\ndonghu,东湖社区,community,qingshi,东湖\n"
        "hebin,河滨社区,community,qingshi,\n"},
       {"persons",
        "code,name,language\nshi-qingsong,石青松,zh\nliu-xiqiao,柳溪桥,zh\ngu-yutian,谷雨田,zh\nwang-wei,王伟,zh\n"},
       {"contacts",
        "person,order,kind,address,extension,agreed_when,agreed_how,withdrawn\n"
        "shi-qingsong,1,mobile,14400000001,,2026-01-05,签字,\nshi-qingsong,2,landline,0539-0000001,,2026-01-05,签字,\n"
        "liu-xiqiao,1,mobile,14400000002,,2026-01-05,签字,\nliu-xiqiao,2,mobile,14400000092,,2026-01-05,签字,2026-02-"
        "01\n"
        "gu-yutian,1,mobile,14400000003,,2026-01-05,签字,\nwang-wei,1,mobile,14400000004,,2026-01-05,签字,\n"},
       {"posts", "code,name,area,person\ncommander,指挥长,qingshi,shi-qingsong\nduty-leader,值班长,qingshi,\n"},
       {"units", "code,name,responsible,area\nengineering-team,工程抢险队,liu-xiqiao,qingshi\n"},
       {"unit_members", "unit,person\nengineering-team,gu-yutian\nengineering-team,wang-wei\n"},
       {"area_roles", "area,role,person\ndonghu,heads,gu-yutian\n"},
       {"deputies", "post,order,person\ncommander,1,liu-xiqiao\n"},
       {"duty", "duty,who,from,to\ndesk,wang-wei,,\n"}},
      true, options);
  return imported.tables;
}

inline Draft list_of(const std::string& csv) {
  const table::Book book = table::read_tables(csv, "list.csv").book;
  return read_draft(book, guess_mapping(book), kRules);
}

inline CompareOptions with_posts() {
  CompareOptions options;
  options.at = kNow;
  options.posts = {{"commander", {"指挥长"}}, {"duty-leader", {"值班长"}}};
  return options;
}

// "changed liu-xiqiao 柳溪桥: -mobile +8614400000002, +mobile +8614400000005"
inline std::vector<std::string> said_of(const Comparison& comparison) {
  std::vector<std::string> lines;
  for (const PersonDiff& diff : comparison.persons) {
    std::string line = std::string(name_of(diff.verdict)) + " " + diff.code + " " + diff.name;
    for (const FieldChange& change : diff.changes) {
      line += (&change == &diff.changes.front() ? ": " : ", ") + change.field;
      if (!change.before.empty()) line += " -" + change.before;
      if (!change.after.empty()) line += " +" + change.after;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

// What import would find wrong with these tables: nothing, always.
inline std::vector<std::string> errors_in(const directory::Tables& tables) {
  directory::ImportOptions options;
  options.keep = &tables;
  std::vector<std::string> errors;
  for (const base::Diagnostic& finding : directory::read_sheets({}, false, options).findings) {
    if (finding.severity == base::Severity::kError) errors.push_back(finding.code + ": " + finding.message);
  }
  return errors;
}

}  // namespace tocsin::intake
