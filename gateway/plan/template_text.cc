#include "gateway/plan/template_text.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "gateway/base/text.h"

namespace tocsin::plan {
namespace {

namespace mustache = kainjow::mustache;
using base::said, base::Said;

constexpr std::size_t kMaxTemplateBytes = 64 * 1024;
constexpr std::size_t kMaxTags = 200;

struct Tag {
  std::string name;
  char sign = ' ';  // '#', '^', '/', '!', '&', or ' ' for a field
  std::size_t at = 0;
};

Said at_character(const Said& what, std::size_t bytes, std::string_view text) {
  return said("{0} at character {1}", "第{1}个字符处：{0}", what, base::count_characters(text.substr(0, bytes)) + 1);
}

// The tags of a template; what is wrong with it goes to `wrong`.  Partials and changed delimiters are refused: the one
// would read other texts, the other would make this scan and the library see different tags.
std::vector<Tag> scan(std::string_view text, Said& wrong) {
  std::vector<Tag> tags;
  const Said no_end = said("a {{ without its }}", "{{ 没有对应的 }}");
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const auto refuse = [&](const Said& what) {
      wrong = at_character(what, at, text);
      return std::vector<Tag>();
    };
    const bool triple = text.substr(at, 3) == "{{{";
    const auto begin = at + (triple ? 3 : 2);
    const auto end = text.find(triple ? "}}}" : "}}", begin);
    if (end == std::string_view::npos) return refuse(no_end);
    Tag tag{base::trim(text.substr(begin, end - begin)), ' ', at};
    if (!triple && !tag.name.empty() && std::string_view("#^/!&>=").find(tag.name[0]) != std::string_view::npos) {
      tag.sign = tag.name[0];
      tag.name = base::trim(std::string_view(tag.name).substr(1));
    }
    if (tag.name.find('{') != std::string::npos) return refuse(no_end);
    if (tag.sign == '>') return refuse(said("partials ({{>...}}) are not used", "不能引用别的模板（{{>...}}）"));
    if (tag.sign == '=') return refuse(said("delimiters cannot be changed", "不能改用别的标记符号"));
    if (tag.sign != '!' && tag.name.empty()) return refuse(said("a tag without a name", "{{ }} 里没有名称"));
    tags.push_back(std::move(tag));
    if (tags.size() > kMaxTags) {
      wrong = said("more than {0} tags", "{{ }} 超过{0}个", kMaxTags);
      return {};
    }
    at = end + (triple ? 3 : 2);
  }
  return tags;
}

// Sections must open and close in order; the library reports only some of these.
Said unbalanced(const std::vector<Tag>& tags, std::string_view text) {
  std::vector<const Tag*> open;
  for (const auto& tag : tags) {
    if (tag.sign == '#' || tag.sign == '^') open.push_back(&tag);
    if (tag.sign != '/') continue;
    if (open.empty() || open.back()->name != tag.name) {
      return at_character(said("{0} closes nothing", "{0} 没有对应的开头", "{{/" + base::cut(tag.name, 40) + "}}"),
                          tag.at, text);
    }
    open.pop_back();
  }
  if (open.empty()) return {};
  return at_character(said("{0} is never closed", "{0} 没有结束", "{{#" + base::cut(open.back()->name, 40) + "}}"),
                      open.back()->at, text);
}

// U+E000, private use: marks the lines that the template itself leaves blank.
constexpr std::string_view kBlankLine = "\xEE\x80\x80";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string mark_blank_lines(std::string_view text) {
  std::string marked;
  const auto lines = base::split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) marked += '\n';
    if (is_blank(lines[i]))
      marked += kBlankLine;
    else
      marked += lines[i];
  }
  return marked;
}

// A line that became blank because its section or field was empty is left out.
std::string drop_emptied_lines(std::string_view rendered) {
  std::string kept;
  bool first = true;
  for (auto line : base::split(rendered, '\n')) {
    if (is_blank(line)) continue;
    for (auto at = line.find(kBlankLine); at != std::string::npos; at = line.find(kBlankLine)) {
      line.erase(at, kBlankLine.size());
    }
    if (!first) kept += '\n';
    kept += line;
    first = false;
  }
  return base::trim(kept);
}

}  // namespace

const std::vector<FieldInfo>& template_fields() {
  static const std::vector<FieldInfo> fields{
      {"code", "the incident's code, said aloud and typed into an answer: 107", 10},
      {"hazard", "the hazard's name: fire", 100},
      {"level", "the level's id: III", 12},
      {"level_name", "the level's name: level III", 100},
      {"colour", "the level's colour: yellow", 10},
      {"place", "the place in the reporter's words; may be empty", 500},
      {"area", "the area with those above it; may be empty", 500},
      {"facts", "what is known, in words: seriously injured 2, trapped 1; may be empty", 2000},
      {"time", "when the incident was opened, office time: 14:32", 5},
      {"drill", "true in a drill", 10},
      {"assembly", "the assembly point that \"arrived\" means; may be empty", 200},
      {"change", "what an update is about, one sentence: level raised from III to II; in decided: what was decided",
       500},
      {"level_before", "the level before an update: IV", 12},
      {"stands_in_for", "the post the reader stands in for; may be empty", 200},
      {"question",
       "what a reporter is asked; in an approval, by when to decide and what happens otherwise; may be empty", 1000},
      {"incidents", "in a summary: its lines, one for each incident; empty elsewhere", 2000},
      {"count", "in a summary: how many incidents; empty elsewhere", 3},
      {"one_way", "true when the link takes no answers: ask for none", 10},
      {"read_out",
       "true when the desk reads it to somebody, on the phone or at the door: ask for a word, not for a digit", 10},
      {"office", "the plan's name: who is sending this", 100},
  };
  return fields;
}

bool is_flag(std::string_view field) {
  return field == "drill" || field == "one_way" || field == "read_out";
}

TemplateFaults faults_of(std::string_view text) {
  TemplateFaults faults;
  if (text.size() > kMaxTemplateBytes) {
    faults.not_mustache = said("the template is too long", "模板太长");
    return faults;
  }
  const auto tags = scan(text, faults.not_mustache);
  if (faults.not_mustache.empty()) faults.not_mustache = unbalanced(tags, text);
  if (!faults.not_mustache.empty()) return faults;
  const mustache::mustache parsed{std::string(text)};
  if (!parsed.is_valid()) {
    faults.not_mustache = base::same(parsed.error_message());
    return faults;
  }
  auto& unknown = faults.unknown_fields;
  const auto& known = template_fields();
  for (const auto& tag : tags) {
    if (tag.sign == '!') continue;
    const auto same = [&](const FieldInfo& field) { return tag.name == field.name; };
    if (std::any_of(known.begin(), known.end(), same)) continue;
    if (std::find(unknown.begin(), unknown.end(), tag.name) == unknown.end()) unknown.push_back(tag.name);
  }
  return faults;
}

std::size_t longest_filled(std::string_view text) {
  std::size_t longest = base::count_characters(text);
  Said wrong;
  const auto& known = template_fields();
  for (const auto& tag : scan(text, wrong)) {
    if (tag.sign != ' ' && tag.sign != '&') continue;
    const auto it =
        std::find_if(known.begin(), known.end(), [&](const FieldInfo& field) { return tag.name == field.name; });
    if (it != known.end()) longest += it->longest;
  }
  return longest;
}

std::string fill(std::string_view text, const Fields& fields, std::size_t limit) {
  mustache::data data;
  for (const auto& field : fields) {
    if (field.second.empty())
      data.set(field.first, mustache::data(mustache::data::type::bool_false));
    else
      data.set(field.first, mustache::data(base::cut(field.second, limit)));
  }
  mustache::mustache parsed{mark_blank_lines(text)};
  parsed.set_custom_escape([](const std::string& plain) { return plain; });
  // Lines are handed over one by one; beyond what any cut could keep they are dropped unseen.
  const std::size_t enough = limit * 8 + 1024;
  std::string out;
  parsed.render(data, [&](const std::string& piece) {
    if (out.size() < enough) out += piece;
  });
  return base::cut(drop_emptied_lines(out), limit);
}

}  // namespace tocsin::plan
