// What strangers wrote.  Nothing of it is a report before somebody here takes it; opening one is told to the server.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, get, post } from '../base/api';
import { c } from '../base/common_words';
import type { Facts, InboxMessage, Submitted } from '../base/model';
import { go, link_to, route } from '../base/route';
import { has_role } from '../base/session';
import { ago, short_time } from '../base/time';
import { Countdown } from '../parts/countdown';
import { FactsForm } from '../parts/facts_form';
import { PlacePicker, no_place } from '../parts/place_picker';
import { ProblemNote } from '../parts/problem_note';
import { Qr } from '../parts/qr';
import { Place } from './board';
import { HazardSelect, is_coarse } from './phoned';
import { Digits, is_whole, tel } from './phone_number';
import { inbox_changed, refresh, unclassified } from './store';
import { useDoing } from './use_answer';
import { useList } from './use_list';
import { t } from './words';
import { k } from './work_words';

interface Inbox {
  messages: InboxMessage[];
  left_out: number;
}

function useInbox() {
  const { list, problem, read } = useList(() => get<Inbox>('/api/v1/inbox?limit=200'), inbox_changed.value);
  return { inbox: list, problem, read };
}

function From({ of }: { of: InboxMessage }) {
  if (of.person?.name) return <strong><bdi>{k('from_person', { name: of.person.name })}</bdi></strong>;
  if (of.number === null) return null;
  return (
    <span>{k('from_number')} <strong class="number"><Digits of={of.number} /></strong>{' '}
      {is_whole(of.number) && <a class="button" href={tel(of.number)}>{k('call_back')}</a>}</span>
  );
}

// On the page of one message: a number to be dialled from the desk, or by a phone that reads it.
function Writer({ of }: { of: InboxMessage }) {
  const number = of.person?.name ? null : of.number;
  if (number === null || !is_whole(number)) return <From of={of} />;
  return (
    <div class="call call-number">
      <div><p class="soft">{k('from_number')}</p>
        <a class="big number" href={tel(number)}><Digits of={number} /></a>
        <p><a class="button" href={tel(number)}>{k('call_back')}</a></p></div>
      <Qr text={tel(number)} label={k('scan', { number })} />
    </div>
  );
}

function Take({ of, onTaken }: { of: InboxMessage; onTaken: (as: Submitted) => void }) {
  const doing = useDoing();
  const [kind, set_kind] = useState('');
  const [facts, set_facts] = useState<Facts>({});
  const [where, set_where] = useState(no_place);
  const [drill, set_drill] = useState(false);
  const take = async (): Promise<void> => {
    if (doing.busy) return;
    await doing.run(async () => {
      const place = is_coarse(kind) || where.place.trim() === '' ? null : where.place.trim();
      onTaken(await post<Submitted>(`/api/v1/inbox/${of.message}/take`, {
        hazard: kind === '' ? null : kind, facts: kind === '' ? null : facts, area: where.area, place, drill,
      }));
    });
    refresh();
  };
  return (
    <form aria-label={k('take_title')} onSubmit={(event) => { event.preventDefault(); void take(); }}
      onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); event.currentTarget.requestSubmit(); } }}>
      <h2>{k('take_title')}</h2>
      <p class="soft">{k('corrections')}</p>
      <HazardSelect value={kind} none={k('read_from_text')} onChange={(chosen) => { set_kind(chosen); set_facts({}); }} />
      <FactsForm key={kind} kind={kind} facts={facts} onChange={set_facts} />
      <PlacePicker value={where} onChange={set_where} coarse={is_coarse(kind)} here={false} />
      <label class="check"><input type="checkbox" checked={drill} onChange={() => set_drill(!drill)} /> {k('drill')}</label>
      <ProblemNote problem={doing.problem} />
      <button class="main" disabled={doing.busy}>{k('take')}</button>
    </form>
  );
}

// In front of somebody: it counts as opened.
function OneMessage({ of, again }: { of: InboxMessage; again: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [taken, set_taken] = useState<Submitted | null>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (of.opened_at != null || of.report !== null || !has_role('duty', 'admin')) return;
    post(`/api/v1/inbox/${of.message}/open`).then(() => { refresh(); again(); }, () => undefined);
  }, [of.message]);
  const incident = taken?.incident ?? of.incident;
  return (
    <article class="card narrow">
      <p><a href={link_to('inbox')}>← {c('back')}</a></p>
      <h1 ref={heading} tabIndex={-1}>{k('message_of', { time: short_time(of.received_at) })} <small class="soft">{ago(of.received_at)}</small></h1>
      <Writer of={of} />
      <blockquote class="words big-words"><bdi>{of.text}</bdi></blockquote>
      {incident !== null ? (
        <p class="notice good" role="status">{k('taken_as', { code: incident })}{' '}
          <a class="button" href={link_to('incidents', incident)}>{k('go_incident', { code: incident })}</a></p>
      ) : <p class="notice">{k('leave_it')}</p>}
      {incident === null && has_role('duty', 'admin') && <Take of={of} onTaken={(as) => { set_taken(as); again(); }} />}
    </article>
  );
}

function Row({ of }: { of: InboxMessage }) {
  const waits = of.report === null;
  return (
    <li class={waits && of.opened_at == null ? 'card message unopened' : 'card message'}>
      <p class="row"><span class="number">{short_time(of.received_at)}</span> <From of={of} />
        {waits ? of.opened_at == null
          ? <strong class="late">{t('not_opened')}{of.open_by != null && <> · {k('open_by')} <Countdown at={of.open_by} /></>}</strong>
          : <span>{k('opened', { time: short_time(of.opened_at) })}</span>
          : of.incident !== null && <a href={link_to('incidents', of.incident)}>{k('taken_as', { code: of.incident })}</a>}</p>
      <p class="one-line"><bdi>{of.text.slice(0, 200)}</bdi></p>
      {waits && <a class={of.opened_at == null ? 'button main' : 'button'} data-item href={link_to('inbox', of.message)}>{k('open_message')}<span class="visually-hidden"> {short_time(of.received_at)}</span></a>}
    </li>
  );
}

// Reports that nothing understood: classified by one tap on their page, where their words stand above the kinds.
function Unclassified() {
  return (
    <>
      {unclassified.value.length > 0 && <h2>{k('unclassified_title')}</h2>}
      <ul class="plain">{unclassified.value.map((one) => (
        <li key={one.incident} class={one.seen_at === null ? 'card message unopened' : 'card message'}>
          <p><strong class="number">#{one.incident}</strong> <Place of={one} /> <small class="soft">{t('opened_ago', { ago: ago(one.opened_at) })}</small>
            {one.seen_at === null && <> <strong class="late">{t('not_opened')}</strong></>}</p>
          <a class="button main" data-item href={link_to('incidents', one.incident)}>{k('classify_it')}<span class="visually-hidden"> {one.incident}</span></a>
        </li>
      ))}</ul>
      {unclassified.value.length > 0 && <h2>{k('strangers_title')}</h2>}
    </>
  );
}

export function InboxPage() {
  const { inbox, problem, read } = useInbox();
  const chosen = route.value.path[1];
  const again = (): void => void read();
  if (problem instanceof Problem && problem.status === 403) return <p class="error" role="alert">{k('inbox_denied')}</p>;
  if (inbox === undefined) return problem === null ? <p role="status">{c('loading')}</p> : <ProblemNote problem={problem} />;
  const message = inbox.messages.find((one) => one.message === chosen);
  if (chosen !== undefined) {
    if (message === undefined) {
      return <><p class="notice warn" role="alert">{k('inbox_gone')}</p><button type="button" onClick={() => go('inbox')}>{c('back')}</button></>;
    }
    return <OneMessage key={message.message} of={message} again={again} />;
  }
  const waiting = inbox.messages.filter((one) => one.report === null && one.opened_at == null);
  const left = inbox.messages.filter((one) => one.report === null && one.opened_at != null);
  const sorted = inbox.messages.filter((one) => one.report !== null);
  return (
    <>
      <h1>{t('inbox')}</h1>
      <Unclassified />
      <p class="soft">{k('inbox_hint')}</p>
      <ProblemNote problem={problem} />
      {waiting.length + left.length === 0 && <p class="card">{k('inbox_empty')}</p>}
      <ul class="plain">{waiting.map((one) => <Row key={one.message} of={one} />)}</ul>
      {inbox.left_out > 0 && <p class="late">{k('left_out', { n: inbox.left_out })}</p>}
      {left.length > 0 && <><h2>{k('still_there')}</h2><ul class="plain">{left.map((one) => <Row key={one.message} of={one} />)}</ul></>}
      {sorted.length > 0 && <><h2>{k('sorted')}</h2><ul class="plain">{sorted.map((one) => <Row key={one.message} of={one} />)}</ul></>}
    </>
  );
}
