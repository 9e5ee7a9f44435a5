#include "directory/table/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "directory/table/libxml_start.h"
#include "directory/table/limits.h"

namespace tocsin::table {
namespace {

using base::said;

constexpr std::string_view kCompatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006";

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

struct Walk {
  const XmlSource& source;
  std::span<const std::string_view> namespaces;
  XmlEvents& events;
  xmlParserCtxtPtr parser = nullptr;
  XmlElement element;
  int depth = 0;
  int fallback = 0;  // depth of the mc:Fallback around; 0: none
  bool stopped = false;
  XmlEnd end;

  void stop() {
    stopped = true;
    xmlStopParser(parser);
  }
  void refuse(base::Said why) {
    if (end.fault.empty()) end.fault = std::move(why);
    stop();
  }
  [[nodiscard]] bool is_known(std::string_view space) const {
    return std::find(namespaces.begin(), namespaces.end(), space) != namespaces.end();
  }
};

Walk& walk_of(void* context) {
  return *static_cast<Walk*>(context);
}

// libxml2 gives of each attribute: name, prefix, namespace, begin and end of the value.
constexpr int kPointersPerAttribute = 5;

void on_open(void* context, const xmlChar* name, const xmlChar*, const xmlChar* space, int, const xmlChar**, int count,
             int, const xmlChar** attributes) {
  Walk& walk = walk_of(context);
  if (walk.stopped) return;
  if (++walk.depth > kMaxDepth) {
    return walk.refuse(said("elements are nested deeper than {0}", "元素嵌套超过{0}层", kMaxDepth));
  }
  if (walk.fallback > 0) return;
  if (view_of(name) == "Fallback" && view_of(space) == kCompatibility) {
    walk.fallback = walk.depth;
    return;
  }
  walk.element.name = walk.is_known(view_of(space)) ? view_of(name) : std::string_view();
  walk.element.attributes.clear();
  for (int i = 0; i < count; ++i) {
    const xmlChar** one = attributes + i * kPointersPerAttribute;
    walk.element.attributes.emplace_back(view_of(one[0]), std::string_view(reinterpret_cast<const char*>(one[3]),
                                                                           static_cast<std::size_t>(one[4] - one[3])));
  }
  if (!walk.events.open(walk.element)) walk.stop();
}

void on_close(void* context, const xmlChar* name, const xmlChar*, const xmlChar* space) {
  Walk& walk = walk_of(context);
  if (walk.stopped) return;
  const int depth = walk.depth--;
  if (walk.fallback > 0) {
    if (walk.fallback == depth) walk.fallback = 0;
    return;
  }
  if (!walk.events.close(walk.is_known(view_of(space)) ? view_of(name) : std::string_view())) walk.stop();
}

void on_text(void* context, const xmlChar* text, int length) {
  Walk& walk = walk_of(context);
  if (walk.stopped || walk.fallback > 0) return;
  if (!walk.events.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)})) walk.stop();
}

void on_document_type(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  walk_of(context).refuse(
      said("it declares a document type, as office files never do", "含有文档类型声明，办公文件不应有"));
}

void on_error(void* context, const xmlError* error) {
  Walk& walk = walk_of(context);
  if (error->level < XML_ERR_ERROR || walk.stopped || !walk.end.fault.empty()) return;
  walk.end.fault = said("line {0} is no XML", "第{0}行不是有效的XML", std::max(error->line, 0));
}

int on_read(void* context, char* to, int size) {
  Walk& walk = walk_of(context);
  // After its first error libxml2 would read on, and a document type it had not shown us with it.
  if (walk.stopped || !walk.end.fault.empty()) return 0;
  const int count = walk.source(to, size);
  if (count < 0) walk.stopped = true;
  return std::max(count, 0);
}

xmlSAXHandler handlers() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_open;
  sax.endElementNs = on_close;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  sax.cdataBlock = on_text;
  sax.internalSubset = on_document_type;
  sax.serror = [](void* context, xmlErrorPtr error) { on_error(context, error); };
  return sax;
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view attribute_name) const {
  for (const auto& one : attributes) {
    if (one.first == attribute_name) return one.second;
  }
  return {};
}

bool XmlElement::has(std::string_view attribute_name) const {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const auto& one) { return one.first == attribute_name; });
}

void start_libxml() {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
  // Of this thread.  What no parser hears of (a failed conversion) would be written to standard error.
  xmlSetStructuredErrorFunc(nullptr, [](void*, xmlErrorPtr) {});
}

XmlEnd read_xml(const XmlSource& source, std::span<const std::string_view> namespaces, XmlEvents& events) {
  start_libxml();
  Walk walk{source, namespaces, events, nullptr, {}, 0, 0, false, {}};
  xmlSAXHandler sax = handlers();
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
      xmlCreateIOParserCtxt(&sax, &walk, on_read, nullptr, &walk, XML_CHAR_ENCODING_NONE), &xmlFreeParserCtxt);
  if (parser == nullptr) {
    walk.end.fault = said("it is empty", "内容为空");
    return walk.end;
  }
  walk.parser = parser.get();
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseDocument(parser.get());
  // What it made for itself to keep entities in; it forgets that when it is stopped.
  xmlFreeDoc(parser->myDoc);
  parser->myDoc = nullptr;
  if (!walk.stopped && walk.end.fault.empty() && parser->wellFormed == 0) {
    walk.end.fault = said("it is no XML", "不是有效的XML");
  }
  walk.end.whole = !walk.stopped && walk.end.fault.empty();
  return walk.end;
}

}  // namespace tocsin::table
