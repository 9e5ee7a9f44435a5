// Files with personal numbers in them.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/base/result.h"

namespace tocsin::app {

// For its owner's eyes: nobody else may read it.  What was there is gone.  Before threads: the mask is the process's.
[[nodiscard]] base::Status write_private(const std::filesystem::path& path, const std::string& content);

}  // namespace tocsin::app
