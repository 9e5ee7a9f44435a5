// What goes into the record about who asked for what: refusals, and reads of whole lists.
//
// Counted per asker, route and minute: the first is written at once, the rest of the minute as one entry with their
// number, so that a flood of requests is no flood of entries.  Thread-safe; never waits for the commit.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/https/auth.h"
#include "gateway/base/guarded.h"
#include "gateway/ports/front_door.h"

namespace tocsin::https {

class Audit {
 public:
  // `door` must outlive it.
  explicit Audit(ports::FrontDoor& door) : door_(door) {}

  // `by`: who was let in, or null; then `client` is whom limits count.
  void refused(const model::Principal* by, const std::string& client, std::string_view route, int status);
  void read_list(const model::Principal& by, std::string_view route);
  // What is counted and not written yet is written, if its minute is over or `all`.
  void flush(bool all);

 private:
  struct Counted {
    model::NoteAccess note;
    int waiting = 0;
    base::UtcTime since{};
  };
  struct State {
    std::map<std::string, Counted> counted;
    base::UtcTime next_flush{};
  };
  void note(model::NoteAccess note);

  ports::FrontDoor& door_;
  base::Guarded<State> state_;
};

}  // namespace tocsin::https
