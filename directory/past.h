// Who somebody was and who held a post at a time of the past, out of the history (history.h): only what is no longer as
// it was is remembered.
//
// Immutable once read; any thread.  Reading costs the history of persons and posts, not the directory.  Behind the end
// of the history a person is who the oldest kept row says.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "directory/row_text.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/ports/past_directory.h"

namespace tocsin::directory {

class Past final : public ports::PastDirectory {
 public:
  // In the caller's read transaction, or one of its own.
  [[nodiscard]] static base::Result<std::shared_ptr<const Past>> read(db::Session& session);

  [[nodiscard]] std::int64_t version() const { return version_; }
  [[nodiscard]] std::int64_t version_at(base::UtcTime at) const override;
  [[nodiscard]] std::optional<ports::PersonThen> person(model::PersonId id, base::UtcTime at) const override;
  [[nodiscard]] std::optional<ports::PostThen> post(std::string_view code, base::UtcTime at) const override;

 private:
  struct Was {
    std::int64_t until = 0;  // the version that ended it
    ports::PersonThen person;
  };
  struct PostChange {
    std::int64_t version = 0;
    bool came = false;  // else it went
    PostRow row;
  };
  Past() = default;
  void read_versions(db::Session& session);
  [[nodiscard]] base::Status read_changes(db::Session& session);
  void read_today(db::Session& session);
  void add(std::int64_t version, std::int64_t id, const Cells& before);
  [[nodiscard]] ports::PersonThen coded(const std::string& code, std::int64_t version) const;

  std::int64_t version_ = 0;
  std::int64_t known_since_ = 0;  // the history of every version behind this one is kept
  std::vector<std::pair<base::UtcTime, std::int64_t>> versions_;         // oldest first
  std::unordered_map<std::int64_t, std::vector<Was>> by_id_;             // oldest first
  std::unordered_map<std::string, std::vector<Was>> by_code_;            // oldest first
  std::map<std::string, std::vector<PostRow>, std::less<>> posts_;       // today
  std::map<std::string, std::vector<PostChange>, std::less<>> changes_;  // oldest first
  std::unordered_map<std::string, std::string> names_;                   // today, of whoever ever held a post
};

}  // namespace tocsin::directory
