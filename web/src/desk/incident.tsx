// One incident: what is known, who answers, what remains to be done.  Seeing it is told to the server by a POST.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, get, post, with_query } from '../base/api';
import { c } from '../base/common_words';
import type { FactValue, IncidentView } from '../base/model';
import { attribute_of, hazard_of, level_of, plan } from '../base/plan';
import { has_role } from '../base/session';
import { link_to } from '../base/route';
import { full_time, short_time } from '../base/time';
import { in_language } from '../base/words';
import { Clause } from '../parts/clause';
import { LevelMark } from '../parts/level_mark';
import { ProblemNote } from '../parts/problem_note';
import { HazardName, Place } from './board';
import { Actions } from './incident_actions';
import { ApprovalNote, useDeciders } from './incident_approval';
import { EndNote } from './incident_end';
import { People } from './incident_people';
import { Reports } from './incident_reports';
import { Notes, NotTold, Steps, TaskList } from './incident_steps';
import { Timeline } from './incident_timeline';
import { i } from './incident_words';
import { poll, refresh } from './store';
import { useDoing } from './use_answer';
import { t } from './words';

const may_act = (): boolean => has_role('duty', 'admin');

// Reads it again when the poll names it, no sooner than the server took for it last time, and says what is wrong.
function useIncident(code: number) {
  const [view, set_view] = useState<IncidentView | undefined>(undefined);
  const [problem, set_problem] = useState<unknown>(null);
  const read = useRef<() => void>(() => undefined);
  useEffect(() => {
    let over = false, reading = false, again = false, wait = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go_on = async (): Promise<void> => {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      again = false;
      const began = Date.now();
      try {
        const fresh = await get<IncidentView>(with_query(`/api/v1/incidents/${code}`, { alerts: 0 }));
        if (!over) {
          set_view(fresh);
          set_problem(null);
        }
      } catch (wrong) {
        if (!over) set_problem(wrong);
        if (wrong instanceof Problem && wrong.passing) again = true;
      }
      wait = Math.min(10_000, Math.max(again ? 1000 : 0, 3 * (Date.now() - began)));
      timer = setTimeout(() => {
        reading = false;
        if (again && !over) void go_on();
      }, wait);
    };
    read.current = () => void go_on();
    void go_on();
    const end = poll.listen((changes) => {
      const named = changes.incidents.some((one) => one.incident === code);
      if (changes.full || named) void go_on();
    });
    return () => {
      over = true;
      clearTimeout(timer);
      end();
    };
  }, [code]);
  return { view, problem, again: () => read.current() };
}

function value_text(name: string, value: FactValue): string {
  if (value === null) return c('unknown');
  if (typeof value === 'boolean') return value ? c('yes') : c('no');
  const attribute = attribute_of(name);
  if (typeof value === 'string') return attribute?.choices.find((choice) => choice.name === value)?.label ?? value;
  return attribute?.unit ? `${value} ${attribute.unit}` : String(value);
}

function Facts({ of }: { of: IncidentView }) {
  const said = Object.entries(of.facts).filter(([, value]) => value !== null);
  const unknown = (hazard_of(of.hazard)?.attributes ?? []).filter((name) => (of.facts[name] ?? null) === null);
  return (
    <div>
      <h2 class="visually-hidden">{i('facts')}</h2>
      <dl class="facts">
        <div><dt>{i('place')}</dt><dd><Place of={of} /></dd></div>
        {said.map(([name, value]) => (
          <div key={name}><dt>{attribute_of(name)?.label ?? name}</dt><dd><bdi>{value_text(name, value)}</bdi></dd></div>
        ))}
      </dl>
      {unknown.length > 0 && (
        <p class="soft">{i('not_said', { names: unknown.map((name) => attribute_of(name)?.label ?? name).join(' · ') })}</p>
      )}
      {of.desk_questions.length > 0 && (
        <div class="notice warn"><strong>{i('ask')}</strong>
          <ul>{of.desk_questions.map((q) => <li key={q.attribute}><bdi>{in_language(q.text, q.text_zh)}</bdi></li>)}</ul>
        </div>
      )}
    </div>
  );
}

// One tap per kind, so that nobody has to search for a button at night.
function Classify({ of, again }: { of: IncidentView; again: () => void }) {
  const doing = useDoing();
  const classes = ['accident', 'natural_disaster', 'public_health'] as const;
  const choose = (hazard: string): void => void doing.run(async () => {
    await post(`/api/v1/incidents/${of.incident}/classify`, { hazard }, { ifMatch: of.version });
    refresh();
  }).then(again);
  return (
    <section class="card" aria-labelledby="classify">
      <h2 id="classify">{i('classify')}</h2>
      {doing.changed && <p class="notice warn" role="alert">{t('changed')}</p>}
      <ProblemNote problem={doing.problem} />
      {classes.map((one) => (
        <div key={one} role="group" aria-label={one === 'accident' ? i('class_accident') : one === 'natural_disaster' ? i('class_natural_disaster') : i('class_public_health')}>
          <h3>{one === 'accident' ? i('class_accident') : one === 'natural_disaster' ? i('class_natural_disaster') : i('class_public_health')}</h3>
          <div class="row">
            {(plan.value?.hazards ?? []).filter((h) => h.class === one).map((h) => (
              <button key={h.kind} type="button" disabled={doing.busy} onClick={() => choose(h.kind)}>{h.name}</button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function Header({ of }: { of: IncidentView }) {
  return (
    <header class="card">
      <a class="back" href="#/">← {i('back')}</a>
      <h1 class="incident-title" tabIndex={-1}>
        <span class="number">{i('title', { code: of.incident })}</span>{' '}
        <LevelMark level={of.level} />{of.level === null && <span class="soft">{t('no_level')}</span>}{' '}
        <HazardName hazard={of.hazard} />{' '}
        {of.drill && <span class="drill">{c('drill')}</span>}
      </h1>
      <EndNote of={of} />
      <Facts of={of} />
      <dl class="facts">
        <div><dt>{i('opened')}</dt><dd><time dateTime={of.opened_at}>{full_time(of.opened_at)}</time></dd></div>
        <div><dt>{i('last_report')}</dt><dd>{short_time(of.last_report_at)}</dd></div>
        {of.clause !== null && <div><dt>{i('clause')}</dt><dd><Clause text={of.clause_text} /> <small class="soft" title={of.clause}>{i('plan_version', { version: of.plan_version })}</small></dd></div>}
        {of.grade !== null && <div><dt>{i('grade')}</dt><dd>{level_of(of.grade)?.name ?? of.grade} <small class="soft"><Clause text={of.grade_clause_text} /></small></dd></div>}
      </dl>
      {of.aliases.length > 0 && <p><strong>{i('merged_here', { codes: of.aliases.map((alias) => `#${alias}`).join(' ') })}</strong></p>}
      {of.needs_look && <p class="notice warn">{t('needs_look')}</p>}
    </header>
  );
}

// Seen by a person of the desk: the page stands in front of somebody, not in a hidden tab.
function useOpened(view: IncidentView | undefined, again: () => void): void {
  const told = useRef(false);
  useEffect(() => {
    if (view === undefined || view.seen_at !== null || view.state !== 'open' || !may_act()) return;
    const tell = (): void => {
      if (told.current || document.hidden) return;
      told.current = true;
      post(`/api/v1/incidents/${view.incident}/open`).then(() => {
        refresh();
        again();
      }, () => { told.current = false; });
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [view]);
}

export function IncidentPage({ code }: { code: number }) {
  const { view, problem, again } = useIncident(code);
  useOpened(view, again);
  const deciders = useDeciders(view);
  // Asked for by the code of one that was merged, the server shows the one it went into: so does the address, and the
  // poll names it by that code.
  const shown = view?.incident ?? code;
  useEffect(() => { if (shown !== code) location.replace(link_to('incidents', shown)); }, [shown, code]);
  const there = view !== undefined;
  useEffect(() => { if (there) document.querySelector<HTMLElement>('.incident-title')?.focus({ preventScroll: true }); }, [there]);
  if (view === undefined) {
    if (problem instanceof Problem && (problem.status === 404 || problem.status === 403)) {
      return <><p class="error" role="alert">{i('not_found')}</p><a href={link_to()}>{i('back')}</a></>;
    }
    return problem === null ? <p role="status">{c('loading')}</p> : <ProblemNote problem={problem} />;
  }
  const open = view.state === 'open';
  const unclear = open && view.hazard === 'unclassified'; // what was said is needed to say what it is
  return (
    <div class="incident-page">
      {problem !== null && <p class="notice warn" role="status">{t('reading_failed')}</p>}
      <Header of={view} />
      {unclear && <Reports of={view} />}
      {unclear && may_act() && <Classify of={view} again={again} />}
      <ApprovalNote of={view} deciders={deciders} may_act={may_act()} />
      {open && may_act() && <Actions of={view} again={again} />}
      <Notes of={view} again={again} may_act={may_act()} />
      <div class="columns">
        <div>
          <TaskList tasks={view.tasks} again={again} may_act={may_act() && open} />
          {!unclear && <Reports of={view} />}
        </div>
        <Steps of={view} />
      </div>
      <People of={view} deciders={deciders} again={again} may_act={may_act() && open} />
      <NotTold of={view} />
      <Timeline of={view} />
      <p class="soft">{i('head', { head: view.head_short })}</p>
    </div>
  );
}
