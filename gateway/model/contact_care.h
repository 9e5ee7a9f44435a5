// What call-outs and drills teach about contact points: which of them somebody should look at.
//
// A failure that is about the number itself (no such subscriber, wrong number, not a number, wants no messages of ours)
// is enough alone.  Any other (phone off, nobody picked up, expired) counts from the second incident on: one bad night
// is no proof.  What a link refuses for its own reasons, and what may have arrived, says nothing about the number.
// Anything that worked since ends the doubt.  A plain value; not thread-safe.
#pragma once

#include <unordered_map>
#include <vector>

#include "gateway/model/contact_doubt.h"

namespace tocsin::model {

// Nobody can be reached at that number, whatever the night.
[[nodiscard]] bool is_about_the_number(Meaning meaning);

class ContactCare {
 public:
  // In the order in which they were sent, for each contact point.
  void add(ContactId contact, const ContactEvidence& evidence);
  // Those in doubt: the certain ones first, then the newest failure first.
  [[nodiscard]] std::vector<ContactDoubt> doubts() const;

 private:
  struct Known {
    ContactDoubt doubt;
    IncidentId first_incident;
    bool several = false;  // incidents
  };
  std::unordered_map<ContactId, Known> known_;
};

}  // namespace tocsin::model
