// The handover sheet: what the next shift must know, on paper or on the screen, taken over by name.
import { useEffect, useRef, useState } from 'preact/hooks';

import { get, post } from '../base/api';
import { c } from '../base/common_words';
import type { Danger, Handover, Incident, Link, OnDuty, Task } from '../base/model';
import { level_of } from '../base/plan';
import { link_to } from '../base/route';
import { has_role } from '../base/session';
import { full_time, short_time } from '../base/time';
import { in_language } from '../base/words';
import { Countdown } from '../parts/countdown';
import { ProblemNote } from '../parts/problem_note';
import { HazardName, NotYet, Place } from './board';
import { channel_word, link_word } from './closed_words';
import { duty_name } from './selector';
import { poll, refresh, worse_first } from './store';
import { useDoing } from './use_answer';
import { people_text, t } from './words';
import { k } from './work_words';

interface Sheet {
  at: string;
  seen: number; // entry of the record that it is at least as new as
  on_duty: OnDuty[];
  dangers: Danger[];
  incidents: Incident[];
  tasks: Task[];
  links: Link[];
  call_lines: number;
  inbox_waiting: number;
  last: Handover | null;
}

// Clock times for paper; a screen shows what is left besides.
function Due({ at }: { at: string }) {
  return <><span class="number">{short_time(at)}</span> <span class="no-print">(<Countdown at={at} />)</span></>;
}

function Incidents({ of }: { of: Incident[] }) {
  if (of.length === 0) return <p>{k('none')}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={k('open_incidents')}><table class="stacked">
      <tbody>{[...of].sort(worse_first).map((one) => (
        <tr key={one.incident}>
          <td class="number"><a href={link_to('incidents', one.incident)}>#{one.incident}</a></td>
          <td>{one.level === null ? t('no_level') : (level_of(one.level)?.name ?? one.level)} <HazardName hazard={one.hazard} /> {one.drill && <span class="drill">{c('drill')}</span>}<br />
            <Place of={one} /> <span class="soft">{short_time(one.opened_at)}</span></td>
          <td>{one.summary && <>{people_text(one.summary.people)} · {t('coming', { n: one.summary.coming })} · {t('arrived', { n: one.summary.arrived })}
            {one.summary.unanswered > 0 && <> · <strong class="late">{t('unanswered', { n: one.summary.unanswered })}</strong></>}<NotYet of={one.summary} before=" · " /></>}
            {one.awaits_approval != null && <p>{t('awaits_approval')} {short_time(one.awaits_approval.until)}</p>}
            {(one.replied ?? 0) > 0 && <p class="late">{t('replied', { n: one.replied ?? 0 })}</p>}
            {one.seen_at === null && <p class="late">{t('not_opened')}</p>}</td>
          <td>{one.summary?.next_due != null && <><small>{k('next_due')}</small> <Due at={one.summary.next_due.at} /></>}</td>
        </tr>
      ))}</tbody>
    </table></div>
  );
}

function SheetView({ of }: { of: Sheet }) {
  const bad = of.links.filter((link) => link.state === 'down' || link.state === 'doubtful');
  return (
    <div class="sheet">
      <h1>{k('sheet_of', { time: full_time(of.at) })}</h1>
      <p><span class="fact-said">{t('on_duty')}</span>{of.on_duty.map((duty) => <span key={duty.duty} class="fact-said"><bdi>{duty_name(duty)}</bdi>{t('colon')}{duty.people.length === 0 ? t('nobody')
        : duty.people.map((one) => one.person?.name ?? '').join(t('comma'))}</span>)}</p>
      <section class="card"><h2>{k('dangers')}</h2>
        {of.dangers.length === 0 ? <p>{k('none')}</p>
          : <ul>{of.dangers.map((one) => <li key={one.code + one.text} class="late"><bdi>{in_language(one.text, one.text_zh)}</bdi></li>)}</ul>}
      </section>
      <section class="card"><h2>{k('open_incidents')} <span class="number">{of.incidents.length}</span></h2><Incidents of={of.incidents} /></section>
      <section class="card"><h2>{k('tasks_title')} <span class="number">{of.tasks.length}</span></h2>
        {of.tasks.length === 0 ? <p>{k('none')}</p> : (
          <ul>{of.tasks.map((task) => <li key={task.task}><Due at={task.due_at} /> #{task.incident} <bdi>{in_language(task.text, task.text_zh)}</bdi></li>)}</ul>)}
      </section>
      <section class="card"><h2>{k('dead_links')}</h2>
        {bad.length === 0 ? <p>{k('all_links_up')}</p>
          : <ul>{bad.map((link) => <li key={link.name} class="late">{channel_word(link.channel)} <bdi>{link.name}</bdi> {link_word(link.state)} {short_time(link.since)}</li>)}</ul>}
      </section>
      <section class="card"><h2>{k('still_waiting')}</h2>
        <p>{k('call_lines', { n: of.call_lines })} · {k('inbox_waiting', { n: of.inbox_waiting })}</p>
      </section>
      <p class="print-only">{k('from')}: ____________ {k('to')}: ____________ {k('signature')}: ____________</p>
    </div>
  );
}

function TakeOver({ seen, onDone }: { seen: number; onDone: (done: Handover) => void }) {
  const doing = useDoing();
  const [name, set_name] = useState('');
  const [note, set_note] = useState('');
  const send = async (): Promise<void> => {
    const done = await doing.run(async () => {
      onDone(await post<Handover>('/api/v1/handover',
        { taken_over_by: name.trim(), person: null, note: note.trim() === '' ? null : note.trim(), seen }));
    });
    if (done) {
      set_name('');
      set_note('');
    }
    refresh();
  };
  return (
    <form class="card narrow no-print" onSubmit={(event) => { event.preventDefault(); void send(); }}
      onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); event.currentTarget.requestSubmit(); } }}>
      <h2>{k('hand_over')}</h2>
      <label><span class="name">{k('taken_over_by')}</span>
        <input required maxLength={100} autoComplete="off" value={name} onInput={(event) => set_name(event.currentTarget.value)} /></label>
      <label><span class="name">{k('handover_note')}</span>
        <textarea rows={2} maxLength={500} value={note} onInput={(event) => set_note(event.currentTarget.value)} /></label>
      <ProblemNote problem={doing.problem} />
      <button class="main" disabled={doing.busy || name.trim() === ''}>{k('do_hand_over')}</button>
    </form>
  );
}

// "duty:desk-night": the role goes without saying here.
const account_of = (by: string): string => by.slice(by.indexOf(':') + 1);

function History({ turn }: { turn: number }) {
  const [all, set_all] = useState<Handover[] | undefined>(undefined);
  useEffect(() => {
    get<{ handovers: Handover[] }>('/api/v1/handovers?limit=50').then((answer) => set_all(answer.handovers), () => undefined);
  }, [turn]);
  if (all === undefined) return null;
  return (
    <section class="card no-print"><h2>{k('history')}</h2>
      {all.length === 0 ? <p class="soft">{k('nothing_yet')}</p> : (
        <div class="scroll" tabIndex={0} role="region" aria-label={k('history')}><table class="stacked">
          <thead><tr><th>{k('at')}</th><th>{k('from')}</th><th>{k('to')}</th><th>{k('open_incidents')}</th><th>{k('note_left')}</th></tr></thead>
          <tbody>{all.map((one) => (
            <tr key={one.handover}><td class="number">{full_time(one.at)}</td><td><bdi>{account_of(one.by)}</bdi></td><td>→ <bdi>{one.taken_over_by}</bdi></td>
              <td class="number">{one.open_incidents.map((code) => `#${code}`).join(' ')}{one.unanswered > 0 && <> · {t('unanswered', { n: one.unanswered })}</>}</td>
              <td><bdi>{one.note ?? ''}</bdi></td></tr>
          ))}</tbody>
        </table></div>
      )}
    </section>
  );
}

export function HandoverPage() {
  const [sheet, set_sheet] = useState<Sheet | undefined>(undefined);
  const [problem, set_problem] = useState<unknown>(null);
  const [done, set_done] = useState<Handover | null>(null);
  const [turn, set_turn] = useState(0);
  const waiting = useRef(false);
  useEffect(() => {
    const stop = { over: false };
    const read = async (): Promise<void> => {
      if (waiting.current) return;
      waiting.current = true;
      try {
        const fresh = await get<Sheet>('/api/v1/handover');
        if (stop.over) return;
        set_sheet(fresh);
        set_problem(null);
      } catch (wrong) {
        if (!stop.over) set_problem(wrong);
      } finally {
        waiting.current = false;
      }
    };
    void read();
    const end = poll.listen(() => void read());
    return () => {
      stop.over = true;
      end();
    };
  }, [turn]);
  if (sheet === undefined) return problem === null ? <p role="status">{c('loading')}</p> : <ProblemNote problem={problem} />;
  return (
    <>
      <p class="row no-print"><button type="button" onClick={() => print()}>{k('print')}</button>
        {sheet.last !== null && <span class="soft"><bdi>{k('last', { time: short_time(sheet.last.at), name: sheet.last.taken_over_by })}</bdi></span>}</p>
      <ProblemNote problem={problem} />
      <SheetView of={sheet} />
      {done !== null && <p class="notice good" role="status"><bdi>{k('handed_over', { name: done.taken_over_by })}</bdi></p>}
      {has_role('duty', 'admin') && <TakeOver seen={sheet.seen} onDone={(made) => { set_done(made); set_turn(turn + 1); }} />}
      <History turn={turn} />
    </>
  );
}
