// A change of the directory: each makes a version, the last one can be taken back.
//
// What is to change was read, checked and compared by whoever submits the command, off the engine's thread; the work
// that was prepared goes along and is done inside the transaction of the command.  Plain values.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/model/report.h"

namespace tocsin::ports {
class DirectoryWork;
}

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class DirectoryHow : std::uint8_t { kImport = 1, kEdit = 2, kUndo = 3, kErase = 4 };
[[nodiscard]] std::string_view name_of(DirectoryHow how);

// Rows of all tables together.  One that only moved within its table is counted as both gone and added.
struct DirectoryCounts {
  std::int64_t added = 0, changed = 0, gone = 0;
  [[nodiscard]] std::int64_t all() const { return added + changed + gone; }
  bool operator==(const DirectoryCounts&) const = default;
};

// By an administrator or the office itself (kForbidden otherwise).  kChanged, and nothing done: the directory is no
// longer the one the work was prepared on.
struct ChangeDirectory {
  Principal by;
  DirectoryHow how = DirectoryHow::kEdit;
  std::string reason;  // why, in free words; the record keeps its digest.  May be empty, but for kErase
  std::shared_ptr<ports::DirectoryWork> work;
  PersonId person;  // with kErase: who
};

struct DirectoryChanged {
  std::int64_t version = 0;  // of the directory after it
  DirectoryCounts rows;
};

}  // namespace tocsin::model
