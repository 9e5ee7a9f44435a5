// A SQLite file system for tests and the simulator: fails on demand, tears writes, and forgets what was never synced.
//
// It wraps the operating system's VFS.  Real files hold only what was synced; what was written since the last sync of a
// file is kept in memory, seen by every connection of this instance, and lost by crash().  (A sync here moves it
// to the real file without a physical sync: that the *machine* may die is what crash() stands for.)
// Closing the last handle of a file counts as a sync, and so does deleting it.
// Locks and the WAL index go to the real file system, so several connections and WAL mode work as ever.
//
// Steps are counted: every write, truncate, sync and delete is one, in the order they come.  Same calls, same seed,
// same faults.  Thread-safe; any number of instances.  Must outlive every connection opened through it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace tocsin::db {

enum class Fault {
  kNone,
  kIoError,  // nothing is done, SQLITE_IOERR_*
  kFull,     // nothing is done, SQLITE_FULL (a sync or delete: an I/O error)
  kTorn,     // a write puts down only its first part, then fails with an I/O error
  kCrash,    // crash(Survives::kNothing) just before the step
};

// What of the unsynced writes a crash leaves on the disk.
enum class Survives {
  kNothing,  // the machine lost power, nothing had been written back
  kSome,     // ... and some 512-byte sectors had, chosen by the seed
  kAll,      // only the process died (kill -9): the kernel has it all
};

class FaultVfs {
 public:
  // Registers it under a name of its own.
  explicit FaultVfs(std::uint64_t seed = 1);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  // For OpenOptions::vfs.
  [[nodiscard]] const std::string& name() const;

  // Steps taken so far.
  [[nodiscard]] std::uint64_t steps() const;
  // Steps `at` (counted from 1 over the life of this instance) to `at` + `count` - 1 fail so; replaces an earlier plan.
  void fail_at(std::uint64_t at, Fault fault, std::uint64_t count = 1);
  // From now on each step fails with a chance of 1 in `one_in`; 0 = never.
  void fail_randomly(std::uint64_t one_in, Fault fault);
  // The `nth` read from now on fails with SQLITE_IOERR_READ; 0 = none.  Reads are no steps.
  void fail_read(std::uint64_t nth);
  // While set every write that would make a file longer fails with SQLITE_FULL.
  void set_disk_full(bool full);
  // Ends all planned and random faults, of reads too, and the full disk.
  void heal();

  // The process that holds the open files dies now: each further call on them fails, and unsynced writes are lost as
  // told. The files may be opened anew once every old connection has been closed (closing a dead one is allowed and
  // writes nothing); before that opening fails with SQLITE_CANTOPEN.
  void crash(Survives survives = Survives::kNothing);
  // Whether a crash has happened since the files were last opened.
  [[nodiscard]] bool crashed() const;

 private:
  struct State;
  friend struct FaultVfsCalls;
  std::unique_ptr<State> state_;
};

}  // namespace tocsin::db
