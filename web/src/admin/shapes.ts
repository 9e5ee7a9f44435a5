// The shapes that administrators' pages read (docs/api/openapi.yaml).
import type { AreaName, Id, Role, Time, Who } from '../base/model';

export type Severity = 'error' | 'warning' | 'note';

// ---- the directory ----
export type ContactKind = 'mobile' | 'landline' | 'email' | 'webhook' | 'console';
export interface Contact {
  kind: ContactKind;
  address: string; // masked unless a reason was given
  extension: string | null;
  order: number;
  agreed_when: Time | null;
  agreed_how: string | null;
  withdrawn: Time | null;
  verified_when: Time | null;
  verified_how: string | null;
  not_at_night: boolean;
}
export interface Person {
  code: string;
  name: string;
  kind: 'person' | 'section';
  language: string;
  door: string | null;
  notes: string | null;
  contacts: Contact[];
  version: string;
}
export interface DirectoryFinding {
  severity: Severity;
  code: string;
  file: string | null;
  line: number;
  column: number;
  message: string;
  hint: string | null;
  message_zh?: string | null;
  hint_zh?: string | null;
}
export interface Difference {
  table: string;
  row: string;
  what: 'added' | 'changed' | 'gone';
  fields: string[];
}
export interface DirectoryChanged {
  version: number;
  base_version: number;
  dry_run: boolean;
  added: number;
  changed: number;
  gone: number;
  differences: Difference[];
  findings: DirectoryFinding[];
}
export interface DirectorySize {
  version: number;
  persons: number;
  contacts: number;
  areas: number;
  posts: number;
  units: number;
  groups: number;
}
export interface DirectoryChange {
  version: number;
  at: Time;
  by: string;
  how: 'import' | 'edit' | 'undo' | 'erase';
  reason: string | null;
  undoes: number | null;
  undone_by: number | null;
  added: number;
  changed: number;
  gone: number;
}
export type Deputy = (NonNullable<Who> & { on_leave?: boolean }) | null; // older daemons do not say
export interface Post {
  code: string;
  name: string;
  area: AreaName;
  holder: Who;
  deputies: Deputy[];
  on_leave: boolean;
}
export interface Unit {
  code: string;
  name: string;
  area: AreaName;
  members: { person: Who; role: 'responsible' | 'member' }[];
}
export interface Doubtful {
  person: Who;
  kind: ContactKind;
  number: string | null;
  certain: boolean;
  failures: number;
  since: Time;
  last_at: Time;
  channel: string;
  code: string | null;
  meaning_text: string | null;
  meaning_text_zh: string | null;
  incident: number | null;
  worked_at: Time | null;
}
export interface CheckRound {
  round: Id;
  state: 'asking' | 'waiting' | 'ended';
  began: 'schedule' | 'by_hand';
  by: string;
  started_at: Time;
  last_asked_at: Time | null;
  ended_at: Time | null;
  waits_for: 'not_calm' | 'hours' | 'no_link' | 'storage' | null;
  stopped: boolean;
  asked: number;
  answered: number;
  silent: number;
  failed: number;
  not_sent: number;
  open: number;
}
export interface Checks {
  round: CheckRound | null;
  count: number;
  contacts: {
    person: Who; kind: ContactKind; number: string; outcome: 'silent' | 'failed'; asked_at: Time;
    code: string | null; meaning_text: string | null; meaning_text_zh: string | null;
  }[];
}

// ---- reading an office's list ----
export interface ListFinding {
  severity: Severity;
  code: string;
  sheet?: number;
  row?: number;
  column?: number;
  at?: string;
  cell?: string;
  message: string;
  message_zh: string;
  proposal?: string | null;
  proposal_zh?: string | null;
}
export interface FileFinding {
  severity: Severity;
  code: string;
  where?: string | null;
  line: number;
  column: number;
  message: string;
  message_zh: string | null;
  hint: string | null;
  hint_zh: string | null;
}
export interface ListQuestion {
  id: string;
  code: string;
  open: boolean;
  at?: string;
  question: string;
  question_zh: string;
  choices: { word: string; means: string; means_zh: string }[];
}
export type Verdict = 'added' | 'changed' | 'same' | 'missing' | 'left' | 'open';
export interface ComparedPerson {
  verdict: Verdict;
  code: string;
  name: string;
  at?: string;
  changes: { field: string; before: string; after: string }[];
}
export interface PreviewSheet {
  sheet: number;
  name: string;
  caption: string;
  hidden: boolean;
  columns: number;
  rows_in_all: number;
  rows: { row: number; cells: { column: number; text: string }[] }[];
}
export interface ListRead {
  version: number;
  readable: boolean;
  file: { name: string; kind: string | null; encoding: string | null; certain: boolean };
  file_findings: FileFinding[];
  remembered: { name: string; at: Time; mapping: string; used: boolean } | null;
  guessed: string;
  open: number;
  preview: PreviewSheet[];
  mapping: string;
  findings: ListFinding[];
  questions: ListQuestion[];
  comparison: {
    persons: ComparedPerson[];
    new_units: string[];
    empty_posts: { code: string; names: string[] }[];
    findings: ListFinding[];
  };
}

// ---- rosters ----
export interface Stretch {
  from: Time;
  to: Time;
  on: { person: string; name: string; as: string; stands_in_for: string | null; stands_in_for_name?: string | null }[];
  on_leave: string[];
  on_leave_names?: string[];
}
export interface Duties {
  from: Time;
  to: Time;
  duties: { duty: string; title?: string | null; stretches: Stretch[] }[];
}
export interface Shortfall {
  from: Time;
  to: Time;
  area: string | null;
  needed: number;
  reached: number;
  steps: string[];
  reasons: { what: string | null; person: string | null; person_name?: string | null; why: string }[];
}
export interface Coverage {
  covered: boolean;
  from: Time;
  to: Time;
  steps: number;
  directory_version: number;
  shortfalls: Shortfall[];
}

// ---- plans ----
export interface PlanVersion {
  version: number;
  name: string | null;
  label: string | null;
  digest: string;
  in_force: boolean;
  kept_at: Time;
  in_force_since: Time | null;
  by: string | null;
  via: string | null;
  note: string | null;
  open_incidents: number;
  accepted: { finding: string; where: string | null; reason: string; by: string; at: Time }[];
}
export interface PlanFinding {
  severity: Severity;
  code: string;
  standing: 'error' | 'in_the_way' | 'accepted_in_file' | 'accepted_earlier' | 'accepted_now' | 'note';
  file: string;
  line: number;
  column: number;
  where: string | null;
  message: string;
  hint: string | null;
  message_zh: string | null;
  hint_zh: string | null;
}
export interface Override {
  finding: string;
  where: string | null;
  reason: string;
}
export interface PlanTaken {
  version: number | null;
  changed: boolean;
  dry_run: boolean;
  digest: string;
  name: string;
  label: string;
  accepted: number;
  unused: Override[];
  findings: PlanFinding[];
}
export interface PlanChange {
  what: string;
  about: string[];
  subject: string;
  subject_zh: string;
  before: string | null;
  before_zh: string | null;
  after: string | null;
  after_zh: string | null;
  was: string | null;
  now: string | null;
  when: string | null;
  when_zh: string | null;
  people: string[];
}
export interface PlanCompared {
  before: { name: string; version: string; digest: string };
  after: { name: string; version: string; digest: string };
  same: boolean;
  changes: PlanChange[];
  left_out: { text: string; text_zh: string }[];
  reports: number;
  texts: number;
  call_outs: number;
}
export interface Try {
  after_s: number;
  channel: string;
  contact: string;
  deputy: string;
  cycle: number;
  rung: number;
  reason: string;
  handed_over_after_s: number | null;
  state: string;
}
export interface Recipient {
  person: string;
  name: string;
  matter: string;
  step: number;
  selector: string;
  post: string;
  post_name: string;
  stands_in_for: string;
  contact: string;
  channel: string;
  first_after_s: number;
  needs: string;
  end: string;
  end_reason: string;
  ended_after_s: number | null;
  timeline: Try[];
}
export interface SimulatedStep {
  index: number;
  name: string;
  title?: string;
  start: string;
  life_safety: boolean;
  began_after_s: number | null;
  state: string;
  reason: string;
  ended_after_s: number | null;
  needs: string;
  needed: number;
  people: string[];
  then: string[];
}
export interface Simulated {
  at: Time;
  hazard: string;
  hazard_name: string;
  level: string | null;
  level_name: string | null;
  area: string | null;
  clause: string | null;
  clause_text: string;
  facts_text: string;
  message: string;
  grade: string | null;
  course: { after_s: number; what: string; who?: string; level?: string | null; clause?: string | null; facts_text?: string }[];
  questions: { attribute: string; text: string; could_reach: string | null; of_desk: boolean }[];
  recipients: Recipient[];
  steps: SimulatedStep[];
  tasks: { step: number; text: string; due_after_s: number; state: string }[];
  not_told: { step: number; person: string; name: string; what: string; selector: string; reason: string }[];
}

// ---- access ----
export interface Account {
  name: string;
  role: Role;
  person: Who;
  made_at: Time;
  disabled_at: Time | null;
}
export interface Enrolment {
  name: string;
  otpauth: string;
  recovery_codes: string[];
}
export interface Token {
  name: string;
  role: Role;
  person: Who;
  made_at: Time;
  revoked_at: Time | null;
}
export interface SessionRow {
  session: Id;
  role: Role;
  name: string;
  person: Who;
  method: 'password' | 'code' | 'link';
  device: string;
  made_at: Time;
  expires_at: Time;
  current?: boolean;
}
export interface RecordEntry {
  seq: number;
  at: Time;
  kind: string;
  incident: Id | null;
  subject: Id | null;
  a: number;
  b: number;
  detail: string;
  reason?: string | null;
  person?: Who; // whom it is about
}
