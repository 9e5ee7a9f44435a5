// One report and where it stands, in words that leave no doubt: waiting here, or with the desk and how far.
import { useState } from 'preact/hooks';

import { c } from '../base/common_words';
import { fact_text } from '../parts/facts_form';
import { SignIn } from '../parts/sign_in';
import type { Stage } from '../base/model';
import { hazard_of } from '../base/plan';
import { link_to } from '../base/route';
import { me } from '../base/session';
import { clock_ahead, short_time } from '../base/time';
import { AddPlace } from './add_place';
import { FollowUps } from './follow_ups';
import { StandingTitle, When, tone } from './mine';
import { CallDesk } from './notices';
import { last_end, note_sms, offline, owner, pictures, post_follow_up, send_now } from './outbox_page';
import { poll } from './own';
import { TakePhoto } from './photo';
import { Questions } from './questions';
import { Refused } from './refused';
import { sms_href } from './sms';
import type { Standing } from './standing';
import { attachment_count, find_report } from './standing';
import { w } from './words';

// ---- waiting on this phone ----
function waited_text(since: number, seconds: number): string {
  const time = short_time(new Date(since + clock_ahead.value).toISOString());
  if (seconds < 1) return '';
  if (seconds < 60) return w('waited_seconds', { n: seconds });
  if (seconds < 3600) return w('waited_minutes', { n: Math.floor(seconds / 60), time });
  return w('waited_hours', { n: Math.floor(seconds / 3600), time });
}

function Waiting({ standing }: { standing: Standing }) {
  const { row, waited } = standing;
  if (row === null) return null;
  const foreign = row.owner !== null && owner() !== null && row.owner !== owner();
  const sign_in = me.value === null || last_end.value === 'sign_in';
  const href = sms_href(row);
  return (
    <>
      <p>{foreign ? w('of_other') : w(sign_in ? 'sign_in_hint' : 'waiting_hint')}</p>
      {!sign_in && <p class="number">{waited_text(row.made_at, waited)}</p>}
      {row.sms_at !== null && <p class="notice good">{w('sms_sent')}</p>}
      <div class="stack">
        {href !== null && !sign_in && standing.late && (
          <a class="button main" href={href} onClick={() => void note_sms(row.key)}>{w('send_sms')}</a>
        )}
        {(standing.late || sign_in || offline.value) && <CallDesk urgent={standing.late && href === null} />}
        {!sign_in && <button type="button" onClick={() => void send_now()}>{w('try_now')}</button>}
      </div>
      {sign_in && <SignIn first="phone" heading={false} onDone={() => void send_now()} />}
      {href !== null && sign_in && standing.late && (
        <a class="button" href={href} onClick={() => void note_sms(row.key)}>{w('send_sms')}</a>
      )}
    </>
  );
}

// ---- with the desk ----
const kSteps = ['received', 'read', 'handled', 'ended'] as const;
const step_word = { received: 'step_received', read: 'step_read', handled: 'step_handled', ended: 'step_ended' } as const;

function Steps({ standing }: { standing: Standing }) {
  const at = standing.stage === null ? -1 : kSteps.indexOf(standing.stage);
  // Others may be on their way before anybody at the desk has looked, and a false alarm ends before anybody came.
  const done = (step: Stage, n: number): boolean =>
    n <= at && (n === at || (step === 'read' ? typeof standing.known?.read_at === 'string' : step !== 'handled' || (standing.known?.coming ?? 0) > 0));
  const { known } = standing;
  const time = { received: known?.received_at, read: known?.read_at, handled: null, ended: known?.ended_at };
  return (
    <ol class="steps" aria-label={w('steps')}>
      <li class="done">{w('step_sent')}</li>
      {kSteps.map((step, n) => (
        <li key={step} class={done(step, n) ? 'done' : ''} aria-current={n === at ? 'step' : undefined}>
          {w(step_word[step])}{done(step, n) && <span class="number"> {short_time(time[step])}</span>}
          {n === at && <span class="visually-hidden"> ({w('now_here')})</span>}
        </li>
      ))}
    </ol>
  );
}

function AddWords({ standing }: { standing: Standing }) {
  const [text, set_text] = useState('');
  const report = standing.report;
  if (report === null || standing.stage === 'ended') return null;
  return (
    <form class="card" onSubmit={(event) => {
      event.preventDefault();
      if (text.trim() === '') return;
      void post_follow_up(standing.row, report, { text: text.trim() }).then(() => set_text(''));
    }}>
      <label><span class="name">{w('add_words')}</span>
        <textarea rows={2} maxLength={2000} value={text} onInput={(event) => set_text(event.currentTarget.value)} /></label>
      <button disabled={text.trim() === ''}>{w('add_send')}</button>
    </form>
  );
}

function What({ standing }: { standing: Standing }) {
  const { known, row } = standing;
  const facts = Object.entries(known?.facts ?? row?.body.facts ?? {}).filter(([, value]) => value !== null);
  const area = known?.area?.path ?? row?.area_path ?? '';
  const place = known?.place ?? row?.body.place ?? '';
  const where = area !== '' || place !== '' ? [area, place].filter((part) => part !== '').join(' ') : standing.where;
  const text = known?.text ?? row?.body.text ?? '';
  return (
    <section class="card" aria-label={w('what_was_sent')}>
      <h2>{w('what_was_sent')}</h2>
      <p><strong class="first-large">{standing.name}</strong> {standing.drill && <span class="drill">{c('drill')}</span>} <When standing={standing} /></p>
      {where !== '' ? <p><bdi>{where}</bdi></p> : row?.state === 'waiting' && <p class="soft">{w('without_place_waiting')}</p>}
      {facts.length > 0 && <p>{facts.map(([name, value]) => fact_text(name, value)).join(' · ')}</p>}
      {text !== '' && <p class="words"><bdi>{text}</bdi></p>}
      {(known?.numbers_removed ?? row?.submitted?.numbers_removed) === true && <p class="notice warn">{w('number_removed')}</p>}
    </section>
  );
}

function WithDesk({ standing }: { standing: Standing }) {
  const { known } = standing;
  return (
    <>
      {known?.stage === 'received' && typeof known.read_by === 'string' && (standing.unread
        ? <div class="notice bad" role="alert"><p>{w('unread')}</p><CallDesk urgent /></div>
        : <p>{w('read_until', { time: short_time(known.read_by) })}</p>)}
      {known !== null && known.coming > 0 && standing.stage !== 'ended' && <p>{w('coming_n', { n: known.coming })}</p>}
      <Steps standing={standing} />
      {standing.stage !== 'ended' && !standing.unread && <div class="stack"><CallDesk /></div>}
    </>
  );
}

function Photos({ standing }: { standing: Standing }) {
  const { row, key } = standing;
  const coarse = hazard_of(standing.hazard)?.class === 'public_health';
  if (coarse || standing.stage === 'ended' || row === null) return null;
  const mine = pictures.value.filter((picture) => picture.key === key);
  const refused = mine.find((picture) => picture.why !== '');
  const waiting = mine.filter((picture) => picture.why === '').length;
  const sent = attachment_count(standing);
  return (
    <section class="card" aria-label={w('photo')}>
      {sent > 0 && <p role="status">{w('photo_sent', { n: sent })}</p>}
      {waiting > 0 && <p role="status">{w('photo_waiting', { n: waiting })}</p>}
      {refused !== undefined && <p class="error">{w('photo_refused', { why: refused.why })}</p>}
      <TakePhoto reportKey={row.key} />
    </section>
  );
}

export function SentPage({ id }: { id: string }) {
  const standing = find_report(id);
  if (standing === null) return <p>{w('no_reports')}</p>;
  const { row } = standing;
  const fresh = poll.state.value;
  return (
    <article>
      <div class={`standing ${tone(standing)}`}>
        <div role="status"><h1><StandingTitle standing={standing} /></h1></div>
        {row?.state === 'waiting' ? <Waiting standing={standing} /> : row?.state === 'refused' ? <Refused row={row} /> : <WithDesk standing={standing} />}
      </div>
      {row?.state !== 'waiting' && !fresh.reached && (
        <p class="notice warn" role="status">{fresh.fresh_at === 0 ? w('stale_now') : w('stale', { time: short_time(new Date(fresh.fresh_at).toISOString()) })}</p>
      )}
      <AddPlace standing={standing} />
      <FollowUps standing={standing} places />
      <Questions standing={standing} />
      <FollowUps standing={standing} places={false} />
      <Photos standing={standing} />
      <What standing={standing} />
      <AddWords standing={standing} />
      <p><a class="button" href={link_to()}>{w('new_report')}</a></p>
    </article>
  );
}
