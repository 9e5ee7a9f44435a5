// All of one's reports, put together.
import type { OwnReport } from '../base/model';
import { outbox } from './outbox_page';
import { own_reports } from './own';
import type { Standing } from './standing';
import { stage_of } from './standing';

// Newest first, each once, what waits above everything.
export function standings(): Standing[] {
  const rows = outbox.value.filter((row) => row.parent === null);
  const here = new Set(rows.map((row) => row.submitted?.report));
  const of_rows = rows.map((row) => stage_of(row, row.submitted === null ? null : own_reports.value.get(row.submitted.report) ?? row.known));
  const followed = new Set(outbox.value.filter((row) => row.parent !== null).map((row) => row.submitted?.report));
  // What went as a text message besides is the same report by its other way: one line, that of the phone.
  const by_text = new Set(rows.filter((row) => row.sms_at !== null).map((row) => row.submitted?.incident));
  const again = (report: OwnReport): boolean => report.via === 'sms' && by_text.has(report.incident ?? undefined);
  const others = [...own_reports.value.values()].filter((report) => !here.has(report.report) && !followed.has(report.report) && !again(report));
  const all = [...of_rows, ...others.map((report) => stage_of(null, report))];
  const urgency = (one: Standing): number => (one.row !== null && one.row.state !== 'sent' ? 0 : one.stage === 'ended' ? 2 : 1);
  return all.sort((a, b) => urgency(a) - urgency(b) || (a.at < b.at ? 1 : -1));
}
