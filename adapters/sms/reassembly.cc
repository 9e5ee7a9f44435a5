#include "adapters/sms/reassembly.h"

#include <algorithm>
#include <utility>

namespace tocsin::sms {
namespace {

constexpr std::string_view kHole = "[…]";

// Parts of one alphabet that follow each other are decoded together: a foreign phone may cut a surrogate pair.
std::string text_of(const std::map<int, InboundPart>& have, int parts) {
  std::string text, run;
  std::uint8_t coding = 0;
  const auto end_run = [&] {
    if (!run.empty()) text += decode_text(coding, run);
    run.clear();
  };
  for (int part = 1; part <= parts; ++part) {
    const auto found = have.find(part);
    if (found == have.end()) {
      end_run();
      const bool in_hole =
          text.size() >= kHole.size() && text.compare(text.size() - kHole.size(), kHole.size(), kHole) == 0;
      if (!in_hole) text += kHole;
      continue;
    }
    if (found->second.data_coding != coding) end_run();
    coding = found->second.data_coding;
    run += found->second.text;
  }
  end_run();
  return text;
}

std::size_t octets_of(const InboundPart& part) {
  return part.text.size() + part.header.size();
}

}  // namespace

Reassembly::Place Reassembly::place_of(const InboundPart& part, base::SteadyTime now) {
  const Concatenation& at = part.concatenation;
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Incomplete& one) {
    return one.reference == at.reference && one.parts == at.parts && one.width == at.width && one.from == part.from &&
           one.to == part.to;
  });
  if (found != waiting_.end()) return found;
  waiting_.push_back({part.from, part.to, at.reference, at.parts, at.width, now, {}, {}, 0});
  return std::prev(waiting_.end());
}

JoinedMessage Reassembly::take(Place place) {
  JoinedMessage joined{std::move(place->from), std::move(place->to), text_of(place->have, place->parts),
                       std::move(place->have.begin()->second.header), std::move(place->tokens)};
  parts_held_ -= joined.tokens.size();
  octets_held_ -= place->octets;
  waiting_.erase(place);
  return joined;
}

std::vector<JoinedMessage> Reassembly::add(InboundPart part, base::SteadyTime now) {
  const Place place = place_of(part, now);
  place->tokens.push_back(part.token);
  ++parts_held_;
  const std::size_t octets = octets_of(part);
  InboundPart& kept = place->have[part.concatenation.part];
  const std::size_t before = octets_of(kept);  // of the part that this one repeats
  kept = std::move(part);
  place->octets += octets - before;
  octets_held_ += octets - before;
  std::vector<JoinedMessage> ready;
  if (place->have.size() == static_cast<std::size_t>(place->parts)) ready.push_back(take(place));
  while (waiting_.size() > most_messages_ || parts_held_ > most_parts_ || octets_held_ > most_octets_)
    ready.push_back(take(waiting_.begin()));
  return ready;
}

void Reassembly::forget(const std::function<bool(std::uint64_t token)>& such) {
  for (auto place = waiting_.begin(); place != waiting_.end();) {
    parts_held_ -= std::erase_if(place->tokens, such);
    std::erase_if(place->have, [&](const auto& entry) {
      if (!such(entry.second.token)) return false;
      place->octets -= octets_of(entry.second);
      octets_held_ -= octets_of(entry.second);
      return true;
    });
    if (!place->have.empty()) {
      ++place;
      continue;
    }
    parts_held_ -= place->tokens.size();
    place = waiting_.erase(place);
  }
}

std::vector<JoinedMessage> Reassembly::expired(base::SteadyTime now) {
  std::vector<JoinedMessage> ready;
  while (!waiting_.empty() && waiting_.front().since + patience_ <= now) ready.push_back(take(waiting_.begin()));
  return ready;
}

}  // namespace tocsin::sms
