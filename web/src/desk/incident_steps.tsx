// Answers per step, the desk's own tasks, what people said in words, and whom nobody told.
import { useState } from 'preact/hooks';

import { post } from '../base/api';
import type { IncidentView, Note, NotTold as Missed, Step, Task } from '../base/model';
import { link_to } from '../base/route';
import { short_time } from '../base/time';
import { in_language } from '../base/words';
import { Countdown } from '../parts/countdown';
import { ProblemNote } from '../parts/problem_note';
import { LevelMark } from '../parts/level_mark';
import { HazardName, Place } from './board';
import { answer_word, reason_word, step_word } from './closed_words';
import { is_end_reason } from './incident_end';
import { i } from './incident_words';
import { selector_text, step_title } from './selector';
import { incidents, refresh } from './store';
import { useDoing } from './use_answer';
import { people_text, t } from './words';
import { k } from './work_words';

// How many of what the step asks for are there: a step that needs "coming" counts who arrived as well.
function have(step: Step): number {
  switch (step.needs) {
    case 'received': return step.received + step.coming + step.arrived;
    case 'arrived': return step.arrived;
    default: return step.coming + step.arrived;
  }
}

function Bar({ step, title }: { step: Step; title: string }) {
  const enough = have(step) >= step.needed; // then it is full, whoever else was asked
  const whole = Math.max(step.total, step.needed, 1);
  const part = (n: number, kind: string) => n > 0 && <span class={kind} style={{ flexGrow: n }} />;
  const rest = enough ? 0 : whole - step.arrived - step.coming - step.received - step.cannot;
  const text = i('enough', { have: have(step), needed: step.needed });
  return (
    <div class="bar" role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={Math.max(step.needed, 1)}
      aria-valuenow={Math.min(have(step), Math.max(step.needed, 1))} aria-valuetext={text}>
      {part(step.arrived, 'arrived')}{part(step.coming, 'coming')}{(!enough || step.needs === 'received') && part(step.received, 'received')}
      {!enough && part(step.cannot, 'cannot')}{part(Math.max(0, rest), 'rest')}
    </div>
  );
}

// Only what is not zero: at night nobody reads past four noughts.
function Counts({ step }: { step: Step }) {
  return (
    <p class="number small counts">
      {step.needed > 0 && <span>{i('step_need', { n: step.needed, answer: answer_word(step.needs) })}</span>}
      <span>{people_text(step.total)}</span>
      {step.arrived > 0 && <span>{i('step_arrived', { n: step.arrived })}</span>}
      {step.coming > 0 && <span>{i('step_coming', { n: step.coming })}</span>}
      {step.received > 0 && <span>{i('step_received', { n: step.received })}</span>}
      {step.cannot > 0 && <span>{i('step_cannot', { n: step.cannot })}</span>}
      {step.open > 0 && step.needs !== null && <strong class="late">{i('step_open', { n: step.open })}</strong>}
      {step.replied > 0 && <strong class="late">{i('step_replied', { n: step.replied })}</strong>}
      {step.look_again_at !== null && <span>{i('look_again')} <Countdown at={step.look_again_at} /></span>}
    </p>
  );
}

function StepRow({ of, step }: { of: IncidentView; step: Step }) {
  const short = step.state === 'short';
  const title = step_title(of, step);
  return (
    <li class="step">
      <div class="row"><strong><bdi>{title}</bdi></strong>
        <span class={short ? 'late' : 'soft'}>{step_word(step.state)}</span>
        {step.needed > 0 && <span class="number"><strong>{i('enough', { have: have(step), needed: step.needed })}</strong></span>}
      </div>
      {step.needed > 0 && <Bar step={step} title={title} />}
      {(step.total > 0 || step.needed > 0) && <Counts step={step} />}
    </li>
  );
}

// What lacks people first, then what runs or waits, in the plan's order; what is over (of an earlier level, as a rule) is
// folded away.
export function Steps({ of }: { of: IncidentView }) {
  const current = new Set(of.callouts.filter((one) => one.state !== 'ended').map((one) => one.callout));
  const is_over = (step: Step): boolean => step.state === 'closed' || !current.has(step.callout);
  const over = of.steps.filter(is_over);
  const rest = of.steps.filter((step) => !is_over(step));
  const lacking = (step: Step): number => (step.state === 'short' ? 0 : 1);
  const rows = (steps: Step[]) => <ol class="steps">{steps.map((step) => <StepRow key={step.step} of={of} step={step} />)}</ol>;
  return (
    <section class="card" aria-labelledby="steps">
      <h2 id="steps">{i('answers')}</h2>
      {of.steps.length === 0 && <p class="soft">{i('no_steps')}</p>}
      {rows([...rest].sort((a, b) => lacking(a) - lacking(b)))}
      {over.length > 0 && <details><summary>{i('steps_over', { n: over.length })}</summary>{rows(over)}</details>}
    </section>
  );
}

// Of a task that is shown away from its incident: what that is, and where.
function Whose({ code }: { code: number }) {
  const of = incidents.value?.get(code);
  return (
    <span class="row whose"><a href={link_to('incidents', code)} aria-label={k('go_incident', { code })}>#{code}</a>
      {of !== undefined && <><LevelMark level={of.level} /> <HazardName hazard={of.hazard} /> <Place of={of} /></>}</span>
  );
}

function TaskRow({ task, again, may_act }: { task: Task; again: () => void; may_act: boolean }) {
  const doing = useDoing();
  const [note, set_note] = useState('');
  const open = task.state === 'open' || task.state === 'overdue';
  const done = (): void => void doing.run(() =>
    post(`/api/v1/tasks/${task.task}/done`, note.trim() === '' ? {} : { note: note.trim() }, { ifMatch: task.version }))
    .then(() => { refresh(); again(); });
  return (
    <li class={task.state === 'overdue' ? 'task overdue' : 'task'}>
      <div class="row">
        {open && <strong class="clock"><Countdown at={task.due_at} /></strong>}
        <span class="grow">{task.incident !== undefined && <Whose code={task.incident} />}<bdi>{in_language(task.text, task.text_zh)}</bdi></span>
        {task.state === 'done' && <span>✓ {i('task_done_at', { time: short_time(task.done_at) })} <bdi>{task.done_by}</bdi></span>}
        {task.state === 'closed' && <span class="doubted">{i('task_closed')}</span>}
      </div>
      {task.note !== '' && <p class="soft"><bdi>{task.note}</bdi></p>}
      {open && may_act && (
        <form class="row" onSubmit={(event) => { event.preventDefault(); done(); }}>
          <input class="grow" aria-label={i('task_note')} placeholder={i('task_note')} maxLength={500} value={note}
            onInput={(event) => set_note(event.currentTarget.value)} />
          <button class="good" data-item disabled={doing.busy}>{i('task_done')}<span class="visually-hidden"> {in_language(task.text, task.text_zh)}</span></button>
        </form>
      )}
      {doing.changed && <p class="notice warn" role="alert">{t('changed')}</p>}
      <ProblemNote problem={doing.problem} />
    </li>
  );
}

export function TaskList({ tasks, again, may_act }: { tasks: Task[]; again: () => void; may_act: boolean }) {
  const waiting = (task: Task): number => (task.state === 'open' || task.state === 'overdue' ? 0 : 1);
  const sorted = [...tasks].sort((a, b) => waiting(a) - waiting(b) || a.due_at.localeCompare(b.due_at));
  return (
    <section class="card" aria-labelledby="tasks">
      <h2 id="tasks">{i('tasks')}</h2>
      {sorted.length === 0 ? <p class="soft">{i('no_tasks')}</p>
        : <ul class="tasks">{sorted.map((task) => <TaskRow key={task.task} task={task} again={again} may_act={may_act} />)}</ul>}
    </section>
  );
}

function NoteRow({ of, note, again, may_act }: { of: IncidentView; note: Note; again: () => void; may_act: boolean }) {
  const doing = useDoing();
  const look = (): void => void doing.run(() => post(`/api/v1/alerts/${note.alert ?? ''}/look`))
    .then(() => { refresh(); again(); });
  const kind = note.kind === 'reason' ? (is_end_reason(note, of) ? i('kind_end') : i('kind_reason')) : note.kind === 'replied' ? i('kind_replied') : i('kind_with_answer');
  return (
    <li class={note.needs_look ? 'notice warn' : ''}>
      <span class="number soft">{short_time(note.at)}</span> <strong><bdi>{note.person?.name ?? kind}</bdi></strong>{' '}
      {note.person !== null && <small class="soft">{kind}</small>}
      <blockquote class="words"><bdi>{note.text}</bdi></blockquote>
      {note.needs_look && may_act && <button type="button" disabled={doing.busy} onClick={look}>{i('looked')}</button>}
      {note.looked_at !== null && <small class="soft">{i('looked_at', { time: short_time(note.looked_at) })}</small>}
      <ProblemNote problem={doing.problem} />
    </li>
  );
}

export function Notes({ of, again, may_act }: { of: IncidentView; again: () => void; may_act: boolean }) {
  if (of.notes.length === 0) return null;
  const sorted = [...of.notes].sort((a, b) => Number(b.needs_look) - Number(a.needs_look) || b.at.localeCompare(a.at));
  return (
    <section class="card" aria-labelledby="notes">
      <h2 id="notes">{i('notes')}</h2>
      <ul class="plain">{sorted.map((note, n) => <NoteRow key={`${note.at} ${n}`} of={of} note={note} again={again} may_act={may_act} />)}</ul>
    </section>
  );
}

function Missing({ of, missed }: { of: IncidentView; missed: Missed[] }) {
  const steps = new Map(of.steps.map((step) => [step.index, step_title(of, step)]));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={i('not_told')}><table>
      <thead><tr><th>{i('person')}</th><th>{i('for_step')}</th><th>{i('why')}</th></tr></thead>
      <tbody>{missed.slice(0, 500).map((one, n) => (
        <tr key={n}>
          <td><bdi>{one.person?.name ?? (one.selector === '' ? one.what : selector_text(of, one.selector))}</bdi></td>
          <td><bdi>{steps.get(one.step) ?? ''}</bdi></td>
          <td>{reason_word(one.reason)}</td>
        </tr>
      ))}</tbody>
    </table></div>
  );
}

// Who was left out for a reason somebody could mend comes first; who was told by another step already is folded away.
export function NotTold({ of }: { of: IncidentView }) {
  if (of.not_told.length === 0) return null;
  const twice = of.not_told.filter((one) => one.reason === 'already_told');
  const missed = of.not_told.filter((one) => one.reason !== 'already_told');
  return (
    <section class="card" aria-labelledby="not-told">
      <h2 id="not-told">{missed.length > 0 ? <>{i('not_told')} <span class="late number">{missed.length}</span></> : i('told_once')}</h2>
      {missed.length > 0 && <Missing of={of} missed={missed} />}
      {twice.length > 0 && <details><summary>{i('told_twice', { n: twice.length })}</summary><Missing of={of} missed={twice} /></details>}
    </section>
  );
}
