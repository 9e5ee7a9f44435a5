#include "gateway/store/verify_record.h"

#include "gateway/store/chain.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

namespace {

struct ChainRow {
  std::int64_t commit_no = 0, first_seq = 0, last_seq = 0;
  base::UtcTime at{};
  std::string hash;
};

std::string entries_text(std::int64_t first, std::int64_t last) {
  if (first == last) return "entry " + std::to_string(first);
  return "entries " + std::to_string(first) + " to " + std::to_string(last);
}

class Verifier {
 public:
  explicit Verifier(db::Session& session) : session_(session) {}

  RecordCheck run() {
    auto rows =
        session_.statement("select commit_no, first_seq, last_seq, at, hash from chain order by commit_no").run();
    while (check_.whole && rows.next()) {
      check_commit({rows.int64(0), rows.int64(1), rows.int64(2), rows.time(3), rows.string(4)});
    }
    if (check_.whole) check_nothing_follows();
    check_.head = base::to_hex(head_);
    return std::move(check_);
  }

 private:
  void bad(std::int64_t commit, std::int64_t first, std::int64_t last, std::string finding) {
    if (!check_.whole) return;
    check_.whole = false;
    check_.bad_commit = commit;
    check_.first_seq = first;
    check_.last_seq = last;
    check_.finding = std::move(finding);
  }

  void check_commit(const ChainRow& row) {
    const std::int64_t commit = check_.commits + 1, first = check_.entries + 1;
    if (row.commit_no != commit) {
      return bad(commit, first, row.first_seq - 1, "commit " + std::to_string(commit) + " was removed from the chain");
    }
    const std::string of_commit = " of commit " + std::to_string(commit);
    if (row.first_seq != first || row.last_seq < first) {
      return bad(commit, first, row.last_seq, "the range of entries" + of_commit + " was changed");
    }
    link_.start(head_, row.commit_no, row.at);
    std::int64_t next = first;
    auto rows = session_
                    .statement("select " TOCSIN_RECORD_COLUMNS
                               ", commit_no from record where seq between ?1 and ?2 order by seq")
                    .run(row.first_seq, row.last_seq);
    for (; rows.next(); ++next) {
      const model::RecordEntry entry = read_entry(rows);
      if (entry.seq != next)
        return bad(commit, next, entry.seq - 1, entries_text(next, entry.seq - 1) + of_commit + " was removed");
      if (rows.int64(8) != commit)
        return bad(commit, next, next, entries_text(next, next) + of_commit + " was changed");
      link_.add(entry);
    }
    if (session_.failed()) return;
    if (next <= row.last_seq) {
      return bad(commit, next, row.last_seq, entries_text(next, row.last_seq) + of_commit + " was removed");
    }
    const base::Digest hash = link_.finish();
    if (base::to_hex(hash) != row.hash) {
      return bad(
          commit, row.first_seq, row.last_seq,
          entries_text(row.first_seq, row.last_seq) + of_commit + ": something was changed or put in another order");
    }
    head_ = hash;
    check_.commits = commit;
    check_.entries = row.last_seq;
  }

  void check_nothing_follows() {
    auto rows =
        session_.statement("select min(seq), max(seq) from record where seq > ?1 or seq < 1").run(check_.entries);
    if (rows.next() && !rows.is_null(0)) {
      bad(check_.commits + 1, rows.int64(0), rows.int64(1),
          entries_text(rows.int64(0), rows.int64(1)) + " belong to no commit of the chain");
    }
  }

  db::Session& session_;
  RecordCheck check_;
  ChainLink link_;
  base::Digest head_{};
};

}  // namespace

base::Result<RecordCheck> verify_record(db::Session& session) {
  if (const auto begun = session.begin_read(); !begun.ok()) return begun.error().within("verifying the record");
  RecordCheck check = Verifier(session).run();
  const base::Status end = session.status();
  session.end_read();
  if (!end.ok()) return end.error().within("verifying the record");
  return check;
}

}  // namespace tocsin::store
