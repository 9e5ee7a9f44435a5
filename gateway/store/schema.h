// The tables of the gateway, as numbered migrations.  docs/formats/store.md tells what each column means.
#pragma once

#include <span>

#include "gateway/db/migrations.h"

namespace tocsin::store {

inline constexpr const char* kModule = "gateway";

[[nodiscard]] std::span<const db::Migration> migrations();

}  // namespace tocsin::store
