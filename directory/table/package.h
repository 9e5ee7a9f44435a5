// The parts of a packed office file (ECMA-376 part 2, in a ZIP archive), each unpacked as it is read, within limits.
//
// Refused as a whole: a damaged or cut archive, more parts than allowed, two parts of one name, and a part that claims
// or yields more than is allowed, is encrypted, or is packed by another method than storing or deflating (part 2, annex
// C). Names are compared without case, and with / for \ (some writers use it).  Not thread-safe; the bytes must outlive
// it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "directory/table/reading.h"

struct zip;
struct zip_file;

namespace tocsin::table {

class Package {
 public:
  // Absent: `reading` says why.
  [[nodiscard]] static std::optional<Package> open(std::string_view bytes, Reading& reading);

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool has_folder(std::string_view name) const;  // "xl/"

  // One part, read from its beginning.
  class Part {
   public:
    // The next bytes: their count, 0 at the end, -1 on damage or excess (noted).
    int read(char* to, int size);
    [[nodiscard]] const std::string& name() const { return name_; }

   private:
    friend class Package;
    struct Close {
      void operator()(zip_file* file) const;
    };
    std::unique_ptr<zip_file, Close> file_;
    Package* package_ = nullptr;
    std::string name_;
    std::uint64_t packed_ = 0, unpacked_ = 0;
  };
  // Absent when there is no such part, or it must not be read (noted).
  [[nodiscard]] std::optional<Part> part(std::string_view name);

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  explicit Package(Reading& reading) : reading_(&reading) {}
  bool take(const Part& part, std::uint64_t bytes);
  bool fail_at_part(std::string_view name, std::string code, base::Said message, base::Said hint = {});

  Reading* reading_;
  std::unique_ptr<zip, Close> archive_;
  std::map<std::string, std::uint64_t, std::less<>> parts_;  // plain name to index
  std::uint64_t unpacked_ = 0;                               // of all parts read
};

}  // namespace tocsin::table
