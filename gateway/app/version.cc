#include "gateway/app/version.h"

namespace tocsin::app {

const char* const kVersion = TOCSIN_VERSION;

}  // namespace tocsin::app
