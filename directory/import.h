// Sheets to tables: everything that is wrong is found in one pass, and then nothing is taken.
//
// A folder holds the whole directory: each *.csv and *.tsv in it is one table, known by its header row, not by its
// name; a table without a file is empty.  A single file replaces its own table only: the others are taken from
// `ImportOptions::keep`, and what refers from them into the new table is checked as well.  A sheet of GeoJSON (a
// folder's
// *.geojson) is no table: it gives areas their outlines.
// docs/directory.md is the reference of the format.  No database, no clock; safe from any thread.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "directory/tables.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"

namespace tocsin::directory {

struct ImportOptions {
  std::string time_zone = "Asia/Shanghai";  // of the times in the sheets (IANA name)
  base::DialingRules dialing;               // for numbers typed without country or area code
  std::vector<std::string> languages = {"zh", "en"};
  // With a single file: the tables it does not replace.  With any: what rows of the same key had in the columns that
  // their sheet leaves out, where that is what has become of them rather than what the office lists
  // (docs/directory.md).
  const Tables* keep = nullptr;
};

// One sheet as it lies on the disk or came over the wire.
struct Sheet {
  std::string name;  // what findings call it
  std::string text;
};

struct Imported {
  Tables tables;               // empty when `findings` has errors; ids are not given yet
  base::Diagnostics findings;  // by file, line and column
  std::string digest;          // hex, of all sheets in order: two imports of the same files have the same
  std::vector<Sheet> sheets;   // as read, for showing the line of a finding
};

// kNotFound when `path` cannot be read, kInvalid when it is a folder without any sheet.
[[nodiscard]] base::Result<Imported> read_directory(const std::filesystem::path& path, const ImportOptions& options);

// The same from memory.  `whole`: the sheets are the whole directory (a folder), no table of `keep` stays.
[[nodiscard]] Imported read_sheets(std::vector<Sheet> sheets, bool whole, const ImportOptions& options);

// All findings as text, each with its source line.
[[nodiscard]] std::string render_findings(const Imported& imported);

}  // namespace tocsin::directory
