// What the desk knows of one's own reports and alerts, kept fresh by the one poll.
import { effect, signal } from '@preact/signals';

import { get, link_token, with_query } from '../base/api';
import type { Alert, AlertPage, Changes, Id, Incident, OwnReport } from '../base/model';
import { Poll } from '../base/poll';
import { me } from '../base/session';
import { all_reports, change_report, forget_others, kAlertList, kAlertPages, keep, kept } from './outbox';
import { outbox, owner, refresh } from './outbox_page';

const kEvery = 2_000; // milliseconds
const kShown = 30; // reports and alerts of the lists: newest first

export const poll = new Poll(kEvery);
export const own_reports = signal<Map<Id, OwnReport>>(new Map());
export const own_alerts = signal<Alert[] | null>(null); // newest first; null: not read yet
export const own_alerts_at = signal<number | null>(null); // as they were kept then, without a network; null: as the desk says now
export const told_incidents = signal<Map<number, Incident>>(new Map());
// Goes up whenever something of an alert's incident may have changed.
export const alert_news = signal(0);

const sees_alerts = (): boolean => me.value != null && me.value.role !== 'reporter';

// How it stood when the phone last heard of it, for when there is no network.
async function note_known(reports: OwnReport[]): Promise<void> {
  const rows = await all_reports();
  for (const report of reports) {
    const row = rows.find((one) => one.submitted?.report === report.report);
    if (row !== undefined) await change_report(row.key, (kept) => { kept.known = report; });
  }
  await refresh();
}

function put_reports(reports: OwnReport[], whole: boolean): void {
  const all = new Map(whole ? [] : own_reports.value);
  for (const report of reports) all.set(report.report, report);
  own_reports.value = all;
  void note_known(reports).catch(() => undefined);
}

async function read_reports(): Promise<void> {
  put_reports((await get<{ reports: OwnReport[] }>(with_query('/api/v1/reports', { limit: kShown }))).reports, true);
}

async function read_alerts(): Promise<void> {
  if (!sees_alerts()) return;
  const [alerts, incidents] = await Promise.all([
    get<{ alerts: Alert[] }>(with_query('/api/v1/alerts', { limit: kShown })),
    get<{ incidents: Incident[] }>(with_query('/api/v1/incidents', { limit: kShown })),
  ]);
  show_alerts(alerts.alerts, incidents.incidents, null);
  await keep(kAlertList, { owner: owner(), at: Date.now(), alerts: alerts.alerts, incidents: incidents.incidents } satisfies KeptAlerts).catch(() => undefined);
  const open = alerts.alerts.filter((alert) => told_incidents.value.get(alert.incident ?? 0)?.state === 'open');
  await forget_others(kAlertPages, open.map((alert) => kAlertPages + alert.alert)).catch(() => undefined);
}

// ---- for when there is no network: alerts as they stood, until their incident ends or their owner signs out ----
interface KeptAlerts {
  owner: string | null;
  at: number;
  alerts: Alert[];
  incidents: Incident[];
}
interface KeptAlert {
  owner: string | null;
  at: number;
  page: AlertPage;
}

function show_alerts(alerts: Alert[], incidents: Incident[], at: number | null): void {
  told_incidents.value = new Map(incidents.map((incident) => [incident.incident, incident]));
  own_alerts.value = alerts;
  own_alerts_at.value = at;
}

// What the page of one alert has just read is so in the list as well: its answer is not awaited any more.
export function alert_was_read({ alert, state, version, answer, answered_at }: AlertPage): void {
  if (own_alerts.value === null) return;
  own_alerts.value = own_alerts.value.map((one) => (one.alert === alert ? { ...one, state, version, answer, answered_at } : one));
}

async function show_kept_alerts(): Promise<void> {
  const known = await kept<KeptAlerts>(kAlertList).catch(() => undefined);
  if (own_alerts.value === null && known !== undefined && known.owner === owner() && sees_alerts()) {
    show_alerts(known.alerts, known.incidents, known.at);
  }
}

// Behind a link nothing is kept: the phone may be anybody's.
export async function keep_alert(page: AlertPage): Promise<void> {
  if (link_token.value !== '' || !page.open) return;
  await keep(kAlertPages + page.alert, { owner: owner(), at: Date.now(), page } satisfies KeptAlert).catch(() => undefined);
}

export async function kept_alert(id: Id): Promise<KeptAlert | undefined> {
  const known = await kept<KeptAlert>(kAlertPages + id).catch(() => undefined);
  return link_token.value === '' && known?.owner === owner() ? known : undefined;
}

async function read_some(ids: Id[]): Promise<void> {
  put_reports(await Promise.all(ids.map((id) => get<OwnReport>(`/api/v1/reports/${id}`))), false);
}

function on_changes(changes: Changes): void {
  const reading: Promise<void>[] = [];
  if (changes.full || changes.reports.length > 10) reading.push(read_reports());
  else if (changes.reports.length > 0) reading.push(read_some(changes.reports));
  if (changes.full || changes.alerts.length > 0 || changes.incidents.length > 0) {
    reading.push(read_alerts());
    alert_news.value += 1;
  }
  Promise.all(reading).catch(() => setTimeout(() => void read_all(), kEvery)); // the poll will not say it again
}

export async function read_all(): Promise<void> {
  if (me.value == null) return;
  await Promise.all([read_reports(), read_alerts()]).catch(() => undefined);
}

// A report just accepted is there before the poll says so.
function on_sent(): void {
  const missing = outbox.value.filter((row) => row.submitted !== null && row.known === null).map((row) => row.submitted?.report ?? '');
  const unknown = missing.filter((id) => !own_reports.peek().has(id));
  if (unknown.length > 0 && me.peek() != null) read_some(unknown).catch(() => undefined);
}

export function start_own(): void {
  poll.listen(on_changes);
  effect(() => {
    if (me.value != null) {
      poll.start();
      void show_kept_alerts();
    } else {
      poll.stop();
      own_alerts.value = null;
      own_reports.value = new Map();
    }
  });
  let seen = '';
  effect(() => {
    const sent = outbox.value.filter((row) => row.submitted !== null).map((row) => row.key).join();
    if (sent !== seen) on_sent();
    seen = sent;
  });
}
