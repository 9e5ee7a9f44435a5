// What callers report, written down by the desk.  The same road as every report; nothing about the caller is asked.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, new_key, post } from '../base/api';
import { c } from '../base/common_words';
import type { Facts, ReportBody, Submitted } from '../base/model';
import { hazard_of, plan } from '../base/plan';
import { link_to } from '../base/route';
import { instant_of } from '../base/time';
import { Clause } from '../parts/clause';
import { Dialog } from '../parts/dialog';
import { FactsForm } from '../parts/facts_form';
import { LevelMark } from '../parts/level_mark';
import { PlacePicker, no_place } from '../parts/place_picker';
import { ProblemNote } from '../parts/problem_note';
import { refresh } from './store';
import { k } from './work_words';

// Kinds of the plan as a list that the keyboard searches by itself.
export function HazardSelect({ value, none, onChange }: { value: string; none: string; onChange: (kind: string) => void }) {
  return (
    <label><span class="name">{k('kind')}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{none}</option>
        {(plan.value?.hazards ?? []).map((hazard) => <option key={hazard.kind} value={hazard.kind}>{hazard.name}</option>)}
        <option value="unsure">{k('not_sure')}</option>
      </select></label>
  );
}

export const is_coarse = (kind: string): boolean => hazard_of(kind)?.class === 'public_health';

// What is still unknown and could raise the level: asked while the caller is on the line, sent behind the first report.
function Questions({ of }: { of: Submitted }) {
  const kind = of.assessment.hazard;
  const [facts, set_facts] = useState<Facts>({});
  const [problem, set_problem] = useState<unknown>(null);
  const [done, set_done] = useState<Submitted | null>(null);
  const key = useRef('');
  if (of.assessment.questions.length === 0) return null;
  if (done !== null) return <p class="notice good" role="status">{k('answered_question')} <LevelMark level={done.assessment.level} /></p>;
  const send = async (): Promise<void> => {
    if (key.current === '') key.current = new_key();
    try {
      set_problem(null);
      set_done(await post<Submitted>('/api/v1/reports', { key: key.current, follows: of.report, facts }));
      refresh();
    } catch (wrong) {
      if (wrong instanceof Problem && !wrong.passing) key.current = '';
      set_problem(wrong);
    }
  };
  return (
    <form class="card" onSubmit={(event) => { event.preventDefault(); void send(); }}
      onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); void send(); } }}>
      <h2>{k('ask_caller')}</h2>
      <FactsForm kind={kind} only={of.assessment.questions.map((one) => one.attribute)} facts={facts} onChange={set_facts} />
      <ProblemNote problem={problem} />
      <button class="main" disabled={Object.values(facts).every((value) => value === null)}>{k('send_more')}</button>
    </form>
  );
}

function Received({ of, onAnother }: { of: Submitted; onAnother: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <section class="notice good" role="status">
        <h1 ref={heading} tabIndex={-1}>{of.opened ? k('received', { code: of.incident }) : k('joined', { code: of.incident })}</h1>
        <p>{k('level_now')}: <LevelMark level={of.assessment.level} /> <Clause text={of.assessment.clause_text} /></p>
        {of.numbers_removed && <p>{k('removed')}</p>}
      </section>
      <p class="row">
        <a class="button main" href={link_to('incidents', of.incident)}>{k('go_incident', { code: of.incident })}</a>
        <button type="button" onClick={onAnother}>{k('another')}</button>
      </p>
      <Questions of={of} />
    </>
  );
}

interface Draft {
  kind: string;
  facts: Facts;
  where: typeof no_place;
  text: string;
  when: string; // of a datetime-local field
  drill: boolean;
}
const kEmpty: Draft = { kind: '', facts: {}, where: no_place, text: '', when: '', drill: false };

function body_of(draft: Draft, key: string): ReportBody {
  return {
    key,
    hazard: draft.kind === '' ? null : draft.kind,
    facts: draft.facts,
    area: draft.where.area,
    place: is_coarse(draft.kind) || draft.where.place.trim() === '' ? null : draft.where.place.trim(),
    text: draft.text.trim() === '' ? null : draft.text.trim(),
    occurred_at: draft.when === '' ? null : instant_of(draft.when),
    drill: draft.drill,
  };
}

const is_blank = (draft: Draft): boolean =>
  draft.kind === '' && draft.text === '' && draft.when === '' && !draft.drill && draft.where.area === null && draft.where.place === '';

function AskClear({ onClose, onClear }: { onClose: () => void; onClear: () => void }) {
  return (
    <Dialog title={k('clear_ask')} onClose={onClose}>
      <p>{k('clear_done')}</p>
      <div class="row">
        <button type="button" class="danger" onClick={onClear}>{k('clear')}</button>
        <button type="button" onClick={onClose}>{c('cancel')}</button>
      </div>
    </Dialog>
  );
}

// Kept while the page lives, so that a look at another page loses nothing that was written.
let kept: Draft = kEmpty;

export function PhonedPage() {
  const [draft, set_draft_now] = useState(kept);
  const [turn, set_turn] = useState(0);
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState<unknown>(null);
  const [sent, set_sent] = useState<Submitted | null>(null);
  const [clearing, set_clearing] = useState(false);
  const key = useRef('');
  const set_draft = (change: Partial<Draft>): void => {
    key.current = ''; // other words are another report
    kept = { ...kept, ...change };
    set_draft_now(kept);
  };
  const blank = is_blank(draft);
  const empty = draft.kind === '' && draft.text.trim() === '';
  const send = async (): Promise<void> => {
    if (busy || empty) return;
    set_busy(true);
    set_problem(null);
    if (key.current === '') key.current = new_key();
    try {
      set_sent(await post<Submitted>('/api/v1/reports', body_of(draft, key.current)));
      key.current = '';
      kept = kEmpty;
      refresh();
    } catch (wrong) {
      set_problem(wrong);
    } finally {
      set_busy(false);
    }
  };
  const again = (): void => {
    set_sent(null);
    set_draft(kEmpty);
    set_turn(turn + 1);
  };
  if (sent !== null) return <Received of={sent} onAnother={again} />;
  return (
    <form onSubmit={(event) => { event.preventDefault(); void send(); }}
      onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); event.currentTarget.requestSubmit(); } }}>
      <h1>{k('phoned_title')}</h1>
      <p class="soft">{k('phoned_hint')}</p>
      <div class="phoned">
        <div>
          <HazardSelect value={draft.kind} none={k('choose_kind')} onChange={(kind) => set_draft({ kind, facts: {} })} />
          <PlacePicker key={`place ${turn}`} value={draft.where} onChange={(where) => set_draft({ where })} coarse={is_coarse(draft.kind)} here={false} />
          <label><span class="name">{k('said')}</span>
            <textarea rows={3} maxLength={4000} value={draft.text} onInput={(event) => set_draft({ text: event.currentTarget.value })} /></label>
        </div>
        <div>
          <FactsForm key={`${draft.kind} ${turn}`} kind={draft.kind} facts={draft.facts} onChange={(facts) => set_draft({ facts })} />
          <label><span class="name">{k('when')}</span>
            <input type="datetime-local" value={draft.when} onInput={(event) => set_draft({ when: event.currentTarget.value })} /></label>
          <label class="check"><input type="checkbox" checked={draft.drill} onChange={() => set_draft({ drill: !draft.drill })} /> {k('drill')}</label>
        </div>
      </div>
      {problem instanceof Problem && problem.passing && <p class="notice bad" role="alert">{k('not_sent')}</p>}
      {!(problem instanceof Problem && problem.status === 0) && <ProblemNote problem={problem} />}
      <button class="main" disabled={busy || empty}>{busy ? k('sending') : k('send')}</button>{' '}
      <button type="button" class="quiet" disabled={blank} onClick={() => set_clearing(true)}>{k('clear')}</button>
      {clearing && <AskClear onClose={() => set_clearing(false)} onClear={() => { set_clearing(false); again(); }} />}
    </form>
  );
}
