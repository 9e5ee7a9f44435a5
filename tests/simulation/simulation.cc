#include "tests/simulation/simulation.h"

#include <exception>
#include <filesystem>

#include "gateway/base/digest.h"
#include "tests/simulation/actions.h"
#include "tests/simulation/checker.h"
#include "tests/simulation/driver.h"

namespace tocsin::simulation {

Outcome run(std::uint64_t seed, const Options& options) {
  Outcome outcome;
  outcome.seed = seed;
  Driver driver(seed, options);
  try {
    for (int i = 0; i < options.actions; ++i) act(driver);
    driver.finish();
    if (!options.keep.empty()) {
      std::filesystem::copy_file(driver.world.folder + "/tocsin.db", options.keep,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    const auto broken = check_promises(driver.world.folder + "/tocsin.db", driver.journal);
    driver.broken.insert(driver.broken.end(), broken.begin(), broken.end());
  } catch (const std::exception& e) {
    driver.broken.push_back(std::string("stopped: ") + e.what());
  }
  std::string all;
  for (const auto& line : driver.trace) all += line + "\n";
  for (const auto& h : driver.journal.handed_over) {
    const bool probe = h.text.rfind("tocsin probe ", 0) == 0;  // its token is keyed by the database
    all += h.link + " " + std::to_string(h.delivery) + " " + h.to + " " + (probe ? "probe" : h.text) + "\n";
  }
  outcome.digest = base::to_hex(base::digest(all));
  outcome.trace = std::move(driver.trace);
  outcome.broken = std::move(driver.broken);
  return outcome;
}

}  // namespace tocsin::simulation
