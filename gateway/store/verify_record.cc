#include "gateway/store/verify_record.h"

#include <algorithm>

#include "gateway/store/chain.h"
#include "gateway/store/rows.h"
#include "gateway/store/schema.h"

namespace tocsin::store {

namespace {

constexpr int kLeavesSince = 2;          // schema version
constexpr std::size_t kShortHead = 12;   // digits of a head noted by hand
constexpr std::size_t kMostInWords = 8;  // entries named in one sentence

struct ChainRow {
  std::int64_t commit_no = 0, first_seq = 0, last_seq = 0;
  base::UtcTime at{};
  std::string hash;
  std::string leaves;  // empty: of schema version 1
};

struct Written {
  model::RecordEntry entry;
  std::int64_t commit_no = 0;
};

std::string entries_text(std::int64_t first, std::int64_t last) {
  if (first == last) return "entry " + std::to_string(first);
  return "entries " + std::to_string(first) + " to " + std::to_string(last);
}

class Verifier {
 public:
  Verifier(db::Session& session, std::string_view kept_head) : session_(session), kept_head_(kept_head) {}

  RecordCheck run() {
    const auto schema = db::schema_version(session_, kModule);
    const bool has_leaves = schema.ok() && *schema >= kLeavesSince;
    note_head(0, {}, {});
    auto rows =
        session_
            .statement(has_leaves ? "select commit_no, first_seq, last_seq, at, hash, leaves from chain order by 1"
                                  : "select commit_no, first_seq, last_seq, at, hash, null from chain order by 1")
            .run();
    while (goes_on_ && rows.next()) {
      check_commit(
          {rows.int64(0), rows.int64(1), rows.int64(2), rows.time(3), rows.string(4), std::string(rows.blob(5))});
    }
    if (goes_on_) check_nothing_follows();
    check_.head = base::to_hex(good_head_);
    name_what_moved();
    put_in_words();
    return std::move(check_);
  }

 private:
  // The first finding stays; later commits are still looked at for entries to name.
  void bad(std::int64_t commit, std::int64_t first, std::int64_t last, std::string finding) {
    if (!check_.whole) return;
    check_.whole = false;
    check_.bad_commit = commit;
    check_.first_seq = first;
    check_.last_seq = last;
    check_.finding = std::move(finding);
  }
  // No use in looking further: what follows cannot be told apart.
  void end_with(std::int64_t commit, std::int64_t first, std::int64_t last, std::string finding) {
    bad(commit, first, last, std::move(finding));
    goes_on_ = false;
  }

  void check_commit(const ChainRow& row) {
    const std::int64_t commit = commit_ + 1, first = seq_ + 1;
    if (row.commit_no != commit) {
      return end_with(commit, first, row.first_seq - 1,
                      "commit " + std::to_string(commit) + " was removed from the chain");
    }
    const std::string of_commit = " of commit " + std::to_string(commit);
    if (row.first_seq != first || row.last_seq < first) {
      return end_with(commit, first, row.last_seq, "the range of entries" + of_commit + " was changed");
    }
    read_entries(row);
    if (session_.failed()) return end_with(commit, first, row.last_seq, {});
    link_.start(head_, row.commit_no, row.at);
    for (const Written& one : written_) link_.add(one.entry);
    const std::string leaves = link_.leaves();
    const base::Digest hash = row.leaves.empty() ? link_.finish_without_leaves() : link_.finish();

    std::vector<BadEntry> named = missing(row);
    const bool all_there = named.empty();
    name_strangers(row, named);
    const bool as_written = base::to_hex(hash) == row.hash;
    if (!as_written) name_by_leaves(row, named);
    if (!named.empty()) {
      bad(commit, named.front().seq, named.back().seq, {});
      keep(row, std::move(named));
    } else if (!as_written) {
      bad(commit, row.first_seq, row.last_seq,
          entries_text(row.first_seq, row.last_seq) + of_commit + ": something was changed or put in another order");
    } else if (all_there && !row.leaves.empty() && row.leaves != leaves) {
      bad(commit, row.first_seq, row.last_seq,
          "the digests" + of_commit + " were changed; its entries are as they were written");
    }
    // What comes after is checked against the hash that was written.
    head_ = digest_from_hex(row.hash);
    commit_ = commit;
    seq_ = row.last_seq;
    if (check_.whole) note_head(commit, row.at, hash);
    if (check_.bad.size() >= kMostNamed) goes_on_ = false;
  }

  void read_entries(const ChainRow& row) {
    written_.clear();
    auto rows = session_
                    .statement("select " TOCSIN_RECORD_COLUMNS
                               ", commit_no from record where seq between ?1 and ?2 order by seq")
                    .run(row.first_seq, row.last_seq);
    while (rows.next()) written_.push_back({read_entry(rows), rows.int64(8)});
  }

  static BadEntry entry_of(const ChainRow& row, Tampering what, const model::RecordEntry& entry) {
    return {what, entry.seq, row.commit_no, entry.at, entry.kind, 0};
  }

  [[nodiscard]] std::vector<BadEntry> missing(const ChainRow& row) const {
    std::vector<BadEntry> named;
    std::int64_t next = row.first_seq;
    const auto gone_until = [&](std::int64_t seq) {
      for (; next < seq && named.size() < kMostNamed; ++next) {
        named.push_back({Tampering::kRemoved, next, row.commit_no, row.at, std::nullopt, 0});
      }
      next = seq + 1;
    };
    for (const Written& one : written_) gone_until(one.entry.seq);
    gone_until(row.last_seq + 1);
    return named;
  }

  void name_strangers(const ChainRow& row, std::vector<BadEntry>& named) const {
    for (const Written& one : written_) {
      if (one.commit_no != row.commit_no) named.push_back(entry_of(row, Tampering::kChanged, one.entry));
    }
    sort(named);
  }

  void name_by_leaves(const ChainRow& row, std::vector<BadEntry>& named) const {
    const auto length = static_cast<std::size_t>(row.last_seq - row.first_seq + 1) * kLeafBytes;
    if (row.leaves.size() != length) return;
    for (const Written& one : written_) {
      const auto at = static_cast<std::size_t>(one.entry.seq - row.first_seq) * kLeafBytes;
      if (row.leaves.compare(at, kLeafBytes, leaf_of(one.entry)) == 0) continue;
      named.push_back(entry_of(row, Tampering::kChanged, one.entry));
    }
    sort(named);
  }

  // By seq, each once.
  static void sort(std::vector<BadEntry>& named) {
    std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
    named.erase(std::unique(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.seq == b.seq; }),
                named.end());
  }

  void keep(const ChainRow& row, std::vector<BadEntry> named) {
    const auto length = static_cast<std::size_t>(row.last_seq - row.first_seq + 1) * kLeafBytes;
    for (BadEntry& one : named) {
      if (check_.bad.size() >= kMostNamed) return;
      const auto at = static_cast<std::size_t>(one.seq - row.first_seq) * kLeafBytes;
      leaves_of_bad_.push_back(row.leaves.size() == length ? row.leaves.substr(at, kLeafBytes) : std::string());
      check_.bad.push_back(std::move(one));
    }
  }

  // What was written as entry n may stand as another one: then its content, numbered n, has the leaf of n.
  void name_what_moved() {
    const bool any =
        std::any_of(leaves_of_bad_.begin(), leaves_of_bad_.end(), [](const auto& l) { return !l.empty(); });
    if (!any || session_.failed()) return;
    auto rows = session_.statement("select " TOCSIN_RECORD_COLUMNS " from record order by seq").run();
    while (rows.next()) {
      model::RecordEntry entry = read_entry(rows);
      const std::int64_t stands_as = entry.seq;
      for (std::size_t i = 0; i < check_.bad.size(); ++i) {
        BadEntry& one = check_.bad[i];
        if (leaves_of_bad_[i].empty() || one.seq == stands_as) continue;
        entry.seq = one.seq;
        if (leaf_of(entry) != leaves_of_bad_[i]) continue;
        one.what = Tampering::kMoved;
        one.now_at = stands_as;
        one.at = entry.at;
        one.kind = entry.kind;
        leaves_of_bad_[i].clear();
      }
    }
  }

  void put_in_words() {
    if (check_.whole || !check_.finding.empty()) return;
    std::size_t said = 0, more = 0;
    for (const BadEntry& one : check_.bad) {
      if (one.commit != check_.bad_commit) continue;
      if (said == kMostInWords) {
        ++more;
        continue;
      }
      check_.finding += (said++ > 0 ? "; " : "") + words_of(one);
    }
    if (more > 0) check_.finding += "; and " + std::to_string(more) + " more";
  }

  void note_head(std::int64_t commit, base::UtcTime at, const base::Digest& hash) {
    good_head_ = hash;
    check_.commits = commit;
    check_.entries = seq_;
    if (!kept_head_.empty() && base::to_hex(hash).compare(0, kept_head_.size(), kept_head_) == 0) {
      check_.kept = KeptHead{commit, at};
    }
  }

  void check_nothing_follows() {
    auto rows = session_.statement("select min(seq), max(seq) from record where seq > ?1 or seq < 1").run(seq_);
    if (rows.next() && !rows.is_null(0)) {
      bad(commit_ + 1, rows.int64(0), rows.int64(1),
          entries_text(rows.int64(0), rows.int64(1)) + " belong to no commit of the chain");
    }
  }

  db::Session& session_;
  const std::string_view kept_head_;
  RecordCheck check_;
  std::vector<std::string> leaves_of_bad_;  // one per check_.bad; empty = unknown, or found elsewhere
  ChainLink link_;
  std::vector<Written> written_;       // entries of the commit under way
  base::Digest head_{}, good_head_{};  // as stored; as found good
  std::int64_t commit_ = 0, seq_ = 0;  // walked over so far
  bool goes_on_ = true;
};

}  // namespace

std::string_view name_of(Tampering what) {
  switch (what) {
    case Tampering::kChanged: return "changed";
    case Tampering::kRemoved: return "removed";
    case Tampering::kMoved: return "moved";
  }
  return "changed";
}

std::string words_of(const BadEntry& bad) {
  std::string words = "entry " + std::to_string(bad.seq);
  if (bad.kind) words += " (" + base::to_rfc3339(bad.at) + ", " + std::string(model::name_of(*bad.kind)) + ")";
  words += " of commit " + std::to_string(bad.commit);
  switch (bad.what) {
    case Tampering::kChanged: return words + " was changed";
    case Tampering::kRemoved: return words + " was removed; the commit is of " + base::to_rfc3339(bad.at);
    case Tampering::kMoved: return words + " was moved: it stands as entry " + std::to_string(bad.now_at);
  }
  return words;
}

base::Result<std::string> read_head(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == ' ') continue;
    digits += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (digits.size() < kShortHead || digits.size() > 2 * base::Digest{}.size() ||
      digits.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return base::invalid("a head is at least 12 hexadecimal digits, such as \"3f2a 90bc 11d7\"", "head");
  }
  return digits;
}

base::Result<RecordCheck> verify_record(db::Session& session, std::string_view kept_head) {
  if (const auto begun = session.begin_read(); !begun.ok()) return begun.error().within("verifying the record");
  RecordCheck check = Verifier(session, kept_head).run();
  const base::Status end = session.status();
  session.end_read();
  if (!end.ok()) return end.error().within("verifying the record");
  return check;
}

}  // namespace tocsin::store
