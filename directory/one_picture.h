// Several reads of one moment, whoever writes meanwhile: in the caller's transaction, or one of its own until this
// goes.  For this room's .cc files.
#pragma once

#include "gateway/db/session.h"

namespace tocsin::directory {

class OnePicture {
 public:
  explicit OnePicture(db::Session& session) : session_(session), own_(!session.in_transaction()) {
    if (own_) begun_ = session_.begin_read();
  }
  ~OnePicture() {
    if (own_ && begun_) session_.end_read();
  }
  OnePicture(const OnePicture&) = delete;
  OnePicture& operator=(const OnePicture&) = delete;
  [[nodiscard]] const base::Status& begun() const { return begun_; }

 private:
  db::Session& session_;
  bool own_;
  base::Status begun_ = base::Done{};
};

}  // namespace tocsin::directory
