// A month of duties by the days of the office's clocks.
import { wall } from '../base/time';
import type { Duties, Stretch } from './shapes';

export interface Month {
  year: number;
  month: number; // 1 to 12
}

const kDay = 86_400_000;
const pad = (n: number): string => String(n).padStart(2, '0');

export function month_in(text: string | null, now: number): Month {
  const said = /^(\d{4})-(\d{2})$/.exec(text ?? '');
  const month = Number(said?.[2] ?? 0);
  if (said !== null && month >= 1 && month <= 12) return { year: Number(said[1]), month };
  const { year, month: this_month } = wall(now);
  return { year, month: this_month };
}
export const month_text = ({ year, month }: Month): string => `${year}-${pad(month)}`;
export function moved({ year, month }: Month, by: number): Month {
  const n = year * 12 + month - 1 + by;
  return { year: Math.floor(n / 12), month: (n % 12) + 1 };
}
export const days_in = ({ year, month }: Month): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

// How far the office's clocks are ahead of UTC: what came back begins at its midnight of the day that was asked for.
export function ahead_of(answer: { from: string }, { year, month }: Month): number {
  return Date.UTC(year, month - 1, 1) - Date.parse(answer.from);
}

export interface Shift {
  from: string; // "08:30", "" since the day before
  to: string; // "" goes on
  stretch: Stretch;
}
export interface Day {
  day: number;
  weekday: number; // 0 Sunday
  shifts: Map<string, Shift[]>; // by duty
}

const clock = (at: number): string => `${pad(Math.floor((at % kDay) / 3_600_000))}:${pad(Math.floor((at % 3_600_000) / 60_000))}`;

export function days_of(duties: Duties, month: Month): Day[] {
  const ahead = ahead_of(duties, month);
  const first = Date.UTC(month.year, month.month - 1, 1);
  return Array.from({ length: days_in(month) }, (_, n) => {
    const begins = first + n * kDay;
    const ends = begins + kDay;
    const shifts = new Map(duties.duties.map(({ duty, stretches }) => [duty, stretches.flatMap((stretch): Shift[] => {
      const from = Date.parse(stretch.from) + ahead;
      const to = Date.parse(stretch.to) + ahead;
      if (to <= begins || from >= ends) return [];
      return [{ from: from > begins ? clock(from) : '', to: to < ends ? clock(to) : '', stretch }];
    })]));
    return { day: n + 1, weekday: new Date(begins).getUTCDay(), shifts };
  });
}

// The days (from 1) that a stretch of time touches.
export function days_touched(from: string, to: string, ahead: number, { year, month }: Month): number[] {
  const first = Date.UTC(year, month - 1, 1);
  const begin = Math.max(0, Math.floor((Date.parse(from) + ahead - first) / kDay));
  const end = Math.min(days_in({ year, month }) - 1, Math.floor((Date.parse(to) + ahead - first - 1) / kDay));
  return Array.from({ length: Math.max(0, end - begin + 1) }, (_, n) => begin + n + 1);
}

// "11-05 08:30" by the office's clocks.
export function office_time(at: string, ahead: number): string {
  const when = new Date(Date.parse(at) + ahead);
  return `${pad(when.getUTCMonth() + 1)}-${pad(when.getUTCDate())} ${pad(when.getUTCHours())}:${pad(when.getUTCMinutes())}`;
}
