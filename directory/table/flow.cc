#include "directory/table/flow.h"

#include <utility>

#include "directory/table/cell_text.h"

namespace tocsin::table {

using base::said;

void Flow::text(std::string_view words) {
  std::string& to = in_cell_ ? words_ : paragraph_;
  if (inside_ > 0 && !in_cell_) return;  // between rows: nothing of a table
  // A little more than allowed is kept, so that the excess shows.
  const std::size_t most = in_cell_ ? 2 * kMaxCellBytes : kMaxCaptionBytes;
  if (to.size() < most) to += words;
}

void Flow::end_paragraph() {
  if (inside_ > 0) return end_line();
  const std::string line = plain(paragraph_);
  paragraph_.clear();
  if (line.empty()) return;
  // The last words before a table are its own.
  if (caption_.size() + line.size() > kMaxCaptionBytes) caption_.clear();
  if (line.size() > kMaxCaptionBytes) return;
  caption_ += (caption_.empty() ? "" : "\n") + line;
}

bool Flow::open_table() {
  if (inside_ == 0) {
    end_paragraph();
    if (!reading_.take_grid()) return false;
    Grid grid;
    grid.name = std::to_string(++tables_);
    grid.caption = std::exchange(caption_, {});
    builder_ = std::make_unique<GridBuilder>(reading_, std::move(grid));
    in_row_ = in_cell_ = false;
  } else {
    end_line();
  }
  ++inside_;
  return true;
}

bool Flow::open_row() {
  if (inside_ == 0 && !open_table()) return false;
  if (inside_ > 1) return true;
  if (!close_row()) return false;
  row_ = {};
  in_row_ = true;
  row_begun_ = false;
  return true;
}

bool Flow::begin_row() {
  if (!in_row_ && !open_row()) return false;
  if (!row_begun_) builder_->begin_row(row_.hidden, row_.skipped_columns);
  row_begun_ = true;
  return true;
}

bool Flow::open_cell() {
  if (inside_ > 1) return true;
  if ((inside_ == 0 || !in_row_) && !open_row()) return false;
  if (!close_cell()) return false;
  cell_ = {};
  words_.clear();
  in_cell_ = true;
  return true;
}

bool Flow::close_cell() {
  if (inside_ > 1) text(" ");
  if (inside_ != 1 || !in_cell_) return true;
  in_cell_ = false;
  if (row_.left_out) return true;
  return begin_row() && builder_->add(words_, cell_);
}

bool Flow::close_row() {
  if (inside_ > 1) end_line();
  if (inside_ != 1 || !in_row_) return true;
  if (!close_cell()) return false;
  const bool ended = row_.left_out || (begin_row() && builder_->end_row());
  in_row_ = false;
  return ended;
}

bool Flow::close_table() {
  if (inside_ == 0) return true;
  if (inside_ > 1) {
    end_line();
    --inside_;
    return true;
  }
  if (!close_row()) return false;
  inside_ = 0;
  Grid grid = builder_->finish();
  builder_.reset();
  if (!grid.rows.empty()) book_.grids.push_back(std::move(grid));
  return true;
}

bool Flow::finish() {
  while (inside_ > 0) {
    if (!close_table()) return false;
  }
  if (!book_.grids.empty()) return true;
  return reading_.fail("no-table", said("there is no table with words in it", "其中没有含文字的表格"),
                       said("take the file, or the part of it, that holds the table", "请选择含有表格的文件或内容"));
}

void Flow::hide_column(int column) {
  if (inside_ == 1 && column > 0 && column <= kMaxColumns) builder_->hide_column(column);
}

}  // namespace tocsin::table
