#include "gateway/db/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <vector>

#include "gateway/db/session.h"

namespace tocsin::db {

namespace {

constexpr std::int64_t kSector = 512;
using Sector = std::array<char, kSector>;

// What was written to one file since its last sync, laid over the real file.
class Overlay {
 public:
  // `real_size` is the size of the file underneath, whose bytes beyond `base_end_` are gone (truncated, not synced).
  void open(std::int64_t real_size) {
    if (users++ == 0) forget(real_size);
  }
  void forget(std::int64_t real_size) {
    sectors_.clear();
    size_ = base_end_ = real_size;
  }
  [[nodiscard]] std::int64_t size() const { return size_; }

  int read(sqlite3_file* real, char* out, std::int64_t count, std::int64_t offset) const {
    const std::int64_t have = std::clamp<std::int64_t>(size_ - offset, 0, count);
    std::memset(out, 0, static_cast<std::size_t>(count));
    if (const std::int64_t below = std::clamp<std::int64_t>(base_end_ - offset, 0, have); below > 0) {
      const int code = real->pMethods->xRead(real, out, static_cast<int>(below), offset);
      if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
    }
    for (auto it = sectors_.lower_bound(offset / kSector); it != sectors_.end(); ++it) {
      const std::int64_t at = it->first * kSector;
      if (at >= offset + have) break;
      const std::int64_t from = std::max(at, offset), to = std::min(at + kSector, offset + have);
      std::memcpy(out + (from - offset), it->second.data() + (from - at), static_cast<std::size_t>(to - from));
    }
    return have == count ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  int write(sqlite3_file* real, const char* in, std::int64_t count, std::int64_t offset) {
    for (std::int64_t done = 0; done < count;) {
      const std::int64_t number = (offset + done) / kSector, within = (offset + done) % kSector;
      const std::int64_t part = std::min(kSector - within, count - done);
      auto found = sectors_.find(number);
      if (found == sectors_.end()) {
        Sector before{};
        if (part < kSector) {
          const int code = read(real, before.data(), kSector, number * kSector);
          if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
        }
        found = sectors_.emplace(number, before).first;
      }
      std::memcpy(found->second.data() + within, in + done, static_cast<std::size_t>(part));
      done += part;
    }
    size_ = std::max(size_, offset + count);
    return SQLITE_OK;
  }

  void truncate(std::int64_t size) {
    sectors_.erase(sectors_.lower_bound((size + kSector - 1) / kSector), sectors_.end());
    if (const auto last = sectors_.find(size / kSector); last != sectors_.end()) {
      std::fill(last->second.begin() + size % kSector, last->second.end(), '\0');
    }
    base_end_ = std::min(base_end_, size);
    size_ = size;
  }

  // Puts into the real file what `keep(sector)` allows; all of it makes a sync.
  template <typename Keep>
  int flush(sqlite3_file* real, bool sizes_too, Keep keep) {
    const auto* call = real->pMethods;
    int code = SQLITE_OK;
    sqlite3_int64 real_size = 0;
    call->xFileSize(real, &real_size);
    if (sizes_too && base_end_ < real_size) code = call->xTruncate(real, base_end_);
    for (auto it = sectors_.begin(); it != sectors_.end() && code == SQLITE_OK; ++it) {
      const std::int64_t at = it->first * kSector, count = std::min(kSector, size_ - at);
      if (count > 0 && keep()) code = call->xWrite(real, it->second.data(), static_cast<int>(count), at);
    }
    if (code == SQLITE_OK) code = call->xFileSize(real, &real_size);
    if (code == SQLITE_OK && sizes_too && real_size != size_) code = call->xTruncate(real, size_);
    if (code == SQLITE_OK) forget(sizes_too ? size_ : real_size);
    return code;
  }

  int users = 0;  // open files on it

 private:
  std::map<std::int64_t, Sector> sectors_;
  std::int64_t size_ = 0, base_end_ = 0;
};

struct FaultFile {
  sqlite3_file base;
  FaultVfs* vfs;
  std::string* path;   // null: a temporary file, passed through
  std::uint64_t life;  // the number of crashes before it was opened
  sqlite3_file* real;  // behind this struct
};

}  // namespace

struct FaultVfs::State {
  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;

  mutable std::mutex mutex;  // guards all below
  std::mt19937_64 random;
  std::map<std::string, Overlay> overlays;
  std::vector<FaultFile*> files;
  std::uint64_t steps = 0, life = 0, opened_life = 0;
  std::uint64_t fail_from = 0, fail_count = 0, one_in = 0, reads_until_fault = 0;
  Fault planned = Fault::kNone, chance = Fault::kNone;
  bool disk_full = false;

  [[nodiscard]] bool dead(const FaultFile* file) const { return file->life != life; }

  Fault next_step() {
    ++steps;
    if (fail_count > 0 && steps >= fail_from && steps - fail_from < fail_count) return planned;
    if (one_in > 0 && random() % one_in == 0) return chance;
    return Fault::kNone;
  }

  void crash(Survives survives) {
    ++life;
    std::map<std::string, bool> seen;
    for (FaultFile* file : files) {
      if (file->path == nullptr || !seen.emplace(*file->path, true).second) continue;
      Overlay& overlay = overlays[*file->path];
      if (survives == Survives::kAll) overlay.flush(file->real, true, [] { return true; });
      if (survives == Survives::kSome) overlay.flush(file->real, false, [this] { return random() % 2 == 0; });
      sqlite3_int64 size = 0;
      file->real->pMethods->xFileSize(file->real, &size);
      overlay.forget(size);
    }
  }
};

// The C functions SQLite calls.  Dead files fail at everything that would read or change data; giving up locks and
// closing always work, as the kernel does that for a process that died.
struct FaultVfsCalls {
  static FaultFile* cast(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
  static FaultVfs::State& state(sqlite3_file* file) { return *cast(file)->vfs->state_; }
  static Overlay& overlay(sqlite3_file* file) { return state(file).overlays[*cast(file)->path]; }

  static int close(sqlite3_file* file) {
    FaultFile* f = cast(file);
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    std::erase(s.files, f);
    int code = SQLITE_OK;
    if (f->path != nullptr) {
      Overlay& o = overlay(file);
      // Nothing keeps the writes of a closed file apart, so the last close counts as a sync.
      if (--o.users == 0 && !s.dead(f)) code = o.flush(f->real, true, [] { return true; });
      delete f->path;
    }
    if (f->real->pMethods != nullptr) f->real->pMethods->xClose(f->real);
    return code;
  }

  static int read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    if (s.dead(cast(file))) return SQLITE_IOERR_READ;
    sqlite3_file* real = cast(file)->real;
    if (cast(file)->path == nullptr) return real->pMethods->xRead(real, out, count, offset);
    if (s.reads_until_fault > 0 && --s.reads_until_fault == 0) return SQLITE_IOERR_READ;
    return overlay(file).read(real, static_cast<char*>(out), count, offset);
  }

  static int write(sqlite3_file* file, const void* in, int count, sqlite3_int64 offset) {
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    if (s.dead(cast(file))) return SQLITE_IOERR_WRITE;
    sqlite3_file* real = cast(file)->real;
    if (cast(file)->path == nullptr) return real->pMethods->xWrite(real, in, count, offset);
    Overlay& o = overlay(file);
    if (s.disk_full && offset + count > o.size()) return SQLITE_FULL;
    switch (s.next_step()) {
      case Fault::kNone: return o.write(real, static_cast<const char*>(in), count, offset);
      case Fault::kFull: return SQLITE_FULL;
      case Fault::kTorn:
        o.write(real, static_cast<const char*>(in),
                static_cast<std::int64_t>(s.random() % static_cast<unsigned>(count)), offset);
        return SQLITE_IOERR_WRITE;
      case Fault::kCrash: s.crash(Survives::kNothing); return SQLITE_IOERR_WRITE;
      case Fault::kIoError: break;
    }
    return SQLITE_IOERR_WRITE;
  }

  // For steps that cannot be torn.  True: go on.
  static bool step(FaultVfs::State& s) {
    const Fault fault = s.next_step();
    if (fault == Fault::kCrash) s.crash(Survives::kNothing);
    return fault == Fault::kNone;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    if (s.dead(cast(file))) return SQLITE_IOERR_TRUNCATE;
    sqlite3_file* real = cast(file)->real;
    if (cast(file)->path == nullptr) return real->pMethods->xTruncate(real, size);
    if (!step(s)) return SQLITE_IOERR_TRUNCATE;
    overlay(file).truncate(size);
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int /*flags*/) {
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    if (s.dead(cast(file))) return SQLITE_IOERR_FSYNC;
    if (cast(file)->path == nullptr) return SQLITE_OK;
    if (!step(s)) return SQLITE_IOERR_FSYNC;
    return overlay(file).flush(cast(file)->real, true, [] { return true; });
  }

  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    if (s.dead(cast(file))) return SQLITE_IOERR_FSTAT;
    sqlite3_file* real = cast(file)->real;
    if (cast(file)->path == nullptr) return real->pMethods->xFileSize(real, size);
    *size = overlay(file).size();
    return SQLITE_OK;
  }

  static bool is_dead(sqlite3_file* file) {
    FaultVfs::State& s = state(file);
    const std::lock_guard lock(s.mutex);
    return s.dead(cast(file));
  }
  static int lock(sqlite3_file* file, int level) {
    if (is_dead(file)) return SQLITE_IOERR_LOCK;
    return cast(file)->real->pMethods->xLock(cast(file)->real, level);
  }
  static int unlock(sqlite3_file* file, int level) {
    return cast(file)->real->pMethods->xUnlock(cast(file)->real, level);
  }
  static int check_reserved_lock(sqlite3_file* file, int* out) {
    if (is_dead(file)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
    return cast(file)->real->pMethods->xCheckReservedLock(cast(file)->real, out);
  }
  static int file_control(sqlite3_file* file, int operation, void* argument) {
    // Hints would change the size of the real file behind our back.
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE ||
        operation == SQLITE_FCNTL_MMAP_SIZE) {
      return SQLITE_NOTFOUND;
    }
    if (is_dead(file)) return SQLITE_NOTFOUND;
    return cast(file)->real->pMethods->xFileControl(cast(file)->real, operation, argument);
  }
  static int sector_size(sqlite3_file* file) { return cast(file)->real->pMethods->xSectorSize(cast(file)->real); }
  static int device_characteristics(sqlite3_file* file) {
    return cast(file)->real->pMethods->xDeviceCharacteristics(cast(file)->real);
  }
  static int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    if (is_dead(file)) return SQLITE_IOERR_SHMMAP;
    return cast(file)->real->pMethods->xShmMap(cast(file)->real, region, size, extend, out);
  }
  static int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    if ((flags & SQLITE_SHM_UNLOCK) == 0 && is_dead(file)) return SQLITE_IOERR_SHMLOCK;
    return cast(file)->real->pMethods->xShmLock(cast(file)->real, offset, count, flags);
  }
  static void shm_barrier(sqlite3_file* file) { cast(file)->real->pMethods->xShmBarrier(cast(file)->real); }
  static int shm_unmap(sqlite3_file* file, int remove) {
    return cast(file)->real->pMethods->xShmUnmap(cast(file)->real, remove);
  }

  static const sqlite3_io_methods* methods() {
    // Version 2: with shared memory, without memory-mapped reads, which would see the real file only.
    static const sqlite3_io_methods kMethods = {2,
                                                close,
                                                read,
                                                write,
                                                truncate,
                                                sync,
                                                file_size,
                                                lock,
                                                unlock,
                                                check_reserved_lock,
                                                file_control,
                                                sector_size,
                                                device_characteristics,
                                                shm_map,
                                                shm_lock,
                                                shm_barrier,
                                                shm_unmap,
                                                nullptr,
                                                nullptr};
    return &kMethods;
  }

  static FaultVfs* self(sqlite3_vfs* vfs) { return static_cast<FaultVfs*>(vfs->pAppData); }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    FaultVfs::State& s = *self(vfs)->state_;
    const std::lock_guard lock(s.mutex);
    FaultFile* f = cast(file);
    f->base.pMethods = nullptr;
    f->vfs = self(vfs);
    f->path = nullptr;
    f->life = s.life;
    f->real = reinterpret_cast<sqlite3_file*>(f + 1);
    f->real->pMethods = nullptr;
    if (name != nullptr) {
      for (const FaultFile* other : s.files) {
        if (other->path != nullptr && *other->path == name && s.dead(other)) return SQLITE_CANTOPEN;
      }
    }
    const int code = s.real->xOpen(s.real, name, f->real, flags, out_flags);
    if (code != SQLITE_OK) return code;
    if (name != nullptr) {
      sqlite3_int64 size = 0;
      f->real->pMethods->xFileSize(f->real, &size);
      f->path = new std::string(name);
      s.overlays[*f->path].open(size);
    }
    s.opened_life = s.life;
    s.files.push_back(f);
    f->base.pMethods = methods();
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int sync_dir) {
    FaultVfs::State& s = *self(vfs)->state_;
    const std::lock_guard lock(s.mutex);
    for (const FaultFile* other : s.files) {
      // The journal or WAL of a dead connection must outlive it.
      if (other->path == nullptr || !s.dead(other)) continue;
      if (std::string_view(name).substr(0, other->path->size()) == *other->path) return SQLITE_IOERR_DELETE;
    }
    if (!step(s)) return SQLITE_IOERR_DELETE;
    const int code = s.real->xDelete(s.real, name, sync_dir);
    if (const auto found = s.overlays.find(name); code == SQLITE_OK && found != s.overlays.end())
      found->second.forget(0);
    return code;
  }

  static sqlite3_vfs* real(sqlite3_vfs* vfs) { return self(vfs)->state_->real; }
  static int access(sqlite3_vfs* v, const char* name, int flags, int* out) {
    return real(v)->xAccess(real(v), name, flags, out);
  }
  static int full_path(sqlite3_vfs* v, const char* name, int count, char* out) {
    return real(v)->xFullPathname(real(v), name, count, out);
  }
  static int randomness(sqlite3_vfs* v, int count, char* out) { return real(v)->xRandomness(real(v), count, out); }
  static int sleep(sqlite3_vfs* v, int micros) { return real(v)->xSleep(real(v), micros); }
  static int current_time(sqlite3_vfs* v, double* out) { return real(v)->xCurrentTime(real(v), out); }
  static int last_error(sqlite3_vfs* v, int count, char* out) { return real(v)->xGetLastError(real(v), count, out); }
};

FaultVfs::FaultVfs(std::uint64_t seed) : state_(std::make_unique<State>()) {
  static std::atomic<int> count = 0;
  initialize_sqlite();
  State& s = *state_;
  s.name = "tocsin-fault-" + std::to_string(++count);
  s.random.seed(seed);
  s.real = sqlite3_vfs_find("unix");
  s.vfs.iVersion = 1;
  s.vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + s.real->szOsFile;
  s.vfs.mxPathname = s.real->mxPathname;
  s.vfs.zName = s.name.c_str();
  s.vfs.pAppData = this;
  s.vfs.xOpen = FaultVfsCalls::open;
  s.vfs.xDelete = FaultVfsCalls::remove;
  s.vfs.xAccess = FaultVfsCalls::access;
  s.vfs.xFullPathname = FaultVfsCalls::full_path;
  s.vfs.xRandomness = FaultVfsCalls::randomness;
  s.vfs.xSleep = FaultVfsCalls::sleep;
  s.vfs.xCurrentTime = FaultVfsCalls::current_time;
  s.vfs.xGetLastError = FaultVfsCalls::last_error;
  sqlite3_vfs_register(&s.vfs, 0);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FaultVfs::name() const {
  return state_->name;
}

std::uint64_t FaultVfs::steps() const {
  const std::lock_guard lock(state_->mutex);
  return state_->steps;
}

void FaultVfs::fail_at(std::uint64_t at, Fault fault, std::uint64_t count) {
  const std::lock_guard lock(state_->mutex);
  state_->fail_from = at;
  state_->fail_count = count;
  state_->planned = fault;
}

void FaultVfs::fail_randomly(std::uint64_t one_in, Fault fault) {
  const std::lock_guard lock(state_->mutex);
  state_->one_in = one_in;
  state_->chance = fault;
}

void FaultVfs::fail_read(std::uint64_t nth) {
  const std::lock_guard lock(state_->mutex);
  state_->reads_until_fault = nth;
}

void FaultVfs::set_disk_full(bool full) {
  const std::lock_guard lock(state_->mutex);
  state_->disk_full = full;
}

void FaultVfs::heal() {
  const std::lock_guard lock(state_->mutex);
  state_->fail_count = state_->one_in = state_->reads_until_fault = 0;
  state_->disk_full = false;
}

void FaultVfs::crash(Survives survives) {
  const std::lock_guard lock(state_->mutex);
  state_->crash(survives);
}

bool FaultVfs::crashed() const {
  const std::lock_guard lock(state_->mutex);
  return state_->opened_life != state_->life;
}

}  // namespace tocsin::db
