#include "directory/past.h"

#include <algorithm>

#include "directory/delta.h"
#include "directory/one_picture.h"

namespace tocsin::directory {
namespace {

bool same_row(const PostRow& a, const PostRow& b) {
  return exact_cells(a) == exact_cells(b);
}

}  // namespace

base::Result<std::shared_ptr<const Past>> Past::read(db::Session& session) {
  const OnePicture picture(session);
  if (!picture.begun()) return picture.begun().error().within("reading the history of the directory");
  std::shared_ptr<Past> past(new Past);
  past->read_versions(session);
  if (auto read = past->read_changes(session); !read) return read.error();
  past->read_today(session);
  if (session.failed()) return session.status().error().within("reading the history of the directory");
  return std::shared_ptr<const Past>(std::move(past));
}

void Past::read_versions(db::Session& session) {
  // What was imported before there was a history has its time too.
  auto rows = session
                  .statement(
                      "select at, version, 1 from dir_change union all select at, version, 0 from dir_import "
                      "where version not in (select version from dir_change) order by 2")
                  .run();
  while (rows.next()) {
    versions_.emplace_back(rows.time(0), rows.int64(1));
    version_ = rows.int64(1);
    if (rows.integer(2) == 0) known_since_ = version_;
  }
}

base::Status Past::read_changes(db::Session& session) {
  {
    auto rows = session
                    .statement(
                        "select max(version) from dir_change c where added + changed + gone > 0 and not exists "
                        "(select 1 from dir_delta d where d.version = c.version)")
                    .run();
    if (rows.next() && !rows.is_null(0)) known_since_ = std::max(known_since_, rows.int64(0));
  }
  auto rows = session
                  .statement(
                      "select version, table_name, delta from dir_delta where table_name in ('persons', 'posts') "
                      "order by version")
                  .run();
  while (rows.next()) {
    const auto version = rows.int64(0);
    const bool persons = rows.text(1) == "persons";
    const auto delta = read_delta(persons ? Table::kPersons : Table::kPosts, rows.text(2));
    if (!delta) return delta.error();
    if (persons) {
      for (const auto& row : delta->gone) add(version, row.id, row.cells);
      for (const auto& row : delta->changed) add(version, row.id, row.before);
      continue;
    }
    const auto note = [&](const std::vector<PlacedRow>& placed, bool came) {
      for (const auto& one : placed) {
        PostRow row;
        if (!read_exact(one.cells, row)) continue;
        names_[row.person];
        auto& changes = changes_[row.code];
        changes.push_back({version, came, std::move(row)});
      }
    };
    note(delta->gone, false);
    note(delta->added, true);
  }
  return base::Done{};
}

void Past::add(std::int64_t version, std::int64_t id, const Cells& before) {
  PersonRow row;
  if (!read_exact(before, row)) return;
  by_id_[id].push_back({version, {row.code, row.name}});
  by_code_[row.code].push_back({version, {row.code, row.name}});
}

void Past::read_today(db::Session& session) {
  {
    auto rows =
        session.statement("select code, name, area, person, from_time, to_time from dir_post order by place").run();
    while (rows.next()) {
      PostRow row;
      row.code = rows.string(0);
      row.name = rows.string(1);
      row.area = rows.string(2);
      row.person = rows.string(3);
      if (!rows.is_null(4)) row.period.from = rows.time(4);
      if (!rows.is_null(5)) row.period.to = rows.time(5);
      names_[row.person];
      posts_[row.code].push_back(std::move(row));
    }
  }
  auto& name_of = session.statement("select name from dir_person where code = ?1");
  for (auto& [code, name] : names_) {
    auto rows = name_of.run(code);
    if (rows.next()) name = rows.string(0);
  }
}

std::int64_t Past::version_at(base::UtcTime at) const {
  const auto after = std::upper_bound(versions_.begin(), versions_.end(), at,
                                      [](base::UtcTime t, const auto& version) { return t < version.first; });
  return after == versions_.begin() ? 0 : std::prev(after)->second;
}

std::optional<ports::PersonThen> Past::person(model::PersonId id, base::UtcTime at) const {
  const auto found = by_id_.find(id.value);
  if (found == by_id_.end()) return std::nullopt;
  const auto version = version_at(at);
  for (const Was& was : found->second) {
    if (was.until > version) return was.person;
  }
  return std::nullopt;
}

ports::PersonThen Past::coded(const std::string& code, std::int64_t version) const {
  if (const auto found = by_code_.find(code); found != by_code_.end()) {
    for (const Was& was : found->second) {
      if (was.until > version) return was.person;
    }
  }
  const auto today = names_.find(code);
  return {code, today == names_.end() ? std::string() : today->second};
}

std::optional<ports::PostThen> Past::post(std::string_view code, base::UtcTime at) const {
  const auto version = version_at(at);
  if (version < known_since_) return std::nullopt;
  std::vector<PostRow> rows;
  if (const auto today = posts_.find(code); today != posts_.end()) rows = today->second;
  if (const auto changed = changes_.find(code); changed != changes_.end()) {
    for (auto change = changed->second.rbegin(); change != changed->second.rend() && change->version > version;
         ++change) {
      if (!change->came) {
        rows.push_back(change->row);
        continue;
      }
      const auto there =
          std::find_if(rows.begin(), rows.end(), [&](const PostRow& row) { return same_row(row, change->row); });
      if (there != rows.end()) rows.erase(there);
    }
  }
  if (rows.empty()) return std::nullopt;
  ports::PostThen post{std::string(code), rows.front().name, std::nullopt};
  for (const PostRow& row : rows) {
    if (!row.period.contains(at)) continue;
    post.name = row.name;
    if (!row.person.empty()) post.holder = coded(row.person, version);
  }
  return post;
}

}  // namespace tocsin::directory
