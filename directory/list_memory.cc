#include "directory/list_memory.h"

#include <algorithm>
#include <array>

#include "directory/history.h"
#include "gateway/base/text.h"
#include "gateway/base/typed_text.h"

namespace tocsin::directory {
namespace {

constexpr std::u32string_view kDateWords = U"年月日号";
constexpr std::u32string_view kSigns = U" \t　_-–—.,，。、()（）[]【】{}《》+~·'\"";

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

KnownList list_of(db::Rows& rows) {
  KnownList list;
  list.name = rows.string(0);
  list.mapping = rows.string(1);
  list.header = rows.string(2);
  list.at = rows.time(3);
  list.by = rows.string(4);
  return list;
}

base::Error failed(const db::Session& session) {
  return session.status().error().within("reading what is remembered of lists");
}

}  // namespace

std::string folded_list_name(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos && dot > 0) name = name.substr(0, dot);
  std::u32string out;
  bool after_digit = false;
  for (char32_t c : base::to_utf32(base::to_plain_ascii(name))) {
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    const bool of_a_date = after_digit && kDateWords.find(c) != std::u32string_view::npos;
    after_digit = is_digit(c);
    if (after_digit || of_a_date || kSigns.find(c) != std::u32string_view::npos) continue;
    out += c;
  }
  return base::to_utf8(out);
}

base::Result<std::optional<KnownList>> known_list(db::Session& session, const std::string& name) {
  const auto fold = folded_list_name(name);
  std::optional<KnownList> found;
  {
    auto rows =
        session
            .statement(
                "select name, mapping, header, at, who from dir_list where name = ?1 or (fold = ?2 and ?2 <> '') "
                "order by name = ?1 desc, at desc limit 1")
            .run(name, fold);
    if (rows.next()) found = list_of(rows);
  }
  if (found) {
    auto rows =
        session.statement("select person from dir_list_person where list = ?1 order by person").run(found->name);
    while (rows.next()) found->persons.push_back(rows.string(0));
  }
  if (session.failed()) return failed(session);
  return found;
}

base::Result<std::vector<KnownList>> known_lists(db::Session& session) {
  std::vector<KnownList> lists;
  {
    auto rows = session.statement("select name, mapping, header, at, who from dir_list order by at desc, name").run();
    while (rows.next()) lists.push_back(list_of(rows));
  }
  if (session.failed()) return failed(session);
  return lists;
}

void remember_list(db::Session& session, const KnownList& list) {
  forget_list(session, list.name);
  session.statement("insert into dir_list (name, fold, mapping, header, at, who) values (?1, ?2, ?3, ?4, ?5, ?6)")
      .exec(list.name, folded_list_name(list.name), list.mapping, list.header, list.at, list.by);
  auto& keep = session.statement("insert or ignore into dir_list_person (list, person) values (?1, ?2)");
  for (const auto& person : list.persons) keep.exec(list.name, person);
  session
      .statement(
          "delete from dir_list where name in (select name from dir_list order by at desc, name limit -1 offset ?1)")
      .exec(kMostLists);
}

void forget_list(db::Session& session, const std::string& name) {
  session.statement("delete from dir_list_person where list = ?1").exec(name);
  session.statement("delete from dir_list where name = ?1").exec(name);
}

void purge_lists(db::Session& session, base::UtcTime now) {
  session.statement("delete from dir_list where at < ?1").exec(now - kHistoryKept);
  session
      .statement(
          "delete from dir_list_person where list not in (select name from dir_list) "
          "or person not in (select code from dir_person)")
      .exec();
}

}  // namespace tocsin::directory
