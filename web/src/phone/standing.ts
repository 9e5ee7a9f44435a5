// How one report stands, put together of what waits on this phone and what the desk last said.
import { attribute_of, hazard_name } from '../base/plan';
import type { Id, OwnReport, Question, Stage } from '../base/model';
import { clock_ahead, now } from '../base/time';
import type { Outgoing } from './outbox';
import { outbox } from './outbox_page';
import { own_reports } from './own';
import { w } from './words';

const kLateAfter = 20; // seconds of waiting, then it is red

export interface Standing {
  key: string; // of the row, else the report's id
  row: Outgoing | null;
  known: OwnReport | null;
  report: Id | null;
  incident: number | null;
  stage: Stage | null; // null: not with the desk yet
  hazard: string;
  name: string;
  where: string;
  drill: boolean;
  at: string;
  waited: number; // seconds
  late: boolean;
  unread: boolean; // the desk should have read it by now
  questions: Question[]; // without those answered here already
}

// Where it is, in words: as the report said, else as was added to it, by this phone or by another report of one's own.
function where_of(row: Outgoing | null, known: OwnReport | null, report: Id | null): string {
  const said = (...parts: (string | null | undefined)[]): string => parts.filter((part) => part != null && part !== '').join(' ');
  const first = said(known?.area?.name ?? row?.area_path, known?.place ?? row?.body.place);
  if (first !== '') return first;
  const added = outbox.value.filter((one) => one.parent !== null && one.parent === report && one.state !== 'refused');
  const here = added.map((one) => said(one.area_path, one.body.place)).find((place) => place !== '');
  const others = [...own_reports.value.values()].filter((one) => one.incident !== null && one.incident === known?.incident);
  return here ?? others.map((one) => said(one.area?.name, one.place)).find((place) => place !== '') ?? '';
}

export function stage_of(row: Outgoing | null, known: OwnReport | null): Standing {
  const hazard = known?.hazard ?? row?.body.hazard ?? '';
  const waited = row === null ? 0 : Math.max(0, Math.round((now.value - clock_ahead.value - row.made_at) / 1000));
  const report = known?.report ?? row?.submitted?.report ?? null;
  const answered = new Set(outbox.value.filter((one) => one.parent !== null && one.parent === report && one.state !== 'refused')
    .flatMap((one) => Object.keys(one.body.facts ?? {})));
  const said: Partial<OwnReport> | null = known; // kept from an older program, it may say less
  const questions = said?.questions ?? row?.submitted?.assessment.questions ?? [];
  const at = known?.received_at ?? new Date(row?.made_at ?? 0).toISOString();
  return {
    key: row?.key ?? report ?? '', row, known, report,
    incident: known?.incident ?? row?.submitted?.incident ?? null,
    stage: known?.stage ?? (row?.state === 'sent' ? 'received' : null),
    hazard,
    name: hazard === 'unsure' || hazard === 'unclassified' || hazard === '' ? w('unsure') : row?.hazard_name !== undefined && row.hazard_name !== '' && known === null ? row.hazard_name : hazard_name(hazard),
    where: where_of(row, known, report),
    drill: known?.drill ?? row?.body.drill ?? false,
    at, waited,
    late: row?.state === 'waiting' && waited >= kLateAfter,
    unread: known?.stage === 'received' && typeof known.read_by === 'string' && Date.parse(known.read_by) < now.value,
    questions: questions.filter(({ attribute }) => !answered.has(attribute)),
  };
}

// By the key it was written under, or by the desk's id.
export function find_report(id: string): Standing | null {
  const row = outbox.value.find((one) => one.key === id || one.submitted?.report === id) ?? null;
  const report = row === null ? id : row.submitted?.report ?? '';
  const known = own_reports.value.get(report) ?? row?.known ?? null;
  return row === null && known === null ? null : stage_of(row, known);
}

export const follow_ups_of = (standing: Standing): Outgoing[] =>
  outbox.value.filter((row) => row.parent !== null && row.parent === standing.report);

// What was answered on this phone, by the name of the fact; each oldest first.
export function answers_of(standing: Standing): Map<string, Outgoing[]> {
  const answers = new Map<string, Outgoing[]>();
  for (const row of follow_ups_of(standing)) {
    if (row.state === 'refused') continue;
    for (const name of Object.keys(row.body.facts ?? {})) {
      if (attribute_of(name) !== undefined) answers.set(name, [...(answers.get(name) ?? []), row]);
    }
  }
  return answers;
}

export const attachment_count = (standing: Standing): number => Math.max(standing.known?.attachments?.length ?? 0, standing.row?.photos ?? 0);
