// tocsin inbox: what strangers wrote, and taking one message over as a report of the desk.
#pragma once

#include "gateway/app/cli_parts.h"

namespace tocsin::app {

struct InboxOptions {
  std::string database;
  int limit = 100;
  int id = 0;            // take
  ReportOptions report;  // take: what the desk adds, and the server it goes to
  bool json = false;
};
// A number is shown whole while its message waits, and masked once it was taken over.
int run_inbox_list(const InboxOptions& options);
int run_inbox_take(const InboxOptions& options);

void add_inbox(Command app, int& code);

}  // namespace tocsin::app
