// Codes for new people and units, made of their names: 石青松 becomes shi-qingsong, 工程抢险队 gongchengqiangxiandui.
//
// By their readings (han_reader.h).
// A name that gives no letters becomes p-0001.  A code that is taken gets -2, -3 behind it.  Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "directory/intake/han_reader.h"

namespace tocsin::intake {

class CodeMaker {
 public:
  // `prefix`: of codes that no letters give: "p", "u".
  explicit CodeMaker(std::string prefix);
  ~CodeMaker();
  CodeMaker(const CodeMaker&) = delete;
  CodeMaker& operator=(const CodeMaker&) = delete;

  void take(const std::string& code) { taken_.insert(code); }
  // Never one that was taken or given.
  [[nodiscard]] std::string code_of_person(std::string_view name);
  [[nodiscard]] std::string code_of_unit(std::string_view name);

 private:
  std::string free_one(std::string code);

  std::string prefix_;
  HanReader reader_;
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, int> next_;  // number behind a code that is taken
};

}  // namespace tocsin::intake
