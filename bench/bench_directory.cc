// The directory in the database: a page of 100,000 persons (goal: 100 ms), an import of 10,000 (goal: 2 s), one edit.
//
// TOCSIN_BENCH_DIR: where the database goes (default: the folder for temporary files).
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "directory/directory_store.h"
#include "directory/edit.h"
#include "directory/history.h"
#include "directory/import.h"
#include "directory/lookup.h"
#include "directory/snapshot.h"

namespace tocsin {
namespace {

const base::UtcTime kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

constexpr const char* kFamily[] = {"石", "柳", "谷", "白", "青", "林", "山", "江", "云", "松", "竹", "梅"};
constexpr const char* kGiven[] = {"青松", "溪桥", "雨田", "晓月", "长风", "明河", "春生", "秋实", "远帆"};

// People, with a mobile and every third with a landline too, as their sheets.
std::vector<directory::Sheet> sheets_of(int persons) {
  std::string people = "code,name,language,door,notes\n";
  std::string contacts = "person,order,kind,address,extension,agreed_when,agreed_how,withdrawn\n";
  for (int i = 0; i < persons; ++i) {
    const auto number = std::to_string(1'000'000 + i).substr(1);
    people += "person-" + number + "," + kFamily[i % std::size(kFamily)] + kGiven[i / 12 % std::size(kGiven)] + ",zh," +
              number.substr(3) + "号楼,\n";
    contacts += "person-" + number + ",1,mobile,14400" + number + ",,2026-01-05,签署联系确认表,\n";
    if (i % 3 == 0)
      contacts += "person-" + number + ",2,landline,0539-000" + number.substr(2) + ",,2026-01-05,签署联系确认表,\n";
  }
  return {{"persons.csv", std::move(people)}, {"contacts.csv", std::move(contacts)}};
}

// A database of its own, gone at the end.
class Office {
 public:
  explicit Office(int persons) {
    const char* where = std::getenv("TOCSIN_BENCH_DIR");
    folder_ = std::filesystem::path(where != nullptr ? where : std::filesystem::temp_directory_path().string()) /
              ("tocsin-directory-" + std::to_string(persons) + "-" + std::to_string(++made_));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    session_ = std::move(db::Session::open((folder_ / "directory.db").string(), {})).value();
    if (!directory::migrate(*session_).ok()) std::abort();
    if (persons > 0) import(sheets_of(persons));
  }
  ~Office() {
    session_.reset();
    std::filesystem::remove_all(folder_);
  }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  [[nodiscard]] db::Session& session() { return *session_; }
  void write(const directory::Change& change) {
    if (!session_->begin().ok() || !directory::write_change(*session_, change, "bench", "", kNow).ok() ||
        !session_->commit().ok())
      std::abort();
  }
  // Sheets to rows on the disk, with the index of the roster that is then in force.
  void import(std::vector<directory::Sheet> sheets) {
    const auto before = directory::load_state(*session_).value();
    auto read = directory::read_sheets(std::move(sheets), true, {});
    const auto change =
        directory::prepare_change(before, std::move(read.tables), model::DirectoryHow::kImport, read.digest);
    const directory::Snapshot roster(change.after.tables, change.after.version);
    write(change);
  }

 private:
  inline static int made_ = 0;
  std::filesystem::path folder_;
  std::unique_ptr<db::Session> session_;
};

Office& a_city() {
  static auto* const made = new Office(100'000);
  return *made;
}

void a_page(benchmark::State& state, const std::string& words, const std::string& after) {
  auto& session = a_city().session();
  std::size_t found = 0;
  for (auto _ : state) found = directory::find_persons(session, words, after, 50).value().size();
  state.counters["persons"] = static_cast<double>(found);
}
BENCHMARK_CAPTURE(a_page, everybody_from_the_middle, "", "person-050000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(a_page, part_of_a_name, "雨田", "person-050000")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(a_page, a_name_that_nobody_has, "不存在", "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(a_page, beginning_of_a_code, "person-0999", "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(a_page, end_of_a_number, "9999", "")->Unit(benchmark::kMillisecond);

void the_sizes(benchmark::State& state) {
  auto& session = a_city().session();
  std::int64_t persons = 0;
  for (auto _ : state) persons = directory::directory_sizes(session).value().persons;
  state.counters["persons"] = static_cast<double>(persons);
}
BENCHMARK(the_sizes)->Unit(benchmark::kMillisecond);

void one_person_moves(benchmark::State& state) {
  auto& office = a_city();
  const auto there = directory::find_person(office.session(), "person-050000").value();
  int door = 0;
  for (auto _ : state) {
    const auto before = directory::load_state(office.session()).value();
    directory::PersonEdit edit{there.person, there.contacts};
    edit.person.door = std::to_string(++door);
    const auto change = directory::prepare_change(before, directory::put_person(before.tables, edit, {}).tables,
                                                  model::DirectoryHow::kEdit);
    const directory::Snapshot roster(change.after.tables, change.after.version);
    office.write(change);
  }
}
BENCHMARK(one_person_moves)->Unit(benchmark::kMillisecond);

void import(benchmark::State& state) {
  const auto persons = static_cast<int>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    {
      Office office(0);
      auto sheets = sheets_of(persons);
      state.ResumeTiming();
      office.import(std::move(sheets));
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
}
BENCHMARK(import)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace tocsin
