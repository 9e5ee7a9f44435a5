// The outbox as the page sees it, answers to alerts too, and everything that makes it try again: opening, signal, timer,
// the worker.
import { signal } from '@preact/signals';

import { link_token, new_key } from '../base/api';
import { area_path } from '../base/areas';
import type { AlertPage, AnswerKind, ReportBody } from '../base/model';
import { me } from '../base/session';
import { clock_ahead } from '../base/time';
import { language } from '../base/words';
import type { Answering } from './answers';
import { all_answers, put_answer } from './answers';
import type { Outgoing, Picture } from './outbox';
import { all_pictures, all_reports, change_report, keep, put_picture, put_report } from './outbox';
import type { End } from './outbox_wire';
import { send_outbox } from './outbox_send';

export const outbox = signal<Outgoing[]>([]);
export const pictures = signal<Picture[]>([]);
export const answers = signal<Answering[]>([]);
export const last_end = signal<End>('done'); // what came of the last try
// This phone keeps nothing without a network: its browser does not trust the certificate, or is too old.
export const online_only = signal(false);
export const storage_broken = signal(false);
export const offline = signal(false); // as far as the browser knows

const kWorkerLater = 1_500; // milliseconds: what is on the page comes first over a thin line
const kEvery = 4_000; // milliseconds between two tries while something waits

export async function refresh(): Promise<void> {
  try {
    [outbox.value, pictures.value, answers.value] = await Promise.all([all_reports(), all_pictures(), all_answers()]);
    storage_broken.value = false;
  } catch {
    storage_broken.value = true;
  }
}

export const owner = (): string | null => (me.value == null ? null : me.value.person?.code ?? me.value.name);

const answer_waits = (): boolean => answers.value.some((row) => row.state === 'waiting');
const waits = (): boolean =>
  answer_waits() || outbox.value.some((row) => row.state === 'waiting') || pictures.value.some((picture) => picture.why === '');

// Behind the link of a text message only answers go: reports are whoever's is signed in.
const behind_link = (): boolean => link_token.value !== '';

let trying = false;
let again = false; // something was written while an older try was on its way

export async function send_now(): Promise<void> {
  if (!waits()) return;
  if (trying) {
    again = true;
    return;
  }
  const nobody = me.value === null;
  if (nobody && !answer_waits()) {
    last_end.value = 'sign_in';
    return;
  }
  trying = true;
  try {
    const end = await send_outbox(owner(), language.value, nobody || behind_link() ? 'answers' : 'all');
    last_end.value = nobody && end === 'done' ? 'sign_in' : end;
  } catch {
    last_end.value = 'later';
  } finally {
    trying = false;
    await refresh();
  }
  if (again) {
    again = false;
    await send_now();
  }
}

// Asks the browser to wake the worker when there is a network, where it can do that.
async function ask_for_sync(): Promise<void> {
  const worker = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  const registration = (await worker?.getRegistration()) as
    (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register('tocsin-outbox');
}

const nudge = (): void => {
  void send_now();
  ask_for_sync().catch(() => undefined); // refused by the user or the browser: the timer remains
};

// What is behind this line survives a reload; throws when the phone cannot keep it.
export async function post_report(body: ReportBody, names: { hazard_name: string; area_path: string; parent?: string }): Promise<void> {
  await put_report({
    key: body.key, owner: owner(), body, hazard_name: names.hazard_name, area_path: names.area_path, parent: names.parent ?? null,
    made_at: Date.now(), state: 'waiting', tries: 0, why: '', sms_at: null, submitted: null, known: null,
  });
  await refresh();
  nudge();
}

// More about a report that was sent, such as an answer to a question: the same road, in its wake.
export async function post_follow_up(first: Outgoing | null, report: string, body: Partial<ReportBody>): Promise<void> {
  const path = body.area == null ? first?.area_path ?? '' : area_path(body.area);
  await post_report({ ...body, key: new_key(), follows: report },
    { hazard_name: first?.hazard_name ?? '', area_path: path, parent: report });
}

export async function post_picture(key: string, blob: Blob): Promise<void> {
  await put_picture({ key, owner: owner(), blob, made_at: Date.now(), why: '' });
  await refresh();
  nudge();
}

// An answer to an alert; throws when the phone cannot keep it.  What it had waiting for that alert is replaced.
export async function post_answer(alert: AlertPage, answer: AnswerKind, note: string): Promise<void> {
  await put_answer({
    alert: alert.alert, incident: alert.incident, owner: owner(), token: link_token.value, answer, note, version: alert.version,
    made_at: Date.now() + clock_ahead.value, state: 'waiting', why: '',
  });
  await refresh();
  nudge();
}

export async function note_sms(key: string): Promise<void> {
  await change_report(key, (row) => { row.sms_at = Date.now(); });
  await refresh();
}

async function register_worker(): Promise<void> {
  const worker = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (worker === undefined) {
    online_only.value = true;
    return;
  }
  worker.addEventListener('message', () => void refresh());
  await new Promise((done) => setTimeout(done, kWorkerLater));
  try {
    await worker.register('/sw.js');
  } catch (wrong) {
    // Without a network the worker that is there goes on; a certificate that is not trusted is a SecurityError.
    if (wrong instanceof DOMException && wrong.name === 'SecurityError') online_only.value = true;
  }
}

export async function start_outbox(): Promise<void> {
  void register_worker();
  const look = (): void => { offline.value = !navigator.onLine; };
  look();
  addEventListener('offline', look);
  addEventListener('online', look);
  addEventListener('online', nudge);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh().then(send_now);
  });
  setInterval(() => void send_now(), kEvery);
  language.subscribe((chosen) => void keep('language', chosen).catch(() => undefined));
  await refresh();
  nudge();
}
