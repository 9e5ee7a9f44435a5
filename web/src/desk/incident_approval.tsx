// What waits for somebody's word: who is asked and whether they know of it, until when, and what it would begin.
import { useEffect, useState } from 'preact/hooks';

import { get } from '../base/api';
import type { AlertPage, AlertWithDeliveries, IncidentView } from '../base/model';
import { link_to } from '../base/route';
import { short_time } from '../base/time';
import { Countdown } from '../parts/countdown';
import { approval_word } from './closed_words';
import { read_deciders } from './deciders';
import { i } from './incident_words';
import { selector_text } from './selector';
import { Standing, on_call_sheet } from './standing';
import { useList } from './use_list';
import { people_text, t } from './words';

export function useDeciders(of: IncidentView | undefined): readonly AlertWithDeliveries[] {
  const pending = of?.approval?.state === 'pending';
  const { list } = useList(() => (pending ? read_deciders(of.incident) : Promise.resolve([])), of);
  return pending ? list ?? [] : [];
}

interface Begins {
  title: string;
  people: number;
}

// What an open approval would begin: the page of whoever is asked knows it.
function useSetsOff(asked: AlertWithDeliveries | undefined): Begins[] {
  const [begins, set_begins] = useState<Begins[]>([]);
  const alert = asked?.alert;
  useEffect(() => {
    if (alert === undefined) return;
    const stop = { over: false };
    get<AlertPage>(`/api/v1/alerts/${alert}`).then(({ scene }) => {
      if (!stop.over) set_begins(scene?.approval?.sets_off ?? []);
    }, () => undefined);
    return () => { stop.over = true; };
  }, [alert]);
  return alert === undefined ? [] : begins;
}

function Decider({ of, may_act }: { of: AlertWithDeliveries; may_act: boolean }) {
  const name = of.person?.name ?? of.person?.code ?? '';
  return (
    <p class="row"><strong><bdi>{name}</bdi></strong> <Standing of={of} />
      {may_act && on_call_sheet(of) && <a class="button" href={link_to('calls', of.person?.code ?? '')}>{i('call_now', { name })}</a>}</p>
  );
}

interface Given {
  of: IncidentView;
  deciders: readonly AlertWithDeliveries[];
  may_act: boolean;
}

export function ApprovalNote({ of, deciders, may_act }: Given) {
  const approval = of.approval;
  const begins = useSetsOff(deciders[0]);
  if (approval === null) return null;
  const pending = approval.state === 'pending';
  return (
    <section class={pending ? 'notice warn' : 'card'} aria-label={i('approval')}>
      <p class="row"><strong>{pending ? t('awaits_approval') : approval_word(approval.state)}</strong>
        {pending && <strong class="clock"><Countdown at={approval.due_at} /></strong>}
        {pending && <span>{i('approval_by', { by: approval.by.map((one) => selector_text(of, one)).join(' / ') })}</span>}
        {pending && <strong>{approval.otherwise === 'start' ? i('otherwise_start') : i('otherwise_leave')}</strong>}
        {approval.decided_by?.name && <span>{i('decided_by', { name: approval.decided_by.name })} {short_time(approval.decided_at)}</span>}</p>
      {deciders.map((one) => <Decider key={one.alert} of={one} may_act={may_act} />)}
      {begins.length > 0 && (
        <p>{i('sets_off')} {begins.map((one, n) => (
          <span key={n} class="fact-said"><bdi>{one.title}</bdi>{one.people > 0 && <> {people_text(one.people)}</>}</span>
        ))}</p>
      )}
    </section>
  );
}
