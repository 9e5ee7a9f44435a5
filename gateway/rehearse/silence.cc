#include "gateway/rehearse/silence.h"

#include <algorithm>
#include <map>

#include "gateway/base/phone_number.h"
#include "gateway/callout/next_rung.h"
#include "gateway/callout/step_state.h"

namespace tocsin::rehearse {
namespace {

using base::UtcTime;
using callout::Do;
using callout::NextRung;
using model::AlertState;
using model::Reason;
using model::StepState;

// One alert; the person at the same place of `Rehearsal::people` is what is shown of it.
struct Actor {
  model::Alert alert;
  model::Selector selector;
  std::vector<model::Delivery> tried;
  std::vector<int> steps;  // the steps it counts for
  bool climbing = true;
};

class Silence {
 public:
  Silence(const plan::Plan& plan, const ports::Roster& roster, const plan::Response& response, model::AreaId where,
          const Options& options, Rehearsal& result)
      : plan_(plan),
        roster_(roster),
        response_(response),
        where_(where),
        options_(options),
        result_(result),
        now_(result.at),
        steps_(response.steps.size()) {
    result_.steps.resize(response.steps.size());
    for (std::size_t i = 0; i < response.steps.size(); ++i) describe_step(static_cast<int>(i));
  }

  void play() {
    begin_all(plan::StepStart::kAtOnce);
    settle_steps();
    const UtcTime opened_late = now_ + plan_.open_within;
    bool unopened = std::any_of(response_.steps.begin(), response_.steps.end(),
                                [](const plan::PlanStep& step) { return step.start == plan::StepStart::kNotOpened; });
    while (true) {
      auto next = next_event();
      if (unopened && (!next || opened_late < *next)) next = opened_late;
      if (!next) return;
      if (*next - result_.at > options_.horizon) {
        result_.complete = false;
        return;
      }
      now_ = *next;
      if (unopened && now_ >= opened_late) {
        unopened = false;
        begin_all(plan::StepStart::kNotOpened);
      }
      for (std::size_t i = 0; i < actors_.size(); ++i) {
        const auto& due = actors_[i].alert.look_again_at;
        if (actors_[i].climbing && due && *due <= now_) climb(i);
      }
      settle_steps();
    }
  }

 private:
  [[nodiscard]] base::Duration elapsed() const { return now_ - result_.at; }
  const plan::PlanStep& rules(int step) const { return response_.steps[static_cast<std::size_t>(step)]; }
  model::Step& step_at(int step) { return steps_[static_cast<std::size_t>(step)]; }
  StepOutcome& outcome(int step) { return result_.steps[static_cast<std::size_t>(step)]; }

  void describe_step(int index) {
    auto& shown = outcome(index);
    shown.name = rules(index).name;
    shown.index = index;
    shown.start = rules(index).start;
    shown.needs = rules(index).needs;
    shown.needed = rules(index).enough;
    for (const int next : rules(index).then) shown.then.push_back(rules(next).name);
  }

  std::optional<UtcTime> next_event() const {
    std::optional<UtcTime> next;
    const auto consider = [&](const std::optional<UtcTime>& at) {
      if (at && (!next || *at < *next)) next = at;
    };
    for (const auto& actor : actors_) {
      if (actor.climbing) consider(actor.alert.look_again_at);
    }
    for (const auto& step : steps_) {
      if (step.state == StepState::kRunning) consider(step.look_again_at);
    }
    return next;
  }

  // ---- steps ----

  void begin_all(plan::StepStart start) {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (response_.steps[i].start == start) begin_step(static_cast<int>(i));
    }
  }

  void begin_step(int index) {
    auto& step = step_at(index);
    if (step.state != StepState::kWaiting) return;
    step.state = StepState::kRunning;
    step.started_at = now_;
    step.needs = rules(index).needs;
    outcome(index).began_after = elapsed();
    if (const auto& task = rules(index).task) {
      const auto& language = options_.language.empty() ? plan_.default_language() : options_.language;
      result_.tasks.push_back(
          {index, plan::say(task->text, language, plan_.default_language()), elapsed() + task->clock});
    }
    if (rules(index).ladder < 0) {
      outcome(index).state = StepState::kRunning;
      return;
    }
    const auto found = roster_.resolve(rules(index).to, where_, now_);
    for (const auto& who : found.not_told) leave_out(index, who);
    step.total = step.entered = static_cast<int>(found.recipients.size());
    step.needed = rules(index).enough_all ? std::max(step.total, 1) : rules(index).enough;
    outcome(index).needed = step.needed;
    for (const auto& recipient : found.recipients) enter(recipient, index);
  }

  void leave_out(int step, const model::NotTold& who) {
    const auto* card = roster_.person(who.person);
    result_.not_told.push_back({step, card == nullptr ? "" : card->code, card == nullptr ? "" : card->name, who.what,
                                model::to_text(who.selector), who.reason});
  }

  void settle_steps() {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < steps_.size(); ++i) {
        const auto index = static_cast<int>(i);
        auto& step = steps_[i];
        if (step.state != StepState::kRunning || rules(index).ladder < 0) continue;
        const auto verdict = callout::step_state(step, rules(index), now_);
        step.look_again_at = verdict.look_again_at;
        step.state = outcome(index).state = verdict.state;
        outcome(index).reason = verdict.reason;
        if (verdict.state == StepState::kRunning) continue;
        changed = true;
        outcome(index).ended_after = elapsed();
        if (verdict.state != StepState::kShort) continue;
        for (const int next : rules(index).then) begin_step(next);
      }
    }
  }

  // ---- people ----

  void enter(const model::Recipient& recipient, int step) {
    const auto known = actor_of_.find(recipient.person);
    if (known != actor_of_.end()) return wear_another_hat(known->second, step);
    Actor actor;
    actor.selector = recipient.selector;
    actor.alert.person = recipient.person;
    actor.alert.stands_in_for = recipient.stands_in_for;
    actor.alert.ladder = rules(step).ladder;
    const bool informs = rules(step).enough == 0 && !rules(step).enough_all;
    actor.alert.needs = informs ? model::AnswerKind::kNone : rules(step).needs;
    add(std::move(actor), recipient.post, recipient.post_name, step);
  }

  void add(Actor actor, const std::string& post, const std::string& post_name, int step) {
    const auto* card = roster_.person(actor.alert.person);
    if (card == nullptr) return;
    Told told;
    told.person = card->id;
    told.code = card->code;
    told.name = card->name;
    told.language = card->language;
    told.step = step;
    told.selector = model::to_text(actor.selector);
    told.post = post;
    told.post_name = post_name;
    if (const auto* holder = roster_.person(actor.alert.stands_in_for)) told.stands_in_for = holder->code;
    actor.steps = {step};
    const auto place = actors_.size();
    actor_of_[card->id] = place;
    outcome(step).people.push_back(card->code);
    ++step_at(step).counters.recipients;
    ++step_at(step).counters.open;
    result_.people.push_back(std::move(told));
    actors_.push_back(std::move(actor));
    climb(place);
  }

  // Told already: the same alert counts for this step too, and climbs on if this hat asks for more.
  void wear_another_hat(std::size_t place, int step) {
    auto& actor = actors_[place];
    if (std::find(actor.steps.begin(), actor.steps.end(), step) != actor.steps.end()) return;
    actor.steps.push_back(step);
    result_.people[place].further_steps.push_back(step);
    outcome(step).people.push_back(result_.people[place].code);
    ++step_at(step).counters.recipients;
    step_at(step).last_first_rung_at = now_;
    const bool informs = rules(step).enough == 0 && !rules(step).enough_all;
    if (!informs && rules(step).needs > actor.alert.needs) actor.alert.needs = rules(step).needs;
    const bool owes = actor.alert.needs != model::AnswerKind::kNone && actor.alert.state != AlertState::kExhausted;
    if (!actor.climbing && !owes) return;
    const bool was_climbing = actor.climbing;
    actor.climbing = true;
    result_.people[place].ended_after.reset();
    result_.people[place].end = AlertState::kTelling;
    for (const int hat : actor.steps) {
      if (!was_climbing || hat == step) ++step_at(hat).counters.open;
    }
    climb(place);
  }

  // One look after the other until the ladder waits or ends.
  void climb(std::size_t place) {
    const auto& ladder = plan_.ladders[static_cast<std::size_t>(actors_[place].alert.ladder)];
    const auto* card = roster_.person(actors_[place].alert.person);
    callout::Reach reach;
    if (card != nullptr) reach.contacts = card->contacts;
    reach.links_for = options_.links_for;
    reach.has_deputy = true;  // until the roster names none
    constexpr int kMoreThanAnyLadder = 5000;
    for (int turn = 0; turn < kMoreThanAnyLadder; ++turn) {
      auto& actor = actors_[place];  // telling a deputy adds actors and may move them all
      const auto next = callout::next_rung(actor.alert, ladder, reach, actor.tried, now_);
      actor.alert.look_again_at = next.look_again_at;
      switch (next.what) {
        case Do::kNothing:
          if (next.settled)
            end(place, actor.alert.needs == model::AnswerKind::kNone ? AlertState::kTold : AlertState::kAnswered);
          return;
        case Do::kExhaust: return exhaust(place, next);
        case Do::kSend:
        case Do::kListCall: hand_over(place, next, next.contact); break;
        case Do::kTellDeputy: reach.has_deputy = tell_deputy(place, next) && reach.has_deputy; break;
      }
    }
  }

  void hand_over(std::size_t place, const NextRung& next, const model::ContactPoint* contact) {
    auto& actor = actors_[place];
    model::Delivery d;
    d.id = {++last_delivery_};
    d.channel = next.channel;
    d.cycle = next.cycle;
    d.rung = next.rung;
    d.state = next.what == Do::kTellDeputy ? model::DeliveryState::kDelivered : model::DeliveryState::kAccepted;
    d.handed_over_at = now_;
    if (contact != nullptr) d.contact = contact->id;
    actor.tried.push_back(d);
    for (const int step : actor.steps) step_at(step).last_first_rung_at = first_hand_over(actor, step);
    Try shown{elapsed(), next.channel, {}, {}, next.cycle, next.rung, next.reason};
    if (contact != nullptr) shown.contact = options_.show_numbers ? contact->address : base::masked(contact->address);
    result_.people[place].tries.push_back(std::move(shown));
  }

  // A step's wait runs from its last *first* hand-over; what follows does not move it.
  UtcTime first_hand_over(const Actor& actor, int step) {
    const auto before = step_at(step).last_first_rung_at;
    return actor.tried.size() == 1 ? std::max(before.value_or(now_), now_) : before.value_or(now_);
  }

  // False when no deputy is left.
  bool tell_deputy(std::size_t place, const NextRung& next) {
    const auto person = actors_[place].alert.person;
    const auto holder = actors_[place].alert.stands_in_for ? actors_[place].alert.stands_in_for : person;
    std::vector<model::PersonId> told{person};
    for (;;) {
      const auto found = roster_.next_deputy(holder, actors_[place].selector, told, now_);
      if (!found) return false;
      told.push_back(*found);
      const auto* card = roster_.person(*found);
      if (card == nullptr || actor_of_.count(*found) != 0) continue;  // told by another hat already
      hand_over(place, next, nullptr);
      result_.people[place].tries.back().deputy = card->code;
      stand_in(place, *found, holder);
      return true;
    }
  }

  void stand_in(std::size_t place, model::PersonId deputy, model::PersonId holder) {
    Actor actor;
    actor.selector = actors_[place].selector;
    actor.alert = actors_[place].alert;
    actor.alert.person = deputy;
    actor.alert.stands_in_for = holder;
    actor.alert.look_again_at.reset();
    const auto shown = result_.people[place];  // by value: add() moves the list
    add(std::move(actor), shown.post, shown.post_name, shown.step);
  }

  // A ladder always ends at a human: where no rung gave the desk a line, one is listed now.
  void exhaust(std::size_t place, const NextRung& next) {
    const auto& tried = actors_[place].tried;
    const bool human_has_it = std::any_of(tried.begin(), tried.end(), [](const model::Delivery& d) {
      return d.channel == model::Channel::kDeskCall || d.channel == model::Channel::kKnock;
    });
    if (!human_has_it) {
      const auto* card = roster_.person(actors_[place].alert.person);
      NextRung last = next;
      last.channel = model::Channel::kDeskCall;
      hand_over(place, last, card == nullptr || card->contacts.empty() ? nullptr : &card->contacts.front());
    }
    actors_[place].alert.state = AlertState::kExhausted;
    end(place, AlertState::kExhausted);
  }

  void end(std::size_t place, AlertState state) {
    auto& actor = actors_[place];
    if (!actor.climbing) return;
    actor.climbing = false;
    actor.alert.look_again_at.reset();
    result_.people[place].end = state;
    result_.people[place].ended_after = elapsed();
    for (const int step : actor.steps) --step_at(step).counters.open;
  }

  const plan::Plan& plan_;
  const ports::Roster& roster_;
  const plan::Response& response_;
  const model::AreaId where_;
  const Options& options_;
  Rehearsal& result_;
  UtcTime now_;
  std::vector<model::Step> steps_;
  std::vector<Actor> actors_;
  std::map<model::PersonId, std::size_t> actor_of_;
  std::int64_t last_delivery_ = 0;
};

}  // namespace

void play_in_silence(const plan::Plan& plan, const ports::Roster& roster, const plan::Response& response,
                     model::AreaId where, const Options& options, Rehearsal& result) {
  Silence(plan, roster, response, where, options, result).play();
}

}  // namespace tocsin::rehearse
