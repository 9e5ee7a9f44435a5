// The directory as it was: who somebody was, and who held a post, at a time of the past.
//
// Immutable; from any thread.  It knows the past as far as the history of the directory is kept, and of people who were
// erased only that they were.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.h"
#include "gateway/model/ids.h"

namespace tocsin::ports {

struct PersonThen {
  std::string code, name;
};
struct PostThen {
  std::string code, name;
  std::optional<PersonThen> holder;  // none: vacant
};

class PastDirectory {
 public:
  virtual ~PastDirectory() = default;
  // The version in force at that time; 0: before the first.
  [[nodiscard]] virtual std::int64_t version_at(base::UtcTime at) const = 0;
  // Empty: as today, for all that is known.
  [[nodiscard]] virtual std::optional<PersonThen> person(model::PersonId id, base::UtcTime at) const = 0;
  // Empty: there was no such post, or what was then is forgotten.
  [[nodiscard]] virtual std::optional<PostThen> post(std::string_view code, base::UtcTime at) const = 0;
};
using PastDirectoryPtr = std::shared_ptr<const PastDirectory>;

}  // namespace tocsin::ports
