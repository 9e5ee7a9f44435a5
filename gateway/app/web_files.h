// The web app that is part of this program: made by web/build.mjs when it is built.
#pragma once

#include "gateway/ports/web_files.h"

namespace tocsin::app {

// By path; for as long as the program runs.  Any thread.
[[nodiscard]] ports::WebFiles web_files();

}  // namespace tocsin::app
