// Sends what waits in the outbox: from the page, and from its worker when the signal returns.
//
// A key is sent as often as it takes; the server makes one report of it.  What it refuses for good is marked so, and
// everything else goes on waiting.
import type { Submitted } from '../base/model';
import type { Outgoing, Picture } from './outbox';
import { all_pictures, all_reports, alone, change_report, drop_picture, put_picture } from './outbox';

export type End =
  | 'done' // nothing waits
  | 'later' // not reached, or told to wait
  | 'sign_in' // nobody is signed in
  | 'busy'; // another page or the worker is at it

const kWithin = 20_000; // milliseconds for one request

async function ask(path: string, language: string, body: BodyInit, type: string): Promise<Response | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), kWithin);
  try {
    return await fetch(path, {
      method: 'POST', credentials: 'same-origin', cache: 'no-store', signal: stop.signal, body,
      headers: { 'Content-Type': type, 'Accept-Language': language, 'X-Tocsin': '1' },
    });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function reason_of(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return problem.detail === undefined || problem.detail === '' ? (problem.title ?? `${response.status}`) : problem.detail;
  } catch {
    return `${response.status}`;
  }
}

// Said "not now": the same request may succeed in a while.
const passing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

async function send_report(row: Outgoing, language: string): Promise<End> {
  const response = await ask('/api/v1/reports', language, JSON.stringify(row.body), 'application/json');
  await change_report(row.key, (r) => { r.tries += 1; });
  if (response === null || passing(response.status)) return 'later';
  if (response.status === 401) return 'sign_in';
  if (response.ok) {
    let submitted: Submitted;
    try {
      submitted = (await response.json()) as Submitted;
    } catch {
      return 'later'; // cut off on the way: sent again, it is the same report
    }
    await change_report(row.key, (r) => {
      r.state = 'sent';
      r.why = '';
      r.submitted = submitted;
    });
    return 'done';
  }
  const why = await reason_of(response);
  await change_report(row.key, (r) => {
    r.state = 'refused';
    r.why = why;
  });
  return 'done';
}

async function send_picture(picture: Picture, report: string, language: string): Promise<End> {
  const response = await ask(`/api/v1/reports/${report}/attachments`, language, picture.blob, picture.blob.type);
  if (response === null || passing(response.status)) return 'later';
  if (response.status === 401) return 'sign_in';
  if (response.ok && picture.id !== undefined) {
    await change_report(picture.key, (row) => { row.photos = (row.photos ?? 0) + 1; });
    await drop_picture(picture.id);
  } else await put_picture({ ...picture, why: await reason_of(response) });
  return 'done';
}

const mine = (owner: string | null, me: string | null): boolean => owner === null || me === null || owner === me;

async function send_all(me: string | null, language: string): Promise<End> {
  for (const row of await all_reports()) {
    if (row.state !== 'waiting' || !mine(row.owner, me)) continue;
    const end = await send_report(row, language);
    if (end !== 'done') return end;
  }
  const reports = new Map((await all_reports()).map((row) => [row.key, row]));
  for (const picture of await all_pictures()) {
    const row = reports.get(picture.key);
    if (picture.why !== '' || !mine(picture.owner, me)) continue;
    if (row?.submitted == null) continue;
    const end = await send_picture(picture, row.submitted.report, language);
    if (end !== 'done') return end;
  }
  return 'done';
}

// `me`: who is signed in, as in `owner`; null: not known, the server decides.
export async function send_outbox(me: string | null, language: string): Promise<End> {
  return (await alone(() => send_all(me, language))) ?? 'busy';
}
