// One's own reports in lines: how each stands, what waits above everything.
import { c } from '../base/common_words';
import { link_to } from '../base/route';
import { me } from '../base/session';
import { short_time } from '../base/time';
import { desk_href, sms_href } from './sms';
import type { Standing } from './standing';
import { standings } from './standings';
import { w } from './words';

export const tone = ({ late, row, stage, unread }: Standing): string =>
  row?.state === 'refused' || (row?.state === 'waiting' && late) || unread ? 'bad'
    : row?.state === 'waiting' ? 'warn' : stage === 'read' || stage === 'handled' ? 'good' : ''; // received: nobody has read it yet

export function StandingTitle({ standing }: { standing: Standing }) {
  const { row, incident, stage } = standing;
  if (row?.state === 'refused') return <>{w('state_refused')}</>;
  if (row?.state === 'waiting') {
    if (me.value === null) return <>{w('state_sign_in')}</>;
    return <>{w(standing.late ? 'state_late' : 'state_waiting')}</>;
  }
  const word = { received: 'state_received', read: 'state_read', handled: 'state_handled', ended: 'state_ended' } as const;
  return <>{w(word[stage ?? 'received'], { incident: incident ?? '' })}</>;
}

// What its user can do at once, behind the tap.
function hint({ row, late, unread }: Standing): string {
  if (row?.state === 'refused') return w('line_refused');
  if (row !== null && late && me.value !== null && sms_href(row) !== null) return w('line_sms');
  return (late || unread) && desk_href() !== null ? w('line_call') : '';
}

export function When({ standing: { known, at } }: { standing: Standing }) {
  return <span class="soft">{w(known === null ? 'written_at' : 'sent_at', { time: short_time(at) })}</span>;
}

function Line({ standing }: { standing: Standing }) {
  const next = hint(standing);
  return (
    <li>
      <a class={`card line ${tone(standing)}`} href={link_to('sent', standing.key)}>
        <strong><StandingTitle standing={standing} /></strong>
        <span class="first-large">{standing.name}{standing.drill && <> <span class="drill">{c('drill')}</span></>} <bdi class="soft">{standing.where}</bdi></span>
        <When standing={standing} />
        {next !== '' && <span>{next}</span>}
        <span class="goes" aria-hidden="true">›</span>
      </a>
    </li>
  );
}

export function MinePage() {
  const all = standings();
  return (
    <section>
      <h1>{w('tab_mine')}</h1>
      {all.length === 0 ? <p>{w('no_reports')}</p> : <ul class="lines">{all.map((one) => <Line key={one.key} standing={one} />)}</ul>}
    </section>
  );
}

// Above the tiles: what is still on its way or being handled.
export function MineNow() {
  const open = standings().filter((one) => one.stage !== 'ended');
  return open.length === 0 ? null : <ul class="lines">{open.slice(0, 3).map((one) => <Line key={one.key} standing={one} />)}</ul>;
}
