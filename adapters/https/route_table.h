// Which route a request asks for: the walk through the table of all_routes().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/https/routes.h"

namespace tocsin::https {

// The route of a request, with what stood for {…} in its path.
struct Found {
  const Route* route = nullptr;
  std::vector<std::string> arguments;
  std::string_view query;
  std::string allowed;  // the path's other methods, when the route is none
};

// From method and target alone.  The arguments are copies, the query is a part of the request's target.
[[nodiscard]] Found find_route(const HttpRequest& request);

}  // namespace tocsin::https
