// The directory of an office in force: looked up on connections of its own, changed through the engine's.
//
// A change is read, checked and compared here, on the caller's thread, one at a time; what is left for the engine is to
// write the rows that differ.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "directory/import.h"
#include "directory/past.h"
#include "directory/snapshot.h"
#include "gateway/app/loaded_directory.h"
#include "gateway/app/office_search.h"
#include "gateway/app/one_at_a_time.h"
#include "gateway/base/guarded.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/directory_desk.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

// Any thread.
class OfficeDirectory final : public ports::DirectoryDesk {
 public:
  // `writer`: the session of the store that the engine commits; it outlives this and every command made here.  `plan`:
  // in force, null when there is none; `roster`: in force; any thread.
  OfficeDirectory(std::string database, std::string vfs, base::DialingRules dialing,
                  std::function<plan::PlanPtr()> plan, db::Session& writer, std::function<ports::RosterPtr()> roster);

  [[nodiscard]] base::Result<ports::DirectoryHead> head() const override;
  [[nodiscard]] base::Result<ports::FoundPersons> persons(const ports::PersonSearch& search) const override;
  [[nodiscard]] base::Result<ports::DirectoryPerson> person(const std::string& code) const override;
  [[nodiscard]] base::Result<std::vector<ports::DirectoryEntry>> changes(std::int64_t before, int limit) const override;
  [[nodiscard]] base::Result<std::vector<ports::DirectorySheet>> sheets() const override;
  [[nodiscard]] base::Result<std::vector<ports::DirectoryList>> lists() const override;
  [[nodiscard]] base::Result<ports::DirectoryDocument> document(const ports::DocumentWish& wish) const override;
  [[nodiscard]] base::Result<std::string> person_data(const std::string& code) const override;
  [[nodiscard]] base::Result<ports::PastDirectoryPtr> past() const override;
  [[nodiscard]] base::Result<std::vector<ports::DirectoryPost>> posts(base::UtcTime at) const override;
  [[nodiscard]] base::Result<std::vector<ports::DirectoryUnit>> units() const override;
  [[nodiscard]] base::Result<std::string> duties(base::UtcTime from, int days) const override;
  [[nodiscard]] base::Result<std::string> feed(model::PersonId person, base::UtcTime now,
                                               const std::string& host) const override;
  [[nodiscard]] std::future<base::Result<ports::ListRead>> read_list(ports::ListWish wish) const override;
  [[nodiscard]] base::Result<ports::PreparedChange> prepare(const ports::DirectoryWish& wish) const override;
  // In force, with its rows.
  [[nodiscard]] base::Result<LoadedDirectory> loaded() const;

 private:
  [[nodiscard]] base::Result<std::unique_ptr<db::Session>> reader() const;
  [[nodiscard]] base::Result<std::shared_ptr<const directory::Snapshot>> people() const;  // in force
  [[nodiscard]] directory::ImportOptions options() const;
  [[nodiscard]] std::string zone() const;  // of the office, for times in sheets

  const std::string database_, vfs_;
  const base::DialingRules dialing_;
  const std::function<plan::PlanPtr()> plan_;
  db::Session& writer_;
  const std::function<ports::RosterPtr()> roster_;
  mutable std::mutex preparing_;
  mutable PersonFinder finder_;
  mutable base::Guarded<std::shared_ptr<const directory::Past>> past_;  // of the version that was asked last
  mutable OneAtATime<ports::ListRead> lists_{"another list is being read: send this one again in a moment",
                                             "there is no thread to read it on: send it again in a moment"};  // last
};

}  // namespace tocsin::app
