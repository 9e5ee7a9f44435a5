// A TOML document as a plain tree that remembers where everything stood.
//
// toml++ stays behind toml_tree.cc; the readers of this room see only `Node`.  Internal to gateway/plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::plan {

// Line and column from 1, columns in characters; 0 = the whole file.  `file` counts the plan's files as they were
// opened; 0 is the one that read_plan was given.
struct Position {
  int line = 0;
  int column = 0;
  int file = 0;
};

enum class NodeKind { kTable, kArray, kText, kWhole, kReal, kFlag, kMoment };
// "a table", "a text", ...: for findings.
[[nodiscard]] const char* in_words(NodeKind kind);
[[nodiscard]] base::Said named(NodeKind kind);

struct Entry;

struct Node {
  NodeKind kind = NodeKind::kTable;
  Position at;
  std::string text;            // kText
  std::int64_t whole = 0;      // kWhole
  double real = 0;             // kReal
  bool flag = false;           // kFlag
  std::vector<Node> items;     // kArray, in file order
  std::vector<Entry> entries;  // kTable, in file order; keys are unique

  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Position key_at;
  Node value;
};

struct TomlTree {
  std::optional<Node> root;  // absent when it is not TOML
  Position error_at;
  base::Said error;  // one sentence; of toml++ it is English in both
};

// Brackets and dotted keys deeper than this are refused before toml++ sees them: it recurses.
inline constexpr int kMaxDepth = 16;

// Every position in the tree gets `file`.  Does not throw.
[[nodiscard]] TomlTree parse_toml(std::string_view text, int file = 0);

}  // namespace tocsin::plan
