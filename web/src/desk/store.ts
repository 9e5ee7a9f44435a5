// What the desk knows: open incidents, the cheap look, and which lists changed.  One poll feeds all of it.
import { computed, signal } from '@preact/signals';

import { Problem, ask, get, with_query } from '../base/api';
import type { Changes, DeskLook, Incident } from '../base/model';
import { level_of } from '../base/plan';
import { Poll } from '../base/poll';
import { has_role } from '../base/session';
import { server_said } from '../base/time';
import { on_beat, ring_alarm, ring_reminder } from './sound';

export const poll = new Poll(1000);

// Open ones by their code; undefined until they were read.
export const incidents = signal<ReadonlyMap<number, Incident> | undefined>(undefined);
export const look = signal<DeskLook | undefined>(undefined);

// Lists of their own pages: a number that grows when one may have changed.
export const calls_changed = signal(0);
export const tasks_changed = signal(0);
export const inbox_changed = signal(0);

// How many lines the call sheet shows while it is in front of somebody.
export const calls_listed = signal<number | undefined>(undefined);

// Time of the last answer of the server, by Date.now(); 0 before the first.
export const heard_at = signal(0);

const kLookEvery = 2000; // ms
const kAlarmEvery = 1800;
const kReminderEvery = 60_000;

const rank = (incident: Incident): number =>
  incident.level === null ? (incident.hazard === 'unclassified' ? 1.5 : 0) : (level_of(incident.level)?.rank ?? 0);
const due = (incident: Incident): number => {
  const at = incident.summary?.next_due?.at ?? (incident.seen_at === null ? incident.open_by : null);
  return at === null ? Infinity : Date.parse(at);
};

// Worst first: unopened, then the higher level, then the nearer deadline, then the older.
export function worse_first(a: Incident, b: Incident): number {
  const unopened = Number(b.seen_at === null) - Number(a.seen_at === null);
  if (unopened !== 0) return unopened;
  const level = rank(b) - rank(a);
  if (level !== 0) return level;
  const first = due(a), second = due(b);
  return first !== second ? (first < second ? -1 : 1) : a.incident - b.incident;
}

export const board = computed(() => [...(incidents.value?.values() ?? [])].sort(worse_first));
export const unclassified = computed(() => board.value.filter((i) => i.hazard === 'unclassified'));
export const unopened = computed(() => board.value.filter((i) => i.seen_at === null));

async function read_incidents(): Promise<void> {
  const all = new Map<number, Incident>();
  let cursor: string | null = null;
  do {
    const page: { incidents: Incident[]; next: string | null } =
      await get(with_query('/api/v1/incidents', { open: true, limit: 500, cursor }));
    for (const incident of page.incidents) all.set(incident.incident, incident);
    cursor = page.next;
  } while (cursor !== null);
  incidents.value = all;
}

function take_changed(changed: Incident[]): void {
  if (changed.length === 0) return;
  const all = new Map(incidents.value);
  for (const incident of changed) {
    if (incident.state === 'open') all.set(incident.incident, incident);
    else all.delete(incident.incident);
  }
  incidents.value = all;
}

let stale = true; // the list of incidents must be read whole
let reading = false;

async function catch_up(): Promise<void> {
  if (!stale || reading) return;
  reading = true;
  try {
    await read_incidents();
    stale = false;
  } catch {
    // tried again with the next look
  } finally {
    reading = false;
  }
}

function heard(changes: Changes): void {
  if (changes.full) stale = true;
  take_changed(changes.incidents);
  if (changes.full || changes.call_sheet) calls_changed.value += 1;
  if (changes.full || changes.tasks) tasks_changed.value += 1;
  if (changes.full || changes.inbox) inbox_changed.value += 1;
  void look_once();
}

let look_tag = '';
let looking = false;

async function look_once(): Promise<void> {
  if (looking) return;
  looking = true;
  try {
    const answer = await ask<DeskLook>('/api/v1/desk', { ifNoneMatch: look_tag, within: 8_000 });
    heard_at.value = Date.now();
    if (answer.status === 200) {
      look_tag = answer.etag;
      look.value = answer.value;
      server_said(answer.value.at);
    }
  } catch (problem) {
    // A refusal is an answer too: only silence is what the banner speaks of.
    if (problem instanceof Problem && problem.status !== 0) heard_at.value = Date.now();
  } finally {
    looking = false;
  }
  await catch_up();
}

let rang_at = 0;
let reminded_at = 0;
let reminded_of = 0;

// A bell is for who can answer it: whoever may only read is not rung.
function sound_if_needed(): void {
  if (!has_role('duty', 'admin')) return;
  const time = Date.now();
  if (unopened.value.length > 0) {
    if (time - rang_at >= kAlarmEvery) {
      rang_at = time;
      ring_alarm();
    }
    return;
  }
  const waiting = (look.value?.inbox_waiting ?? 0) + (look.value?.tasks_overdue ?? 0);
  if (waiting > reminded_of || (waiting > 0 && time - reminded_at >= kReminderEvery)) {
    reminded_at = time;
    ring_reminder();
  }
  reminded_of = waiting;
}

// Asks at once: after something was done here.
export function refresh(): void {
  poll.now();
  void look_once();
}

// Begins for who is signed in; ends by what it returns.
export function start_desk(): () => void {
  stale = true;
  look_tag = '';
  heard_at.value = Date.now();
  const ends = [
    poll.listen(heard),
    // Timers of a hidden page sleep; the bell's own clock does not.
    on_beat(() => {
      if (document.hidden) refresh();
      sound_if_needed();
    }),
  ];
  const every = setInterval(() => {
    void look_once();
    sound_if_needed();
  }, kLookEvery);
  poll.start();
  void look_once();
  return () => {
    poll.stop();
    clearInterval(every);
    ends.forEach((end) => end());
    incidents.value = undefined;
    look.value = undefined;
  };
}
