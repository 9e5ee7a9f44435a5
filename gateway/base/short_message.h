// Whether a text fits one short message, for whoever does not know the alphabet it will be sent in.
//
// Of printable ASCII the default alphabet of 3GPP TS 23.038 lacks the grave accent; eight characters stand in its
// extension table (6.2.1.1) and count two of 160.  Whatever else is in a text makes it UCS-2, 70 units: never too few
// are counted.  Pure, thread-safe.
#pragma once

#include <string_view>

namespace tocsin::base {

[[nodiscard]] bool fits_one_short_message(std::string_view utf8);

}  // namespace tocsin::base
