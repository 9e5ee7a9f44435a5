// Elements of one XML document, one after the other, as they are read: nothing of it is kept.
//
// Safe against what XML can do: a document type declaration is refused (so there are no entities to expand and nothing
// is fetched), depth is limited, and a document that is not well-formed is an error at its line.  Elements of
// namespaces that were not asked for have an empty name.  What stands in mc:Fallback is left out: the same thing stands
// in mc:Choice before it (ECMA-376 part 3, 7.5).  Safe from any thread; the events come on the caller's.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::table {

// Names without prefixes.  Valid during the event only.
struct XmlElement {
  std::string_view name;
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
  // The first of that name; empty when there is none.
  [[nodiscard]] std::string_view attribute(std::string_view attribute_name) const;
  [[nodiscard]] bool has(std::string_view attribute_name) const;
};

// Must not throw.  False ends the reading; the receiver knows why.
class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual bool open(const XmlElement& element) = 0;
  virtual bool close(std::string_view name) = 0;
  virtual bool text(std::string_view text) = 0;
};

// Bytes of the document: their count, 0 at the end, -1 on failure.
using XmlSource = std::function<int(char* to, int size)>;

struct XmlEnd {
  bool whole = false;  // read to its end
  base::Said fault;    // of the document itself; empty when source or receiver ended it
};

[[nodiscard]] XmlEnd read_xml(const XmlSource& source, std::span<const std::string_view> namespaces, XmlEvents& events);

}  // namespace tocsin::table
