#include "tests/support/fake_front_door.h"

namespace tocsin::testing {

FakeRoster::FakeRoster() {
  people_.push_back({model::PersonId{1}, "chen", "Chen Gang", "zh", "Gate 3", {}});
  people_.back().contacts.push_back({model::ContactId{1}, model::ContactKind::kMobile, "+8614400000017", "", true});
  people_.back().contacts.push_back({model::ContactId{2}, model::ContactKind::kEmail, "chen@example.org", "", true});
  people_.back().contacts.push_back(
      {model::ContactId{3}, model::ContactKind::kLandline, "+865390000001", "12", false});  // never agreed
  people_.push_back({model::PersonId{2}, "wang", "Wang Li", "zh", "", {}});
  areas_.push_back({model::AreaId{1}, "qingshi", "青石街道", "subdistrict", {}, {}, true, 35.1, 118.3, ""});
  areas_.push_back(
      {model::AreaId{2}, "donghu", "东湖社区", "community", model::AreaId{1}, {"东湖"}, false, 0, 0, "school"});
}

FakeFrontDoor::FakeFrontDoor() {
  form.name = "sample";
  form.version = "1";
  form.hazards = {{"fire", "Fire", {"serious", "spreading", "place_kind", "water_depth"}, "accident"}};
  form.attributes = {
      {"serious", "Badly hurt", "count", "", "How many are badly hurt?", {}},
      {"spreading", "Spreading", "flag", "", "Is it spreading?", {}},
      {"place_kind", "Kind of place", "choice", "", "What is it?", {{"home", "Home"}, {"school", "School"}}},
      {"water_depth", "Depth", "measure", "m", "How deep?", {}}};
  form.levels = {{"IV", "Blue", "blue"}, {"III", "Yellow", "yellow"}};
  form.open_within_s = 120;
  form.time_zone = "Asia/Shanghai";
}

FakeRoster::~FakeRoster() = default;
FakeQueries::~FakeQueries() = default;
FakeAttachments::~FakeAttachments() = default;
FakeDirectory::~FakeDirectory() = default;
FakeFrontDoor::~FakeFrontDoor() = default;

}  // namespace tocsin::testing
