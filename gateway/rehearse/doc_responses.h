// The responses of a plan as its printed form has them: each told once, under a number, for all hazards and levels it
// serves; what differs little from one told before as "like that one, with these steps otherwise".
//
// Responses are the same when they read the same on paper.  Pure; internal to doc*.cc.  Of n responses that differ (the
// reader allows 500) each is held against those told whole before it, step by step.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/rehearse/doc_parts.h"

namespace tocsin::rehearse {

class ResponseBook {
 public:
  explicit ResponseBook(const Sheet& sheet);

  // "3", a link to where it stands; empty when the plan has no response for it.
  [[nodiscard]] std::string link_to(model::HazardKind kind, model::LevelIndex level) const;
  void write(Sheet& sheet) const;

  // One step; what enough_each made of one is one row.
  struct Row {
    std::string name;                // of the step as the plan's file has it
    std::string title;               // markup, as the cells
    std::vector<std::string> cells;  // begins, whom, over, answer
    std::string task;                // of the desk; markup, may be empty
    std::vector<model::Selector> to;
    int same = 0;  // rows that read the same have the same number
  };
  // For other papers that tell the same responses under the same numbers.
  [[nodiscard]] std::size_t size() const { return printed_.size(); }
  [[nodiscard]] const std::vector<Row>& rows(std::size_t place) const { return printed_[place].rows; }
  // Its number, and the hazards and levels it serves.
  [[nodiscard]] std::string heading_of(const Sheet& sheet, std::size_t place) const;
  // Approval and end, as labelled spans; empty when it has neither.
  [[nodiscard]] std::string authority(std::size_t place) const {
    return printed_[place].approval + printed_[place].stand_down;
  }

 private:
  struct Printed {
    std::vector<Row> rows;
    std::map<std::string, std::size_t> place_of;                         // of rows, by name
    std::string approval, stand_down;                                    // markup; empty: none
    std::map<model::HazardKind, std::vector<model::LevelIndex>> serves;  // levels highest first
    int like = -1;                                                       // place of the one it is told by; -1: whole
  };

  void add(const Sheet& sheet, model::HazardKind kind, model::LevelIndex level);
  std::vector<Row> rows_of(const Sheet& sheet, const plan::Response& response);
  void find_likes();
  static int rows_to_tell(const Printed& one, const Printed& base);  // -1: it cannot be told by that base
  void write_one(Sheet& sheet, std::size_t place) const;
  void write_like(Sheet& sheet, const Printed& one, const Printed& base) const;
  static void write_rows(Sheet& sheet, const Printed& one, const Printed* base);

  std::vector<Printed> printed_;
  std::map<std::pair<model::HazardKind, model::LevelIndex>, std::size_t> place_of_;
  std::map<std::string, std::size_t> known_;  // by what it reads like
  std::map<std::string, int> row_numbers_;
};

}  // namespace tocsin::rehearse
