// The call sheet: whom to phone now, what to say, and one key for what came of it.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, get, post } from '../base/api';
import { c } from '../base/common_words';
import type { CallLine, Outcome } from '../base/model';
import { link_to } from '../base/route';
import { has_role } from '../base/session';
import { ago } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { Qr } from '../parts/qr';
import { answer_word } from './closed_words';
import { useKeys } from './keys';
import { calls_changed, refresh } from './store';
import { useList } from './use_list';
import { k } from './work_words';

const kOutcomes: Outcome[] = ['received', 'coming', 'arrived', 'cannot', 'no_answer', 'wrong_number'];
const outcome_word = (outcome: Outcome): string =>
  outcome === 'no_answer' ? k('no_answer') : outcome === 'wrong_number' ? k('wrong_number') : answer_word(outcome);

const name_of = (line: CallLine): string => line.person?.name ?? line.person?.code ?? '—';
// RFC 3966: what a dialler takes; an extension is dialled by hand.
const tel = (number: string): string => `tel:${number.replace(/[^+\d]/g, '')}`;

function useSheet() {
  const { list, problem, read } = useList(() => get<{ lines: CallLine[] }>('/api/v1/call-sheet'), calls_changed.value);
  return { lines: list?.lines, problem, read };
}

const whole = (number: string): boolean => !number.includes('*'); // masked ones cannot be dialled

// In groups, as one reads a number while dialling it by hand; copied and read aloud it stays one number.
function Digits({ of }: { of: string }) {
  const parts = /^(\+86)(1\d\d)(\d{4})(\d{4})$/.exec(of) ?? /^(\+86)(10|2\d|\d{3})(\d{3,4})(\d{4})$/.exec(of);
  return <bdi>{parts === null ? of : parts.slice(1).map((part, n) => <span key={n} class="digits">{part}</span>)}</bdi>;
}

function Phones({ of }: { of: CallLine }) {
  if (of.phones.length === 0) return <p class="late">{k('no_number')}</p>;
  return (
    <ul class="plain">
      {of.phones.map((phone) => (
        <li key={phone.number} class="row">
          <span class="soft">{phone.kind === 'mobile' ? k('mobile') : k('landline')}</span>
          {whole(phone.number) ? <a class="big number" href={tel(phone.number)}><Digits of={phone.number} /></a>
            : <bdi class="big number">{phone.number}</bdi>}
          {phone.extension !== null && <strong>{k('extension', { extension: phone.extension })}</strong>}
        </li>
      ))}
    </ul>
  );
}

interface LineGiven {
  of: CallLine;
  onOutcome: (outcome: Outcome) => void;
  note: string;
  onNote: (note: string) => void;
  busy: boolean;
}

function Line({ of, onOutcome, note, onNote, busy }: LineGiven) {
  const first = of.phones[0];
  return (
    <section class="card" aria-labelledby="callee">
      <p class="soft">{of.channel === 'knock' ? k('knock_now') : k('call_now')}</p>
      <h2 id="callee" class="big" tabIndex={-1}><bdi>{name_of(of)}</bdi></h2>
      <div class="call-number">
        <div>
          <Phones of={of} />
          {of.door !== null && of.door !== '' && <p><bdi>{k('door', { door: of.door })}</bdi></p>}
          <p class="soft">{k('script')}</p>
          <blockquote class="script"><bdi>{of.script}</bdi></blockquote>
        </div>
        {first !== undefined && whole(first.number) && <Qr text={tel(first.number)} label={k('scan', { number: first.number })} />}
      </div>
      {has_role('duty', 'admin') ? (
        <>
          <div class="outcomes" role="group" aria-label={k('outcome')}>
            {kOutcomes.map((outcome, n) => (
              <button key={outcome} type="button" disabled={busy} aria-keyshortcuts={String(n + 1)} onClick={() => onOutcome(outcome)}>
                <kbd aria-hidden="true">{n + 1}</kbd> {outcome_word(outcome)}</button>
            ))}
          </div>
          <label><span class="name">{k('note')} <kbd aria-hidden="true">n</kbd></span>
            <input id="call-note" maxLength={500} value={note} onInput={(event) => onNote(event.currentTarget.value)}
              onKeyDown={(event) => { if (event.key === 'Escape' || event.key === 'Enter') { event.preventDefault(); event.currentTarget.blur(); } }} /></label>
        </>
      ) : <p class="soft">{k('masked')}</p>}
      <p class="row">{of.incidents.map((code) => <a key={code} class="button" href={link_to('incidents', code)}>#{code}</a>)}
        <span class="soft">{k('since', { ago: ago(of.since) })}</span></p>
    </section>
  );
}

export function CallsPage() {
  const { lines, problem, read } = useSheet();
  const [busy, set_busy] = useState(false);
  const [wrong, set_wrong] = useState<unknown>(null);
  const working = useRef(false);
  const noted = useRef('');
  const [chosen, set_chosen] = useState<string | null>(null);
  const [note, set_note] = useState('');
  const [said, set_said] = useState('');
  const mine = useRef(new Set<string>()); // lines dealt with here

  const all = lines ?? [];
  const at = Math.max(0, all.findIndex((line) => line.line === chosen));
  const current = all[at];
  const here = useRef<CallLine | undefined>(undefined);

  const choose = (line: CallLine | undefined): void => {
    here.current = line;
    set_chosen(line?.line ?? null);
    noted.current = '';
    set_note('');
    requestAnimationFrame(() => document.getElementById('callee')?.focus());
  };

  // The line one was at has gone from the sheet, and not by what was done here: somebody else did it.
  useEffect(() => {
    if (lines === undefined) return;
    const before = here.current;
    here.current = current;
    if (before === undefined || lines.some((line) => line.line === before.line)) {
      if (chosen === null && current !== undefined) set_chosen(current.line);
      return;
    }
    if (!mine.current.has(before.line)) set_said(k('taken'));
    choose(current);
  }, [lines, chosen]);

  // Keys come faster than pages are drawn: what counts is kept outside of what is drawn.
  const outcome = async (what: Outcome): Promise<void> => {
    const line = here.current ?? current;
    if (line === undefined || working.current || !has_role('duty', 'admin')) return;
    working.current = true;
    set_busy(true);
    set_said('');
    set_wrong(null);
    mine.current.add(line.line);
    const words = noted.current.trim();
    try {
      await post(`/api/v1/call-sheet/${line.line}/outcome`, words === '' ? { outcome: what } : { outcome: what, note: words },
        { ifMatch: line.version });
      set_said(k('noted', { name: name_of(line), outcome: outcome_word(what) }));
      choose(all[at + 1] ?? all[at - 1]);
    } catch (problem_now) {
      mine.current.delete(line.line);
      // Gone, changed, or settled meanwhile: all three mean that somebody else was quicker.
      if (problem_now instanceof Problem && [404, 409, 412].includes(problem_now.status)) {
        set_said(k('taken'));
        mine.current.add(line.line); // said once
      } else set_wrong(problem_now);
    }
    working.current = false;
    set_busy(false);
    await read();
    refresh();
  };

  const keys: Record<string, () => void> = {
    n: () => document.getElementById('call-note')?.focus(),
    ArrowRight: () => choose(all[Math.min(all.length - 1, at + 1)]),
    ArrowLeft: () => choose(all[Math.max(0, at - 1)]),
  };
  kOutcomes.forEach((what, n) => { keys[String(n + 1)] = () => void outcome(what); });
  useKeys(keys);

  return (
    <>
      <h1>{k('waiting_calls', { n: all.length })}</h1>
      <p role="status" class={said === '' ? 'said' : 'said notice good'}>{said}</p>
      <ProblemNote problem={wrong ?? problem} />
      {lines === undefined && problem === null && <p role="status">{c('loading')}</p>}
      {lines !== undefined && current === undefined && <p class="card">{k('nobody_to_call')}</p>}
      {current !== undefined && (
        <div class="call">
          <Line key={current.line} of={current} onOutcome={(what) => void outcome(what)} note={note} onNote={(words) => { noted.current = words; set_note(words); }} busy={busy} />
          <nav class="card" aria-label={k('list')}>
            <h2>{k('list')} <span class="soft number">{all.length}</span></h2>
            <ol class="lines">
              {all.slice(0, 300).map((line) => (
                <li key={line.line}><button type="button" data-item aria-current={line === current ? 'true' : undefined} aria-pressed={line === current}
                  onClick={() => choose(line)}><bdi>{name_of(line)}</bdi> <small>{line.incidents.map((code) => `#${code}`).join(' ')}</small></button></li>
              ))}
            </ol>
          </nav>
        </div>
      )}
    </>
  );
}
