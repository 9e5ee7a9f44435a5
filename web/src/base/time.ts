// Times as people read them, and the ticking second behind clocks that count down.
import { signal } from '@preact/signals';

import { c } from './common_words';
import { language } from './words';

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

const locale = (): string => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

// "14:03" today, "11-22 14:03" on other days.
export function short_time(at: string | null | undefined): string {
  if (at === null || at === undefined) return '';
  const when = new Date(at);
  const today = new Date(now.value);
  const clock = when.toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', hour12: false });
  if (when.toDateString() === today.toDateString()) return clock;
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${pad(when.getMonth() + 1)}-${pad(when.getDate())} ${clock}`;
}

// "2026-11-22 14:03:07"
export function full_time(at: string | null | undefined): string {
  if (at === null || at === undefined) return '';
  const when = new Date(at);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${when.getFullYear()}-${pad(when.getMonth() + 1)}-${pad(when.getDate())} ` +
    `${pad(when.getHours())}:${pad(when.getMinutes())}:${pad(when.getSeconds())}`;
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
  const pad = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(s / 60) % 60;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${pad(minutes)}:${pad(s % 60)}` : `${minutes}:${pad(s % 60)}`;
}
