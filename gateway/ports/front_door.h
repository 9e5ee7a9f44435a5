// What adapters that take requests (HTTPS) may ask of the core: submit a command, run a query.
//
// Thread-safe.  Adapters check the token, fill in `by` and `via`, and turn values into JSON; they decide nothing.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/model/command.h"
#include "gateway/ports/attachments.h"
#include "gateway/ports/callbacks.h"
#include "gateway/ports/plan_offer.h"
#include "gateway/ports/plan_rehearsal.h"
#include "gateway/ports/queries.h"
#include "gateway/ports/roster.h"

namespace tocsin::ports {

struct Readiness {
  bool ready = false;                // intake takes reports
  std::vector<base::Said> problems;  // one sentence each; warnings too (ready stays true)
};

// What a report form may offer: from the plan in force.
struct HazardForm {
  std::string kind, name;               // name in the asked language
  std::vector<std::string> attributes;  // in the order to ask
  std::string hazard_class;             // "natural_disaster", "accident", "public_health"
};
struct AttributeForm {
  std::string name, label, type, unit, question;             // type: "count", "measure", "flag", "choice"
  std::vector<std::pair<std::string, std::string>> choices;  // name, label
};
struct LevelForm {
  std::string id, name;
  std::string colour;  // of the plan's closed list: "blue"; may be empty
};
struct PlanForm {
  std::string name, version;
  std::string time_zone;  // the office's, by its IANA name: "Asia/Shanghai"
  std::vector<HazardForm> hazards;
  std::vector<AttributeForm> attributes;
  std::vector<LevelForm> levels;   // lowest first
  std::int64_t open_within_s = 0;  // the desk opens an incident within this, rounded up
};

// What the office says of itself to whoever opens its page, known or not; empty: not said.
struct OfficeCard {
  std::string desk_phone, sms_number;      // to phone; to send a report by SMS to
  std::string map_tiles, map_attribution;  // "https://tiles.example/{z}/{x}/{y}.png", and whose they are
  bool demo = false;                       // a stage of virtual phones is there
};

// What phones fetch to trust the office's own authority: whole files, ready to be sent.
struct InstallFiles {
  std::string page;         // HTML
  std::string certificate;  // DER
  std::string profile;      // Apple configuration profile
};
using InstallFilesPtr = std::shared_ptr<const InstallFiles>;

class DirectoryDesk;
class Scenes;

class FrontDoor {
 public:
  virtual ~FrontDoor() = default;
  // The future is ready after the commit, or with kRetryLater (store cannot be written, queue full, stopping).
  [[nodiscard]] virtual std::future<model::CommandResult> submit(model::Command command) = 0;
  [[nodiscard]] virtual const Queries& queries() const = 0;
  // As queries().summaries(), for polls: at most a second old, and counted once for everybody who asks.  `seq` of the
  // answer is that of the oldest of them: what came behind it is to be asked for again.
  [[nodiscard]] virtual base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids) const {
    return queries().summaries(ids);
  }
  // At most a second old, and one for everybody who asks.
  [[nodiscard]] virtual base::Result<std::shared_ptr<const model::DeskLook>> desk_look() const {
    return base::Error{base::ErrorCode::kNotFound, "there is no desk here", {}};
  }
  // Sequence number of the last entry committed to the record: when it stands still, so does everything else.
  // Costs nothing; what queries() shows is at least as new.
  [[nodiscard]] virtual std::int64_t last_seq() const = 0;
  // Where photographs lie.
  [[nodiscard]] virtual Attachments& attachments() const = 0;
  [[nodiscard]] virtual RosterPtr roster() const = 0;
  [[nodiscard]] virtual base::UtcTime now() const = 0;
  // Grows with each change of who may sign in or is signed in: what was remembered before counts no more.
  [[nodiscard]] virtual std::uint64_t identity_version() const = 0;
  // Alert links are signed with it (model/alert_link.h).
  [[nodiscard]] virtual const std::string& link_key() const = 0;
  [[nodiscard]] virtual PlanForm plan_form(const std::string& language) const = 0;
  [[nodiscard]] virtual OfficeCard card() const { return {}; }
  // May that plan be put in force?  Changes nothing: the command of the answer does, submitted.  Takes up to seconds
  // with a large plan and directory, on a thread of its own; kRetryLater, at once, while another is being judged.
  [[nodiscard]] virtual std::future<base::Result<PlanJudged>> judge_plan(PlanOffer offer) = 0;
  // What would happen, and what differs in effect: docs/cli.md has the keys.  Up to seconds, on the judge's thread
  // (kRetryLater as above).  kNotFound: no plan has that version.  kInvalid: the report does not fit plan or directory.
  [[nodiscard]] virtual std::future<base::Result<PlanLookedAt>> simulate_plan(RehearsalWish wish) = 0;
  [[nodiscard]] virtual std::future<base::Result<PlanLookedAt>> compare_plans(ComparisonWish wish) = 0;
  // Each minute of those days at which a step of the plan in force would reach too few people, as JSON (the keys of
  // `tocsin directory coverage --json`).  Up to seconds with a large plan and directory, on a thread of its own;
  // remembered for the plan and the directory it was asked of; kRetryLater, at once, while another is being counted.
  [[nodiscard]] virtual std::future<base::Result<std::string>> coverage(base::UtcTime /*from*/, int /*days*/) {
    std::promise<base::Result<std::string>> none;
    none.set_value(base::Error{base::ErrorCode::kNotFound, "this office keeps no directory to work with", {}});
    return none.get_future();
  }
  // The directory as administrators see and change it; null: this office has none to work with.
  [[nodiscard]] virtual const DirectoryDesk* directory() const { return nullptr; }
  // What became of reports, and what whoever has an alert sees of its incident; null: nothing more than its rows.
  [[nodiscard]] virtual const Scenes* scenes() const { return nullptr; }
  [[nodiscard]] virtual Readiness readiness() const = 0;
  [[nodiscard]] virtual InstallFilesPtr install_files() const = 0;  // null: none are offered
  // What was posted for a link of that name.  Nullopt: no such link takes callbacks, or it is not its token.
  [[nodiscard]] virtual std::optional<std::future<CallbackAnswer>> called_back(std::string_view /*link*/,
                                                                               std::string_view /*token*/,
                                                                               std::string_view /*body*/) {
    return std::nullopt;
  }
  // Prometheus text exposition 0.0.4.
  [[nodiscard]] virtual std::string metrics() const = 0;
};

}  // namespace tocsin::ports
