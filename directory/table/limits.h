// How much of an office's table is read: everything here comes from outside, and a file of a megabyte can name
// billions.
//
// Each excess is a finding with its own code, and then nothing of the file is used.  Constants.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tocsin::table {

inline constexpr std::size_t kMaxFileBytes = 16U << 20U;
// Of one file, all sheets together.
inline constexpr std::size_t kMaxGrids = 100;
inline constexpr std::size_t kMaxCells = 500'000;         // with words in them, or covered by a merged cell
inline constexpr std::size_t kMaxTextBytes = 32U << 20U;  // of all cells, as UTF-8
inline constexpr std::size_t kMaxMerged = 20'000;         // merged cells
// Of one sheet.
inline constexpr std::size_t kMaxRows = 50'000;  // with something in them
inline constexpr int kMaxColumns = 256;          // a column further right may be formatted, but hold nothing
inline constexpr std::size_t kMaxCellBytes = 32U << 10U;
inline constexpr std::size_t kMaxCaptionBytes = 2U << 10U;  // what is longer is cut
// A record of a text file, with its quotes.
inline constexpr std::size_t kMaxRowBytes = 64U << 10U;
// A spreadsheet ends there (ECMA-376 part 1, 18.3.1.73: 1 048 576 rows; columns to XFD).
inline constexpr int kLastRow = 1'048'576;
inline constexpr int kLastColumn = 16'384;
// A packed file (XLSX, DOCX).
inline constexpr std::size_t kMaxEntries = 4'096;
inline constexpr std::uint64_t kMaxUnpackedBytes = 64U << 20U;  // of the parts that are read
inline constexpr std::uint64_t kMaxRatio = 300;                 // unpacked to packed, of a part of more than a megabyte
inline constexpr int kMaxDepth = 256;                           // of elements in XML and HTML

}  // namespace tocsin::table
