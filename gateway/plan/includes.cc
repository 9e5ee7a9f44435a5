// include = [...]: further files are read as if they stood in the plan itself.
#include "gateway/plan/includes.h"

#include <map>

namespace tocsin::plan {
namespace {

using base::said, base::Said;

class Merging {
 public:
  Merging(Node& root, PlanFiles& files, Reading& reading) : root_(root), files_(files), reading_(reading) {
    for (const auto& entry : root.entries) remember(entry);
  }

  // All that `from` includes, and what that includes; `from` is the root itself or a tree not yet merged.
  void include_all(const Node& from) {
    TableReader table(reading_, from, Table::kFile, said("the file", "文件"));
    for (const Node* path : table.list("include", kMaxFiles, NodeKind::kText)) {
      if (reading_.findings.full()) return;
      if (auto tree = files_.open(*path)) {
        merge(*tree);
        include_all(*tree);
      }
    }
  }

 private:
  void remember(const Entry& entry) {
    auto& names = names_[entry.key];
    if (entry.value.kind != NodeKind::kTable) return;
    for (const auto& inner : entry.value.entries) names.emplace(inner.key, inner.key_at);
  }

  Entry* find(const std::string& key) {
    for (auto& entry : root_.entries) {
      if (entry.key == key) return &entry;
    }
    return nullptr;
  }

  // The tree keeps its own list of includes: what it includes is merged after it.
  void merge(Node& tree) {
    for (auto& entry : tree.entries) {
      if (reading_.findings.full()) return;
      if (entry.key == "include") continue;
      if (entry.key == "plan") {
        reading_.findings.error(entry.key_at, "plan-included",
                                said("[plan] stands in the plan's own file only", "[plan]只能写在预案的主文件里"));
        continue;
      }
      Entry* mine = find(entry.key);
      if (mine == nullptr) {
        remember(entry);
        root_.entries.push_back(std::move(entry));
      } else if (mine->value.kind == NodeKind::kTable && entry.value.kind == NodeKind::kTable) {
        merge_names(*mine, entry.value);
      } else if (mine->value.kind == NodeKind::kArray && entry.value.kind == NodeKind::kArray) {
        for (auto& item : entry.value.items) mine->value.items.push_back(std::move(item));
      } else {
        twice(entry.key, entry.key_at, mine->key_at);
      }
    }
  }

  // [ladder.person] of one file and [ladder.night] of another: names side by side, each whole in one file.
  void merge_names(Entry& mine, Node& theirs) {
    auto& names = names_[mine.key];
    for (auto& entry : theirs.entries) {
      const auto first = names.emplace(entry.key, entry.key_at);
      if (first.second) {
        mine.value.entries.push_back(std::move(entry));
      } else {
        twice(mine.key + "." + entry.key, entry.key_at, first.first->second);
      }
    }
  }

  void twice(const std::string& name, Position at, Position other) {
    reading_.findings.error(at, "defined-twice",
                            said("{0} is defined in two files", "{0}在两个文件里都有定义", in_quotes(name)),
                            said("the other place is {0}", "另一处在{0}", reading_.where(other)));
  }

  Node& root_;
  PlanFiles& files_;
  Reading& reading_;
  std::map<std::string, std::map<std::string, Position>> names_;  // by top-level key
};

}  // namespace

void read_includes(Node& root, PlanFiles& files, Reading& reading) {
  // A copy: the root grows while its own list is walked.
  Node list;
  list.at = root.at;
  for (const auto& entry : root.entries) {
    if (entry.key == "include") list.entries.push_back(entry);
  }
  if (!list.entries.empty()) Merging(root, files, reading).include_all(list);
}

}  // namespace tocsin::plan
