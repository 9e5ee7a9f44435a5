// Times as people read them, and the ticking second behind clocks that count down.
import { computed, signal } from '@preact/signals';

import { c } from './common_words';

// The server's time minus this machine's, in milliseconds: clocks of desks and phones are often wrong.
export const clock_ahead = signal(0);

// Now, by the server, once a second.
export const now = signal(Date.now());
if (typeof setInterval !== 'undefined' && typeof document !== 'undefined') {
  setInterval(() => {
    now.value = Date.now() + clock_ahead.value;
  }, 1000);
}

export function server_said(at: string): void {
  const ahead = Date.parse(at) - Date.now();
  if (!Number.isFinite(ahead)) return;
  clock_ahead.value = Math.abs(ahead) < 2000 ? 0 : ahead;
  now.value = Date.now() + clock_ahead.value;
}

// The office's time zone, once its plan was read: pages show the times of its clocks, as its texts do, wherever the
// browser is.
const zone = signal<string | undefined>(undefined);
export function office_is_in(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    zone.value = name;
  } catch {
    zone.value = undefined; // a browser that does not know it has its own at least
  }
}

const kFields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
type Wall = Record<(typeof kFields)[number], number>;
const parts_of = computed(() => new Intl.DateTimeFormat('en-US', {
  ...(zone.value === undefined ? {} : { timeZone: zone.value }), calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
  year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
}));

// What the office's clocks and calendars show at an instant.
export function wall(at: number): Wall {
  const shown: Wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const part of parts_of.value.formatToParts(at)) {
    const field = kFields.find((one) => one === part.type);
    if (field !== undefined) shown[field] = Number(part.value);
  }
  return shown;
}

const pad = (n: number): string => String(n).padStart(2, '0');
const day_text = (on: Wall): string => `${on.year}-${pad(on.month)}-${pad(on.day)}`;

// "2026-11-22", as an <input type="date"> has it.
export const day_of = (at: number | string): string => day_text(wall(typeof at === 'number' ? at : Date.parse(at)));

// The instant at which the office's clocks show what a field says: "2026-11-22" (its first second) or "2026-11-22T14:03".
export function instant_of(field: string): string {
  const shown = Date.parse(`${field.includes('T') ? field : `${field}T00:00`}Z`);
  const ahead = (at: number): number => {
    const on = wall(at);
    return Date.UTC(on.year, on.month - 1, on.day, on.hour, on.minute, on.second) - at;
  };
  return new Date(shown - ahead(shown - ahead(shown))).toISOString();
}

// "14:03" today, "11-22 14:03" on other days.
export function short_time(at: string | null | undefined): string {
  if (at === null || at === undefined) return '';
  const on = wall(Date.parse(at));
  const clock = `${pad(on.hour)}:${pad(on.minute)}`;
  return day_text(on) === day_of(now.value) ? clock : `${pad(on.month)}-${pad(on.day)} ${clock}`;
}

// "2026-11-22 14:03:07"
export function full_time(at: string | null | undefined): string {
  if (at === null || at === undefined) return '';
  const on = wall(Date.parse(at));
  return `${day_text(on)} ${pad(on.hour)}:${pad(on.minute)}:${pad(on.second)}`;
}

// "3 min ago"; reads `now`, so that it goes on by itself.
export function ago(at: string): string {
  const seconds = Math.max(0, Math.round((now.value - Date.parse(at)) / 1000));
  if (seconds < 60) return c('seconds_ago', { n: seconds });
  if (seconds < 3600) return c('minutes_ago', { n: Math.floor(seconds / 60) });
  if (seconds < 86400) return c('hours_ago', { n: Math.floor(seconds / 3600) });
  return c('days_ago', { n: Math.floor(seconds / 86400) });
}

// Seconds until `at`; negative when it is over.
export const seconds_left = (at: string): number => Math.round((Date.parse(at) - now.value) / 1000);

// 65 -> "1:05", 3700 -> "1:01:40"
export function clock_text(seconds: number): string {
  const s = Math.abs(seconds);
  const minutes = Math.floor(s / 60) % 60;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${pad(minutes)}:${pad(s % 60)}` : `${minutes}:${pad(s % 60)}`;
}
