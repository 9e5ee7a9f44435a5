// Leave and duties: the parts of a Snapshot that change with the hour.
#include <algorithm>

#include "directory/snapshot.h"

namespace tocsin::directory {
namespace {

roster::Span span_of(const Period& period) {
  return {period.from.value_or(base::UtcTime::min()), period.to.value_or(base::UtcTime::max())};
}

// In order; those that overlap or touch are one.
void join(std::vector<roster::Span>& spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<roster::Span> joined;
  for (const roster::Span& span : spans) {
    if (span.empty()) continue;
    if (!joined.empty() && span.from <= joined.back().to) {
      joined.back().to = std::max(joined.back().to, span.to);
    } else {
      joined.push_back(span);
    }
  }
  joined.shrink_to_fit();
  spans = std::move(joined);
}

}  // namespace

void Snapshot::index_leave(const Tables& tables) {
  for (const LeaveRow& row : tables.leave) {
    if (const model::PersonId person = id_of(row.person)) leave_[person].push_back(span_of(row.period));
  }
  for (auto& [person, spans] : leave_) join(spans);
}

std::vector<roster::Span> Snapshot::absences(const Post& post) const {
  std::vector<base::UtcTime> edges{base::UtcTime::min()};
  const auto add = [&](const roster::Span& span) { edges.insert(edges.end(), {span.from, span.to}); };
  const auto add_leave = [&](model::PersonId person) {
    const auto found = leave_.find(person);
    if (found != leave_.end()) std::for_each(found->second.begin(), found->second.end(), add);
  };
  for (const Holding& holding : post.holdings) {
    add(span_of(holding.period));
    add_leave(holding.person);
  }
  for (const model::PersonId deputy : post.deputies) add_leave(deputy);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  std::vector<roster::Span> away;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const base::UtcTime at = edges[i];
    const bool present = std::any_of(post.holdings.begin(), post.holdings.end(), [&](const Holding& holding) {
      if (!holding.period.contains(at)) return false;
      return !on_leave(holding.person, at) ||
             std::any_of(post.deputies.begin(), post.deputies.end(),
                         [&](model::PersonId deputy) { return deputy != holding.person && !on_leave(deputy, at); });
    });
    if (!present) away.push_back({at, i + 1 < edges.size() ? edges[i + 1] : base::UtcTime::max()});
  }
  join(away);
  return away;
}

Snapshot::Who Snapshot::who(std::string_view named) const {
  const std::string code = post_in(named);
  if (code.empty()) return {id_of(named), nullptr};
  return {{}, post(code)};
}

void Snapshot::index_duty(const Tables& tables) {
  roster::Rows rows;
  std::unordered_set<std::string> named;  // the leave of the others has no say here
  const auto known = [&](const std::string& name) {
    if (!who(name).known()) return false;
    named.insert(name);
    return true;
  };
  for (const DutyRow& row : tables.duty) {
    if (known(row.who)) rows.shifts.push_back({row.duty, row.who, span_of(row.period)});
  }
  for (const RotationRow& row : tables.rotations) {
    roster::Rotation rotation{row.duty,      row.turns,   row.every_days, row.handover_minute,
                              row.first_day, row.end_day, row.zone};
    for (std::string& turn : rotation.turns) {
      if (!known(turn)) turn.clear();  // kNobodysTurn, too
    }
    rows.rotations.push_back(std::move(rotation));
  }
  for (const OverrideRow& row : tables.overrides) {
    if (known(row.who)) rows.overrides.push_back({row.duty, row.who, span_of(row.period), row.instead_of});
  }
  for (const std::string& name : named) {
    const Who is = who(name);
    const auto spans = is.post == nullptr ? leave_.find(is.person) : leave_.end();
    if (spans != leave_.end()) {
      for (const roster::Span& span : spans->second) rows.leave.push_back({name, span});
    }
    if (is.post == nullptr) continue;
    for (const roster::Span& span : absences(*is.post)) rows.leave.push_back({name, span});
  }
  shifts_.emplace(std::move(rows), "UTC");
}

}  // namespace tocsin::directory
