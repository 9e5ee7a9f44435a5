#include "tests/simulation/checker.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "gateway/base/digest.h"
#include "gateway/store/verify_record.h"
#include "tests/simulation/check_directory.h"
#include "tests/simulation/promises.h"

namespace tocsin::simulation {

std::vector<std::string> check_tables(const Tables& tables, const Journal& journal) {
  Evidence evidence(tables, journal);
  for (auto promise : {no_report_lost,
                       no_alert_forgotten,
                       nobody_told_twice,
                       carriers_agree_with_record,
                       carried_by_the_link_recorded,
                       told_together_alike,
                       summaries_name_what_they_tell,
                       links_keep_within_their_caps,
                       contact_checks_stand_back,
                       nothing_after_the_end,
                       everything_explained,
                       levels_fall_by_people_only,
                       record_in_order,
                       counters_true,
                       told_of_the_end,
                       photographs_kept_as_long_as_promised,
                       codes_count_once,
                       machines_answer_within_their_share,
                       nothing_begins_without_its_word,
                       decided_once_and_by_those_named,
                       ended_with_every_condition_ticked,
                       incidents_keep_their_plan,
                       unopened_messages_ring,
                       inbox_rings_once_an_hour}) {
    promise(evidence);
  }
  return std::move(evidence.broken);
}

namespace {

// Each row has its file, whole; and what has no row does not stay for days.
void check_files(const std::string& folder, const Tables& tables, const Journal& journal,
                 std::vector<std::string>& broken) {
  namespace fs = std::filesystem;
  std::set<std::string> named;
  for (const auto& row : tables.attachments) {
    named.insert(row.hash);
    std::ifstream in(folder + "/" + row.hash.substr(0, 2) + "/" + row.hash, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (base::to_hex(base::digest(bytes)) != row.hash)
      broken.push_back("photographs: the file of report " + std::to_string(row.report) + " is gone or damaged");
  }
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    struct stat info {};
    if (!entry.is_regular_file() || ::stat(entry.path().c_str(), &info) != 0) continue;
    const std::int64_t age = journal.ended_at_us / 1'000'000 - info.st_mtim.tv_sec;
    if (named.count(entry.path().filename().string()) == 0 && age > 2 * 24 * 3600)
      broken.push_back("photographs: a file that no row names is still there: " + entry.path().filename().string());
  }
}

}  // namespace

std::vector<std::string> check_promises(const std::string& database, const Journal& journal) {
  db::OpenOptions options;
  options.mode = db::Mode::kReadOnly;
  auto session = db::Session::open(database, options);
  if (!session) return {"durability: " + session.error().message};
  const auto tables = read_tables(**session);
  if (!tables) return {"durability: " + tables.error().message};
  auto broken = check_tables(*tables, journal);
  check_files((std::filesystem::path(database).parent_path() / "attachments").string(), *tables, journal, broken);
  check_directory(**session, *tables, journal, broken);
  const auto chain = store::verify_record(**session);
  if (!chain) {
    broken.push_back("record: " + chain.error().message);
  } else if (!chain->whole) {
    broken.push_back("record: the chain is broken: " + chain->finding);
  }
  return broken;
}

}  // namespace tocsin::simulation
