#include "gateway/model/contact_care.h"

#include <algorithm>
#include <tuple>

namespace tocsin::model {

bool is_about_the_number(Meaning meaning) {
  return meaning == Meaning::kNoSuchPhone || meaning == Meaning::kWrongNumber || meaning == Meaning::kBadNumber ||
         meaning == Meaning::kBlocked;
}

void ContactCare::add(ContactId contact, const ContactEvidence& evidence) {
  if (evidence.state == DeliveryState::kDelivered) {
    auto& known = known_[contact] = Known{};
    known.doubt.contact = contact;
    known.doubt.worked_at = evidence.at;
    return;
  }
  const bool certain = is_about_the_number(evidence.meaning);
  const bool failed =
      evidence.state == DeliveryState::kUndelivered || (evidence.state == DeliveryState::kRefused && certain);
  if (!failed) return;
  auto& known = known_[contact];
  auto& doubt = known.doubt;
  doubt.contact = contact;
  if (doubt.failures++ == 0) {
    doubt.since = evidence.at;
    known.first_incident = evidence.incident;
  }
  known.several = known.several || evidence.incident != known.first_incident;
  if (certain || !doubt.certain) doubt.last = evidence;
  doubt.certain = doubt.certain || certain;
}

std::vector<ContactDoubt> ContactCare::doubts() const {
  std::vector<ContactDoubt> all;
  for (const auto& [contact, known] : known_) {
    if (known.doubt.certain || known.several) all.push_back(known.doubt);
  }
  std::sort(all.begin(), all.end(), [](const ContactDoubt& a, const ContactDoubt& b) {
    return std::tuple(!a.certain, b.last.at, a.contact) < std::tuple(!b.certain, a.last.at, b.contact);
  });
  return all;
}

}  // namespace tocsin::model
