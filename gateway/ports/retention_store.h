// The part of the store that forgets in time.  Rules as in store.h, which inherits it.
//
// Nothing here touches the record: it holds ids and digests, so its chain stays whole.
#pragma once

#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/ids.h"

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
  // Messages that still wait, made before that time, end as cancelled as of `now` ("purged"): their link went from the
  // settings, and nobody wants them any more.  Their ids, at most `limit`, oldest first.
  virtual std::vector<model::DeliveryId> end_forsaken(base::UtcTime before, base::UtcTime now, int limit) = 0;
  // What people wrote or said, word for word, before that time: reports, replies, reasons (of reading whole numbers,
  // too), what was noted of a task, and the words of messages.  What they set off stays.
  virtual Forgotten forget_words(base::UtcTime before, int limit) = 0;
};

}  // namespace tocsin::ports
