// `tocsin plan simulate`: a report, a case of the plan or a written course of events, rehearsed.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "gateway/app/commands.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_against.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/reading.h"
#include "gateway/app/rehearsal_desk.h"
#include "gateway/base/text.h"
#include "gateway/plan/read_course.h"
#include "gateway/rehearse/show.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::app {
namespace {

// "hazard=fire serious=2 area=donghu place=... text=..."; text= takes all that follows it.
struct TypedReport {
  std::string hazard;
  plan::CaseReport report;
};

base::Result<TypedReport> parse_report(const std::string& typed) {
  TypedReport out;
  std::string facts;
  for (std::size_t at = 0; at < typed.size();) {
    if (typed[at] == ' ') {
      ++at;
      continue;
    }
    auto end = typed.find(' ', at);
    if (end == std::string::npos) end = typed.size();
    const auto word = typed.substr(at, end - at);
    const auto equals = word.find('=');
    if (equals == std::string::npos) return base::invalid("expected name=value, not \"" + word + "\"", "report");
    const auto name = word.substr(0, equals), value = word.substr(equals + 1);
    if (name == "hazard") {
      out.hazard = value;
    } else if (name == "area") {
      out.report.area = value;
    } else if (name == "place") {
      out.report.place = value;
    } else if (name == "text") {
      out.report.text = typed.substr(at + 5);
      break;
    } else {
      facts += (facts.empty() ? "" : " ") + word;
    }
    at = end;
  }
  auto read = model::parse_facts(facts);
  if (!read) return read.error();
  out.report.facts = std::move(*read);
  return out;
}

std::vector<std::string> names_in(const std::string& typed) {
  std::vector<std::string> names;
  for (auto& name : base::split(typed, ',')) {
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

// "sms,email" as bits of channels.
base::Result<unsigned> channels_in(const std::string& typed) {
  unsigned mask = 0;
  for (const auto& name : names_in(typed)) {
    const auto channel = model::channel_named(name);
    if (!channel || !model::is_carried(*channel))
      return base::invalid("--link-down: expected a channel such as sms or email, not \"" + name + "\"");
    mask |= 1U << static_cast<unsigned>(*channel);
  }
  return mask;
}

// "post:commander=coming@3m": who, what and when; approve and decline decide on an approval.
base::Result<plan::CaseEvent> parse_answer(const std::string& typed) {
  const auto wrong = [&] {
    return base::invalid("--answers: expected WHO=received|coming|arrived|cannot|approve|decline@3m, not \"" + typed +
                         "\"; WHO is a selector such as post:commander, or person:CODE");
  };
  const auto equals = typed.find('='), at = typed.rfind('@');
  if (equals == std::string::npos || at == std::string::npos || at < equals) return wrong();
  const auto who = typed.substr(0, equals), what = typed.substr(equals + 1, at - equals - 1);
  plan::CaseWhom whom;
  if (who.compare(0, 7, "person:") == 0) {
    whom.person = who.substr(7);
  } else if (const auto selector = model::parse_selector(who)) {
    whom.selector = *selector;
  } else {
    return wrong();
  }
  const auto after = base::parse_duration(typed.substr(at + 1));
  if (!after) return wrong();
  if (what == "approve" || what == "decline")
    return plan::CaseEvent{*after, plan::CaseDecision{whom, what == "approve"}};
  const auto kind = model::answer_named(what);
  if (!kind || *kind == model::AnswerKind::kNone) return wrong();
  return plan::CaseEvent{*after, plan::CaseAnswer{whom, *kind}};
}

// What is to be rehearsed: the events, and what the case says of its time.
struct Wanted {
  std::vector<plan::CaseEvent> events;
  std::string at;                       // of a case; empty: now
  std::optional<base::Duration> until;  // of a case
};

base::Result<Wanted> of_case(const plan::Plan& plan, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& one : plan.cases) {
    if (one.name == name) return Wanted{one.events, one.at, one.until};
    names.push_back(one.name);
  }
  const auto near = base::nearest_name(name, names);
  return base::invalid("the plan has no case \"" + name + "\"" +
                       (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
}

base::Result<Wanted> of_file(const plan::Plan& plan, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{base::ErrorCode::kNotFound, path + " cannot be opened", ""};
  std::ostringstream text;
  text << file.rdbuf();
  const auto read = plan::read_course(plan, text.str(), path);
  std::fputs(render_all(read.findings, text.str()).c_str(), stderr);
  if (!read.course) return base::invalid(path + " is no course of events");
  return Wanted{read.course->events, read.course->at, read.course->until};
}

base::Result<Wanted> of_report(const plan::Plan& plan, const ports::Roster& roster, const std::string& typed_report) {
  auto typed = parse_report(typed_report);
  if (!typed) return typed.error();
  if (const auto fits = fit_report(plan, roster, typed->hazard, typed->report); !fits) return fits.error();
  return Wanted{{{base::Duration{}, typed->report}}, "", std::nullopt};
}

base::Result<Wanted> find_wanted(const SimulateOptions& options, const plan::Plan& plan, const ports::Roster& roster) {
  if (!options.case_name.empty()) return of_case(plan, options.case_name);
  if (!options.course.empty()) return of_file(plan, options.course);
  return of_report(plan, roster, options.report);
}

base::Status add_answers(const std::string& typed, std::vector<plan::CaseEvent>& events) {
  for (const auto& one : names_in(typed)) {
    auto event = parse_answer(one);
    if (!event) return event.error();
    events.push_back(std::move(*event));
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const plan::CaseEvent& a, const plan::CaseEvent& b) { return a.after < b.after; });
  return base::Done{};
}

base::Result<rehearse::Options> how_to_play(const SimulateOptions& options, const Settings& settings,
                                            const Wanted& wanted) {
  rehearse::Options how;
  if (!options.config.empty()) how.links_for = channels_served(settings.links);
  const auto down = channels_in(options.link_down);
  if (!down) return down.error();
  how.links_down = *down;
  how.language = options.language;
  how.show_numbers = options.unmasked;
  if (!options.silent.empty())
    how.silent = options.silent == "nobody" ? std::vector<std::string>{} : names_in(options.silent);
  if (wanted.until) how.horizon = *wanted.until;
  if (!options.until.empty()) {
    const auto until = base::parse_duration(options.until);
    if (!until) return base::invalid("--until: expected a duration such as 2h");
    how.horizon = *until;
  }
  return how;
}

// What its steps say, and what follows a raise or the end, over the links of the settings.
std::vector<rehearse::TextParts> texts_of(const rehearse::Rehearsal& rehearsal, const plan::Plan& plan,
                                          const ports::Roster& roster, const Settings& settings) {
  rehearse::TextsWanted wanted;
  wanted.hazard = rehearsal.hazard;
  std::vector<std::string> names;
  for (const auto& step : rehearsal.steps) {
    if (step.began_after && !step.text.empty()) names.push_back(step.text);
  }
  if (rehearsal.callouts.size() > 1) names.emplace_back("update");
  if (rehearsal.stood_down) names.emplace_back("stand_down");
  wanted.templates = std::move(names);
  return rehearse::count_parts(plan, &roster, link_facts(settings.links, settings.public_url), wanted);
}

int write_svg(const rehearse::Rehearsal& rehearsal, const std::string& path, const std::string& language) {
  const auto svg = rehearse::to_svg(rehearsal, language);
  if (path == "-") {
    print(svg);
    return kExitDone;
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << svg;
  file.close();
  if (!file) return fail({base::ErrorCode::kNotFound, path + " cannot be written", ""}, kExitUsage);
  return kExitDone;
}

}  // namespace

int run_plan_simulate(const SimulateOptions& options) {
  if (static_cast<int>(!options.report.empty()) + static_cast<int>(!options.course.empty()) +
          static_cast<int>(!options.case_name.empty()) !=
      1) {
    return fail(base::invalid("give one of --report, --course and --case"), kExitUsage);
  }
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  plan::ReadPlan read;
  if (const auto code = read_sound_plan(options.file, read)) return *code;
  const auto& plan = *read.plan;
  if (options.unmasked) {
    const auto recorded = record_reading({options.directory, "simulate", options.reason});
    if (!recorded) return fail_to_open(recorded.error());
  }
  ports::RosterPtr roster;
  auto on_leave = names_in(options.on_leave);
  if (const auto code = read_roster(options.directory, plan, settings, roster, &on_leave)) return *code;
  auto wanted = find_wanted(options, plan, *roster);
  if (!wanted) return fail_to_open(wanted.error());
  const auto typed_at = options.at.empty() ? wanted->at : options.at;
  const auto at = typed_at.empty() ? base::SystemClock().utc_now() : parse_at(typed_at, plan.time_zone);
  if (!at) return fail(base::invalid("--at: expected \"2026-11-22 14:00\" (office time) or RFC 3339"), kExitUsage);
  if (const auto added = add_answers(options.answers, wanted->events); !added) return fail(added.error(), kExitUsage);
  auto how = how_to_play(options, settings, *wanted);
  if (!how) return fail(how.error(), kExitUsage);
  how->unknown_people = std::move(on_leave);  // what is left of them
  auto rehearsal = rehearse::rehearse_course(plan, *roster, wanted->events, *at, *how);
  const auto language = options.language.empty() ? plan.default_language() : options.language;
  if (!options.config.empty()) rehearsal.texts = texts_of(rehearsal, plan, *roster, settings);
  if (!options.svg.empty()) return write_svg(rehearsal, options.svg, language);
  print(options.json ? rehearse::to_json(rehearsal) + "\n" : rehearse::to_text(rehearsal, language));
  return kExitDone;
}

}  // namespace tocsin::app
