#include "gateway/store/sqlite_store.h"

#include <algorithm>

#include "gateway/base/random.h"
#include "gateway/store/chain.h"
#include "gateway/store/hot_statements.h"
#include "gateway/store/schema.h"

namespace tocsin::store {

namespace {

constexpr int kReadersMayDelayWalBy = 16;  // times checkpoint_pages, before the writer waits for them
constexpr int kWaitForReadersMs = 50;

}  // namespace

SqliteStore::SqliteStore(std::unique_ptr<db::FileLock> lock, std::unique_ptr<db::Session> session, int checkpoint_pages)
    : lock_(std::move(lock)),
      session_(std::move(session)),
      hot_(std::make_unique<HotStatements>(*session_)),
      checkpoint_pages_(checkpoint_pages) {}

SqliteStore::~SqliteStore() = default;

base::Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, const StoreOptions& options) {
  std::unique_ptr<db::FileLock> lock;
  if (options.lock) {
    auto taken = db::FileLock::take(path);
    if (!taken.ok()) return taken.error();
    lock = std::move(taken).value();
  }
  auto session = db::Session::open(path, {.vfs = options.vfs, .cache_kib = options.cache_kib});
  if (!session.ok()) return session.error();
  if (const auto current = db::migrate(**session, kModule, migrations()); !current.ok()) return current.error();
  std::unique_ptr<SqliteStore> store(
      new SqliteStore(std::move(lock), std::move(session).value(), options.checkpoint_pages));
  if (const auto loaded = store->load(); !loaded.ok()) return loaded.error().within("opening database " + path);
  return store;
}

base::Status SqliteStore::load() {
  salt_ = load_secret("salt");
  secret_key_ = load_secret("link_key");
  auto rows = sql("select commit_no, hash, (select coalesce(max(seq), 0) from record) from chain "
                  "where commit_no = (select max(commit_no) from chain)")
                  .run();
  if (rows.next()) {
    head_.commit_no = rows.int64(0);
    head_.hash = digest_from_hex(rows.text(1));
    head_.seq = rows.int64(2);
  }
  return session_->status();
}

std::string SqliteStore::load_secret(std::string_view name) {
  {
    auto rows = sql("select words from meta where name = ?1").run(name);
    if (rows.next()) return rows.string(0);
  }
  if (session_->failed()) return {};
  const auto secret = base::new_token();
  sql("insert into meta (name, words) values (?1, ?2)").exec(name, secret);
  return secret;
}

// ---- transaction ----

base::Status SqliteStore::begin() {
  pending_.clear();
  pending_at_savepoint_ = 0;
  return session_->begin();
}

void SqliteStore::savepoint() {
  session_->savepoint();
  pending_at_savepoint_ = pending_.size();
}

void SqliteStore::release_savepoint() {
  session_->release_savepoint();
}

bool SqliteStore::rollback_to_savepoint() {
  if (session_->rollback_to_savepoint()) {
    pending_.resize(pending_at_savepoint_);
    return true;
  }
  pending_.clear();
  return false;
}

base::Status SqliteStore::commit(base::UtcTime now) {
  const Head next = write_record(now);
  pending_.clear();
  const base::Status end = session_->commit();
  if (end.ok()) head_ = next;
  return end;
}

void SqliteStore::rollback() {
  pending_.clear();
  session_->rollback();
}

base::Status SqliteStore::status() const {
  return session_->status();
}

void SqliteStore::checkpoint() {
  if (session_->empty_wal_wanted()) {  // a reader may be in the way: then with the next batch
    (void)session_->checkpoint_and_truncate(kWaitForReadersMs);
    return;
  }
  const int pages = session_->wal_pages();
  if (pages <= checkpoint_pages_) return;
  // What fails here is tried again after the next batch; the WAL holds everything until then.
  if (pages > checkpoint_pages_ * kReadersMayDelayWalBy) {
    (void)session_->checkpoint_and_truncate(kWaitForReadersMs);
  } else {
    (void)session_->checkpoint();
  }
}

// ---- start ----

std::int64_t SqliteStore::begin_epoch() {
  auto rows = sql("update meta set number = number + 1 where name = 'epoch' returning number").run();
  std::int64_t epoch = 0;
  while (rows.next()) epoch = rows.int64(0);
  return epoch;
}

std::int64_t SqliteStore::highest_id() {
  std::int64_t highest = 0;
  for (const char* query :
       {"select max(id) from report", "select max(id) from incident", "select max(id) from callout",
        "select max(id) from step", "select max(id) from task", "select max(id) from matter",
        "select max(id) from message", "select max(id) from alert", "select max(id) from delivery",
        "select max(id) from account", "select max(id) from session", "select max(id) from handover"}) {
    auto rows = sql(query).run();
    if (rows.next()) highest = std::max(highest, rows.int64(0));
  }
  return highest;
}

std::optional<base::UtcTime> SqliteStore::last_recorded_at() {
  auto rows = sql("select at from chain where commit_no = (select max(commit_no) from chain)").run();
  return rows.next() ? std::optional(rows.time(0)) : std::nullopt;
}

model::LinkIndex SqliteStore::link_index(std::string_view name) {
  {
    auto rows = sql("select idx from link where name = ?1").run(name);
    if (rows.next()) return rows.integer(0);
  }
  auto rows =
      sql("insert into link (idx, name) select coalesce(max(idx) + 1, 0), ?1 from link returning idx").run(name);
  model::LinkIndex index = -1;
  while (rows.next()) index = rows.integer(0);
  return index;
}

// ---- record ----

void SqliteStore::append(model::RecordEntry entry) {
  if (!session_->failed()) pending_.push_back(std::move(entry));
}

std::string SqliteStore::text_digest(std::string_view text) {
  return base::to_hex(base::digest(text, salt_)).substr(0, 32);
}

SqliteStore::Head SqliteStore::write_record(base::UtcTime now) {
  Head next = head_;
  if (pending_.empty() || session_->failed()) return next;
  ++next.commit_no;
  ChainLink link(std::move(chain_bytes_));
  link.start(head_.hash, next.commit_no, now);
  for (model::RecordEntry& entry : pending_) {
    entry.seq = ++next.seq;
    link.add(entry);
    hot_->insert_entry.exec(entry.seq, entry.at, entry.kind, entry.incident, entry.subject, entry.a, entry.b,
                            entry.detail, next.commit_no);
  }
  next.hash = link.finish();
  note_incidents(next.commit_no);
  hot_->insert_chain.exec(next.commit_no, head_.seq + 1, next.seq, now, base::to_hex(next.hash),
                          db::Blob{link.leaves()});
  chain_bytes_ = std::move(link).give_back();
  return next;
}

// Which commits speak of an incident: its timeline is found without an index over every entry.
void SqliteStore::note_incidents(std::int64_t commit_no) {
  touched_.clear();
  for (const model::RecordEntry& entry : pending_) {
    if (entry.incident) touched_.push_back(entry.incident.value);
  }
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const std::int64_t incident : touched_) hot_->insert_incident_commit.exec(incident, commit_no);
}

}  // namespace tocsin::store
