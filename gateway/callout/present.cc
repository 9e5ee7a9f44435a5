#include "gateway/callout/present.h"

#include <algorithm>

namespace tocsin::callout {
namespace {

using model::MatterKind;

// An approval is asked for in words and with a code of its own; what was decided, and replies, are about that.
bool can_be_together(MatterKind kind) {
  return kind == MatterKind::kAlert || kind == MatterKind::kUpdate || kind == MatterKind::kStandDown;
}

bool reached_meanwhile(const OwedToOne& owed) {
  const auto after = [&](const std::optional<base::UtcTime>& at) { return at && *at > owed.made_at; };
  return after(owed.answered_at) || after(owed.phoned_at);
}

// Of two messages about one incident: the later state of things, then the one that asks for something.
bool says_more(const OwedToOne& a, const OwedToOne& b) {
  const auto rank = [](MatterKind kind) {
    return kind == MatterKind::kStandDown ? 2 : kind == MatterKind::kAlert ? 1 : 0;
  };
  if (a.revision != b.revision) return a.revision > b.revision;
  if (a.kind != b.kind) return rank(a.kind) > rank(b.kind);
  return a.made_at > b.made_at;
}

Fate own_fate(const OwedToOne& owed) {
  if (!can_be_together(owed.kind) || owed.partly_sent) return Fate::kAsItIs;
  // Its alert was withdrawn with the incident; such a message should not be there.
  if (owed.over && owed.kind != MatterKind::kStandDown) return Fate::kOutdated;
  if (reached_meanwhile(owed)) return Fate::kReached;
  return Fate::kTogether;
}

void drop_outdated(std::span<const OwedToOne> owed, std::vector<Fate>& fates) {
  for (std::size_t i = 0; i < owed.size(); ++i) {
    for (std::size_t k = 0; k < owed.size() && fates[i] == Fate::kTogether && !owed[i].of_step; ++k) {
      const bool same = k != i && fates[k] == Fate::kTogether && owed[k].incident == owed[i].incident;
      if (same && (says_more(owed[k], owed[i]) || (k < i && !says_more(owed[i], owed[k])))) fates[i] = Fate::kOutdated;
    }
  }
}

}  // namespace

std::vector<Fate> fates_of(std::span<const OwedToOne> owed, base::UtcTime now, base::Duration patience) {
  std::vector<Fate> fates(owed.size(), Fate::kAsItIs);
  const auto is_old = [&](const OwedToOne& one) { return one.was_together || now - one.made_at >= patience; };
  if (std::none_of(owed.begin(), owed.end(), is_old)) return fates;
  std::transform(owed.begin(), owed.end(), fates.begin(), own_fate);
  drop_outdated(owed, fates);
  for (const bool drill : {false, true}) {
    std::vector<std::size_t> together;
    for (std::size_t i = 0; i < owed.size(); ++i) {
      if (fates[i] == Fate::kTogether && owed[i].drill == drill) together.push_back(i);
    }
    for (std::size_t n = kMostTogether; n < together.size(); ++n) fates[together[n]] = Fate::kLater;
    if (together.size() == 1) fates[together.front()] = is_old(owed[together.front()]) ? Fate::kAnew : Fate::kAsItIs;
  }
  return fates;
}

std::optional<base::UtcTime> update_waits_until(std::optional<base::UtcTime> last_update, bool pressing,
                                                base::UtcTime now) {
  if (pressing || !last_update || now - *last_update >= kOneUpdate) return std::nullopt;
  return *last_update + kOneUpdate;
}

}  // namespace tocsin::callout
