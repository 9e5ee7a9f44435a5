// What is written on this phone and not yet, or just, with the desk: kept in IndexedDB, by the page and by its worker.
//
// One row per report, under the key that the report keeps for good, in the text message too.  Here is no language, no
// page and no network: outbox_send.ts sends, outbox_page.ts shows.
import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';

import type { OwnReport, ReportBody, Submitted } from '../base/model';

export type OutState =
  | 'waiting' // not with the desk yet
  | 'sent' // accepted and on the desk's disk
  | 'refused'; // the server said why it cannot be taken; to be corrected or thrown away

export interface Outgoing {
  key: string;
  owner: string | null; // who was signed in as it was written; null: nobody yet
  body: ReportBody;
  hazard_name: string; // as it was called on that day, in the language of the writer
  area_path: string;
  parent: string | null; // key or report id of what this answers a question of
  made_at: number; // milliseconds since 1970, by this phone
  state: OutState;
  tries: number;
  why: string; // of the last refusal, in the server's words
  field?: string; // of the body, that was refused
  photos?: number; // photographs of it that the desk has
  sms_at: number | null; // when "send as SMS" was tapped
  submitted: Submitted | null; // with state sent
  known: OwnReport | null; // as the desk last said it stands
}

export interface Picture {
  id?: number;
  key: string; // of its report
  owner: string | null;
  blob: Blob;
  made_at: number;
  why: string; // not empty: refused, and why
}

interface Shape extends DBSchema {
  reports: { key: string; value: Outgoing };
  pictures: { key: number; value: Picture; indexes: { of: string } };
  kept: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<Shape>> | null = null;

function database(): Promise<IDBPDatabase<Shape>> {
  opened ??= openDB<Shape>('tocsin', 1, {
    upgrade(db) {
      db.createObjectStore('reports', { keyPath: 'key' });
      db.createObjectStore('pictures', { keyPath: 'id', autoIncrement: true }).createIndex('of', 'key');
      db.createObjectStore('kept');
    },
    terminated() {
      opened = null;
    },
  });
  opened.catch(() => { opened = null; });
  return opened;
}

// ---- reports, oldest first ----
export async function all_reports(): Promise<Outgoing[]> {
  const all = await (await database()).getAll('reports');
  return all.sort((a, b) => a.made_at - b.made_at);
}

export async function put_report(row: Outgoing): Promise<void> {
  await (await database()).put('reports', row);
}

// Changes a row in one transaction; nothing when it is gone.
export async function change_report(key: string, change: (row: Outgoing) => void): Promise<void> {
  const work = (await database()).transaction('reports', 'readwrite');
  const row = await work.store.get(key);
  if (row !== undefined) {
    change(row);
    await work.store.put(row);
  }
  await work.done;
}

export async function drop_report(key: string): Promise<void> {
  const work = (await database()).transaction(['reports', 'pictures'], 'readwrite');
  await work.objectStore('reports').delete(key);
  const pictures = work.objectStore('pictures');
  for (const id of await pictures.index('of').getAllKeys(key)) await pictures.delete(id);
  await work.done;
}

// A report that is written anew, under another key: what was photographed stays with it.
export async function rename_report(key: string, to: string): Promise<void> {
  const work = (await database()).transaction(['reports', 'pictures'], 'readwrite');
  await work.objectStore('reports').delete(key);
  const pictures = work.objectStore('pictures');
  for (const picture of await pictures.index('of').getAll(key)) await pictures.put({ ...picture, key: to, why: '' });
  await work.done;
}

// ---- photographs ----
export async function all_pictures(): Promise<Picture[]> {
  return (await database()).getAll('pictures');
}

export async function put_picture(picture: Picture): Promise<void> {
  await (await database()).put('pictures', picture);
}

export async function drop_picture(id: number): Promise<void> {
  await (await database()).delete('pictures', id);
}

// ---- one thing of each name: the draft, the form, the areas, who was signed in, alerts as last read ----
export const kAlertPages = 'alert-'; // and its id
export const kAlertList = 'alerts';

export async function kept<T>(name: string): Promise<T | undefined> {
  return (await (await database()).get('kept', name)) as T | undefined;
}

export async function keep(name: string, value: unknown): Promise<void> {
  await (await database()).put('kept', value, name);
}

export async function forget(name: string): Promise<void> {
  await (await database()).delete('kept', name);
}

// All whose names begin so.
const beginning = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

export async function kept_all<T>(prefix: string): Promise<T[]> {
  return (await (await database()).getAll('kept', beginning(prefix))) as T[];
}

// Changes one thing in one transaction; undefined, before or after: it is not there.
export async function change_kept<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<void> {
  const work = (await database()).transaction('kept', 'readwrite');
  const after = change((await work.store.get(name)) as T | undefined);
  if (after === undefined) await work.store.delete(name);
  else await work.store.put(after, name);
  await work.done;
}

// Forgets all of a prefix but these names.
export async function forget_others(prefix: string, stay: string[]): Promise<void> {
  const work = (await database()).transaction('kept', 'readwrite');
  for (const name of await work.store.getAllKeys(beginning(prefix))) {
    if (!stay.includes(name)) await work.store.delete(name);
  }
  await work.done;
}

// Signing out leaves nothing of the person but what is not with the desk yet.
export async function forget_sent(): Promise<void> {
  await forget_others(kAlertPages, []);
  const work = (await database()).transaction(['reports', 'pictures', 'kept'], 'readwrite');
  const reports = work.objectStore('reports');
  const waiting = (await work.objectStore('pictures').getAll()).filter((picture) => picture.why === '').map((picture) => picture.key);
  for (const row of await reports.getAll()) {
    if (row.state === 'sent' && !waiting.includes(row.key)) await reports.delete(row.key);
  }
  await work.objectStore('kept').delete('me');
  await work.objectStore('kept').delete(kAlertList);
  await work.done;
}

// ---- only one sends ----
const kClaim = 'claim';
const kClaimLasts = 40_000; // longer than one request may take

interface Claim {
  by: string;
  until: number;
}

// Where there are no locks: a note in the database, which runs out if its writer was killed.
async function claimed<T>(by: string, work: () => Promise<T>): Promise<T | undefined> {
  const take = (await database()).transaction('kept', 'readwrite');
  const held = (await take.store.get(kClaim)) as Claim | undefined;
  const free = held === undefined || held.until < Date.now() || held.until > Date.now() + kClaimLasts;
  if (free) await take.store.put({ by, until: Date.now() + kClaimLasts }, kClaim);
  await take.done;
  if (!free) return undefined;
  try {
    return await work();
  } finally {
    const give = (await database()).transaction('kept', 'readwrite');
    if (((await give.store.get(kClaim)) as Claim | undefined)?.by === by) await give.store.delete(kClaim);
    await give.done;
  }
}

// Does the work unless another page or the worker is at it; undefined then.
export async function alone<T>(work: () => Promise<T>): Promise<T | undefined> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks !== undefined) {
    return locks.request('tocsin-outbox', { ifAvailable: true }, async (lock): Promise<T | undefined> =>
      lock === null ? undefined : await work());
  }
  return claimed(`${Date.now()}-${Math.random()}`, work);
}
