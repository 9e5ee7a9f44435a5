// Which clauses, grades, responses, steps and hours of a plan some rehearsal went through.  Used by run_cases.cc.
#pragma once

#include <map>
#include <string>

#include "gateway/rehearse/run_cases.h"

namespace tocsin::rehearse {

class Covering {
 public:
  explicit Covering(const plan::Plan& plan);
  void add(const Rehearsal& rehearsal);
  [[nodiscard]] Coverage take();

 private:
  void add_steps(const Rehearsal& rehearsal);
  void add_hours(int ladder, base::UtcTime at);

  const plan::Plan& plan_;
  std::map<std::string, int, std::less<>> times_;  // by name, of everything together: names differ
  Coverage all_;
};

}  // namespace tocsin::rehearse
