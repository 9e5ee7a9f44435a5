// The call sheet: whom to phone now, what to say, and one key for what came of it.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, get, post } from '../base/api';
import { c } from '../base/common_words';
import type { CallLine, Outcome } from '../base/model';
import { link_to } from '../base/route';
import { has_role } from '../base/session';
import { ago } from '../base/time';
import { Countdown } from '../parts/countdown';
import { ProblemNote } from '../parts/problem_note';
import { Qr } from '../parts/qr';
import { kOutcomes, outcome_word } from './closed_words';
import { i } from './incident_words';
import { useKeys } from './keys';
import { Digits, is_whole, tel } from './phone_number';
import { calls_changed, calls_listed, incidents, refresh } from './store';
import { useList } from './use_list';
import { k } from './work_words';

const name_of = (line: CallLine): string => line.person?.name ?? line.person?.code ?? '—';
function useSheet() {
  const { list, problem, read } = useList(() => get<{ lines: CallLine[] }>('/api/v1/call-sheet'), calls_changed.value);
  return { lines: list?.lines, problem, read };
}

interface Decision {
  code: number;
  until: string;
}

// For whose word a whole response waits: which one, and until when.
function decision_of(line: CallLine): Decision | undefined {
  if (!line.decision) return undefined;
  const codes = line.incidents.filter((code) => incidents.value?.get(code)?.awaits_approval != null);
  const until = incidents.value?.get(codes[0] ?? 0)?.awaits_approval?.until;
  return codes[0] === undefined || until === undefined ? undefined : { code: codes[0], until };
}

function Phones({ of }: { of: CallLine }) {
  if (of.phones.length === 0) return <p class="late">{k('no_number')}</p>;
  return (
    <ul class="plain">
      {of.phones.map((phone) => (
        <li key={phone.number} class="row">
          <span class="soft">{phone.kind === 'mobile' ? k('mobile') : k('landline')}</span>
          {is_whole(phone.number) ? <a class="big number" href={tel(phone.number)}><Digits of={phone.number} /></a>
            : <bdi class="big number">{phone.number}</bdi>}
          {phone.extension !== null && <strong>{k('extension', { extension: phone.extension })}</strong>}
        </li>
      ))}
    </ul>
  );
}

function MustDecide({ of }: { of: Decision | undefined }) {
  return of === undefined ? null : <strong class="late">{i('must_decide')} · <Countdown at={of.until} /></strong>;
}

interface LineGiven {
  of: CallLine;
  decision: Decision | undefined;
  onOutcome: (outcome: Outcome) => void;
  note: string;
  onNote: (note: string) => void;
  busy: boolean;
}

function Line({ of, decision, onOutcome, note, onNote, busy }: LineGiven) {
  const first = of.phones[0];
  return (
    <section class="card" aria-labelledby="callee">
      <p class="soft">{of.channel === 'knock' ? k('knock_now') : k('call_now')}</p>
      <h2 id="callee" class="big" tabIndex={-1}><bdi>{name_of(of)}</bdi></h2>
      {decision !== undefined && <p><strong class="late">{i('must_decide_for', { code: `#${decision.code}` })} · <Countdown at={decision.until} /></strong></p>}
      <div class="call-number">
        <div>
          <Phones of={of} />
          {of.door !== null && of.door !== '' && <p><bdi>{k('door', { door: of.door })}</bdi></p>}
          <p class="soft">{k('script')}</p>
          <blockquote class="script"><bdi>{of.script}</bdi></blockquote>
        </div>
        {first !== undefined && is_whole(first.number) && <Qr text={tel(first.number)} label={k('scan', { number: first.number })} />}
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
      <p class="row">{of.incidents.map((code) => <a key={code} class="button" href={link_to('incidents', code)}>{k('go_incident', { code })}</a>)}
        <span class="soft">{k('since', { ago: ago(of.since) })}</span></p>
    </section>
  );
}

// `wanted`: the code of whom somebody came to call.
export function CallsPage({ wanted }: { wanted: string | undefined }) {
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
  const at = Math.max(0, all.findIndex((line) => (chosen === null ? line.person?.code === wanted : line.line === chosen)));
  const current = all[at];
  const here = useRef<CallLine | undefined>(undefined);

  const choose = (line: CallLine | undefined): void => {
    here.current = line;
    set_chosen(line?.line ?? null);
    noted.current = '';
    set_note('');
    requestAnimationFrame(() => document.getElementById('callee')?.focus());
  };

  // What is listed here counts, not what was counted a moment ago.
  useEffect(() => { calls_listed.value = lines?.length; }, [lines]);
  useEffect(() => () => { calls_listed.value = undefined; }, []);

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
          <Line key={current.line} of={current} decision={decision_of(current)} onOutcome={(what) => void outcome(what)} note={note} onNote={(words) => { noted.current = words; set_note(words); }} busy={busy} />
          <nav class="card" aria-label={k('list')}>
            <h2>{k('list')} <span class="soft number">{all.length}</span></h2>
            <ol class="lines">
              {all.slice(0, 300).map((line) => (
                <li key={line.line}><button type="button" data-item aria-current={line === current ? 'true' : undefined} aria-pressed={line === current}
                  onClick={() => choose(line)}><bdi>{name_of(line)}</bdi> <small>{line.incidents.map((code) => `#${code}`).join(' ')}</small>
                  <MustDecide of={decision_of(line)} /></button></li>
              ))}
            </ol>
          </nav>
        </div>
      )}
    </>
  );
}
