#include "tests/simulation/link_actions.h"

#include <string>

namespace tocsin::simulation {
namespace {

using testing::CarrierMood;

void receipts(Driver& d, bool second) {
  model::ReceiptsIn in;
  in.link = second ? 1 : 0;
  const std::string name = second ? "backup-" : "main-";
  const auto n = 1 + d.below(3);
  for (std::uint64_t i = 0; i < n; ++i) {
    const auto state = static_cast<model::ReceiptState>(d.below(3));
    in.receipts.push_back({name + std::to_string(1 + d.below(40)), state, ""});
    if (d.one_in(3)) in.receipts.push_back(in.receipts.back());
  }
  d.note("receipts out of nowhere on " + name);
  d.submit(in);
}

// What a link owes comes over the other, once or twice; perhaps that one is of another carrier.
void receipts_elsewhere(Driver& d, testing::FakeCarrier& carrier, testing::FakeCarrier& other) {
  const auto owed = carrier.take_unconfirmed();
  if (!other.started()) return;
  const auto state = d.one_in(4) ? model::ReceiptState::kUndelivered : model::ReceiptState::kDelivered;
  d.note(carrier.name() + ": its receipts come over " + other.name());
  other.receipts_for(owed, state);
  if (d.one_in(2)) other.receipts_for(owed, state);
}

void probe_returns(Driver& d) {
  if (d.probes.empty()) return d.note("no probe is under way");
  const auto text = d.any_of(d.probes);
  d.note("a probe comes in");
  model::InboundMessage in;
  in.link = d.world.backup.started() && d.one_in(2) ? 1 : 0;
  in.from = "10690000";
  in.to = "+8614400000099";
  in.text = text;
  d.submit(in);
}

}  // namespace

void link_action(Driver& d) {
  const bool second = d.world.backup.started() && d.one_in(3);
  auto& carrier = second ? d.world.backup : d.world.sms;
  constexpr CarrierMood kMoods[] = {CarrierMood::kConfirms,  CarrierMood::kConfirms,  CarrierMood::kSilent,
                                    CarrierMood::kRefuses,   CarrierMood::kThrottles, CarrierMood::kHolds,
                                    CarrierMood::kUndelivers};
  constexpr int kWindows[] = {0, 1, 2, 100, 100};
  const auto& name = carrier.name();
  switch (d.below(13)) {
    case 0:
    case 1:
    case 2:
      carrier.mood = d.any_of(kMoods);
      return d.note(name + ": mood " + std::to_string(static_cast<int>(carrier.mood)));
    case 3: d.note(name + ": down"); return carrier.go_down("lost connection");
    case 4:
    case 5: d.note(name + ": up"); return carrier.come_back();
    case 6: d.note(name + ": takes what it held"); return carrier.release();
    case 7: {
      const auto state = d.one_in(3) ? model::ReceiptState::kUndelivered : model::ReceiptState::kDelivered;
      d.note(name + ": late receipts " + std::to_string(static_cast<int>(state)));
      return carrier.confirm_all(state);
    }
    case 8: {
      const int window = d.any_of(kWindows);
      carrier.set_window(window);
      return d.note(name + ": window " + std::to_string(window));
    }
    case 9: return receipts_elsewhere(d, carrier, second ? d.world.sms : d.world.backup);
    case 10:
    case 11: return probe_returns(d);
    default: return receipts(d, second);
  }
}

}  // namespace tocsin::simulation
