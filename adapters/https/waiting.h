// Tells the pool that the worker of this thread waits for something else than a processor: another may work meanwhile.
//
// Put one around a wait for the engine's commit.  Elsewhere than on a worker it does nothing.
#pragma once

namespace tocsin::https {

class RequestPool;

class Waiting {
 public:
  Waiting();
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  RequestPool* const pool_;
};

}  // namespace tocsin::https
