// Mistakes in human text: found all at once, shown where they are.
//
// A Diagnostic names the file, line and column (both from 1; columns count characters, not
// bytes; 0 = the whole file), says what was found and what was expected, and hints at the mend.
// One function prints them all, like a compiler.  Plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::base {

enum class Severity { kError, kWarning, kNote };
[[nodiscard]] std::string_view name_of(Severity severity);  // "error", "warning", "note"

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;  // stable, kebab-case: "unknown-key", "range-upside-down"
  std::string file;  // as the user named it
  int line = 0;
  int column = 0;
  std::string message;              // what is wrong and what was expected
  std::string hint;                 // what to write instead; may be empty
  std::string message_zh, hint_zh;  // the same in Chinese; empty: there is only English
  std::string where;                // what it is about, by name: "fire/III/2", "ladder/commander/1"; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

// A finding without a place yet; `where` names what it is about.
[[nodiscard]] Diagnostic finding(Severity severity, std::string code, Said message, Said hint = {},
                                 std::string where = {});

[[nodiscard]] bool has_errors(const Diagnostics& findings);

// "plan.toml:5:12: error: ... [code]\n  5 | severity = ...\n    |            ^\n    = hint: ...\n".
// `source` is the text of the file (empty: no source line is shown).
[[nodiscard]] std::string render(const Diagnostic& finding, std::string_view source, bool chinese = false);

// The candidate closest to `word` (edit distance, at most a third of its length and 3), or empty.
[[nodiscard]] std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tocsin::base
