// Which file belongs to which report, and when that is forgotten.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

// Report `id` of incident `incident`, with these files.
void put_report(ports::Store& s, std::int64_t id, std::int64_t incident, const std::vector<std::string>& hashes) {
  model::Report report;
  report.id = {id};
  report.incident = {incident};
  report.reporter = "grid-7";
  report.key = "key-" + std::to_string(id);
  s.insert(report);
  for (const auto& hash : hashes)
    s.insert_attachment({{id}, hash, model::MediaType::kPng, 1234, 30, 20, noon + std::chrono::seconds(id)});
}

void end_incident(ports::Store& s, std::int64_t id, base::UtcTime at, model::IncidentState state) {
  auto incident = *s.incident({id});
  incident.state = state;
  incident.ended_at = at;
  s.update(incident);
}

TEST_P(StoreContract, AFileIsKeptOncePerReportAndComesBackAsItWas) {
  write([](ports::Store& s) { put_report(s, 1, 1, {"aa", "bb"}); });
  const auto files = read([](ports::Store& s) { return s.attachments_of({1}); });
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].hash, "aa");
  EXPECT_EQ(files[0].type, model::MediaType::kPng);
  EXPECT_EQ(files[0].bytes, 1234);
  EXPECT_EQ(files[0].width, 30);
  EXPECT_EQ(files[0].height, 20);
  ASSERT_TRUE(store_->begin().ok());
  store_->insert_attachment(files[0]);
  EXPECT_FALSE(store_->status().ok());
  store_->rollback();
  EXPECT_EQ(read([](ports::Store& s) { return s.report({1}); })->key, "key-1");
  EXPECT_FALSE(read([](ports::Store& s) { return s.report({2}); }));
}

TEST_P(StoreContract, IsPastOnceItsIncidentHasEndedLongEnough) {
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    s.insert(an_incident(2, 102));
  });
  write([](ports::Store& s) { put_report(s, 1, 1, {"aa"}); });
  write([](ports::Store& s) { put_report(s, 2, 2, {"bb", "cc"}); });
  const auto past = [&](base::UtcTime ended, int limit = 10) {
    std::vector<std::string> hashes;
    for (const auto& a : read([&](ports::Store& s) { return s.attachments_past(ended, limit); }))
      hashes.push_back(a.hash);
    return hashes;
  };
  EXPECT_THAT(past(noon + 1000h), IsEmpty()) << "both are open";
  write([](ports::Store& s) { end_incident(s, 1, noon, model::IncidentState::kEnded); });
  EXPECT_THAT(past(noon - 1us), IsEmpty());
  EXPECT_THAT(past(noon), ElementsAre("aa"));
  write([](ports::Store& s) { end_incident(s, 2, noon + 1h, model::IncidentState::kMerged); });
  EXPECT_EQ(past(noon + 1h).size(), 3U);
  EXPECT_EQ(past(noon + 1h, 2).size(), 2U);
}

TEST_P(StoreContract, AFileIsUnnamedOnceItsLastRowIsGone) {
  write([](ports::Store& s) { put_report(s, 1, 1, {"aa"}); });
  write([](ports::Store& s) { put_report(s, 2, 1, {"aa", "bb"}); });
  const auto delete_of = [&](std::int64_t report) {
    write([&](ports::Store& s) { s.delete_attachments(s.attachments_of({report})); });
  };
  const std::vector<std::string> all{"aa", "bb", "cc", "cc"};
  const auto unnamed = [&] { return read([&](ports::Store& s) { return s.unnamed_files(all); }); };
  EXPECT_THAT(unnamed(), ElementsAre("cc"));
  delete_of(2);
  EXPECT_THAT(unnamed(), ElementsAre("bb", "cc"));
  delete_of(1);
  EXPECT_THAT(unnamed(), ElementsAre("aa", "bb", "cc"));
}

TEST_P(StoreContract, AReaderFindsAFileOnlyInsideItsIncident) {
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    s.insert(an_incident(2, 102));
  });
  write([](ports::Store& s) { put_report(s, 1, 1, {"aa"}); });
  write([](ports::Store& s) { put_report(s, 2, 2, {"aa"}); });
  const auto queries = engine_->open_queries();
  const auto found = queries->attachment(101, "aa").value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].report.id.value, 1);
  EXPECT_EQ(found[0].incident.value, 1);
  EXPECT_THAT(queries->attachment(101, "bb").value(), IsEmpty());
  EXPECT_THAT(queries->attachment(999, "aa").value(), IsEmpty());
  EXPECT_EQ(queries->incident(102, 10)->attachments.size(), 1U);
  EXPECT_TRUE(queries->report({1})->has_value());
}

}  // namespace
}  // namespace tocsin
