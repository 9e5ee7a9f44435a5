#include "gateway/plan/plan_files.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/text.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

constexpr std::string_view kBundle = "# tocsin plan bundle 1\n", kFile = "# file ";

}  // namespace

std::optional<std::string> path_from(std::string_view from, std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return std::nullopt;
  const auto slash = from.rfind('/');
  std::vector<std::string> parts;
  if (slash != std::string_view::npos) parts = base::split(from.substr(0, slash), '/');
  for (auto& part : base::split(path, '/')) {
    if (part.empty()) return std::nullopt;
    if (part == ".") continue;
    if (part != "..") {
      parts.push_back(std::move(part));
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  std::string whole;
  for (const auto& part : parts) whole += (whole.empty() ? "" : "/") + part;
  if (whole.empty()) return std::nullopt;
  return whole;
}

PlanFiles::PlanFiles(Reading& reading, const std::string& file, Loader load)
    : reading_(reading), load_(std::move(load)) {
  const auto slash = file.rfind('/');
  if (slash != std::string::npos) folder_ = file.substr(0, slash + 1);
}

std::optional<Node> PlanFiles::open_main(std::string text, std::string path) {
  bytes_ = text.size();
  opened_.emplace(path, 0);
  files_.push_back({std::move(path), std::move(text), -1, {}});
  return parse(0);
}

std::optional<std::string> PlanFiles::resolved(const Node& path) {
  const auto text = clean_text(reading_, path, said("the name of a file", "文件名"), kMaxPathCharacters);
  if (!text) return std::nullopt;
  auto whole = path_from(files_[static_cast<std::size_t>(path.at.file)].path, *text);
  if (whole) return whole;
  reading_.findings.error(path.at, "path-outside",
                          said("{0} leads out of the plan's folder", "{0}指向预案所在目录之外", in_quotes(*text)),
                          said("write a path from the folder of this file, like \"hazards/fire.toml\"",
                               "从本文件所在目录写起，例如 \"hazards/fire.toml\""));
  return std::nullopt;
}

bool PlanFiles::may_open(const Node& named, const std::string& path) {
  int depth = 1;
  std::string chain = path;
  bool circle = false;
  for (int file = named.at.file; file >= 0; file = files_[static_cast<std::size_t>(file)].parent) {
    const auto& above = files_[static_cast<std::size_t>(file)];
    chain = above.path + " -> " + chain;
    circle = above.path == path;
    if (circle) break;
    ++depth;
  }
  if (circle) {
    reading_.findings.error(named.at, "include-circle",
                            said("files include one another in a circle: {0}", "文件互相引用，成了循环：{0}", chain));
    return false;
  }
  if (const auto first = opened_.find(path); first != opened_.end()) {
    reading_.findings.error(named.at, "include-twice",
                            said("{0} is part of the plan already", "{0}已经是预案的一部分", in_quotes(path)),
                            said("the other place is {0}", "另一处在{0}",
                                 reading_.where(files_[static_cast<std::size_t>(first->second)].named_at)));
    return false;
  }
  if (depth - 1 > kMaxIncludeDepth) {
    reading_.findings.error(
        named.at, "include-too-deep",
        said("files include one another more than {0} deep", "文件引用超过{0}层", kMaxIncludeDepth));
    return false;
  }
  if (files_.size() >= kMaxFiles) {
    reading_.findings.error(named.at, "too-many",
                            said("the plan has more than {0} files", "预案的文件超过{0}个", kMaxFiles));
    return false;
  }
  return true;
}

std::optional<Node> PlanFiles::open(const Node& named) {
  const auto path = resolved(named);
  if (!path || !may_open(named, *path)) return std::nullopt;
  auto text = load_ ? load_(*path) : base::Result<std::string>(base::Error{base::ErrorCode::kNotFound, "", {}});
  if (!text) {
    reading_.findings.error(named.at, "file-missing", said("cannot open {0}", "打不开{0}", in_quotes(folder_ + *path)));
    return std::nullopt;
  }
  bytes_ += text->size();
  if (bytes_ > kMaxPlanBytes) {
    reading_.findings.error(named.at, "too-large",
                            said("with {0} the plan is larger than {1} MB", "加上{0}，预案超过{1} MB", in_quotes(*path),
                                 kMaxPlanBytes / 1024 / 1024));
    return std::nullopt;
  }
  const int file = reading_.findings.add_file(folder_ + *path);
  opened_.emplace(*path, file);
  files_.push_back({*path, std::move(*text), named.at.file, named.at});
  return parse(file);
}

std::optional<Node> PlanFiles::parse(int file) {
  auto tree = parse_toml(files_[static_cast<std::size_t>(file)].text, file);
  if (!tree.root) {
    reading_.findings.error(tree.error_at, "toml-syntax", said("not TOML: {0}", "不是TOML：{0}", tree.error));
  }
  return std::move(tree.root);
}

std::map<std::string, std::string, std::less<>> PlanFiles::by_name() const {
  std::map<std::string, std::string, std::less<>> names;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    names.emplace(reading_.findings.file_name(static_cast<int>(i)), files_[i].text);
  }
  return names;
}

std::string PlanFiles::bundled() const {
  if (files_.size() == 1) return files_.front().text;
  std::string all(kBundle);
  for (const auto& file : files_) {
    all += std::string(kFile) + std::to_string(file.text.size()) + " " + file.path + "\n" + file.text + "\n";
  }
  return all;
}

bool is_bundle(std::string_view text) {
  return text.substr(0, kBundle.size()) == kBundle;
}

std::vector<PlanFile> unbundled(std::string_view text, int& line) {
  const auto whole = text;
  std::vector<PlanFile> files;
  const auto broken = [&] {
    const auto read = whole.substr(0, whole.size() - text.size());
    line = static_cast<int>(std::count(read.begin(), read.end(), '\n')) + 1;
    return std::vector<PlanFile>();
  };
  text.remove_prefix(kBundle.size());
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (text.substr(0, kFile.size()) != kFile || end == std::string_view::npos) return broken();
    const auto head = text.substr(kFile.size(), end - kFile.size());
    std::size_t bytes = 0;
    const auto number = std::from_chars(head.data(), head.data() + head.size(), bytes);
    const auto rest = head.substr(static_cast<std::size_t>(number.ptr - head.data()));
    const bool room = bytes < text.size() && text.size() - end - 1 > bytes && text[end + 1 + bytes] == '\n';
    if (number.ec != std::errc() || rest.size() < 2 || rest[0] != ' ' || !room || files.size() >= kMaxFiles)
      return broken();
    files.push_back({std::string(rest.substr(1)), std::string(text.substr(end + 1, bytes)), -1, {}});
    text.remove_prefix(end + 1 + bytes + 1);
  }
  return files.empty() ? broken() : files;
}

}  // namespace tocsin::plan
