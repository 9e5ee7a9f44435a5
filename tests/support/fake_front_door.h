// A front door with nothing behind it but memory: what an HTTPS test needs of the core.
//
// Records every command it was given, so that a test can prove that something was *not* done.
// Thread-safe as the port demands; set it up before the server starts.  Destructors are out of line so that one source
// alone carries the compiled bodies.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/guarded.h"
#include "gateway/ports/front_door.h"
#include "tests/support/fake_office.h"
#include "tests/support/fake_queries.h"

namespace tocsin::testing {

inline constexpr const char* kCallbackToken = "a-token-of-22-letters--";

class FakeFrontDoor final : public ports::FrontDoor {
 public:
  ~FakeFrontDoor() override;
  FakeQueries fake_queries;
  mutable FakeAttachments fake_attachments;
  ports::PlanForm form;
  ports::OfficeCard office_card;
  const ports::Scenes* fake_scenes = nullptr;
  ports::Readiness ready{true, {}};
  ports::InstallFilesPtr install =
      std::make_shared<ports::InstallFiles>(ports::InstallFiles{"<!doctype html>", "certificate", "<?xml?>"});
  // When set, answers a command instead of the default.
  std::function<std::optional<model::CommandResult>(const model::Command&)> reply_instead;

  FakeFrontDoor();

  FakeDirectory fake_directory;
  const ports::DirectoryDesk* directory() const override { return &fake_directory; }
  std::future<base::Result<std::string>> coverage(base::UtcTime from, int days) override {
    std::promise<base::Result<std::string>> counted;
    counted.set_value(R"({"covered":true,"from":")" + base::to_rfc3339(from) + R"(","to":")" +
                      base::to_rfc3339(from + std::chrono::hours(24) * days) +
                      R"(","steps":1,"directory_version":7,"shortfalls":[]})");
    return counted.get_future();
  }
  ports::PlanJudged judged;  // what every offered plan comes to
  // Instead of that: what is to come is this future.
  std::function<std::future<base::Result<ports::PlanJudged>>()> judge_instead;
  std::future<base::Result<ports::PlanJudged>> judge_plan(ports::PlanOffer offer) override {
    offers_.with([&](auto& all) { all.push_back(offer); });
    if (judge_instead) return judge_instead();
    auto answer = judged;
    answer.command.by = offer.by;
    answer.command.source = offer.text;
    answer.command.expected = offer.expected;
    std::promise<base::Result<ports::PlanJudged>> promise;
    promise.set_value(std::move(answer));
    return promise.get_future();
  }

  std::vector<ports::PlanOffer> offers() const {
    return offers_.with([](const auto& all) { return all; });
  }

  std::future<model::CommandResult> submit(model::Command command) override {
    std::promise<model::CommandResult> promise;
    auto future = promise.get_future();
    auto instead = reply_instead ? reply_instead(command) : std::nullopt;
    promise.set_value(instead ? std::move(*instead) : reply_to(command));
    auto* identity = std::get_if<model::IdentityCommand>(&command);
    if (identity != nullptr) {
      identity_.with([&](auto& commands) { commands.push_back(std::move(*identity)); });
    } else {
      commands_.with([&](auto& commands) { commands.push_back(std::move(command)); });
    }
    return future;
  }
  const ports::Queries& queries() const override { return fake_queries; }
  model::DeskLook look;
  base::Result<std::shared_ptr<const model::DeskLook>> desk_look() const override {
    return std::make_shared<const model::DeskLook>(look);
  }
  std::int64_t last_seq() const override { return fake_queries.entries.empty() ? 0 : fake_queries.entries.back().seq; }
  ports::Attachments& attachments() const override { return fake_attachments; }
  ports::RosterPtr roster() const override { return roster_; }
  ports::PlanForm plan_form(const std::string&) const override { return form; }
  ports::OfficeCard card() const override { return office_card; }
  const ports::Scenes* scenes() const override { return fake_scenes; }
  ports::Readiness readiness() const override { return ready; }
  std::string metrics() const override { return "tocsin_up 1\n"; }
  ports::InstallFilesPtr install_files() const override { return install; }
  std::optional<std::future<ports::CallbackAnswer>> called_back(std::string_view link, std::string_view token,
                                                                std::string_view body) override {
    if (link != "cloud" || token != kCallbackToken) return std::nullopt;
    called_back_with.with([&](auto& last) { last = body; });
    std::promise<ports::CallbackAnswer> answer;
    answer.set_value({callback_status, "text/plain; charset=utf-8", "taken"});
    return answer.get_future();
  }
  std::atomic<int> callback_status = 200;
  base::Guarded<std::string> called_back_with;

  base::UtcTime now() const override { return base::from_micros(now_us); }
  std::uint64_t identity_version() const override { return version; }
  const std::string& link_key() const override { return key; }
  // What the core does when it revokes: what the front door remembers counts no more.
  void revoke(const std::string& token) {
    fake_queries.revoke(token);
    ++version;
  }
  std::atomic<std::int64_t> now_us{base::to_micros(*base::parse_rfc3339("2026-11-22T02:00:00Z"))};
  std::atomic<std::uint64_t> version{1};
  std::string key = "a key of the office, 32 bytes or so";

  // What would happen: always the same; `looked_at` is answered, and the last wishes are kept.
  ports::PlanLookedAt looked_at{true, {}, R"({"level":"III"})"};
  base::Guarded<ports::RehearsalWish> rehearsed;
  base::Guarded<ports::ComparisonWish> compared;
  std::future<base::Result<ports::PlanLookedAt>> simulate_plan(ports::RehearsalWish wish) override {
    rehearsed.with([&](auto& last) { last = std::move(wish); });
    return what_was_looked_at();
  }
  std::future<base::Result<ports::PlanLookedAt>> compare_plans(ports::ComparisonWish wish) override {
    compared.with([&](auto& last) { last = std::move(wish); });
    return what_was_looked_at();
  }

  // Those about accounts, sessions and the record of access.
  [[nodiscard]] std::vector<model::IdentityCommand> identity_commands() const {
    return identity_.with([](const auto& commands) { return commands; });
  }
  [[nodiscard]] std::vector<model::Command> commands() const {
    return commands_.with([](const auto& commands) { return commands; });
  }

 private:
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> what_was_looked_at() const {
    std::promise<base::Result<ports::PlanLookedAt>> looked;
    looked.set_value(looked_at);
    return looked.get_future();
  }
  base::Guarded<std::vector<ports::PlanOffer>> offers_;
  model::CommandResult reply_to(const model::Command& command) {
    if (const auto* report = std::get_if<model::SubmitReport>(&command)) return submitted(*report);
    if (std::holds_alternative<model::AnswerAlert>(command) || std::holds_alternative<model::RecordCall>(command) ||
        std::holds_alternative<model::CompleteTask>(command) || std::holds_alternative<model::OpenMessage>(command)) {
      return model::Reply(base::Done{});
    }
    if (const auto* taken = std::get_if<model::HandOver>(&command)) {
      auto sheet = taken->sheet;
      sheet.id = model::HandoverId{9};
      sheet.by = "duty:desk";
      return model::Reply(sheet);
    }
    if (const auto* ask = std::get_if<model::AskApprovalCode>(&command)) {
      model::ApprovalReply asked;
      asked.incident_code = ask->code;
      asked.request = ask->request;
      return model::Reply(asked);
    }
    if (const auto* decision = std::get_if<model::Approve>(&command)) {
      model::ApprovalReply decided;
      decided.incident_code = decision->code;
      decided.state = decision->approved ? model::ApprovalState::kApproved : model::ApprovalState::kDeclined;
      return model::Reply(decided);
    }
    if (std::holds_alternative<model::AttachFile>(command)) return model::Reply(model::AttachedFile{101, false});
    if (std::holds_alternative<model::IdentityCommand>(command)) {
      return identity_reply(std::get<model::IdentityCommand>(command));
    }
    if (std::holds_alternative<model::ChangeDirectory>(command)) {
      return model::Reply(model::DirectoryChanged{8, {1, 0, 0}});
    }
    if (const auto* probe = std::get_if<model::ProbeLink>(&command)) {
      if (probe->link != "sms") return base::Error{base::ErrorCode::kConflict, "this link is down", {}};
      return model::Reply(model::ProbeSent{model::DeliveryId{7}});
    }
    if (std::holds_alternative<model::PutPlanInForce>(command)) {
      return model::Reply(model::PlanTaken{{2, 2, {}, model::PlanVia::kApi, "admin:office", ""}, true});
    }
    return model::Reply(model::IncidentReply{101, 0, 2});
  }

  static model::CommandResult identity_reply(const model::IdentityCommand& command) {
    model::IdentityReply reply;
    reply.session.id = model::SessionId{77};
    reply.session.role = model::Role::kReporter;
    reply.session.expires_at = reply.session.made_at + std::chrono::hours(24 * 180);
    if (const auto* ask = std::get_if<model::AskCode>(&command)) {
      reply.request = ask->request;
      return model::Reply(reply);
    }
    const bool signs_in = std::holds_alternative<model::PasswordSignIn>(command) ||
                          std::holds_alternative<model::CodeSignIn>(command) ||
                          std::holds_alternative<model::LinkSignIn>(command);
    return signs_in ? model::Reply(reply) : model::Reply(base::Done{});
  }

  // One report per (reporter, key): again the first reply, or a conflict when it differs.
  model::CommandResult submitted(const model::SubmitReport& report) {
    if (!report.hazard.empty() && report.hazard != "fire" && report.hazard != "unsure") {
      return base::invalid("hazard: the plan knows no \"" + report.hazard + "\"", "hazard");
    }
    if (!report.area.empty() && report.area != "donghu") return base::invalid("area: unknown", "area");
    const std::string body = report.hazard + "|" + model::to_text(report.facts) + "|" + report.text;
    return seen_.with([&](auto& seen) -> model::CommandResult {
      const auto [at, is_new] = seen.emplace(report.by.name + "/" + report.key, body);
      if (!is_new && at->second != body) {
        return base::Error{base::ErrorCode::kConflict, "this key was used for another report", "key"};
      }
      model::SubmittedReport reply;
      reply.report = model::ReportId{7};
      reply.incident_code = 101;
      reply.opened = true;
      reply.repeated = !is_new;
      reply.assessment.kind = model::HazardKind::kFire;
      reply.assessment.level = 0;
      reply.assessment.level_id = "IV";
      reply.assessment.clause = "fire/IV/1";
      reply.assessment.clause_text = "serious = 2 is in 1..3";
      reply.assessment.questions.push_back({"spreading", "Is it spreading?", 1, "III"});
      return model::Reply(reply);
    });
  }

  const ports::RosterPtr roster_ = std::make_shared<FakeRoster>();
  base::Guarded<std::vector<model::Command>> commands_;
  base::Guarded<std::vector<model::IdentityCommand>> identity_;
  base::Guarded<std::map<std::string, std::string>> seen_;
};

}  // namespace tocsin::testing
