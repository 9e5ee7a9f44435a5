// Settings checked and made ready for use.
#pragma once

#include "adapters/https/front.h"

namespace tocsin::https {

// `port` is the one listened on.  kInvalid names the setting that cannot be used.  Makes the certificate when neither
// of its files exists.
[[nodiscard]] base::Result<RulesPtr> make_rules(const HttpsSettings& settings, int port);

}  // namespace tocsin::https
