// Person by person: what they answered, where their ladder stands, and the truth about each message sent.
//
// The page that is looked at is read from the server whenever the incident was, so that ten thousand people cost a desk
// no more than a hundred; what was sent in detail is drawn when it is asked for.
import { useState } from 'preact/hooks';

import { get, post, with_query } from '../base/api';
import { c } from '../base/common_words';
import { in_language } from '../base/words';
import type { AlertWithDeliveries, AnswerKind, Delivery, IncidentView } from '../base/model';
import { clock_text, full_time, seconds_left, short_time } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { alert_word, answer_word, channel_word, delivery_word, reason_word } from './closed_words';
import { NotYet } from './board';
import { i } from './incident_words';
import { step_title } from './selector';
import { Standing, is_open, on_call_sheet } from './standing';
import { incidents, refresh } from './store';
import { useDoing } from './use_answer';
import { useList } from './use_list';
import { people_text, t } from './words';

const kPage = 100;
const kAnswers: AnswerKind[] = ['received', 'coming', 'arrived', 'cannot'];
const kBad = new Set(['undelivered', 'refused', 'unknown']);

function meaning(of: Delivery): string {
  return in_language(of.meaning_text, of.meaning_text_zh) || (of.code ?? '');
}

function when(of: Delivery): string {
  return short_time(of.ended_at ?? of.on_its_way_at ?? of.handed_over_at);
}

function DeliveryLine({ of }: { of: Delivery }) {
  const why = meaning(of);
  return (
    <span class={kBad.has(of.state) ? 'delivery late' : 'delivery'} title={of.code ?? undefined}>
      <strong>{channel_word(of.channel)}</strong> {delivery_word(of.channel, of.state)} <span class="number">{when(of)}</span>
      {why !== '' && <small class="soft"> <bdi>{why}</bdi></small>}
    </span>
  );
}

// All of it, with try, rung and number.
function AllDeliveries({ of }: { of: AlertWithDeliveries }) {
  return (
    <ol class="plain small">
      {of.deliveries.map((one) => (
        <li key={one.delivery}>
          <DeliveryLine of={one} />{' '}
          <span class="soft">{i('rung', { rung: one.rung + 1 })} · {i('attempt', { attempt: one.attempt })} · {reason_word(one.cause)}{one.to !== null && <> · <bdi class="number">{one.to}</bdi></>}</span>
        </li>
      ))}
    </ol>
  );
}

// What somebody said over the fence: noted by the desk in their name.
function NoteAnswer({ of, again }: { of: AlertWithDeliveries; again: () => void }) {
  const doing = useDoing();
  const note = (answer: AnswerKind): void => void doing.run(() =>
    post(`/api/v1/alerts/${of.alert}/answer`, { answer }, { ifMatch: of.version })).then(() => { refresh(); again(); });
  return (
    <div role="group" aria-label={`${i('note_answer')} ${of.person?.name ?? ''}`}>
      <p class="small">{i('note_answer')} <span class="soft">{i('via_phone')}</span></p>
      <div class="row">{kAnswers.map((answer) => (
        <button key={answer} type="button" disabled={doing.busy} onClick={() => note(answer)}>{answer_word(answer)}</button>
      ))}</div>
      {doing.changed && <p class="notice warn" role="alert">{t('changed')}</p>}
      <ProblemNote problem={doing.problem} />
    </div>
  );
}

// Where the ladder stands; who was not told yet is not waited for.
function Ladder({ of, waits }: { of: AlertWithDeliveries; waits: boolean }) {
  const left = of.look_again_at === null ? -1 : seconds_left(of.look_again_at);
  const why = of.reason === 'awaiting_answer' && !of.told ? '' : reason_word(of.reason);
  return (
    <>
      {!of.told && on_call_sheet(of) ? i('waits_on_sheet') : alert_word(of.state)} <small class="soft">{why}</small><br />
      <small class="soft number">{i('rung', { rung: of.rung + 1 })}{of.cycle > 1 && <> · {i('round', { cycle: of.cycle })}</>}
        {waits && left >= 0 && <span title={full_time(of.look_again_at)}> · {i('next_way', { time: clock_text(left) })}</span>}</small>
    </>
  );
}

interface RowGiven {
  of: AlertWithDeliveries;
  steps: ReadonlyMap<string, string>; // their titles, by call-out and index: each level of an incident has its own
  again: () => void;
  may_act: boolean;
}

function Row({ of, steps, again, may_act }: RowGiven) {
  const [open, set_open] = useState(false);
  const [noting, set_noting] = useState(false);
  const last = of.deliveries[of.deliveries.length - 1];
  const waits = is_open(of);
  const decides = of.kind === 'approval' && waits;
  return (
    <tr class={waits ? (of.told ? 'unanswered' : 'untold') : ''}>
      <td>
        <bdi>{of.person?.name ?? of.person?.code ?? '—'}</bdi>
        {of.stands_in_for !== null && <small class="soft"> {i('stands_in_for', { name: of.stands_in_for.name ?? '' })}</small>}
        {decides && <strong class="late"> {i('must_decide')}</strong>}
      </td>
      <td>{of.steps.map((step) => steps.get(`${of.callout} ${step}`) ?? '').filter((title) => title !== '').join(' · ')}</td>
      <td><Standing of={of} />{' '}
        <span class="number">{short_time(of.answered_at)}</span>
        {of.seen_at !== null && <small class="soft"> {i('page_seen', { time: short_time(of.seen_at) })}</small>}</td>
      <td><Ladder of={of} waits={waits} /></td>
      <td><div class="reach">
        {last === undefined ? <span class="soft">{i('nothing_sent')}</span> : <DeliveryLine of={last} />}
        {may_act && !decides && (
          <button type="button" class="quiet" aria-expanded={noting} onClick={() => set_noting(!noting)}>{i('note_answer')}
            <span class="visually-hidden"> {of.person?.name ?? ''}</span></button>
        )}
        <details onToggle={(event) => set_open(event.currentTarget.open)}>
          <summary>{i('details')} <span class="number">{of.deliveries.length}</span></summary>
          {open && <AllDeliveries of={of} />}
        </details>
        {noting && may_act && <NoteAnswer of={of} again={again} />}
      </div></td>
    </tr>
  );
}

interface PageOfPeople {
  alerts: AlertWithDeliveries[];
  next: string | null;
}

interface Given {
  of: IncidentView;
  deciders: readonly AlertWithDeliveries[];
  again: () => void;
  may_act: boolean;
}

export function People({ of, deciders, again, may_act }: Given) {
  const [only, set_only] = useState(false);
  const [trail, set_trail] = useState<readonly string[]>([]); // cursors of the pages turned so far
  const cursor = trail[trail.length - 1] ?? null;
  const { list: page, problem } = useList(() => get<PageOfPeople>(with_query(`/api/v1/incidents/${of.incident}/alerts`,
    { asking: true, waiting: only ? true : undefined, limit: kPage, cursor })), of, only, cursor);
  const steps = new Map(of.steps.map((step) => [`${step.callout} ${step.index}`, step_title(of, step)]));
  const counted = incidents.value?.get(of.incident)?.summary;
  const choose = (unanswered_only: boolean): void => {
    set_only(unanswered_only);
    set_trail([]);
  };
  // On a page: whoever is still waited for, the others, then whom an earlier level asked in vain.  For whose word the
  // response waits stands before all of them.
  const order = (one: AlertWithDeliveries): number => (is_open(one) ? 0 : one.state === 'withdrawn' ? 2 : 1);
  const first = new Set(trail.length === 0 ? deciders.map((one) => one.alert) : []);
  const others = (page?.alerts ?? []).filter((one) => !first.has(one.alert) && (!only || is_open(one)));
  const shown = [...(trail.length === 0 ? deciders : []), ...others.sort((a, b) => order(a) - order(b))];
  const next = page?.next ?? null;
  return (
    <section class="card" aria-labelledby="people">
      <h2 id="people">{i('people')} {counted && <span class="soft number">{people_text(counted.people)}</span>}</h2>
      <div class="row">
        {of.state === 'open' && <button type="button" aria-pressed={only} onClick={() => choose(!only)}>{i('only_unanswered')}</button>}
        {counted && (
          <span class="counts number">{counted.unanswered > 0 && <strong class="late">{t('unanswered', { n: counted.unanswered })}</strong>}
            <NotYet of={counted} /></span>
        )}
        {deciders.length > 0 && <strong class="late">{i('deciders_silent', { n: deciders.length })}</strong>}
        <ProblemNote problem={problem} />
      </div>
      {page === undefined ? problem === null && <p role="status">{c('loading')}</p>
        : shown.length === 0 ? <p class="soft">{only ? (next === null ? i('all_answered') : '') : i('nobody_told')}</p> : (
        <div class="scroll" tabIndex={0} role="region" aria-label={i('people')}><table class="people">
          <thead><tr><th>{i('person')}</th><th>{i('for_step')}</th><th>{i('answer')}</th><th>{i('state')}</th><th>{i('reached')}</th></tr></thead>
          <tbody>{shown.map((alert) =>
            <Row key={alert.alert} of={alert} steps={steps} again={again} may_act={may_act} />)}</tbody>
        </table></div>
      )}
      {(trail.length > 0 || next !== null) && (
        <nav class="row" aria-label={i('people')}>
          <button type="button" disabled={trail.length === 0} onClick={() => set_trail(trail.slice(0, -1))}>{i('previous')}</button>
          <span class="number">{i('page', { page: trail.length + 1 })}</span>
          <button type="button" disabled={next === null} onClick={() => { if (next !== null) set_trail([...trail, next]); }}>{i('next')}</button>
        </nav>
      )}
    </section>
  );
}
