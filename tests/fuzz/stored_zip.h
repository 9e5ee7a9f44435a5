// A ZIP archive of parts that are stored as they are, so that a fuzzer's bytes reach what reads the parts.
//
// PKWARE APPNOTE.TXT 6.3.9: 4.3.7 local header, 4.3.12 directory, 4.3.16 its end; CRC-32 as in 4.4.7.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::table {

inline std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string archive, directory;
  const auto put = [](std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i, value >>= 8U) to += static_cast<char>(value);
  };
  for (const auto& part : parts) {
    const auto start = static_cast<std::uint32_t>(archive.size()),
               size = static_cast<std::uint32_t>(part.second.size());
    const auto name = static_cast<std::uint32_t>(part.first.size());
    std::string common;
    put(common, 20, 2);  // version needed
    put(common, 0, 8);   // flags, method, time, date
    put(common, crc32_of(part.second), 4);
    put(common, size, 4);
    put(common, size, 4);
    put(common, name, 2);
    put(common, 0, 2);  // extra field
    archive += "PK\x03\x04" + common + part.first + part.second;
    directory += "PK\x01\x02";
    put(directory, 20, 2);  // made by
    directory += common;
    put(directory, 0, 10);  // comment, disk, attributes
    put(directory, start, 4);
    directory += part.first;
  }
  std::string end = "PK\x05\x06";
  put(end, 0, 4);
  put(end, static_cast<std::uint32_t>(parts.size()), 2);
  put(end, static_cast<std::uint32_t>(parts.size()), 2);
  put(end, static_cast<std::uint32_t>(directory.size()), 4);
  put(end, static_cast<std::uint32_t>(archive.size()), 4);
  put(end, 0, 2);
  return archive + directory + end;
}

}  // namespace tocsin::table
