// The sheet `leave`: whose rows count today, and how one ends.
import { parse_sheet, sheet_text } from './csv';
import type { Row } from './csv';

export interface Leave {
  from: string; // as the sheet has it, a day or a minute; empty: from always
  to: string; // empty: without end
}

const leave_of = (row: Row): Leave => ({ from: row['from'] ?? '', to: row['to'] ?? '' });

// A day alone belongs to it whole (docs/directory.md, "Sheets").
const is_over = ({ to }: Leave, now: string): boolean => to !== '' && (to.length > 10 ? to : `${to} 24:00`) <= now;
export const has_begun = ({ from }: Leave, now: string): boolean => from <= now;

// Of one person, now and later; `now` is "2026-11-23 08:30" by the office's clocks.
export const leaves_of = (text: string, person: string, now: string): Leave[] =>
  parse_sheet(text).rows.filter((row) => row['person'] === person).map(leave_of).filter((one) => !is_over(one, now))
    .sort((a, b) => a.from.localeCompare(b.from));

// Its last day as people say it: what ends at midnight ends with the day before.
export function last_of(to: string): string {
  if (!to.endsWith(' 00:00')) return to;
  return new Date(Date.parse(`${to.slice(0, 10)}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

// One that runs ends now; one to come is taken out.
export function without_leave(text: string, person: string, leave: Leave, now: string): string {
  const sheet = parse_sheet(text);
  const is_it = (row: Row): boolean => row['person'] === person && row['from'] === leave.from && row['to'] === leave.to;
  const rows = sheet.rows.flatMap((row) => {
    if (!is_it(row)) return [row];
    return leave.from < now ? [{ ...row, to: now }] : [];
  });
  return sheet_text({ ...sheet, rows });
}
