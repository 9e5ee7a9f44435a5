#include "directory/table/read_html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string>

#include "directory/table/flow.h"
#include "directory/table/libxml_start.h"

namespace tocsin::table {
namespace {

using base::said;

// libxml2 compares each attribute of a tag with all before it.
constexpr int kMostAttributes = 500;

constexpr std::array<std::string_view, 8> kLeftOut = {"script", "style", "head",   "title",
                                                      "object", "xml",   "select", "template"};
constexpr std::array<std::string_view, 13> kParagraphs = {"p",  "div", "h1", "h2", "h3",      "h4",    "h5",
                                                          "h6", "li",  "dt", "dd", "caption", "center"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Page {
 public:
  Page(Reading& reading, Book& book) : reading_(reading), flow_(reading, book) {}

  void open(std::string_view name, const xmlChar** attributes);
  void close(std::string_view name);
  void text(std::string_view words);
  [[nodiscard]] bool finish() { return !stopped_ && !reading_.failed() && flow_.finish(); }

  htmlParserCtxtPtr parser = nullptr;

 private:
  void go_on(bool good) {
    if (good) return;
    stopped_ = true;
    xmlStopParser(parser);
  }
  void shape_cell();
  void open_column();
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  [[nodiscard]] int number(std::string_view name) const;
  [[nodiscard]] bool is_hidden() const;

  Reading& reading_;
  Flow flow_;
  const xmlChar** attributes_ = nullptr;  // of the tag being opened
  int depth_ = 0;
  int left_out_ = 0;  // depth of the element that is left out; 0: none
  int column_ = 0;    // that the next <col> is about, less one
  bool after_blank_ = true;
  bool stopped_ = false;
};

std::string_view Page::attribute(std::string_view name) const {
  for (const xmlChar** one = attributes_; one != nullptr && one[0] != nullptr; one += 2) {
    if (name != reinterpret_cast<const char*>(one[0])) continue;
    return one[1] == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(one[1]));
  }
  return {};
}

int Page::number(std::string_view name) const {
  const std::string_view value = attribute(name);
  int found = 1;
  std::from_chars(value.data(), value.data() + value.size(), found);
  return std::clamp(found, 1, kLastRow);
}

bool Page::is_hidden() const {
  std::string style(attribute("style").substr(0, 4096));
  style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
  return style.find("display:none") != std::string::npos;
}

void Page::shape_cell() {
  CellShape& cell = flow_.cell();
  cell.columns = std::min(number("colspan"), 1000);  // as HTML limits it (4.9.11)
  cell.rows = attribute("rowspan") == "0" ? kLastRow : number("rowspan");
  cell.exact = attribute("x:num").substr(0, 64);
}

void Page::open_column() {
  const int columns = std::min(number("span"), kMaxColumns);
  for (int i = 1; i <= columns && is_hidden(); ++i) flow_.hide_column(column_ + i);
  column_ = std::min(column_ + columns, kMaxColumns);
}

void Page::open(std::string_view name, const xmlChar** attributes) {
  if (stopped_) return;
  if (++depth_ > kMaxDepth) {
    return go_on(reading_.fail("too-deep", said("tags are nested deeper than {0}", "标签嵌套超过{0}层", kMaxDepth),
                               said("copy the table alone", "请只复制表格部分")));
  }
  if (left_out_ > 0) return;
  attributes_ = attributes;
  if (is_one_of(kLeftOut, name)) {
    left_out_ = depth_;
  } else if (name == "table") {
    if (flow_.inside() == 0) column_ = 0;
    go_on(flow_.open_table());
  } else if (name == "tr") {
    go_on(flow_.open_row());
    if (flow_.inside() == 1) flow_.row().hidden = is_hidden();
  } else if (name == "td" || name == "th") {
    go_on(flow_.open_cell());
    if (flow_.inside() == 1) shape_cell();
  } else if (name == "col") {
    open_column();
  } else if (name == "br") {
    flow_.end_line();
  } else if (is_one_of(kParagraphs, name)) {
    flow_.end_paragraph();
  } else {
    return;
  }
  after_blank_ = true;
}

void Page::close(std::string_view name) {
  if (stopped_) return;
  const int depth = depth_--;
  if (left_out_ > 0) {
    if (left_out_ == depth) left_out_ = 0;
    return;
  }
  if (name == "td" || name == "th") return go_on(flow_.close_cell());
  if (name == "tr") return go_on(flow_.close_row());
  if (name == "table") return go_on(flow_.close_table());
  if (is_one_of(kParagraphs, name)) flow_.end_paragraph();
}

// Blanks and line ends of the page's source are one blank, and none at the beginning of a line.
void Page::text(std::string_view words) {
  if (stopped_ || left_out_ > 0) return;
  std::string out;
  for (const char c : words) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank || !after_blank_) out += blank ? ' ' : c;
    after_blank_ = blank;
  }
  flow_.text(out);
}

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

Page& page_of(void* context) {
  return *static_cast<Page*>(context);
}

xmlSAXHandler handlers() {
  xmlSAXHandler sax{};
  sax.initialized = 1;  // the events of SAX 1, which are those of HTML
  sax.startElement = [](void* context, const xmlChar* name, const xmlChar** attributes) {
    page_of(context).open(view_of(name), attributes);
  };
  sax.endElement = [](void* context, const xmlChar* name) { page_of(context).close(view_of(name)); };
  sax.characters = [](void* context, const xmlChar* text, int length) {
    page_of(context).text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
  };
  sax.ignorableWhitespace = sax.characters;
  return sax;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

// The position behind a tag whose '<' is before `at`; npos when it has more attributes than any tag needs.
std::size_t behind_tag(std::string_view text, std::size_t at) {
  int attributes = 0;
  for (; at < text.size() && text[at] != '>'; ++at) {
    if (is_blank(text[at])) ++attributes;
    if (text[at] == '=') {
      ++attributes;
      std::size_t value = at + 1;
      while (value < text.size() && is_blank(text[value])) ++value;
      if (value < text.size() && (text[value] == '"' || text[value] == '\'')) {
        at = std::min(text.find(text[value], value + 1), text.size() - 1);
      }
    }
    if (attributes > kMostAttributes) return std::string_view::npos;
  }
  return at;
}

bool has_endless_tag(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string_view::npos;) {
    const char next = at + 1 < text.size() ? static_cast<char>(text[at + 1] | 0x20) : ' ';
    const bool comment = text.substr(at).starts_with("<!--");
    if (comment) {
      at = std::min(text.find("-->", at), text.size());
    } else if ((next >= 'a' && next <= 'z') || text[at + 1] == '_' || next == ':') {
      at = behind_tag(text, at + 1);
      if (at == std::string_view::npos) return true;
    } else {
      ++at;
    }
  }
  return false;
}

// The header of Windows' clipboard ends where the page begins.
std::string_view page_in(std::string_view text) {
  return text.substr(std::min(text.find('<'), text.size()));
}

}  // namespace

bool read_html(std::string_view text, Reading& reading, Book& book) {
  if (text.find('\0') != std::string_view::npos) {
    return reading.fail("stray-nul", said("a NUL byte in the page", "网页中有空字节（NUL）"));
  }
  if (has_endless_tag(text)) {
    return reading.fail("too-many-attributes",
                        said("a tag has more than {0} attributes", "一个标签的属性超过{0}个", kMostAttributes),
                        said("copy the table alone", "请只复制表格部分"));
  }
  text = page_in(text);
  start_libxml();
  Page page(reading, book);
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
      htmlCreateMemoryParserCtxt(text.data(), static_cast<int>(text.size())), &htmlFreeParserCtxt);
  if (parser != nullptr) {
    xmlSAXHandler sax = handlers();
    std::swap(*parser->sax, sax);
    parser->userData = &page;
    page.parser = parser.get();
    htmlCtxtUseOptions(parser.get(),
                       HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
    xmlSwitchToEncoding(parser.get(), xmlFindCharEncodingHandler("UTF-8"));
    parser->input->encoding = xmlStrdup(reinterpret_cast<const xmlChar*>("UTF-8"));
    htmlParseDocument(parser.get());
  }
  return page.finish();
}

}  // namespace tocsin::table
