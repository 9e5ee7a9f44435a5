#include "directory/table/office_parts.h"

#include <array>
#include <vector>

#include "gateway/base/text.h"

namespace tocsin::table {
namespace {

using base::said;

constexpr std::size_t kMostRelations = 2'000;
constexpr std::array<std::string_view, 2> kSpaces = {"http://schemas.openxmlformats.org/package/2006/relationships",
                                                     ""};

// `target` as seen from `folder` ("xl/"), without "." and "..".
std::string resolved(std::string_view folder, std::string_view target) {
  std::string path =
      target.starts_with('/') ? std::string(target.substr(1)) : std::string(folder) + std::string(target);
  std::vector<std::string> steps;
  for (std::string& step : base::split(path, '/')) {
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(std::move(step));
    }
  }
  std::string out;
  for (const std::string& step : steps) out += (out.empty() ? "" : "/") + step;
  return out;
}

class RelationReader : public XmlEvents {
 public:
  RelationReader(std::string folder, Relations& relations) : folder_(std::move(folder)), relations_(relations) {}

  bool open(const XmlElement& element) override {
    if (element.name != "Relationship" || element.attribute("TargetMode") == "External") return true;
    const std::string_view type = element.attribute("Type");
    if (relations_.size() < kMostRelations) {
      relations_[std::string(element.attribute("Id"))] = {resolved(folder_, element.attribute("Target")),
                                                          std::string(type.substr(type.rfind('/') + 1))};
    }
    return true;
  }
  bool close(std::string_view) override { return true; }
  bool text(std::string_view) override { return true; }

 private:
  std::string folder_;
  Relations& relations_;
};

}  // namespace

bool read_part(Package& package, std::string_view name, std::span<const std::string_view> namespaces, XmlEvents& events,
               Reading& reading) {
  const auto damaged = [&](base::Said why) {
    return reading.fail("damaged-file",
                        said("{0}: {1}", "{0}：{1}", base::to_valid_utf8(name.substr(0, 100)), std::move(why)),
                        said("open it in an office program and save it anew", "请用办公软件打开后重新保存"));
  };
  std::optional<Package::Part> part = package.part(name);
  if (!part) return reading.failed() ? false : damaged(said("this part is missing", "缺少这一部分"));
  const XmlEnd end = read_xml([&](char* to, int size) { return part->read(to, size); }, namespaces, events);
  if (end.whole) return true;
  return reading.failed() ? false : damaged(end.fault);
}

bool read_relations(Package& package, std::string_view part, Relations& relations, Reading& reading) {
  const std::size_t slash = part.rfind('/');
  const std::string folder(slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1));
  const std::string name = folder + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
  if (!package.has(name)) return true;
  RelationReader reader(folder, relations);
  return read_part(package, name, kSpaces, reader, reading);
}

std::string main_part(Package& package, std::string_view usual, Reading& reading) {
  Relations relations;
  if (!read_relations(package, "", relations, reading)) return {};
  for (const auto& one : relations) {
    if (one.second.type == "officeDocument" && package.has(one.second.target)) return one.second.target;
  }
  return std::string(usual);
}

}  // namespace tocsin::table
