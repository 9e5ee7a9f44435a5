// What the simulator itself did, got as replies and saw handed over: the memory of the world outside.
//
// The checker holds the office's tables against this; nothing here was read from the office's database.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tocsin::simulation {

// A reply that said "it is taken".
struct AcceptedReport {
  std::string reporter, key;
  std::int64_t report = 0;
  int code = 0;
};

// A photograph that was acknowledged.
struct KeptFile {
  std::int64_t report = 0;
  std::string hash;
};

struct HandedOver {
  std::string link;
  std::int64_t delivery = 0;
  std::string to, text;
  int parts = 1;     // short messages, as the carrier counts them
  bool kept = true;  // false: the carrier gave it back at once
};

// The most that a link may carry, in short messages; 0 = no such cap.
struct Cap {
  int per_hour = 0, per_day = 0;
};

// A one-time code that was asked for, and how many sign-ins by it were granted.
struct AskedCode {
  std::int64_t request = 0;
  std::string code;
  int signed_in = 0;
};

// A code somebody got to decide about an incident, and a decision that was taken.
struct DecisionCode {
  std::string person;
  int incident = 0;
  std::int64_t request = 0;
  std::string code;
};
struct Decision {
  std::int64_t person = 0;
  int incident = 0;
  bool approved = false;
};
// A plan that was acknowledged as in force.
struct PlanSwapped {
  int number = 0, version = 0;
};

struct Journal {
  std::vector<AcceptedReport> reports;     // by web, each reply
  std::map<std::string, int> sms_reports;  // sender's person code -> texts acknowledged as a new report
  std::vector<KeptFile> files;             // each once or more
  std::vector<HandedOver> handed_over;     // oldest first
  std::map<std::string, Cap> caps;         // by the name of the link; those that have one
  std::vector<AskedCode> codes;
  std::vector<PlanSwapped> plans;
  std::vector<std::int64_t> directory;  // versions that were acknowledged
  std::vector<std::int64_t> sessions;   // granted
  std::vector<DecisionCode> approval_codes;
  std::vector<Decision> decisions;
  std::map<std::string, std::set<std::int64_t>> may_decide;  // selectors of an approval -> persons and their deputies
  std::int64_t calm_us = 0;                                  // between an incident and a contact check
  std::int64_t ended_at_us = 0;                              // UTC, when the simulator closed the office
  bool links_were_up = true;                                 // ... with every link up and confirming for hours
};

}  // namespace tocsin::simulation
