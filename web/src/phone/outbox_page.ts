// The outbox as the page sees it, and everything that makes it try again: opening, signal, timer, the worker.
import { signal } from '@preact/signals';

import { new_key } from '../base/api';
import type { ReportBody } from '../base/model';
import { me } from '../base/session';
import { language } from '../base/words';
import type { Outgoing, Picture } from './outbox';
import { all_pictures, all_reports, change_report, keep, put_picture, put_report } from './outbox';
import type { End } from './outbox_send';
import { send_outbox } from './outbox_send';

export const outbox = signal<Outgoing[]>([]);
export const pictures = signal<Picture[]>([]);
export const last_end = signal<End>('done'); // what came of the last try
// This phone keeps nothing without a network: its browser does not trust the certificate, or is too old.
export const online_only = signal(false);
export const storage_broken = signal(false);

const kWorkerLater = 1_500; // milliseconds: what is on the page comes first over a thin line
const kEvery = 4_000; // milliseconds between two tries while something waits

export async function refresh(): Promise<void> {
  try {
    [outbox.value, pictures.value] = await Promise.all([all_reports(), all_pictures()]);
    storage_broken.value = false;
  } catch {
    storage_broken.value = true;
  }
}

export const owner = (): string | null => (me.value == null ? null : me.value.person?.code ?? me.value.name);

const waits = (): boolean =>
  outbox.value.some((row) => row.state === 'waiting') || pictures.value.some((picture) => picture.why === '');

let trying = false;

export async function send_now(): Promise<void> {
  if (trying || !waits()) return;
  if (me.value === null) {
    last_end.value = 'sign_in';
    return;
  }
  trying = true;
  try {
    last_end.value = await send_outbox(owner(), language.value);
  } catch {
    last_end.value = 'later';
  } finally {
    trying = false;
    await refresh();
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

// An answer to a question of a report that was sent: the same road, in its wake.
export async function post_follow_up(first: Outgoing | null, report: string, body: Partial<ReportBody>): Promise<void> {
  await post_report({ ...body, key: new_key(), follows: report },
    { hazard_name: first?.hazard_name ?? '', area_path: first?.area_path ?? '', parent: report });
}

export async function post_picture(key: string, blob: Blob): Promise<void> {
  await put_picture({ key, owner: owner(), blob, made_at: Date.now(), why: '' });
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
  addEventListener('online', nudge);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh().then(send_now);
  });
  setInterval(() => void send_now(), kEvery);
  language.subscribe((chosen) => void keep('language', chosen).catch(() => undefined));
  await refresh();
  nudge();
}
