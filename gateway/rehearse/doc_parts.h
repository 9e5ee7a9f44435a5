// What the sections of the printed plan share; used by doc*.cc alone.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "gateway/base/markup.h"
#include "gateway/base/said.h"
#include "gateway/rehearse/doc.h"

namespace tocsin::rehearse {

// Writes markup; whatever comes from the plan goes through `text`.
class Sheet {
 public:
  Sheet(const plan::Plan& plan, const DocOptions& options)
      : plan_(plan), options_(options), chinese_(options.language.compare(0, 2, "zh") == 0) {}

  [[nodiscard]] const plan::Plan& plan() const { return plan_; }
  [[nodiscard]] const DocOptions& options() const { return options_; }
  [[nodiscard]] bool chinese() const { return chinese_; }
  // The reader's half, escaped.
  [[nodiscard]] std::string text(const base::Said& words) const;
  // A name or number, the same in both languages.  A template, so that {"en", "zh"} is always a Said.
  template <class Plain>
  requires std::is_convertible_v<const Plain&, std::string_view>
  [[nodiscard]] std::string text(const Plain& words) const { return base::escaped_markup(words); }
  // "指挥长", or "post commander" where no roster has a name for it: a selector as people know it.
  [[nodiscard]] std::string who(const model::Selector& selector) const;
  [[nodiscard]] std::string who(const std::vector<model::Selector>& selectors) const;
  // A level in its colour: <span class=level ...>III</span>.
  [[nodiscard]] std::string chip(model::LevelIndex level) const;

  // A ladder by its title; one that a step repeats in its own way has its name besides.
  [[nodiscard]] std::string ladder(const plan::Ladder& ladder) const;

  void raw(std::string_view markup) { out_ += markup; }
  void heading(int depth, const base::Said& words);
  void heading(int depth, const std::string& markup);
  void row(const std::vector<std::string>& cells);       // of <td>, already markup
  void head_row(const std::vector<base::Said>& titles);  // of <th>
  void pair(const base::Said& label, const std::string& markup);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::string resolved(const model::Selector& selector, const std::string& named) const;
  const plan::Plan& plan_;
  const DocOptions& options_;
  const bool chinese_;
  std::string out_;
  mutable std::map<model::Selector, std::string> names_;  // of selectors resolved before
};

class ResponseBook;                                           // doc_responses.h
void write_overview(Sheet& sheet, const ResponseBook& book);  // doc_hazards.cc
void write_hazards(Sheet& sheet, const ResponseBook& book);
void write_ladders(Sheet& sheet);   // doc_ladders.cc
void write_people(Sheet& sheet);    // doc_people.cc: nothing without a roster
void write_messages(Sheet& sheet);  // doc_messages.cc

}  // namespace tocsin::rehearse
