// One report and where it stands, in words that leave no doubt: waiting here, or with the desk and how far.
import { useState } from 'preact/hooks';

import { c } from '../base/common_words';
import { AnswerOne, fact_text } from '../parts/facts_form';
import { SignIn } from '../parts/sign_in';
import type { Facts, Question, Stage } from '../base/model';
import { attribute_of, hazard_of, level_of } from '../base/plan';
import { go, link_to } from '../base/route';
import { me } from '../base/session';
import { short_time } from '../base/time';
import { begin_draft, change_draft } from './known';
import { StandingTitle, tone } from './mine';
import { CallDesk } from './notices';
import { drop_report } from './outbox';
import { last_end, note_sms, owner, pictures, post_follow_up, refresh, send_now } from './outbox_page';
import { poll } from './own';
import { TakePhoto } from './photo';
import { sms_href } from './sms';
import type { Standing } from './standing';
import { attachment_count, find_report, follow_ups_of } from './standing';
import { w } from './words';

// ---- waiting on this phone ----
function Waiting({ standing }: { standing: Standing }) {
  const { row, waited } = standing;
  if (row === null) return null;
  const foreign = row.owner !== null && owner() !== null && row.owner !== owner();
  const sign_in = me.value === null || last_end.value === 'sign_in';
  const href = sms_href(row);
  return (
    <>
      <p>{foreign ? w('of_other') : w(sign_in ? 'sign_in_hint' : 'waiting_hint')}</p>
      {!sign_in && <p class="number">{w('waiting_since', { seconds: waited })}</p>}
      {row.sms_at !== null && <p class="notice good">{w('sms_sent')}</p>}
      <div class="stack">
        {href !== null && !sign_in && standing.late && (
          <a class="button main" href={href} onClick={() => void note_sms(row.key)}>{w('send_sms')}</a>
        )}
        {standing.late && <CallDesk urgent={href === null} />}
        {!sign_in && <button type="button" onClick={() => void send_now()}>{w('try_now')}</button>}
      </div>
      {sign_in && <SignIn first="phone" onDone={() => void send_now()} />}
      {href !== null && sign_in && standing.late && (
        <a class="button" href={href} onClick={() => void note_sms(row.key)}>{w('send_sms')}</a>
      )}
    </>
  );
}

function Refused({ standing: { row } }: { standing: Standing }) {
  if (row === null) return null;
  const edit = async (): Promise<void> => {
    const { body } = row;
    await drop_report(row.key);
    await refresh();
    begin_draft(body.hazard ?? 'unsure');
    change_draft({ facts: body.facts ?? {}, place: { area: body.area ?? null, place: body.place ?? '' }, text: body.text ?? '', drill: body.drill ?? false });
    go('report');
  };
  return (
    <>
      <p><bdi>{row.why}</bdi></p>
      <p>{w('refused_hint')}</p>
      <div class="stack">
        {row.body.follows == null && <button type="button" class="main" onClick={() => void edit()}>{w('edit')}</button>}
        <CallDesk />
        <button type="button" onClick={() => void drop_report(row.key).then(refresh).then(() => go('mine'))}>{w('throw_away')}</button>
      </div>
    </>
  );
}

// ---- with the desk ----
const kSteps = ['received', 'read', 'handled', 'ended'] as const;
const step_word = { received: 'step_received', read: 'step_read', handled: 'step_handled', ended: 'step_ended' } as const;

function Steps({ standing }: { standing: Standing }) {
  const at = standing.stage === null ? -1 : kSteps.indexOf(standing.stage);
  // Others may be on their way before anybody at the desk has looked: then nobody has, and nothing here says otherwise.
  const done = (step: Stage, n: number): boolean =>
    n <= at && (step !== 'read' || n === at || typeof standing.known?.read_at === 'string');
  return (
    <ol class="steps" aria-label={w('steps')}>
      <li class="done">{w('step_sent')}</li>
      {kSteps.map((step, n) => (
        <li key={step} class={done(step, n) ? 'done' : ''} aria-current={n === at ? 'step' : undefined}>
          {w(step_word[step])}{n === at && <span class="visually-hidden"> ({w('now_here')})</span>}
        </li>
      ))}
    </ol>
  );
}

function Questions({ standing }: { standing: Standing }) {
  const [chosen, set_chosen] = useState<Facts>({});
  const report = standing.report;
  if (report === null) return null;
  const asked = standing.questions.filter(({ attribute }) => attribute_of(attribute) !== undefined);
  if (asked.length === 0) return null;
  const send = (question: Question, value: Facts[string]): void => {
    if (value === null) return;
    void post_follow_up(standing.row, report, { facts: { [question.attribute]: value } });
  };
  return (
    <section class="card" aria-label={w('questions')}>
      <h2>{w('questions')}</h2>
      {asked.map((question) => {
        const attribute = attribute_of(question.attribute);
        const level = question.could_reach === null ? undefined : level_of(question.could_reach);
        if (attribute === undefined) return null;
        return (
          <fieldset key={question.attribute} class="fact">
            <legend>{question.text}{level !== undefined && <span class="soft"> {w('reached', { level: level.name })}</span>}</legend>
            <AnswerOne attribute={attribute} value={chosen[question.attribute] ?? null}
              onType={(value) => set_chosen({ ...chosen, [question.attribute]: value })} onTap={(value) => send(question, value)} />
          </fieldset>
        );
      })}
    </section>
  );
}

function FollowUps({ standing }: { standing: Standing }) {
  return (
    <>
      {follow_ups_of(standing).map((row) => {
        const said = [...Object.entries(row.body.facts ?? {}).map(([name, value]) => fact_text(name, value)), row.body.text ?? ''];
        const fact = said.filter((text) => text !== '').join(', ');
        return (
          <p key={row.key} class={row.state === 'sent' ? 'notice good' : 'notice warn'} role="status">
            <bdi>{w(row.state === 'sent' ? 'answered' : 'answer_waiting', { fact })}</bdi>
            {row.state === 'refused' && <bdi> {row.why}</bdi>}
          </p>
        );
      })}
    </>
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
  const text = known?.text ?? row?.body.text ?? '';
  return (
    <section class="card" aria-label={w('what_was_sent')}>
      <h2>{w('what_was_sent')}</h2>
      <p><strong>{standing.name}</strong>{standing.drill && <span class="drill">{c('drill')}</span>}</p>
      {(area !== '' || place !== '') && <p><bdi>{[area, place].filter((part) => part !== '').join(' ')}</bdi></p>}
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
      {known !== null && known.coming > 0 && <p>{w('coming_n', { n: known.coming })}</p>}
      <Steps standing={standing} />
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
        {row?.state === 'waiting' ? <Waiting standing={standing} /> : row?.state === 'refused' ? <Refused standing={standing} /> : <WithDesk standing={standing} />}
      </div>
      {row?.state !== 'waiting' && !fresh.reached && (
        <p class="notice warn" role="status">{fresh.fresh_at === 0 ? w('stale_now') : w('stale', { time: short_time(new Date(fresh.fresh_at).toISOString()) })}</p>
      )}
      <Questions standing={standing} />
      <FollowUps standing={standing} />
      <Photos standing={standing} />
      <What standing={standing} />
      <AddWords standing={standing} />
      {standing.stage !== null && standing.stage !== 'ended' && !standing.unread && <p><CallDesk /></p>}
      <p><a class="button" href={link_to()}>{w('new_report')}</a></p>
    </article>
  );
}
