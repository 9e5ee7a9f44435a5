#include "gateway/store/schema.h"

#include <array>

namespace tocsin::store {

namespace {

// Ids and counts are integers, 0 = none; times are UTC microseconds, NULL = none; enums hold the frozen numbers of
// model. What changes often is indexed only while it is owed or open: the indexes of the past cost nothing.
constexpr const char* kFirst = R"sql(
create table meta (name text not null primary key, number integer, words text);
create table link (idx integer primary key, name text not null unique);
create table plan_version (version integer primary key, digest text not null unique, source text not null,
                           at integer not null);
create table token (id integer primary key, name text not null unique, hash text not null unique, role integer not null,
                    person integer not null, made_at integer not null, revoked_at integer);

create table report (
  id integer primary key, incident integer not null, via integer not null, reporter text not null,
  reporter_person integer not null, reporter_key text, kind integer not null, facts text not null, area integer not null,
  place text not null, body text not null, numbers_removed integer not null, drill integer not null,
  body_digest text not null, received_at integer not null, occurred_at integer);
create unique index report_key on report (reporter, reporter_key);
create index report_incident on report (incident, id);
create index report_person on report (reporter_person, received_at) where reporter_person <> 0;

create table incident (
  id integer primary key, code integer not null unique, kind integer not null, level integer not null,
  level_id text not null, area integer not null, place text not null, state integer not null, drill integer not null,
  plan_version integer not null, revision integer not null, assessed integer not null, clause text not null,
  clause_text text not null, needs_look integer not null, opened_at integer not null, last_report_at integer not null,
  seen_at integer, open_by integer, ended_at integer, merged_into integer not null);
create index incident_open on incident (kind, last_report_at) where state = 1;
create index incident_open_by on incident (open_by) where state = 1 and seen_at is null and open_by is not null;
create table alias (code integer primary key, incident integer not null references incident (id));
create index alias_incident on alias (incident);
create table placed_fact (incident integer not null, attribute text not null, area integer not null, value text not null,
                          at integer not null, primary key (incident, attribute, area));
create table inbound (link integer not null, digest text not null, at integer not null, primary key (link, digest));
create index inbound_at on inbound (at);
create table stranger (id integer primary key, link integer not null, sender text not null, body text not null,
                       at integer not null);
create index stranger_at on stranger (at);
create table note (id integer primary key, incident integer not null, alert integer not null, body text not null,
                   at integer not null);
create index note_incident on note (incident);

create table callout (
  id integer primary key, incident integer not null, revision integer not null, kind integer not null,
  level integer not null, level_id text not null, state integer not null, started_at integer not null);
create index callout_incident on callout (incident, id);
create table step (
  id integer primary key, callout integer not null, incident integer not null, idx integer not null, name text not null,
  state integer not null, needed integer not null, needs integer not null, total integer not null,
  entered integer not null, recipients integer not null, first_pending integer not null, climbing integer not null,
  received integer not null, coming integer not null, arrived integer not null, cannot integer not null,
  started_at integer, last_first_rung_at integer, look_again_at integer);
create index step_callout on step (callout, idx);
create index step_look on step (look_again_at) where look_again_at is not null;
create table task (
  id integer primary key, step integer not null, incident integer not null, state integer not null, words text not null,
  due_at integer not null, done_at integer, done_by text not null, note text not null);
create index task_incident on task (incident, id);
create index task_due on task (due_at) where state = 1;
create table work (
  id integer primary key, kind integer not null, incident integer not null, step integer not null,
  matter integer not null, position integer not null, urgency integer not null);
create table not_told (
  id integer primary key, incident integer not null, step_index integer not null, person integer not null,
  selector text not null, what text not null, reason integer not null);
create index not_told_incident on not_told (incident, id);

create table matter (id integer primary key, incident integer not null, kind integer not null, revision integer not null,
                     unique (incident, kind, revision));
create table message (
  id integer primary key, matter integer not null, language text not null, channel integer not null,
  variant text not null, body text not null, unique (matter, language, channel, variant));

create table alert (
  id integer primary key, matter integer not null, matter_kind integer not null, incident integer not null,
  callout integer not null, step integer not null, selector integer not null, more_hats integer not null,
  person integer not null, stands_in_for integer not null, ladder integer not null, needs integer not null,
  urgency integer not null, drill integer not null, state integer not null, reason integer not null,
  cycle integer not null, rung integer not null, told integer not null, first_rung_done integer not null,
  answer integer not null, answered_at integer, paused_until integer, look_again_at integer,
  unique (matter, person));
create index alert_look on alert (look_again_at) where look_again_at is not null;
create index alert_stand_in on alert (matter, stands_in_for) where stands_in_for <> 0;
create table membership (alert integer not null, step integer not null, selector integer not null,
                         primary key (alert, step));

create table delivery (
  id integer primary key, alert integer not null, incident integer not null, message integer not null,
  channel integer not null, link integer not null, contact integer not null, address text not null,
  cycle integer not null, rung integer not null, attempt integer not null, cause integer not null,
  urgency integer not null, state integer not null, turn integer not null, stalled integer not null,
  parts integer not null, carrier_id text, error text, handed_over_at integer, ended_at integer, not_before integer,
  receipt_due_at integer, epoch integer not null);
create index delivery_alert on delivery (alert) where alert <> 0;
create index delivery_service on delivery (address, id) where alert = 0;
create index delivery_queue on delivery (link, urgency desc, turn, id)
  where state = 1 and not_before is null and stalled = 0;
create index delivery_retry on delivery (not_before) where state = 1 and not_before is not null;
create index delivery_owed on delivery (incident) where state in (1, 2);
create index delivery_carrier on delivery (link, carrier_id) where state in (3, 7) and carrier_id is not null;
create index delivery_receipt on delivery (receipt_due_at) where state = 3 and receipt_due_at is not null;
create index delivery_line on delivery (incident) where state = 3 and channel in (20, 22);
create table part (delivery integer not null, part integer not null, state integer not null, carrier_id text,
                   primary key (delivery, part));
create index part_carrier on part (carrier_id, delivery) where state in (3, 7) and carrier_id is not null;

create table record (
  seq integer primary key, commit_no integer not null, at integer not null, kind integer not null,
  incident integer not null, subject integer not null, a integer not null, b integer not null, detail text not null);
create table chain (commit_no integer primary key, first_seq integer not null, last_seq integer not null,
                    at integer not null, hash text not null);
create table incident_commit (incident integer not null, commit_no integer not null, primary key (incident, commit_no));

insert into meta (name, number) values ('epoch', 0);
)sql";

// A short digest of each entry, in order: names the very entry of a commit that was tampered with (chain.h).
constexpr const char* kLeaves = R"sql(
alter table chain add column leaves blob;
)sql";

// Which file belongs to which report; the files lie beside the database (attachment_files.h).
constexpr const char* kAttachments = R"sql(
create table attachment (
  report integer not null, hash text not null, type integer not null, bytes integer not null, width integer not null,
  height integer not null, at integer not null, primary key (report, hash));
create index attachment_hash on attachment (hash);
)sql";

// Who may sign in and who is.  Secrets are hashes, but for the TOTP secret; numbers and clients are salted digests.
constexpr const char* kIdentity = R"sql(
create table account (
  id integer primary key, name text not null unique, role integer not null, person integer not null,
  password text not null, totp text not null, totp_step integer not null, made_at integer not null,
  disabled_at integer);
create table recovery (account integer not null, hash text not null, used_at integer, primary key (account, hash));
create table session (
  id integer primary key, hash text not null unique, account integer not null, person integer not null,
  role integer not null, name text not null, method integer not null, device text not null, client text not null,
  made_at integer not null, renewed_at integer not null, expires_at integer not null, revoked_at integer);
create index session_account on session (account, client) where account <> 0;
create index session_person on session (person) where person <> 0;
create table sign_in (
  id integer primary key, purpose integer not null, subject integer not null, person integer not null,
  number text not null, client text not null, code_hash text not null, link_hash text, tries integer not null,
  made_at integer not null, expires_at integer not null, used_at integer, message integer not null,
  delivery integer not null);
create index sign_in_number on sign_in (number, made_at);
create index sign_in_client on sign_in (client, made_at);
create index sign_in_sent on sign_in (made_at) where person <> 0;
create unique index sign_in_link on sign_in (link_hash) where link_hash is not null;
create index sign_in_words on sign_in (expires_at) where message <> 0;
create table throttle (name text not null primary key, failures integer not null, last_at integer not null,
                       until_at integer not null);
)sql";

// Which version of the plan is in force since when, by whom, and which warnings somebody answered for.  Before this the
// record alone told it.
constexpr const char* kPlans = R"sql(
alter table plan_version add column name text not null default '';
alter table plan_version add column label text not null default '';
create table plan_swap (number integer primary key, version integer not null, at integer not null, via integer not null,
                        by text not null, note text not null);
create index plan_swap_version on plan_swap (version, number);
create table plan_override (
  version integer not null, finding text not null, place text not null, reason text not null, by text not null,
  at integer not null, primary key (version, finding, place));
insert into plan_swap (number, version, at, via, by, note)
  select 1, a, at, 1, 'system:tocsin', '' from record where kind = 3 order by seq desc limit 1;
)sql";

// Who started a response and who may end it; the published grade; what the desk is asked.
constexpr const char* kAuthority = R"sql(
alter table incident add column grade_id text not null default '';
alter table incident add column grade_clause text not null default '';
alter table incident add column grade_clause_text text not null default '';
alter table incident add column desk_questions text not null default '';
alter table callout add column stand_down_by text not null default '';
alter table callout add column conditions text not null default '';
create table approval (
  callout integer primary key, incident integer not null, revision integer not null, state integer not null,
  by_whom text not null, starts_by_default integer not null, asked_at integer not null, due_at integer not null,
  person integer not null, stands_in_for integer not null, decided_at integer);
create index approval_incident on approval (incident);
create index approval_due on approval (due_at) where state = 1;
)sql";

// Of a flood of strangers the number per hour; and the code somebody sends back by SMS, found by who they are.
constexpr const char* kStrangers = R"sql(
create table stranger_left_out (hour integer primary key, messages integer not null);
create index sign_in_person on sign_in (person, purpose, subject) where person <> 0;
)sql";

// What people reply in words, until somebody looked at it.
constexpr const char* kReplies = R"sql(
alter table note add column kind integer not null default 0;
alter table note add column looked_at integer;
update note set kind = 2 where alert <> 0;
create index note_unread on note (incident, alert) where kind = 1 and looked_at is null;
)sql";

// What carriers say of a delivery on the way, in their code and its meaning; who opened the page of an alert; which
// deliveries one message told together; the titles of steps.
constexpr const char* kTruth = R"sql(
alter table delivery rename column error to code;
alter table delivery add column meaning integer not null default 0;
alter table delivery add column on_its_way_at integer;
alter table delivery add column summary integer not null default 0;
create index delivery_summary on delivery (summary) where summary <> 0;
alter table alert add column seen_at integer;
alter table step add column title_en text not null default '';
alter table step add column title_zh text not null default '';
)sql";

// What is normal for a link, and whether it is doubted.
constexpr const char* kLinkMemory = R"sql(
create table link_memory (link integer primary key, doubted_since integer, why integer not null,
                          missing_ppm integer not null, age integer not null, spread integer not null);
create index delivery_probe on delivery (message) where cause = 31;
)sql";

// What the text of a message was made from, for links that carry registered templates.
constexpr const char* kWording = R"sql(
alter table message add column made_of text not null default '';
)sql";

// The contact check: its rounds, who was asked in each and what came of it; and whether the day is calm.
constexpr const char* kContactCheck = R"sql(
create table check_round (
  id integer primary key, state integer not null, via integer not null, waits integer not null, paused integer not null,
  stopped integer not null, by_whom text not null, started_at integer not null, asked_at integer, ended_at integer,
  position integer not null);
create table contact_check (
  round integer not null, contact integer not null, person integer not null, number text not null,
  delivery integer not null, state integer not null, asked_at integer not null, due_at integer not null,
  ended_at integer, primary key (round, contact)) without rowid;
create index contact_check_number on contact_check (number, asked_at);
create index contact_check_person on contact_check (person, asked_at);
create index contact_check_asked on contact_check (asked_at);
create index contact_check_delivery on contact_check (delivery);
create index contact_check_due on contact_check (due_at) where state = 1;
create index delivery_check on delivery (id) where cause = 40 and state = 1;
create index incident_real on incident (id) where state = 1 and drill = 0;
create index incident_real_end on incident (ended_at) where drill = 0 and ended_at is not null;
)sql";

// Which address of their calendar counts, of those who asked for another.
constexpr const char* kFeeds = R"sql(
create table feed (person integer primary key, number integer not null);
)sql";

// What waits in the inbox: until when somebody is to open it, when somebody is rung else, and which report it became.
// And who took over the desk, with what was open then.
constexpr const char* kDesk = R"sql(
alter table stranger add column report integer not null default 0;
alter table stranger add column opened_at integer;
alter table stranger add column open_by integer;
alter table stranger add column ring_at integer;
create index stranger_ring on stranger (ring_at) where ring_at is not null;
update stranger set report = r.id, opened_at = r.received_at
  from (select id, received_at, reporter_key from report where reporter_key like 'inbox-%') as r
  where r.reporter_key = 'inbox-' || stranger.id || '-' || stranger.at;
create table handover (
  id integer primary key, at integer not null, by_whom text not null, taken_over_by text not null,
  person integer not null, words text not null, incidents text not null, unanswered integer not null,
  dangers text not null, seen integer not null);
)sql";

// Why somebody read whole numbers, in their words, under the digest that the record has of them.
constexpr const char* kReasons = R"sql(
create table reason_said (digest text primary key, words text not null, at integer not null);
create index reason_said_at on reason_said (at);
)sql";

// Tasks are read in two languages; before, they were kept in the plan's first.
constexpr const char* kTaskWords = R"sql(
alter table task add column words_zh text not null default '';
)sql";

constexpr std::array kMigrations = {
    db::Migration{1, kFirst},       db::Migration{2, kLeaves},   db::Migration{3, kAttachments},
    db::Migration{4, kIdentity},    db::Migration{5, kPlans},    db::Migration{6, kAuthority},
    db::Migration{7, kStrangers},   db::Migration{8, kReplies},  db::Migration{9, kTruth},
    db::Migration{10, kLinkMemory}, db::Migration{11, kWording}, db::Migration{12, kContactCheck},
    db::Migration{13, kFeeds},      db::Migration{14, kDesk},    db::Migration{15, kReasons},
    db::Migration{16, kTaskWords}};

}  // namespace

std::span<const db::Migration> migrations() {
  return kMigrations;
}

}  // namespace tocsin::store
