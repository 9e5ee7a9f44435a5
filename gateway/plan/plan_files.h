// The files of one plan: opened by paths that stay inside its folder, counted, measured, and kept for findings and for
// the store.  Internal to gateway/plan; reads nothing itself, the loader does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/plan/reading.h"

namespace tocsin::plan {

inline constexpr std::size_t kMaxFiles = 200, kMaxPathCharacters = 200;
inline constexpr int kMaxIncludeDepth = 8;

struct PlanFile {
  std::string path;  // "hazards/fire.toml": from the plan's folder
  std::string text;
  int parent = -1;  // the file that names it
  Position named_at;
};

class PlanFiles {
 public:
  // `file` is the plan's own name in findings; further ones stand beside it.
  PlanFiles(Reading& reading, const std::string& file, Loader load);

  // The plan's own text; null, and reported, when it is no TOML.  First of all calls.
  std::optional<Node> open_main(std::string text, std::string path);
  // The file that `path` names; its place says which file it is relative to.  Null, and reported: outside the folder,
  // in a circle, a second time, too deep, too many, too large in all, not there, no TOML.
  std::optional<Node> open(const Node& path);

  [[nodiscard]] const std::vector<PlanFile>& all() const { return files_; }
  // Each file's text by its name in findings.
  [[nodiscard]] std::map<std::string, std::string, std::less<>> by_name() const;
  // All of them in one text, which unbundle() takes apart; a plan of one file is that file.
  [[nodiscard]] std::string bundled() const;

 private:
  std::optional<std::string> resolved(const Node& path);
  bool may_open(const Node& named, const std::string& path);
  std::optional<Node> parse(int file);

  Reading& reading_;
  std::string folder_;  // of names in findings: "plans/sample/", or empty
  Loader load_;
  std::vector<PlanFile> files_;
  std::map<std::string, int, std::less<>> opened_;
  std::size_t bytes_ = 0;
};

// `path` as seen from the folder of `from`, without "." and ".."; empty when it is absolute or leaves the plan's
// folder.
[[nodiscard]] std::optional<std::string> path_from(std::string_view from, std::string_view path);

[[nodiscard]] bool is_bundle(std::string_view text);
// What bundled() wrote; the plan's own file first.  Empty when the text is no whole bundle; `line` says where it is
// wrong.
[[nodiscard]] std::vector<PlanFile> unbundled(std::string_view text, int& line);

}  // namespace tocsin::plan
