// The lines of the call list: a selector, a body or an area as the people to be called.  Used by call_list*.cc alone.
#pragma once

#include <string>
#include <vector>

#include "gateway/rehearse/call_list.h"
#include "gateway/rehearse/doc_parts.h"

namespace tocsin::rehearse {

struct CallLine {
  enum class Kind {
    kPerson,  // to be called
    kDeputy,  // when the one above cannot be reached
    kWord,    // nobody to call: a gap, somebody on leave, where else to look
    kGap,     // the same, and somebody should have been there
  };
  Kind kind = Kind::kPerson;
  model::PersonId person;  // of kPerson and kDeputy
  std::string what;        // markup: post, unit, when; of the others all that is said
};

class CallLines {
 public:
  CallLines(const Sheet& sheet, const CallListOptions& options) : sheet_(sheet), options_(options) {}

  // Whom a step calls; of bodies the first few, the rest stands at the end.
  [[nodiscard]] std::vector<CallLine> of(const model::Selector& selector) const;
  [[nodiscard]] std::vector<CallLine> of_area(const model::AreaInfo& area, const std::string& role) const;
  [[nodiscard]] std::vector<CallLine> of_body(const CallListBody& body) const;

  // "王敏 <span>东湖小区2号楼</span>" and the numbers, in order; markup.
  [[nodiscard]] std::string name_of(const CallLine& line) const;
  [[nodiscard]] std::string numbers_of(model::PersonId person) const;
  [[nodiscard]] std::string plain_name(model::PersonId person) const;

 private:
  [[nodiscard]] std::vector<CallLine> of_post(const model::Selector& selector) const;
  [[nodiscard]] std::vector<CallLine> of_duty(const model::Selector& selector) const;
  void add_not_told(const model::Resolved& found, std::vector<CallLine>& lines) const;
  void add_deputies(const model::Selector& selector, const model::Resolved& found, std::vector<CallLine>& lines) const;
  [[nodiscard]] std::string label_of(const model::Recipient& recipient, const model::Selector& selector) const;
  [[nodiscard]] std::string leave_of(model::PersonId person) const;

  const Sheet& sheet_;
  const CallListOptions& options_;
};

}  // namespace tocsin::rehearse
