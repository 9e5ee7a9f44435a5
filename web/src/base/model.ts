// The shapes of the API that pages read (docs/api/openapi.yaml).  Only what is used.

export type Role = 'reporter' | 'commander' | 'duty' | 'admin' | 'auditor';
export type Who = { code: string | null; name: string | null } | null;
export type Id = string;
export type Time = string; // RFC 3339, UTC

export interface Me {
  role: Role;
  name: string;
  person: Who;
  session: Id | null;
}
export interface SignedIn extends Me {
  expires_at: Time;
}

// ---- the plan's form ----
export type AttributeType = 'count' | 'measure' | 'flag' | 'choice';
export interface Attribute {
  name: string;
  label: string;
  type: AttributeType;
  unit: string | null;
  question: string;
  choices: { name: string; label: string }[];
}
export type HazardClass = 'natural_disaster' | 'accident' | 'public_health';
export interface Hazard {
  kind: string;
  name: string;
  class: HazardClass;
  attributes: string[];
}
export type Colour = 'blue' | 'yellow' | 'orange' | 'red';
export interface Level {
  id: string;
  name: string;
  colour: Colour | null;
}
export interface PlanForm {
  name: string;
  version: string;
  time_zone: string; // the office's: 'Asia/Shanghai'
  hazards: Hazard[];
  attributes: Attribute[];
  levels: Level[]; // lowest first
  desk_phone: string | null;
  sms_number: string | null;
  open_within_s: number;
  map_tiles: string | null;
  map_attribution: string | null;
  demo: boolean;
}
export interface Area {
  code: string;
  name: string;
  kind: string;
  parent: string | null;
  path: string;
  aliases: string[];
  latitude: number | null;
  longitude: number | null;
  assembly_point: string | null;
}
export type AreaName = { code: string; name: string; path: string } | null;

// ---- reports ----
export type FactValue = number | boolean | string | null;
export type Facts = Record<string, FactValue>;
export interface Question {
  attribute: string;
  text: string;
  could_reach: string | null;
}
export interface ReportBody {
  key: string;
  hazard?: string | null;
  facts?: Facts;
  area?: string | null;
  place?: string | null;
  text?: string | null;
  drill?: boolean;
  occurred_at?: Time | null;
  follows?: Id | null;
}
export interface Submitted {
  report: Id;
  incident: number;
  opened: boolean;
  repeated: boolean;
  numbers_removed: boolean;
  assessment: { hazard: string; level: string | null; clause: string | null; clause_text: string; questions: Question[] };
}
export type Stage = 'received' | 'read' | 'handled' | 'ended';
export interface Attachment {
  attachment: string;
  type: string;
  bytes: number;
  width: number;
  height: number;
}
export interface StoredReport {
  report: Id;
  via: string;
  hazard: string;
  facts: Facts;
  area: AreaName;
  place: string;
  text: string;
  numbers_removed: boolean;
  drill: boolean;
  received_at: Time;
  occurred_at: Time | null;
  attachments?: Attachment[];
  reporter?: string;
  reporter_person?: Who;
}
export interface OwnReport extends StoredReport {
  incident: number | null;
  stage: Stage;
  read_at: Time | null;
  read_by: Time | null;
  coming: number;
  ended_at: Time | null;
  questions: Question[];
}

// ---- incidents ----
export interface Summary {
  people: number;
  answered: number;
  unanswered: number; // told, and silent
  untold?: number; // owed a message, and not told so far
  coming: number;
  arrived: number;
  cannot: number;
  exhausted: number;
  replied: number;
  tasks_open: number;
  next_due: { at: Time; what: 'open' | 'approval' | 'task' | 'step' } | null;
}
export interface Incident {
  incident: number;
  id: Id;
  hazard: string; // a kind, or unclassified
  level: string | null;
  clause: string | null;
  clause_text: string;
  grade: string | null;
  grade_clause: string | null;
  area: AreaName;
  place: string;
  state: 'open' | 'ended' | 'merged';
  drill: boolean;
  needs_look: boolean;
  revision: number;
  version: string;
  plan_version: number;
  opened_at: Time;
  last_report_at: Time;
  seen_at: Time | null;
  open_by: Time | null;
  ended_at: Time | null;
  merged_into: Id | null;
  awaits_approval?: { by: string[]; until: Time } | null;
  replied?: number;
  summary?: Summary | null;
}
export interface Step {
  step: Id;
  callout: Id;
  index: number;
  name: string;
  title: string;
  title_zh: string;
  state: string;
  needed: number;
  needs: string | null;
  total: number;
  entered: number;
  open: number;
  received: number;
  replied: number;
  coming: number;
  arrived: number;
  cannot: number;
  started_at: Time | null;
  look_again_at: Time | null;
}
export interface Task {
  task: Id;
  version: string;
  step: Id | null;
  state: string;
  text: string;
  text_zh: string;
  due_at: Time;
  done_at: Time | null;
  done_by: string;
  note: string;
  incident?: number; // in the list over all incidents
}
export type AnswerKind = 'received' | 'coming' | 'arrived' | 'cannot';
export interface Alert {
  alert: Id;
  version: string;
  incident: number | null;
  kind: string;
  person: Who;
  stands_in_for: Who;
  needs: string | null;
  state: string;
  reason: string;
  drill: boolean;
  told: boolean;
  answer: string | null;
  answered_at: Time | null;
  seen_at: Time | null;
  cycle: number;
  rung: number;
  paused_until: Time | null;
  look_again_at: Time | null;
}
export interface Delivery {
  delivery: Id;
  channel: string;
  cycle: number;
  rung: number;
  attempt: number;
  cause: string;
  state: string;
  parts: number;
  error: string | null;
  code: string | null;
  meaning: string | null;
  meaning_text: string | null;
  meaning_text_zh: string | null;
  together_with: string | null;
  handed_over_at: Time | null;
  on_its_way_at: Time | null;
  ended_at: Time | null;
  to: string | null;
}
export interface AlertWithDeliveries extends Alert {
  callout: Id | null;
  steps: number[];
  selectors: string[];
  deliveries: Delivery[];
}
export interface Note {
  kind: 'reason' | 'replied' | 'with_answer';
  alert: Id | null;
  person: Who;
  text: string;
  at: Time;
  needs_look: boolean;
  looked_at: Time | null;
}
export interface Approval {
  callout: Id;
  state: string;
  by: string[];
  otherwise: 'start' | 'leave';
  asked_at: Time;
  due_at: Time;
  decided_by: Who;
  stands_in_for: Who;
  decided_at: Time | null;
}
export interface NotTold {
  person: Who;
  step: number;
  selector: string;
  what: string;
  reason: string;
}
export interface IncidentView extends Incident {
  aliases: number[];
  facts: Facts;
  reports: StoredReport[];
  reports_cut: boolean;
  grade_clause_text: string;
  desk_questions: { attribute: string; text: string; text_zh: string }[];
  approval: Approval | null;
  stand_down: { by: string[]; conditions: { name: string; text: string; text_zh: string }[] } | null;
  callouts: { callout: Id; revision: number; hazard: string; level: string | null; state: string; started_at: Time }[];
  steps: Step[];
  tasks: Task[];
  notes: Note[];
  not_told: NotTold[];
  directory: { version: number; posts: { code: string; name: string; holder: Who }[] } | null;
  head_short: string;
}

// ---- one alert ----
export interface Scene {
  incident: number;
  hazard: string;
  hazard_name: string;
  level: string | null;
  level_name: string | null;
  level_rank: number; // 1 = lowest
  levels: number;
  colour: Colour | null;
  area: AreaName;
  place: string;
  latitude: number | null;
  longitude: number | null;
  assembly_point: string | null;
  opened_at: Time;
  state: 'open' | 'ended' | 'merged';
  drill: boolean;
  facts: Facts;
  leader: { name: string; post: string | null; answer: 'coming' | 'arrived'; since: Time } | null;
  people: { name: string; post: string | null; answer: 'coming' | 'arrived'; at: Time }[];
  coming: number;
  arrived: number;
  timeline: { at: Time; what: string; text: string }[];
  approval: {
    state: string; until: Time; otherwise: 'start' | 'leave';
    sets_off: { title: string; people: number; channels: string[] }[];
  } | null;
}
export interface AlertPage extends Alert {
  text: string;
  open: boolean;
  approval: string | null;
  scene?: Scene;
}

// ---- the desk ----
export interface CallLine {
  line: Id;
  version: string;
  person: Who;
  phones: { kind: 'mobile' | 'landline'; number: string; extension: string | null }[];
  door: string | null;
  incidents: number[];
  channel: 'desk_call' | 'knock';
  urgency: number;
  since: Time;
  decision?: boolean; // an approval waits for them
  script: string;
}
export type Outcome = AnswerKind | 'no_answer' | 'wrong_number';
export interface InboxMessage {
  message: Id;
  received_at: Time;
  number: string | null;
  person: Who;
  text: string;
  incident: number | null;
  report: Id | null;
  opened_at?: Time | null;
  open_by?: Time | null;
}
export interface Link {
  name: string;
  kind: string;
  channel: string;
  state: 'up' | 'down' | 'doubtful' | 'starting';
  why: string | null;
  why_zh: string | null;
  since: Time | null;
  waiting: number;
  handed_over_1h: number;
  last_receipt_at: Time | null;
}
export interface Danger {
  code: string;
  text: string;
  text_zh: string;
  since: Time | null;
}
export interface OnDuty {
  duty: string;
  people: { person: Who; as: string }[];
}
export interface DeskLook {
  at: Time;
  dangers: Danger[];
  on_duty: OnDuty[];
  links: Link[];
  open_incidents: number;
  unopened: number;
  unanswered: number;
  inbox_waiting: number;
  call_lines: number;
  tasks_open: number;
  tasks_overdue: number;
}
export interface Handover {
  handover: Id;
  at: Time;
  by: string;
  taken_over_by: string;
  person: Who;
  note: string | null;
  open_incidents: number[];
  unanswered: number;
  dangers: string[];
}
export interface Changes {
  cursor: number;
  full: boolean;
  more: boolean;
  incidents: Incident[];
  alerts: Alert[];
  reports: Id[];
  call_sheet: boolean;
  tasks: boolean;
  inbox: boolean;
}
