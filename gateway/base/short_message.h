// How many short messages a text makes, for whoever does not know the alphabet it will be sent in.
//
// Of printable ASCII the default alphabet of 3GPP TS 23.038 lacks the grave accent; eight characters stand in its
// extension table (6.2.1.1) and count two of 160.  Whatever else is in a text makes it UCS-2, 70 units.  Of several
// each has 152 septets or 66 units beside its header (3GPP TS 23.040, 9.2.3.24.8), one less where a pair would be cut:
// never too few are counted.  Pure, thread-safe.
#pragma once

#include <string_view>

namespace tocsin::base {

[[nodiscard]] int count_short_messages(std::string_view utf8);  // at least 1

}  // namespace tocsin::base
