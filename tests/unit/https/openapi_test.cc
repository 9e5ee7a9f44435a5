// The table of routes and docs/api/openapi.yaml say the same, in both directions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "adapters/https/routes.h"
#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

struct Described {
  std::set<std::string> operations;  // "GET /path"
  std::set<std::string> parameters;  // "GET /path?name"
  std::set<std::string> open;        // operations without a token
};

// Reads only what this test needs: under "paths:", two blanks before a path, four before a method,
// "{name: x, in: query" for its parameters, "security: []" where no token is needed.
Described read_openapi() {
  std::ifstream file(TOCSIN_SOURCE_DIR "/docs/api/openapi.yaml");
  Described found;
  bool in_paths = false;
  std::string path, operation, line;
  while (std::getline(file, line)) {
    if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.starts_with("  /")) path = base::trim(line.substr(0, line.rfind(':')));
    for (const auto& [key, method] : {std::pair{"    get:", "GET "},
                                      {"    post:", "POST "},
                                      {"    put:", "PUT "},
                                      {"    patch:", "PATCH "},
                                      {"    delete:", "DELETE "}}) {
      if (line != key) continue;
      operation = method + path;
      found.operations.insert(operation);
    }
    if (line.find("security: []") != std::string::npos) found.open.insert(operation);
    const auto name = line.find("{name: ");
    if (name != std::string::npos && line.find("in: query") != std::string::npos) {
      found.parameters.insert(operation + "?" + line.substr(name + 7, line.find(',', name) - name - 7));
    }
  }
  return found;
}

TEST(OpenApiTest, TheFileAndTheTableOfRoutesSayTheSame) {
  Described routes;
  for (const auto& route : all_routes()) {
    const std::string operation = std::string(route.method) + " " + std::string(route.pattern);
    routes.operations.insert(operation);
    if (route.roles.empty()) routes.open.insert(operation);
    for (const auto& name : base::split(route.query, ' ')) {
      if (!name.empty()) routes.parameters.insert(operation + "?" + name);
    }
  }
  const Described file = read_openapi();
  EXPECT_EQ(file.operations, routes.operations);
  EXPECT_EQ(file.parameters, routes.parameters);
  EXPECT_EQ(file.open, routes.open);
}

}  // namespace
}  // namespace tocsin::https
