// A small town for tests: sheets in memory, changed line by line.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "directory/import.h"
#include "directory/snapshot.h"
#include "gateway/base/local_time.h"
#include "gateway/base/text.h"

namespace tocsin::directory {

// Behind the name of a column what is wrong is said in Chinese, and its mend wherever there is one.
inline bool said_in_chinese(const base::Diagnostic& finding) {
  const auto han = [](const std::string& text) {
    for (const char32_t c : base::to_utf32(text)) {
      if (c >= 0x4E00 && c <= 0x9FFF) return true;
    }
    return false;
  };
  const std::string behind = "：";
  const auto at = finding.message_zh.find(behind);
  const bool message = han(at == std::string::npos ? finding.message_zh : finding.message_zh.substr(at));
  return message && (finding.hint.empty() ? finding.hint_zh.empty() : han(finding.hint_zh));
}

// "2026-11-22 08:00", as clocks at the office show it.
inline base::UtcTime local(const char* text) {
  return base::parse_local(text, "Asia/Shanghai").value();
}

inline std::vector<std::string> codes_of(const Imported& imported) {
  std::vector<std::string> codes;
  for (const auto& finding : imported.findings) {
    EXPECT_TRUE(said_in_chinese(finding)) << finding.code << ": " << finding.message_zh << " / " << finding.hint_zh;
    codes.push_back(finding.code);
  }
  return codes;
}

// Sheets of a whole directory.  `with` adds rows to a sheet, `without` takes away those that hold a word.
class Town {
 public:
  Town() {
    sheets_["areas"] =
        "code,name,kind,parent,aliases,latitude,longitude,assembly_point\n"
        "hill,Hill,subdistrict,,,36.050,118.050,Town hall square\n"
        "hill-east,East,work_area,hill,,36.050,118.060,\n"
        "lake,Lake,community,hill-east,Lake Park;Old Lake,36.050,118.070,School yard\n"
        "lake-1,Lake 1,grid,lake,,36.050,118.071,\n"
        "lake-2,Lake 2,grid,lake,,36.050,118.080,\n";
    sheets_["persons"] =
        "code,name,language,door,notes\n"
        "ann,Ann,en,Gate 1,\nbob,Bob,en,,\ncat,Cat,zh,,\ndan,Dan,zh,,\neve,Eve,zh,,\n";
    sheets_["contacts"] =
        "person,order,kind,address,extension,agreed_when,agreed_how,withdrawn\n"
        "ann,2,landline,0539-0123456,8001,2026-03-01,form,\n"
        "ann,1,mobile,14400000001,,2026-03-01,form,\n"
        "bob,1,mobile,14400000002,,2026-03-01,form,\n"
        "cat,1,mobile,14400000003,,2026-03-01,form,\n"
        "dan,1,mobile,14400000004,,2026-03-01,form,\n"
        "eve,1,mobile,14400000005,,2026-03-01,form,\n";
    sheets_["posts"] =
        "code,name,area,person,from,to\n"
        "commander,Commander,hill,ann,,\nfirst-deputy,First deputy,,bob,,\nnight-chief,Night chief,,cat,,\n";
    sheets_["deputies"] = "post,order,person\ncommander,2,cat\ncommander,1,bob\nnight-chief,1,dan\n";
    sheets_["units"] = "code,name,responsible,area\nfire-station,Fire station,dan,\n";
    sheets_["unit_members"] = "unit,person\nfire-station,eve\nfire-station,dan\n";
    sheets_["groups"] = "code,name\nflood-team,Flood team\n";
    sheets_["group_members"] = "group,person\nflood-team,eve\nflood-team,ann\n";
    sheets_["area_roles"] = "area,role,person\nhill,heads,ann\nlake,heads,cat\nlake-1,workers,eve\n";
    sheets_["duty"] = "duty,who,from,to\nleader,post:night-chief,,\ndesk,eve,2026-11-22 08:00,2026-11-22 20:00\n";
    sheets_["rotations"] = "duty,name,turns,every_days,handover,from,to\n";
    sheets_["overrides"] = "duty,who,from,to,instead_of\n";
    sheets_["leave"] = "person,from,to\n";
  }

  Town& with(const std::string& table, std::string_view line) {
    sheets_[table] += std::string(line) + "\n";
    return *this;
  }
  Town& without(const std::string& table, std::string_view word) {
    std::string kept;
    std::string& text = sheets_[table];
    for (std::size_t at = 0, end; at < text.size(); at = end + 1) {
      end = text.find('\n', at);
      const std::string line = text.substr(at, end - at + 1);
      if (line.find(word) == std::string::npos) kept += line;
    }
    text = kept;
    return *this;
  }
  Town& sheet(const std::string& table, std::string text) {
    sheets_[table] = std::move(text);
    return *this;
  }

  [[nodiscard]] std::vector<Sheet> sheets() const {
    std::vector<Sheet> all;
    for (const auto& [table, text] : sheets_) all.push_back({table + ".csv", text});
    return all;
  }
  [[nodiscard]] Imported read(ImportOptions options = {}) const {
    options.dialing.area_code = "539";
    return read_sheets(sheets(), true, options);
  }
  // Numbered from 1; empty when the sheets have errors.
  [[nodiscard]] Tables tables() const {
    Tables tables = read().tables;
    std::int64_t next_id = 1;
    number_rows(tables, {}, next_id);
    return tables;
  }
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const {
    return std::make_shared<const Snapshot>(tables(), 1);
  }

 private:
  std::map<std::string, std::string> sheets_;
};

}  // namespace tocsin::directory
