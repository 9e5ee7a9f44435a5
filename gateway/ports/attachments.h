// What the core and the adapters ask of the place where photographs lie: files outside the database, named by the hash
// of their bytes.
//
// Thread-safe.  Whoever puts a file names it in the database afterwards (model::AttachFile); a file that no row names
// an hour later is swept away, so a crash between the two leaves nothing behind for ever.  Only the engine removes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::ports {

class Attachments {
 public:
  virtual ~Attachments() = default;
  // The hash of `bytes`, which are on disk for good once it returns: file and folder are synced.  Bytes that lie there
  // already count as put just now.  kRetryLater: the disk is full or fails; nothing is left.
  [[nodiscard]] virtual base::Result<std::string> put(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool has(std::string_view hash) const = 0;
  // kNotFound; kCorrupt when the bytes no longer have this hash.
  [[nodiscard]] virtual base::Result<std::string> read(std::string_view hash) const = 0;
  // Ok when it is not there.
  virtual base::Status remove(std::string_view hash) = 0;

  // Files lie in 256 folders; those of folders [first, first + count) put before `before`.
  static constexpr int kFolders = 256;
  [[nodiscard]] virtual std::vector<std::string> put_before(base::UtcTime before, int first, int count) = 0;
};

}  // namespace tocsin::ports
