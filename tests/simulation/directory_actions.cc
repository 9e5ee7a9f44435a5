#include "tests/simulation/directory_actions.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/ports/directory_desk.h"

namespace tocsin::simulation {
namespace {

constexpr const char* kPeople[] = {"commander", "director", "deputy-a", "deputy-b", "leader", "lake-head"};

// The town's own sheets; with another door for somebody, so that an import differs from what is there.
ports::ImportSheets town(const std::string& of, const std::string& door) {
  ports::ImportSheets import;
  import.whole = true;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/tests/support/town/directory")) {
    if (entry.path().extension() == ".csv") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());  // a seed replays on every file system
  for (const auto& path : paths) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    import.sheets.push_back({path.filename().string(), text.str()});
    auto& sheet = import.sheets.back();
    if (const auto at = sheet.name == "persons.csv" ? sheet.text.find("\n" + of + ",") : std::string::npos;
        at != std::string::npos) {
      const auto end = sheet.text.find('\n', at + 1);
      auto row = sheet.text.substr(at + 1, end - at - 1);
      const auto name_end = row.find(',', row.find(',', row.find(',') + 1) + 1);
      if (name_end != std::string::npos) {
        const auto door_end = row.find(',', name_end + 1);
        row.replace(name_end + 1, (door_end == std::string::npos ? row.size() : door_end) - name_end - 1, door);
        sheet.text.replace(at + 1, end - at - 1, row);
      }
    }
  }
  return import;
}

// Of the office's time, to the minute.
std::string local(base::UtcTime t) {
  auto text = base::to_rfc3339(t + std::chrono::hours(8));  // Asia/Shanghai
  text.resize(16);
  text[10] = ' ';
  return text;
}

// Leave of the next hours, and somebody else on duty; edges fall on any minute.
ports::ImportSheets roster_edges(Driver& d, base::Random& chance) {
  std::string leave = "person,from,to\n", overrides = "duty,who,from,to,instead_of\n";
  const auto period = [&] {
    const auto from = d.world.clock.utc_now() + std::chrono::minutes(static_cast<int>(chance.below(180)) - 120);
    return local(from) + "," + local(from + std::chrono::minutes(1 + chance.below(240)));
  };
  const auto somebody = [&]() -> std::string { return kPeople[chance.below(std::size(kPeople))]; };
  for (auto rows = chance.below(5); rows > 0; --rows) leave += somebody() + "," + period() + "\n";
  for (auto rows = chance.below(4); rows > 0; --rows) {
    const std::string duty = chance.one_in(3) ? "desk" : "leader";
    const auto who = chance.one_in(4) ? std::string() : somebody();
    const bool swap = who != "leader" && !who.empty() && chance.one_in(4);
    overrides += duty + "," + who + "," + period() + "," + (swap ? "leader" : "") + "\n";
  }
  ports::ImportSheets import;
  import.sheets = {{"leave.csv", leave}, { "overrides.csv", overrides }};
  return import;
}

void prepare_and_submit(Driver& d, const ports::DirectoryWish& wish, const std::string& what) {
  const auto prepared = d.world.office->directory()->prepare(wish);
  if (!prepared.ok())
    return d.note(what + ": " + base::to_string(prepared.error().code));  // the disk, or nothing to undo
  if (!prepared->may_stand) return d.broken.push_back("directory: " + what + " may not stand");
  if (prepared->rows.all() == 0) return d.note(what + ": nothing differs");
  d.note(what);
  d.world.follow_directory();
  d.submit(prepared->command, [&d, what](const model::CommandResult& result) {
    d.note("  " + what + ": " + (result ? "done" : base::to_string(result.error().code)));
    if (result) d.journal.directory.push_back(std::get<model::DirectoryChanged>(*result).version);
  });
}

}  // namespace

void perhaps_directory_action(Driver& d) {
  auto& chance = d.directory_chance;
  if (!chance.one_in(12)) return;
  const auto head = d.world.office->directory()->head();
  if (!head.ok()) return;
  // Whatever was committed is in force, and nothing else is.
  if (head->version > 0 && d.world.office->roster()->version() != head->version) {
    d.broken.push_back("directory: version " + std::to_string(d.world.office->roster()->version()) +
                       " is in force, the last committed is " + std::to_string(head->version));
  }
  ports::DirectoryWish wish;
  wish.by = {model::Role::kAdmin, "office", {}};
  wish.reason = "by chance";
  const std::string who = kPeople[chance.below(std::size(kPeople))];
  const auto door = "Door " + std::to_string(chance.below(50));
  const auto dice = chance.below(4);
  if (head->version == 0 || dice == 0) {
    wish.what = head->version == 0 ? town("", "") : town(who, door);
    return prepare_and_submit(d, wish, "the directory is imported");
  }
  if (dice == 1) {
    auto person = d.world.office->directory()->person(who);
    if (!person.ok()) return;
    person->door = door;
    wish.what = ports::PutPerson{*person, {person->version}, false};
    return prepare_and_submit(d, wish, who + " moves to " + door);
  }
  if (dice == 2) {
    wish.what = roster_edges(d, chance);
    return prepare_and_submit(d, wish, "the roster changes");
  }
  // The first import is not undone: an office without people has nobody to tell.
  const auto changes = d.world.office->directory()->changes(0, 500);
  if (!changes.ok()) return;
  const bool any = std::any_of(changes->begin(), changes->end(), [](const auto& c) {
    return c.version > 1 && c.how != model::DirectoryHow::kUndo && c.undone_by == 0;
  });
  if (!any) return;
  wish.what = ports::UndoLastChange{};
  prepare_and_submit(d, wish, "the directory's last change is taken back");
}

}  // namespace tocsin::simulation
