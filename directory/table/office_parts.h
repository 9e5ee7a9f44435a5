// The parts of a package and how they point at each other (ECMA-376 part 2, 6.5).  For this room's .cc files.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "directory/table/package.h"
#include "directory/table/xml.h"

namespace tocsin::table {

struct Relation {
  std::string target;  // name of a part, made whole: "xl/worksheets/sheet1.xml"
  std::string type;    // its last word: "worksheet", "sharedStrings", "styles", "officeDocument"
};
using Relations = std::map<std::string, Relation>;  // by id

// Reads one part as XML.  False: the part is missing or damaged, or the receiver said so; noted.
bool read_part(Package& package, std::string_view name, std::span<const std::string_view> namespaces, XmlEvents& events,
               Reading& reading);

// Those of `part` ("": of the package).  Parts without any have none.
bool read_relations(Package& package, std::string_view part, Relations& relations, Reading& reading);

// The name of the main part; `usual` where the package does not say it.
[[nodiscard]] std::string main_part(Package& package, std::string_view usual, Reading& reading);

}  // namespace tocsin::table
