// "What would happen if …": a hazard, facts and a place played through the plan; who is told, and the course drawn.
import { useState } from 'preact/hooks';

import type { Facts } from '../base/model';
import { areas, plan } from '../base/plan';
import { has_role } from '../base/session';
import { instant_of, short_time } from '../base/time';
import { in_language } from '../base/words';
import { Clause } from '../parts/clause';
import { FactsForm } from '../parts/facts_form';
import { ProblemNote } from '../parts/problem_note';
import { useCodeNames } from './code_names';
import { CourseLine, minutes_of } from './course_line';
import { Weight } from './findings';
import { Page } from './frame';
import { Loaded, said, useAct, useLoad } from './load';
import { nobody_word } from './nobody';
import { PersonPick } from './person_pick';
import type { Picked } from './person_pick';
import { plan_findings, read_plans, simulate } from './plans_data';
import type { Plans } from './plans_data';
import { Scroll } from './scroll';
import type { Recipient, Simulated, SimulatedStep } from './shapes';
import { t } from './words';
import { d } from './words_directory';
import { p } from './words_plans';

const after = (seconds: number | null): string =>
  seconds === null ? '' : seconds < 1 ? p('at_once') : p('after_time', { time: minutes_of(seconds) });

function title_of(all: Simulated, step: number): string {
  const found = all.steps.find(({ index }) => index === step);
  return found?.title ?? found?.name ?? String(step);
}

// Of somebody who comes as a code and stands elsewhere in the same answer.
function name_in(all: Simulated, code: string): string {
  return [...all.recipients, ...all.not_told].find(({ person }) => person === code)?.name ?? code;
}
const level_in = (all: Simulated, level: string): string => (level === all.level ? all.level_name ?? level : level);

function Recipients({ all }: { all: Simulated }) {
  const row = (one: Recipient, n: number) => (
    <tr key={n}>
      <th scope="row"><bdi class="long">{one.name}</bdi>
        {one.stands_in_for !== '' && <span class="soft"> {p('stands_in_for', { who: name_in(all, one.stands_in_for) })}</span>}</th>
      <td data-name={p('post')}>{one.post_name !== '' && <bdi>{one.post_name}</bdi>}</td>
      <td data-name={p('step')}><bdi>{title_of(all, one.step)}</bdi></td>
      <td data-name={p('first')}>{after(one.first_after_s)}</td>
      <td data-name={p('channel')}>{said(d, `channel_${one.channel}`, one.channel)} <span class="number soft">{one.contact}</span></td>
      <td data-name={p('result')}>{said(p, `end_${one.end}`, one.end)}{one.ended_after_s !== null && <span class="soft"> {after(one.ended_after_s)}</span>}</td>
    </tr>
  );
  return (
    <Scroll><table class="stacked">
      <thead><tr><th>{t('name')}</th><th>{p('post')}</th><th>{p('step')}</th><th>{p('first')}</th><th>{p('channel')}</th><th>{p('result')}</th></tr></thead>
      <tbody>{all.recipients.map(row)}</tbody>
    </table></Scroll>
  );
}

// None of those it is for could be told.
const told_nobody = (all: Simulated, { index, people }: SimulatedStep): boolean =>
  people.length === 0 && all.not_told.some(({ step }) => step === index);

const why_not = ({ reason, selector }: Simulated['not_told'][number]): string =>
  nobody_word(reason, selector) || said(p, `reason_${reason}`, reason);

function StepLine({ all, step }: { all: Simulated; step: SimulatedStep }) {
  const nobody = told_nobody(all, step);
  const state = nobody && step.state === 'satisfied' ? 'done' : step.state;
  return (
    <li><strong><bdi>{step.title ?? step.name}</bdi></strong>{' '}
      <span class="soft">{after(step.began_after_s)} · {step.needed > 0 ? p('needed', { n: step.needed }) : p('needed_none')}</span>{' '}
      · {said(p, `state_${state}`, state)}{step.ended_after_s !== null && step.ended_after_s > 0 && ` (${after(step.ended_after_s)})`}
      {nobody && <>{t('list')}<strong class="late">▲ {p('nobody_told')}</strong></>}</li>
  );
}

// What the run was asked, said with what came of it.
interface Played {
  inputs: string;
  area: string;
  all_answer: boolean;
  leave: readonly string[];
}

function Outcome({ all, played, stale }: { all: Simulated; played: Played; stale: boolean }) {
  const names = useCodeNames();
  return (
    <section aria-label={p('sim_recipients')}>
      {stale && <p class="notice warn" role="status">▲ {p('sim_stale')}</p>}
      <p class={stale ? 'notice' : 'notice good'} role="status">{p('sim_done', {
        at: short_time(all.at), area: played.area === '' ? p('sim_no_place') : played.area, answers: p(played.all_answer ? 'sim_all' : 'sim_nobody'),
        people: new Set(all.recipients.map(({ person }) => person)).size,
      })}{played.leave.length > 0 && ` ${p('sim_without', { who: played.leave.join(t('list')) })}`}</p>
      <dl class="facts">
        <dt>{p('sim_level')}</dt><dd><strong>{all.level_name ?? all.level ?? p('sim_no_level')}</strong> {all.hazard_name} · <bdi>{all.facts_text}</bdi></dd>
        {all.clause !== null && all.clause !== '' && <><dt>{p('sim_clause')}</dt><dd title={all.clause}>{all.clause.endsWith('/default') ? p('sim_default') : <Clause text={all.clause_text} />}</dd></>}
        <dt>{p('sim_message')}</dt><dd class="message"><bdi>{all.message}</bdi></dd>
        {all.questions.length > 0 && <><dt>{p('sim_questions')}</dt><dd><ul>{all.questions.map(({ text }, n) => <li key={n}><bdi>{text}</bdi></li>)}</ul></dd></>}
      </dl>
      <h2>{p('sim_recipients')}</h2>
      {all.recipients.length === 0 ? <p class="late">▲ {p('sim_none')}</p> : (
        <>
          <CourseLine recipients={all.recipients} />
          <Recipients all={all} />
        </>
      )}
      <h2>{p('sim_steps')}</h2>
      <ol class="steps">
        {all.steps.map((step) => <StepLine key={step.index} all={all} step={step} />)}
      </ol>
      {all.tasks.length > 0 && (
        <><h2>{p('sim_tasks')}</h2>
          <ul>{all.tasks.map((task, n) => <li key={n}><bdi>{task.text}</bdi> <span class="soft">{after(task.due_after_s)}</span></li>)}</ul></>
      )}
      {all.not_told.length > 0 && (
        <><h2>{p('sim_not_told')}</h2>
          <ul>{all.not_told.map((one, n) => (
            <li key={n} class="late">▲ <bdi>{one.name === '' ? names.what(one.what) : one.name}</bdi> · {why_not(one)} · <bdi>{title_of(all, one.step)}</bdi></li>
          ))}</ul></>
      )}
      <h2>{p('sim_course')}</h2>
      <ul>{all.course.map((one, n) => (
        <li key={n}>{after(one.after_s)} · {said(p, `course_${one.what}`, one.what)} {one.who !== undefined && <bdi>{one.who}</bdi>} {level_in(all, one.level ?? '')} <bdi class="soft">{one.facts_text ?? ''}</bdi></li>
      ))}</ul>
    </section>
  );
}

function Form({ plans }: { plans: Plans }) {
  const [version, set_version] = useState(0); // 0: in force
  const [hazard, set_hazard] = useState('');
  const [facts, set_facts] = useState<Facts>({});
  const [area, set_area] = useState('');
  const [at, set_at] = useState('');
  const [leave, set_leave] = useState<readonly Picked[]>([]);
  const [all_answer, set_all_answer] = useState(false);
  const [outcome, set_outcome] = useState<{ all: Simulated; played: Played } | null>(null);
  const inputs = JSON.stringify([version, hazard, facts, area, at, leave, all_answer]);
  const { busy, problem, run } = useAct();
  const send = (): Promise<void> => run(async () => {
    set_outcome(null);
    const played = { inputs, area: areas.value.find(({ code }) => code === area)?.name ?? '', all_answer, leave: leave.map(({ name }) => name) };
    const on_leave = leave.map(({ code }) => code);
    const all = await simulate({
      ...(version === 0 ? {} : { version }),
      report: {
        hazard, facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)),
        ...(area === '' ? {} : { area }),
      },
      ...(at === '' ? {} : { at: instant_of(at) }),
      ...(on_leave.length === 0 ? {} : { on_leave }),
      ...(all_answer ? { all_answer } : {}),
    });
    set_outcome({ all, played });
  });
  return (
    <>
      <form class="card" onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
        <div class="row top-row">
          <label class="grow"><span class="name">{p('sim_plan')}</span>
            <select value={version} onChange={(event) => set_version(Number(event.currentTarget.value))}>
              <option value={0}>{p('sim_in_force')}</option>
              {plans.plans.map((one) => <option key={one.version} value={one.version}>{p('version_n', { n: one.version })} {one.label ?? ''}</option>)}
            </select></label>
          <label class="grow"><span class="name">{p('sim_hazard')}</span>
            <select required value={hazard} onChange={(event) => {
              set_hazard(event.currentTarget.value);
              set_facts({});
            }}>
              <option value="">{p('sim_choose')}</option>
              {(plan.value?.hazards ?? []).map(({ kind, name }) => <option key={kind} value={kind}>{name}</option>)}
            </select></label>
          <label class="grow"><span class="name">{p('sim_area')}</span>
            <select value={area} onChange={(event) => set_area(event.currentTarget.value)}>
              <option value="">{p('sim_no_area')}</option>
              {areas.value.map(({ code, path }) => <option key={code} value={code}>{path}</option>)}
            </select></label>
        </div>
        {hazard !== '' && <FactsForm key={hazard} kind={hazard} facts={facts} onChange={set_facts} />}
        <div class="row top-row">
          <label class="grow"><span class="name">{p('sim_at')}</span>
            <input type="datetime-local" value={at} onInput={(event) => set_at(event.currentTarget.value)} /></label>
          {has_role('admin') && <div class="grow"><PersonPick label={p('sim_leave')} chosen={leave} onChoose={set_leave} /></div>}
        </div>
        <label class="check"><input type="checkbox" checked={all_answer}
          onChange={(event) => set_all_answer(event.currentTarget.checked)} />{p('sim_all_answer')}</label>
        <button class="main" disabled={busy || hazard === ''}>{p('sim_run')}</button>
      </form>
      {busy && <p role="status">{p('sim_running')}</p>}
      <ProblemNote problem={problem} />
      <ul class="findings">{plan_findings(problem).map((one, n) => (
        <li key={n}><Weight severity={one.severity} /> {one.file}:{one.line} <bdi>{in_language(one.message, one.message_zh)}</bdi></li>
      ))}</ul>
      {outcome !== null && <Outcome all={outcome.all} played={outcome.played} stale={outcome.played.inputs !== inputs} />}
    </>
  );
}

export function SimulatePage() {
  const load = useLoad(read_plans, []);
  return (
    <Page title={p('part_simulate')}>
      <p>{p('sim_what')}</p>
      <Loaded load={load}>{(plans) => <Form plans={plans} />}</Loaded>
    </Page>
  );
}
