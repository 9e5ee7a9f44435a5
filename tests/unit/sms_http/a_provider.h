// The providers that are installed, as tests read them.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "adapters/sms/http/provider.h"

namespace tocsin::testing {

inline std::string text_of_provider(const std::string& name) {
  std::ifstream file(std::string(TOCSIN_SOURCE_DIR) + "/providers/" + name + ".toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string all_findings(const sms::http::ReadProvider& read, const std::string& source) {
  std::string all;
  for (const auto& finding : read.findings) all += base::render(finding, source);
  return all;
}

inline sms::http::Provider a_provider(const std::string& name) {
  const auto text = text_of_provider(name);
  const auto read = sms::http::read_provider(text, name);
  EXPECT_EQ(all_findings(read, text), "");
  return read.provider;
}

}  // namespace tocsin::testing
