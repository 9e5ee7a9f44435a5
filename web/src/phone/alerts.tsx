// The alerts of whoever is told: what waits for an answer first.
import { c } from '../base/common_words';
import type { Alert } from '../base/model';
import { hazard_name } from '../base/plan';
import { link_to } from '../base/route';
import { short_time } from '../base/time';
import { LevelMark } from '../parts/level_mark';
import { CallDesk } from './notices';
import { answers } from './outbox_page';
import { own_alerts, own_alerts_at, poll, told_incidents } from './own';
import { Sign } from './signs';
import { Where } from './where';
import { w } from './words';

// says: kind_*
const kKinds = ['alert', 'update', 'stand_down', 'approval', 'decided'] as const;
export function kind_text(kind: string): string {
  const known = kKinds.find((one) => one === kind);
  return known === undefined ? w('kind_alert') : w(`kind_${known}`);
}

// `kind`: of the alert that is answered.
export function answer_text(kind: string, answer: string): string {
  switch (answer) {
    case 'received': return w('received');
    case 'coming': return w('coming');
    case 'arrived': return w('arrived');
    case 'cannot': return kind === 'approval' ? w('cannot_decide') : w('cannot');
    default: return answer;
  }
}

// "Coming (11:12)"
export const said_answer = (alert: Alert, answer: string): string => {
  const text = answer_text(alert.kind, answer);
  return alert.answered_at === null ? text : w('with_about', { name: text, about: short_time(alert.answered_at) });
};

const open = (alert: Alert): boolean => {
  const incident = told_incidents.value.get(alert.incident ?? 0);
  return incident?.state === 'open' && (alert.kind === 'alert' || alert.kind === 'approval') &&
    alert.state !== 'withdrawn' && alert.state !== 'answered';
};

function Line({ alert }: { alert: Alert }) {
  const incident = told_incidents.value.get(alert.incident ?? 0);
  const waits = open(alert);
  const unsent = answers.value.find((row) => row.alert === alert.alert);
  return (
    <li>
      <a class={`card line ${waits ? 'bad' : ''}`} href={link_to('alerts', alert.alert)}>
        <span class="row">
          {incident !== undefined && <><Sign kind={incident.hazard} /><strong class="hazard">{hazard_name(incident.hazard)}</strong>
            <LevelMark level={incident.level} /></>}
          {alert.drill && <span class="drill">{c('drill')}</span>}
        </span>
        {incident !== undefined && <span><Where area={incident.area} place={incident.place} /></span>}
        <span class="soft">{kind_text(alert.kind)} · {w('alert_of', { incident: alert.incident ?? '' })}
          {incident !== undefined && ` · ${w('opened_at', { time: short_time(incident.opened_at) })}`}</span>
        {unsent !== undefined && <strong class="late">{w('answer_unsent', {
          answer: answer_text(alert.kind, unsent.answer), time: short_time(new Date(unsent.made_at).toISOString()) })}</strong>}
        <span class="soft">
          {incident !== undefined && incident.state !== 'open' && <strong>{w('line_over')}{alert.answer !== null && ' · '}</strong>}
          {alert.answer !== null ? w('your_answer', { answer: said_answer(alert, alert.answer) }) : waits ? w('not_answered') : ''}
        </span>
      </a>
    </li>
  );
}

// How many wait for an answer: the number on the tab.
export const waiting_alerts = (): number => (own_alerts.value ?? []).filter(open).length;

export function AlertsPage() {
  const read = own_alerts.value;
  if (read === null) return <section><h1>{w('tab_alerts')}</h1><p role="status">{poll.state.value.reached ? c('loading') : w('alerts_unread')}</p><CallDesk /></section>;
  const all = read;
  const waiting = all.filter(open);
  const others = all.filter((alert) => !open(alert));
  return (
    <section>
      <h1>{w('tab_alerts')}</h1>
      {own_alerts_at.value !== null && <p class="notice warn" role="status">{w('stale', { time: short_time(new Date(own_alerts_at.value).toISOString()) })}</p>}
      {all.length === 0 && <p>{w('no_alerts')}</p>}
      {waiting.length > 0 && <><h2>{w('open_alerts')}</h2><ul class="lines">{waiting.map((one) => <Line key={one.alert} alert={one} />)}</ul></>}
      {others.length > 0 && <><h2>{w('other_alerts')}</h2><ul class="lines">{others.map((one) => <Line key={one.alert} alert={one} />)}</ul></>}
    </section>
  );
}

// Above the tiles, for who is told something while writing.
export function AlertsNow() {
  const waiting = (own_alerts.value ?? []).filter(open);
  return waiting.length === 0 ? null : <ul class="lines">{waiting.slice(0, 3).map((one) => <Line key={one.alert} alert={one} />)}</ul>;
}
