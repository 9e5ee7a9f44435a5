// Towns whose rosters are made by chance, to be looked at minute by minute.
#pragma once

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {

inline std::string pick(std::mt19937& random, const std::vector<std::string>& words) {
  return words[random() % words.size()];
}

inline std::string quarter(std::mt19937& random) {
  const auto day = 20 + random() % 4, hour = random() % 24, minute = 15 * (random() % 4);
  char text[32];
  std::snprintf(text, sizeof text, "2026-11-%02u %02u:%02u", static_cast<unsigned>(day), static_cast<unsigned>(hour),
                static_cast<unsigned>(minute));
  return text;
}

inline std::string period(std::mt19937& random) {
  for (;;) {
    const auto from = quarter(random), to = quarter(random);
    if (from < to) return from + "," + to;
  }
}

// The desk by everything that can be written about it, and leave; every time at a full quarter of 2026-11-20 to 23.
inline Town random_town(std::mt19937& random) {
  const std::vector<std::string> people = {"ann", "bob", "cat", "dan", "eve"};
  const std::vector<std::string> who = {"ann", "bob", "cat", "eve", "post:night-chief", "post:commander", "post:cook"};
  Town town = Town().without("duty", "desk").with("posts", "cook,Cook,,eve,2026-11-21 06:00,2026-11-22 18:00");
  for (auto n = random() % 3; n > 0; --n) {
    town.with("rotations", "desk,R" + std::to_string(n) + "," + pick(random, who) + ";" + pick(random, {"-", "ann"}) +
                               ";" + pick(random, who) + "," + pick(random, {"1", "2"}) + "," +
                               pick(random, {"00:00", "08:30", "20:00"}) + ",2026-11-20," +
                               pick(random, {"", "2026-11-21"}));
  }
  for (auto n = random() % 3; n > 0; --n) town.with("duty", "desk," + pick(random, who) + "," + period(random));
  for (auto n = random() % 4; n > 0; --n) {
    const auto one = pick(random, who);
    auto other = pick(random, who);
    if (other == one || random() % 2 == 0) other.clear();
    town.with("overrides", "desk," + one + "," + period(random) + "," + other);
  }
  for (auto n = random() % 6; n > 0; --n) town.with("leave", pick(random, people) + "," + period(random));
  return town;
}

}  // namespace tocsin::directory
