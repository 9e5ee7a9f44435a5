// A plan from its folder on disk.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "gateway/plan/read_plan.h"

namespace tocsin::plan {
namespace {

namespace fs = std::filesystem;

base::Result<std::string> read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::Error{base::ErrorCode::kNotFound, "cannot open " + path.string(), {}};
  std::string text(kMaxPlanBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (in.gcount() == 0 && !in.eof())) {
    return base::Error{base::ErrorCode::kNotFound, "cannot read " + path.string(), {}};
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

// Only files, and only what lies in the folder in truth: a link may not lead out of it.
base::Result<std::string> read_inside(const fs::path& folder, const std::string& path) {
  std::error_code failed;
  const auto root = fs::canonical(folder, failed);
  const auto file = failed ? fs::path() : fs::canonical(folder / path, failed);
  const auto within = std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
  if (failed || !within || !fs::is_regular_file(file, failed)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open " + path, {}};
  }
  return read_text(file);
}

}  // namespace

base::Result<ReadPlan> read_plan_file(const std::string& path) {
  auto text = read_text(path);
  if (!text) return text.error();
  return read_plan(*text, path, [folder = fs::path(path).parent_path()](const std::string& inner) {
    return read_inside(folder.empty() ? fs::path(".") : folder, inner);
  });
}

}  // namespace tocsin::plan
