#include "gateway/plan/toml_tree.h"

#include <toml++/toml.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace tocsin::plan {
namespace {

// Walks over text outside strings and comments, counting brackets and the dots of one key.
class DepthScan {
 public:
  explicit DepthScan(std::string_view text) : text_(text) {}

  // Where it becomes too deep.
  std::optional<Position> too_deep() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        skip_comment();
      } else if (c == '"' || c == '\'') {
        skip_string(c);
      } else {
        count(c);
        if (brackets_ > kMaxDepth || dots_ > kMaxDepth) return position();
        ++at_;
      }
    }
    return std::nullopt;
  }

 private:
  void count(char c) {
    switch (c) {
      case '[':
      case '{':
        ++brackets_;
        dots_ = 0;
        break;
      case ']':
      case '}':
        brackets_ = std::max(0, brackets_ - 1);
        dots_ = 0;
        break;
      case '.': ++dots_; break;
      case '\n':
      case '=':
      case ',': dots_ = 0; break;
      default: break;
    }
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    if (text_.substr(at_, 3) == three) {
      at_ += 3;
      while (at_ < text_.size() && text_.substr(at_, 3) != three) at_ += step(quote);
      at_ = std::min(text_.size(), at_ + 3);
      // Up to two more quotes may belong to the text before the closing three.
      for (int i = 0; i < 2 && at_ < text_.size() && text_[at_] == quote; ++i) ++at_;
      return;
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') at_ += step(quote);
    if (at_ < text_.size() && text_[at_] == quote) ++at_;
  }

  [[nodiscard]] std::size_t step(char quote) const { return quote == '"' && text_[at_] == '\\' ? 2 : 1; }

  [[nodiscard]] Position position() const {
    Position p{1, 1};
    for (const char c : text_.substr(0, at_)) {
      if (c == '\n') {
        ++p.line;
        p.column = 1;
      } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
        ++p.column;
      }
    }
    return p;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int brackets_ = 0;
  int dots_ = 0;
};

Position position_of(const toml::source_region& region, int file) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column), file};
}

bool before(const Entry& a, const Entry& b) {
  return std::pair(a.key_at.line, a.key_at.column) < std::pair(b.key_at.line, b.key_at.column);
}

Node convert(const toml::node& from, int file) {
  Node to;
  to.at = position_of(from.source(), file);
  switch (from.type()) {
    case toml::node_type::table:
      to.kind = NodeKind::kTable;
      for (auto&& [key, value] : *from.as_table()) {
        to.entries.push_back({std::string(key.str()), position_of(key.source(), file), convert(value, file)});
      }
      std::stable_sort(to.entries.begin(), to.entries.end(), before);
      break;
    case toml::node_type::array:
      to.kind = NodeKind::kArray;
      for (const auto& item : *from.as_array()) to.items.push_back(convert(item, file));
      break;
    case toml::node_type::string:
      to.kind = NodeKind::kText;
      to.text = from.as_string()->get();
      break;
    case toml::node_type::integer:
      to.kind = NodeKind::kWhole;
      to.whole = from.as_integer()->get();
      break;
    case toml::node_type::floating_point:
      to.kind = NodeKind::kReal;
      to.real = from.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      to.kind = NodeKind::kFlag;
      to.flag = from.as_boolean()->get();
      break;
    default: to.kind = NodeKind::kMoment; break;
  }
  return to;
}

}  // namespace

base::Said named(NodeKind kind) {
  switch (kind) {
    case NodeKind::kTable: return {"a table", "一张表"};
    case NodeKind::kArray: return {"a list", "一个列表"};
    case NodeKind::kText: return {"a text", "文字"};
    case NodeKind::kWhole: return {"a whole number", "整数"};
    case NodeKind::kReal: return {"a number with a point", "小数"};
    case NodeKind::kFlag: return {"true or false", "true 或 false"};
    case NodeKind::kMoment: return {"a date or time", "日期或时间"};
  }
  return {"something else", "别的东西"};
}

const char* in_words(NodeKind kind) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (int i = 0; i <= static_cast<int>(NodeKind::kMoment); ++i) all.push_back(named(NodeKind(i)).en);
    return all;
  }();
  return names[static_cast<std::size_t>(kind)].c_str();
}

const Node* Node::find(std::string_view key) const {
  const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return it == entries.end() ? nullptr : &it->value;
}

TomlTree parse_toml(std::string_view text, int file) {
  TomlTree tree;
  if (const auto deep = DepthScan(text).too_deep()) {
    tree.error_at = *deep;
    tree.error = base::said("nested deeper than {0} levels", "嵌套超过{0}层", kMaxDepth);
    tree.error_at.file = file;
    return tree;
  }
  try {
    tree.root = convert(toml::parse(text), file);
  } catch (const toml::parse_error& error) {
    tree.error_at = position_of(error.source(), file);
    tree.error = base::same(std::string(error.description()));
  } catch (const std::exception& error) {
    tree.error_at.file = file;
    tree.error = base::same(error.what());
  }
  return tree;
}

}  // namespace tocsin::plan
