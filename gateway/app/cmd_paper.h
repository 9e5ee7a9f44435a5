// tocsin directory print and export --as: the directory as people outside the system use it, numbers whole.
#pragma once

#include <string>

#include "gateway/app/cli_parts.h"
#include "gateway/app/commands.h"
#include "gateway/base/result.h"

namespace tocsin::app {

// Whole numbers leave: the reason is in the record of the database before they do.
[[nodiscard]] base::Status note_whole_list(const std::string& database, const std::string& reason);

// One file instead of sheets.
int run_export_as(const DirectoryBookOptions& options);

struct PrintListOptions {
  std::string plan, database, directory, reason, at, output, config, language;
};
int run_directory_print(const PrintListOptions& options);
// Adds it to the group `directory`.
void add_directory_print(Command group, int& code);

}  // namespace tocsin::app
