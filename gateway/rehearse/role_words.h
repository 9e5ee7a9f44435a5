// What people of an area are called by their role there.  Pure.
#pragma once

#include <string>

#include "gateway/base/said.h"

namespace tocsin::rehearse {

[[nodiscard]] inline base::Said role_in_words(const std::string& role, bool several) {
  if (role == "heads") return {several ? "heads" : "head", "负责人"};
  if (role == "workers") return {several ? "workers" : "worker", "工作人员"};
  return base::same(role);
}

}  // namespace tocsin::rehearse
