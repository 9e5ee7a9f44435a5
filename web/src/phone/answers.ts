// Answers to alerts that are not with the desk yet: kept on this phone, sent by the page or its worker.
//
// One row per alert: whoever taps another answer means that one.  Each names the version of the alert that its writer
// saw, so that the desk never takes an old answer over a newer one, whichever way that one came.
import type { AlertPage, AnswerKind, Id } from '../base/model';
import { change_kept, kept_all } from './outbox';
import type { End } from './outbox_wire';
import { ask, passing, reason_of } from './outbox_wire';

export interface Answering {
  alert: Id;
  incident: number | null;
  owner: string | null; // who was signed in; null: nobody, it is a link's
  token: string; // of the alert's link; empty: the session's cookie
  answer: AnswerKind;
  note: string;
  version: string; // of the alert as it was answered
  made_at: number; // milliseconds since 1970, by this phone
  state:
    | 'waiting' // not with the desk yet
    | 'overtaken' // a newer answer came by another way; this one was not sent
    | 'refused'; // the server said why
  why: string; // of a refusal, in the server's words
}

const kPrefix = 'answer-';
const kMostTries = 3; // of one row in one go: each time a newer version was there

export const all_answers = (): Promise<Answering[]> => kept_all<Answering>(kPrefix);
export const put_answer = (row: Answering): Promise<void> => change_kept<Answering>(kPrefix + row.alert, () => row);

// Changes the row unless another answer was tapped meanwhile.
export const change_answer = (row: Answering, change: (kept: Answering) => Answering | undefined): Promise<void> =>
  change_kept<Answering>(kPrefix + row.alert, (kept) => (kept?.made_at === row.made_at ? change(kept) : kept));

export const drop_answer = (row: Answering): Promise<void> => change_answer(row, () => undefined);

// Accepted: what was tapped since then was tapped by somebody who knew of this one.
const accepted = (row: Answering, version: string): Promise<void> =>
  change_kept<Answering>(kPrefix + row.alert, (kept) =>
    kept === undefined || kept.made_at === row.made_at ? undefined : { ...kept, version });

const ended = (row: Answering, state: 'overtaken' | 'refused', why: string): Promise<void> =>
  change_answer(row, (kept) => ({ ...kept, state, why }));

async function page_of(response: Response | null): Promise<AlertPage | null> {
  if (response === null || !response.ok) return null;
  return (response.json() as Promise<AlertPage>).catch(() => null);
}

export async function send_answer(row: Answering, language: string): Promise<End> {
  const path = `/api/v1/alerts/${row.alert}`;
  let version = row.version;
  for (let tries = 0; tries < kMostTries; tries += 1) {
    const body = JSON.stringify({ answer: row.answer, ...(row.note === '' ? {} : { note: row.note }) });
    const response = await ask(`${path}/answer`, { language, body, token: row.token, ifMatch: version });
    if (response === null || passing(response.status)) return 'later';
    if (response.status === 401 && row.token === '') return 'sign_in';
    if (response.ok) {
      const page = await page_of(response);
      if (page === null) return 'later'; // cut off on the way: asked again, the alert says that it has it
      await accepted(row, page.version);
      return 'done';
    }
    if (response.status !== 412) {
      await ended(row, 'refused', await reason_of(response));
      return 'done';
    }
    // Answered meanwhile: by this very answer, whose receipt was lost or which went by SMS too; or by another.
    const now = await page_of(await ask(path, { language, token: row.token }));
    if (now === null) return 'later';
    if (now.answer === row.answer) {
      await accepted(row, now.version);
      return 'done';
    }
    if (now.answered_at !== null && Date.parse(now.answered_at) >= row.made_at) {
      await ended(row, 'overtaken', '');
      return 'done';
    }
    version = now.version;
  }
  return 'later';
}
