#include "gateway/app/demo.h"

#include <stdlib.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "adapters/https/enrolment.h"
#include "gateway/app/daemon.h"
#include "gateway/app/database_session.h"
#include "gateway/app/demo_scenes.h"
#include "gateway/app/demo_stage.h"
#include "gateway/app/virtual_phones.h"
#include "gateway/base/local_time.h"
#include "gateway/base/log.h"
#include "gateway/base/random.h"
#include "gateway/store/tokens.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;
using model::Role;

std::atomic<bool> stop_asked{false};

// The scene is one of office hours: at night the sample plan lets the desk phone before anything is sent.
void move_to_office_hours(MovedClock& clock) {
  const auto local = base::to_local(clock.utc_now(), "Asia/Shanghai");
  if (!local || (local->hour >= 8 && local->hour < 18)) return;
  constexpr int kTen = 10 * 60, kDay = 24 * 60;
  const int minute = local->hour * 60 + local->minute;
  clock.move(std::chrono::minutes((kTen + kDay - minute) % kDay));
  say("the office's clock is moved to ten in the morning");
}

std::string samples_folder(const std::string& asked) {
  for (const std::string& folder : {asked, std::string("plans/sample-subdistrict"), std::string(TOCSIN_SAMPLES),
                                    std::string(TOCSIN_INSTALLED_SAMPLES)}) {
    if (!folder.empty() && std::filesystem::exists(folder + "/plan.toml")) return folder;
  }
  return {};
}

Settings demo_settings(const DemoOptions& options, const std::string& samples, const std::string& folder) {
  Settings settings;
  settings.database = folder + "/demo.db";
  settings.plan = samples + "/plan.toml";
  settings.directory = samples + "/directory";
  settings.dialing.area_code = "539";
  settings.https.port = options.once ? 0 : options.port;
  settings.ballast_mb = 1;
  settings.log_level = "warning";
  LinkSettings link;
  link.name = "console";
  link.kind = "console";
  settings.links.push_back(link);
  return settings;
}

struct Token {
  Role role;
  const char* name;
  const char* person;
  std::string text;
};

// One token per role; the reporter's and the commander's belong to people of the sample.
bool make_tokens(const Settings& settings, Daemon& daemon, base::UtcTime now, std::vector<Token>& tokens) {
  auto database = open_to_write(settings.database);
  if (!database) return false;
  for (auto& token : tokens) {
    token.text = base::new_token();
    const auto* card = daemon.office().roster()->person_coded(token.person);
    const auto done = store::insert_token(*database->session, token.name, token.role,
                                          card == nullptr ? model::PersonId{} : card->id, token.text, now);
    if (!done) return false;
  }
  return true;
}

// Accounts that the stage signs in to (POST /api/v1/stage/enter); nobody knows their passwords.
bool make_accounts(Daemon& daemon) {
  for (const auto& [name, role] :
       {std::pair("desk", Role::kDuty), {"office", Role::kAdmin}, {"auditor", Role::kAuditor}}) {
    const auto made = https::enrol(name, base::new_token(), "tocsin demo");
    if (!made) return false;
    model::AddAccount command;
    command.by = {Role::kAdmin, "demo", {}};
    command.account.name = name;
    command.account.role = role;
    command.account.password = made->password_hash;
    command.account.totp = made->totp_secret;
    auto done = daemon.office().submit(model::IdentityCommand(std::move(command)));
    while (daemon.office().engine().pump()) {
    }
    if (!done.get()) return false;
  }
  return true;
}

void print_stage(const Daemon& daemon) {
  say("   Open " + daemon.url() + "/stage : everybody's phone, and the doors to the desk and the office.");
  say("   Your browser does not know the certificate of this throw-away office; go past its warning.");
}

void print_invitation(const Daemon& daemon, const std::vector<Token>& tokens) {
  say("\n== The stage is yours.  tocsin stays up at " + daemon.url() + "  (Ctrl-C ends it)");
  print_stage(daemon);
  say("   certificate fingerprint " + daemon.fingerprint());
  for (const auto& token : tokens) say("   token " + std::string(model::name_of(token.role)) + ": " + token.text);
  say("   Try:");
  say("   curl --cacert " + daemon.certificate() + " -H 'Authorization: Bearer " + tokens.front().text +
      "' -H 'Content-Type: application/json' -d "
      "'{\"key\":\"try-0000001\",\"hazard\":\"fire\",\"facts\":{\"trapped\":1},"
      "\"area\":\"donghu-2\"}' " +
      daemon.url() + "/api/v1/reports");
}

int play(const DemoOptions& options, const std::string& samples, const std::string& folder) {
  auto settings = demo_settings(options, samples, folder);
  MovedClock clock;
  VirtualPhones phones(clock);
  settings.https.stage = &phones;
  settings.card.demo = true;
  settings.card.desk_phone = "0539-0000110";
  settings.card.sms_number = "+8614400009999";
  move_to_office_hours(clock);
  base::set_log_level(base::LogLevel::kWarning);
  auto daemon =
      Daemon::start(settings, clock, [](std::string_view line) { say("      [phone] " + std::string(line)); });
  if (!daemon) {
    std::fprintf(stderr, "tocsin: %s\n", daemon.error().message.c_str());
    return 1;
  }
  std::vector<Token> tokens = {{Role::kReporter, "demo-reporter", "gu-yutian", ""},
                               {Role::kCommander, "demo-commander", "shi-qingsong", ""},
                               {Role::kDuty, "demo-duty", "zhong-changming", ""},
                               {Role::kAdmin, "demo-admin", "", ""}};
  phones.set_scene(**daemon, *(*daemon)->console("console"));
  if (!make_tokens(settings, **daemon, clock.utc_now(), tokens) || !make_accounts(**daemon)) {
    std::fprintf(stderr, "tocsin: the tokens and accounts of the demo could not be stored\n");
    return 1;
  }
  Stage stage(**daemon, clock, options.once ? base::Duration{0} : base::Duration{options.pace ? 4s : 2s}, stop_asked);
  say("tocsin at " + (*daemon)->url() + ", a throw-away database, the sample plan, every phone a console");
  if (!options.once) print_stage(**daemon);
  for (auto scene : {first_report, people_answer, desk_calls, level_rises, commander_approves, stand_down}) {
    if (!stop_asked && !options.no_scene) scene(stage);
  }
  if (stage.failures() > 0) {
    say("\nThe scene did not go as told: " + std::to_string(stage.failures()) + " thing(s), marked !! above.");
    return 1;
  }
  if (options.once) {
    say("\nThe scene went as told.");
  } else {
    print_invitation(**daemon, tokens);
    (*daemon)->run();
    while (!stop_asked) std::this_thread::sleep_for(100ms);
  }
  (*daemon)->stop(2s);
  return 0;
}

}  // namespace

int run_demo(const DemoOptions& options) {
  const auto samples = samples_folder(options.samples);
  if (samples.empty()) {
    std::fprintf(stderr, "tocsin: the sample plan was not found; name its folder with --samples\n");
    return 2;
  }
  std::string folder = (std::filesystem::temp_directory_path() / "tocsin-demo-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "tocsin: no temporary folder can be made\n");
    return 1;
  }
  std::signal(SIGINT, [](int) { stop_asked = true; });
  std::signal(SIGTERM, [](int) { stop_asked = true; });
  const int code = play(options, samples, folder);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return code;
}

}  // namespace tocsin::app
