// Sends what waits on this phone, answers before reports: from the page, and from its worker when the signal returns.
//
// A key is sent as often as it takes; the server makes one report of it.  What it refuses for good is marked so, and
// everything else goes on waiting.
import type { Submitted } from '../base/model';
import { all_answers, send_answer } from './answers';
import type { Outgoing, Picture } from './outbox';
import { all_pictures, all_reports, alone, change_report, drop_picture, put_picture } from './outbox';
import type { End } from './outbox_wire';
import { ask, passing, reason_of, refusal_of } from './outbox_wire';

async function send_report(row: Outgoing, language: string): Promise<End> {
  const response = await ask('/api/v1/reports', { language, body: JSON.stringify(row.body) });
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
  const { why, field } = await refusal_of(response);
  await change_report(row.key, (r) => {
    r.state = 'refused';
    r.why = why;
    r.field = field;
  });
  return 'done';
}

async function send_picture(picture: Picture, report: string, language: string): Promise<End> {
  const response = await ask(`/api/v1/reports/${report}/attachments`, { language, body: picture.blob, type: picture.blob.type });
  if (response === null || passing(response.status)) return 'later';
  if (response.status === 401) return 'sign_in';
  if (response.ok && picture.id !== undefined) {
    await change_report(picture.key, (row) => { row.photos = (row.photos ?? 0) + 1; });
    await drop_picture(picture.id);
  } else await put_picture({ ...picture, why: await reason_of(response) });
  return 'done';
}

const mine = (owner: string | null, me: string | null): boolean => owner === null || me === null || owner === me;

// A link's answer goes under its own token, whoever is signed in.  One that cannot go yet holds up no other.
async function send_answers(me: string | null, language: string): Promise<End> {
  let worst: End = 'done';
  for (const row of await all_answers()) {
    if (row.state !== 'waiting' || (row.token === '' && !mine(row.owner, me))) continue;
    const end = await send_answer(row, language);
    if (end === 'later') return end;
    if (end !== 'done') worst = end;
  }
  return worst;
}

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

export type What = 'all' | 'answers'; // answers: a page behind a link sends nobody's reports

// `me`: who is signed in, as in `owner`; null: not known, the server decides.
export async function send_outbox(me: string | null, language: string, what: What = 'all'): Promise<End> {
  return (await alone(async () => {
    const answers = await send_answers(me, language);
    const rest = what === 'all' ? await send_all(me, language) : 'done';
    return rest === 'done' ? answers : rest;
  })) ?? 'busy';
}
