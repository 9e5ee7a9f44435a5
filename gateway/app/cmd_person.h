// tocsin directory person-data and erase-person: what a person may ask of whoever holds their data (PIPL articles 45
// and 47; the words are those of its English translations and of the GDPR's articles 15, 17 and 20).
#pragma once

#include "gateway/app/cli_parts.h"

namespace tocsin::app {

struct PersonCommand {
  std::string code, database, reason;
  bool dry_run = false, json = false;
};
int run_person_data(const PersonCommand& options);
int run_erase_person(const PersonCommand& options);

// Adds them to the group `directory`.
void add_person(Command group, int& code);

}  // namespace tocsin::app
