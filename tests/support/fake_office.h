// What stands behind the fake front door (fake_front_door.h): who is there, files, and a directory to change.
#pragma once

#include <future>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/digest.h"
#include "gateway/base/guarded.h"
#include "gateway/ports/directory_desk.h"
#include "gateway/ports/front_door.h"

namespace tocsin::testing {

// Two persons, a sub-district and a community below it.
class FakeRoster final : public ports::Roster {
 public:
  ~FakeRoster() override;
  FakeRoster();

  std::int64_t version() const override { return 1; }
  model::Resolved resolve(std::span<const model::Selector>, model::AreaId, base::UtcTime) const override { return {}; }
  std::optional<model::PersonId> next_deputy(model::PersonId, const model::Selector&, std::span<const model::PersonId>,
                                             base::UtcTime) const override {
    return std::nullopt;
  }
  const model::PersonCard* person(model::PersonId id) const override {
    for (const auto& card : people_) {
      if (card.id == id) return &card;
    }
    return nullptr;
  }
  const model::PersonCard* person_coded(std::string_view code) const override {
    for (const auto& card : people_) {
      if (card.code == code) return &card;
    }
    return nullptr;
  }
  std::span<const model::PersonId> people_at(std::string_view) const override { return {}; }
  std::vector<const model::PersonCard*> people() const override {
    std::vector<const model::PersonCard*> all;
    for (const auto& card : people_) all.push_back(&card);
    return all;
  }
  const model::AreaInfo* area(model::AreaId id) const override {
    for (const auto& info : areas_) {
      if (info.id == id) return &info;
    }
    return nullptr;
  }
  std::span<const model::AreaInfo> areas() const override { return areas_; }
  // North of the equator: 120 metres from the first area's centre.
  std::optional<model::PlaceFound> area_at(double latitude, double) const override {
    if (latitude < 0) return std::nullopt;
    return model::PlaceFound{areas_.front().id, false, 119.6};
  }
  std::string_view outline(model::AreaId id) const override {
    return id == areas_.front().id ? R"({"type":"Polygon","coordinates":[[[118,36],[118.1,36],[118.1,36.1],[118,36]]]})"
                                   : std::string_view();
  }
  std::string area_path(model::AreaId id) const override {
    const auto* info = area(id);
    if (info == nullptr) return {};
    return info->parent ? area_path(info->parent) + " / " + info->name : info->name;
  }
  model::AreaId community_of(model::AreaId id) const override { return id; }
  bool near(model::AreaId a, model::AreaId b, double) const override { return a == b; }

 private:
  std::vector<model::PersonCard> people_;
  std::vector<model::AreaInfo> areas_;
};

// Keeps what was put in memory.
class FakeAttachments final : public ports::Attachments {
 public:
  ~FakeAttachments() override;
  base::Result<std::string> put(std::string_view bytes) override {
    auto hash = base::to_hex(base::digest(bytes));
    files_.with([&](auto& files) { files[hash] = std::string(bytes); });
    return hash;
  }
  bool has(std::string_view hash) const override { return read(hash).ok(); }
  base::Result<std::string> read(std::string_view hash) const override {
    return files_.with([&](const auto& files) -> base::Result<std::string> {
      const auto found = files.find(std::string(hash));
      if (found == files.end()) return base::Error{base::ErrorCode::kNotFound, "no such attachment", {}};
      return found->second;
    });
  }
  base::Status remove(std::string_view hash) override {
    files_.with([&](auto& files) { files.erase(std::string(hash)); });
    return base::Done{};
  }
  std::vector<std::string> put_before(base::UtcTime, int, int) override { return {}; }

 private:
  base::Guarded<std::map<std::string, std::string>> files_;
};

// A directory of one person at version 7, where every change may stand and adds one row.
class FakeDirectory final : public ports::DirectoryDesk {
 public:
  ~FakeDirectory() override;
  ports::DirectoryPerson chen{"chen", "Chen Gang", "zh", "", "", {}, false, {20, 1}};
  bool may_stand = true;
  mutable base::Guarded<std::vector<ports::DirectoryWish>> wishes;

  base::Result<ports::DirectoryHead> head() const override { return ports::DirectoryHead{7, 1, 1, 0, 0, 0, 0}; }
  base::Result<ports::FoundPersons> persons(const ports::PersonSearch& /*search*/) const override {
    return ports::FoundPersons{{chen}, false};
  }
  base::Result<ports::DirectoryPerson> person(const std::string& code) const override {
    if (code != chen.code) return base::Error{base::ErrorCode::kNotFound, "nobody", {}};
    return chen;
  }
  base::Result<std::vector<ports::DirectoryEntry>> changes(std::int64_t /*before*/, int /*limit*/) const override {
    return std::vector<ports::DirectoryEntry>{};
  }
  base::Result<std::vector<ports::DirectorySheet>> sheets() const override {
    return std::vector<ports::DirectorySheet>{{"persons.csv", "code,name,language\r\n"}};
  }
  base::Result<std::vector<ports::DirectoryList>> lists() const override {
    return std::vector<ports::DirectoryList>{{"people.xlsx", "1@1: A=name B=mobile", "A", {}, {}, "admin"}};
  }
  base::Result<ports::DirectoryDocument> document(const ports::DocumentWish& wish) const override {
    if (wish.as == "call-list") return ports::DirectoryDocument{"text/html; charset=utf-8", "html", "<p>list", {}};
    if (wish.as != "people") return base::invalid("no such form", "as");
    return ports::DirectoryDocument{"text/csv; charset=utf-8", wish.xlsx ? "xlsx" : "csv", "Name\r\n", {"wu"}};
  }
  base::Result<std::string> person_data(const std::string& code) const override {
    if (code != chen.code) return base::Error{base::ErrorCode::kNotFound, "nobody", {}};
    return std::string(
        R"({"code":"chen","ids":[20],"names":["Chen Gang"],"directory":{},"history":[],"tables":{},"record":[]})");
  }
  ports::PastDirectoryPtr past_then;
  base::Result<ports::PastDirectoryPtr> past() const override { return past_then; }
  base::Result<std::vector<ports::DirectoryPost>> posts(base::UtcTime /*at*/) const override {
    return std::vector<ports::DirectoryPost>{
        {"commander", "Commander", {}, {"chen", "Chen Gang", {}, true}, {{"li", "Li Na", {}, true}}}};
  }
  base::Result<std::vector<ports::DirectoryUnit>> units() const override {
    return std::vector<ports::DirectoryUnit>{{"rescue",
                                              "Rescue",
                                              {"donghu", "东湖", "青石 / 东湖"},
                                              true,
                                              {{"chen", "Chen Gang", {}}, {"wang", "Wang Li", {}}}}};
  }
  base::Result<std::string> duties(base::UtcTime from, int days) const override {
    return R"({"from":")" + base::to_rfc3339(from) + R"(","to":")" +
           base::to_rfc3339(from + std::chrono::hours(24) * days) + R"(","duties":[]})";
  }
  base::Result<std::string> feed(model::PersonId person, base::UtcTime, const std::string& host) const override {
    if (person != model::PersonId{1}) return base::Error{base::ErrorCode::kNotFound, "nobody", {}};
    return "BEGIN:VCALENDAR\r\nX-HOST:" + host + "\r\nEND:VCALENDAR\r\n";
  }
  mutable base::Guarded<std::vector<ports::ListWish>> lists_read;
  bool question_open = false;
  std::future<base::Result<ports::ListRead>> read_list(ports::ListWish wish) const override {
    std::promise<base::Result<ports::ListRead>> read;
    if (wish.to_import && question_open) {
      read.set_value(base::Error{base::ErrorCode::kConflict, "answer post:commander first (1 open)", {}});
    } else {
      read.set_value(ports::ListRead{
          "{}", 7,
          wish.to_import ? ports::ImportSheets{{{"persons.csv", "code\r\n"}}, true, "", {}} : ports::ImportSheets{}});
    }
    lists_read.with([&](auto& all) { all.push_back(std::move(wish)); });
    return read.get_future();
  }
  base::Result<ports::PreparedChange> prepare(const ports::DirectoryWish& wish) const override {
    wishes.with([&](auto& all) { all.push_back(wish); });
    if (auto stands = model::check(wish.expected, {0, 7}); !stands) return stands.error();
    ports::PreparedChange prepared;
    prepared.may_stand = may_stand;
    prepared.rows.added = 1;
    prepared.base = 7;
    prepared.command.by = wish.by;
    if (!may_stand) {
      prepared.findings.push_back(base::finding(base::Severity::kError, "bad-number", {"short", "太短"}));
      prepared.findings.back().file = "contacts.csv";
    }
    return prepared;
  }
};

}  // namespace tocsin::testing
