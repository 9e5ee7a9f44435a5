// The keys that answer an alert, and what of an answer is not with the desk yet.
import { useState } from 'preact/hooks';

import { Problem, post } from '../base/api';
import type { AlertPage, AnswerKind, Scene } from '../base/model';
import { now, short_time } from '../base/time';
import { problem_text } from '../parts/problem_note';
import type { Answering } from './answers';
import { drop_answer } from './answers';
import { answer_text, said_answer } from './alerts';
import { CallDesk } from './notices';
import { last_end, post_answer, refresh, send_now } from './outbox_page';
import { answer_sms } from './sms';
import { w } from './words';

const kOnItsWay = 3; // seconds that an answer may take before it is called unsent

// Says so until the desk has it: by itself when there is a signal, by SMS or by phone at once.
export function Unsent({ row, kind = 'alert' }: { row: Answering; kind?: string }) {
  const answer = answer_text(kind, row.answer);
  const time = short_time(new Date(row.made_at).toISOString());
  const drop = (): void => void drop_answer(row).then(refresh);
  if (row.state === 'refused' || row.state === 'overtaken') {
    return (
      <div class="notice bad" role="alert">
        <p><bdi>{row.state === 'refused' ? w('answer_refused', { answer, why: row.why }) : w('answer_overtaken', { answer, time })}</bdi></p>
        <div class="stack"><button type="button" onClick={drop}>{w('understood')}</button>{row.state === 'refused' && <CallDesk urgent />}</div>
      </div>
    );
  }
  const waited = (now.value - row.made_at) / 1000;
  if (waited < kOnItsWay && last_end.value !== 'later') return <p class="notice warn" role="status">{w('answer_going', { answer })}</p>;
  const text = row.incident === null ? null : answer_sms(row.answer, row.incident);
  return (
    <div class="notice bad" role="alert">
      <p><strong>{w('answer_unsent', { answer, time })}</strong></p>
      <p>{w(last_end.value === 'sign_in' && row.token === '' ? 'answer_sign_in' : 'answer_unsent_hint')}</p>
      <div class="stack">
        {text !== null && <a class="button main" href={text.href}>{w('answer_by_sms', { text: text.text })}</a>}
        <CallDesk urgent={text === null} />
        <button type="button" onClick={() => void send_now()}>{w('try_now')}</button>
      </div>
    </div>
  );
}

// Of a link that opens nothing any more: it cannot go out by it either.
export function Lost({ row }: { row: Answering }) {
  if (row.state === 'overtaken') return <Unsent row={row} />;
  const said = { answer: answer_text('alert', row.answer), time: short_time(new Date(row.made_at).toISOString()) };
  return (
    <div class="notice bad" role="alert">
      <p><strong>{w('answer_lost', said)}</strong></p>
      <div class="stack"><button type="button" onClick={() => void drop_answer(row).then(refresh)}>{w('understood')}</button></div>
    </div>
  );
}

interface Given {
  alert: AlertPage;
  scene: Scene | undefined;
  kinds: AnswerKind[];
  unsent: Answering | undefined;
}

export function AnswerKeys({ alert, scene, kinds, unsent }: Given) {
  const asked = alert.kind === 'approval';
  const [note, set_note] = useState('');
  const [wrong, set_wrong] = useState('');
  // Where the phone keeps nothing: straight to the desk, or said that it did not get there.
  const straight = async (kind: AnswerKind, line: string): Promise<void> => {
    try {
      await post(`/api/v1/alerts/${alert.alert}/answer`, { answer: kind, ...(line === '' ? {} : { note: line }) }, { ifMatch: alert.version });
      await refresh();
    } catch (problem) {
      set_wrong(problem instanceof Problem && !problem.passing ? problem_text(problem) : w('not_sent'));
    }
  };
  const answer = async (kind: AnswerKind): Promise<void> => {
    const line = note.trim();
    set_wrong('');
    try {
      await post_answer(alert, kind, line);
    } catch {
      await straight(kind, line);
      return;
    }
    set_note('');
  };
  const label = (kind: AnswerKind) => {
    const place = scene?.assembly_point ?? null;
    if (kind !== 'arrived' || place === null) return answer_text(alert.kind, kind);
    return <>{w('arrived')} <small>{place}</small></>;
  };
  // Written first: it goes with the answer that is tapped behind it.
  const written = note.trim() !== '';
  return (
    <section class="card" aria-label={w(asked ? 'not_deciding' : 'answers')}>
      {asked && <h2>{w('not_deciding')}</h2>}
      {unsent !== undefined && <Unsent row={unsent} kind={alert.kind} />}
      <input class="line-field" aria-label={w('answer_line')} value={note} maxLength={500} autoComplete="off"
        placeholder={w(asked ? 'decision_line_hint' : 'answer_line_hint')} onInput={(event) => set_note(event.currentTarget.value)} />
      {written && <p class="late" role="status">{w(alert.answer === null ? 'line_unsent' : 'line_unsent_again')}</p>}
      <div class={asked ? 'two' : 'answers'}>
        {kinds.map((kind) => (
          <button key={kind} type="button" class={kind === alert.needs && alert.answer === null && unsent === undefined ? 'main' : ''}
            aria-pressed={alert.answer === kind} onClick={() => void answer(kind)}><bdi>{label(kind)}</bdi></button>
        ))}
      </div>
      <div role="status">
        {alert.answer !== null && <p class="notice good"><strong>{w('desk_has_answer', { answer: said_answer(alert, alert.answer) })}</strong></p>}
      </div>
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
    </section>
  );
}
