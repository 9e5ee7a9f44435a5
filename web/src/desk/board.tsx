// The board: what is open, worst first, with the clock that runs next.
import { ago } from '../base/time';
import { hazard_name } from '../base/plan';
import { link_to } from '../base/route';
import type { Incident, Summary } from '../base/model';
import { has_role } from '../base/session';
import { c } from '../base/common_words';
import { Countdown } from '../parts/countdown';
import { LevelMark } from '../parts/level_mark';
import { board, incidents, look, unopened } from './store';
import { people_text, t } from './words';

export function HazardName({ hazard }: { hazard: string }) {
  return hazard === 'unclassified' ? <strong class="late">{t('unclassified')}</strong> : <bdi>{hazard_name(hazard)}</bdi>;
}

export function Place({ of }: { of: Incident }) {
  const area = of.area?.path ?? '';
  return (
    <span class="place">
      {area === '' && of.place === '' ? <span class="soft">{t('area_unknown')}</span> : <bdi>{area}</bdi>}
      {of.place !== '' && <> <bdi>{of.place}</bdi></>}
    </span>
  );
}

const due_word = (what: 'open' | 'approval' | 'task' | 'step'): string =>
  what === 'open' ? t('due_open') : what === 'approval' ? t('due_approval') : what === 'task' ? t('due_task') : t('due_step');

// Nobody can be silent before they were told.
export function NotYet({ of, before = '' }: { of: Summary; before?: string }) {
  const n = of.untold ?? of.people - of.answered - of.unanswered;
  return n > 0 ? <>{before}<strong class="late">{t('not_yet', { n })}</strong></> : null;
}

function Answers({ of }: { of: Summary }) {
  return (
    <p class="answers number">
      <span>{people_text(of.people)}</span>
      {of.unanswered > 0 && <strong class="late">{t('unanswered', { n: of.unanswered })}</strong>}
      <NotYet of={of} />
      {of.exhausted > 0 && <strong class="late">{t('exhausted', { n: of.exhausted })}</strong>}
      <span>{t('coming', { n: of.coming })}</span>
      <span>{t('arrived', { n: of.arrived })}</span>
      {of.cannot > 0 && <span>{t('cannot', { n: of.cannot })}</span>}
      {of.tasks_open > 0 && <span>{t('tasks_open', { n: of.tasks_open })}</span>}
    </p>
  );
}

function Due({ of }: { of: Incident }) {
  const due = of.summary?.next_due ?? (of.seen_at === null && of.open_by !== null ? { at: of.open_by, what: 'open' as const } : null);
  if (due === null) return null;
  return <p class="due"><small>{t('next_due')}</small><br /><strong class="clock"><Countdown at={due.at} /></strong> <small>{due_word(due.what)}</small></p>;
}

function Row({ of }: { of: Incident }) {
  const fresh = of.seen_at === null;
  return (
    <li class={fresh ? 'card incident unopened' : 'card incident'}>
      <div class="what">
        <a class="code" href={link_to('incidents', of.incident)} data-item aria-describedby={`what-${of.incident}`}>#{of.incident}</a>
        <span id={`what-${of.incident}`}>
          {of.level !== null ? <LevelMark level={of.level} /> : <span class="soft">{t('no_level')}</span>}
          {' '}<strong><HazardName hazard={of.hazard} /></strong>{' '}
          {of.drill && <span class="drill">{c('drill')}</span>}
        </span>
      </div>
      <div class="where"><Place of={of} /> <small class="soft">{t('opened_ago', { ago: ago(of.opened_at) })}</small></div>
      <div class="state">
        {fresh && <p><strong class="late">{t('not_opened')}</strong></p>}
        {of.awaits_approval !== null && of.awaits_approval !== undefined && <p><strong>{t('awaits_approval')}</strong> <Countdown at={of.awaits_approval.until} /></p>}
        {of.needs_look && <p class="late">{t('needs_look')}</p>}
        {(of.replied ?? of.summary?.replied ?? 0) > 0 && <p class="late">{t('replied', { n: of.replied ?? of.summary?.replied ?? 0 })}</p>}
        {of.summary && <Answers of={of.summary} />}
      </div>
      <Due of={of} />
      {fresh && <a class="button main" href={link_to('incidents', of.incident)}>{t('open_it')}<span class="visually-hidden"> {of.incident}</span></a>}
    </li>
  );
}

// Strangers' messages may be about something that is on no board yet.
function Letters() {
  const n = look.value?.inbox_waiting ?? 0;
  if (n === 0 || !has_role('duty', 'admin')) return null;
  return <p><a class="late" href={link_to('inbox')}>{n === 1 ? t('one_letter') : t('letters', { n })}</a></p>;
}

export function BoardPage() {
  if (incidents.value === undefined) return <p role="status">{t('waits_for_server')}</p>;
  const all = board.value;
  return (
    <>
      <h1>{t('board')}</h1>
      <p class="row number" role="status">
        <span>{t('n_open', { n: all.length })}</span>
        {unopened.value.length > 0 && <strong class="late">{t('n_unopened', { n: unopened.value.length })}</strong>}
        {(look.value?.unanswered ?? 0) > 0 && <strong class="late">{t('n_unanswered', { n: look.value?.unanswered ?? 0 })}</strong>}
      </p>
      <Letters />
      {all.length === 0
        ? <div class="card"><p>{t('no_incidents')}</p><p class="soft">{t('no_incidents_more')}</p></div>
        : <ul class="incidents">{all.map((incident) => <Row key={incident.incident} of={incident} />)}</ul>}
    </>
  );
}
