// The part of the store that forgets in time.  Rules as in store.h, which inherits it.
//
// Nothing here touches the record: it holds ids and digests, so its chain stays whole.
#pragma once

#include "gateway/base/time.h"

namespace tocsin::ports {

class RetentionStore {
 public:
  virtual ~RetentionStore() = default;
  // Numbers and addresses of messages and calls made before that time: at most `limit` rows are looked at, the oldest
  // that were not yet.  What is still owed stops it there; who was told, when, and by which contact point stays.
  // How many were forgotten, and whether rows may be left.
  struct Forgotten {
    int rows = 0;
    bool more = false;
  };
  virtual Forgotten forget_numbers(base::UtcTime before, int limit) = 0;
  // What people wrote or said, word for word, before that time: reports, replies, reasons.  What they set off stays.
  virtual Forgotten forget_words(base::UtcTime before, int limit) = 0;
};

}  // namespace tocsin::ports
