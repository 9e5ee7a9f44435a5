// What another plan would do otherwise.
import { useEffect, useState } from 'preact/hooks';

import { hazard_name } from '../base/plan';
import { in_language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { Page } from './frame';
import { Loaded, said, useAct, useLoad } from './load';
import { compare, read_plans } from './plans_data';
import type { WhichPlan, Plans } from './plans_data';
import { Scroll } from './scroll';
import type { PlanChange, PlanCompared } from './shapes';
import { t } from './words';
import { p } from './words_plans';

function Change({ one, people }: { one: PlanChange; people: boolean }) {
  const before = in_language(one.before, one.before_zh);
  const after = in_language(one.after, one.after_zh);
  const when = in_language(one.when, one.when_zh);
  return (
    <tr>
      <th scope="row">{said(p, `change_${one.what}`, one.what)}</th>
      <td data-name={p('change_about')}>{one.about.length > 0 && <bdi>{one.about.map(hazard_name).join(t('list'))}</bdi>}</td>
      <td data-name={p('change_subject')}><bdi>{in_language(one.subject, one.subject_zh)}</bdi>{when !== '' && <span class="soft"> <bdi>{when}</bdi></span>}</td>
      <td data-name={p('before')}>{before !== '' && <del><bdi>{before}</bdi></del>}</td>
      <td data-name={p('after')}>{after !== '' && <ins><bdi>{after}</bdi></ins>}</td>
      {people && <td data-name={p('people')}>{one.people.length > 0 && <bdi>{one.people.join(t('list'))}</bdi>}</td>}
    </tr>
  );
}

export function Effect({ compared }: { compared: PlanCompared }) {
  const people = compared.changes.some((one) => one.people.length > 0);
  return (
    <section aria-label={p('compare')}>
      {compared.same ? <p class="notice good" role="status">{p('same')}</p> : (
        <>
          <p role="status"><strong>{p('changes_sum', { n: compared.changes.length })}</strong></p>
          <Scroll><table class="stacked">
            <thead><tr><th>{p('change_what')}</th><th>{p('change_about')}</th><th>{p('change_subject')}</th><th>{p('before')}</th><th>{p('after')}</th>
              {people && <th>{p('people')}</th>}</tr></thead>
            <tbody>{compared.changes.map((one, n) => <Change key={n} one={one} people={people} />)}</tbody>
          </table></Scroll>
        </>
      )}
      <p class="soft">{p('tried', { reports: compared.reports, texts: compared.texts, call_outs: compared.call_outs })}</p>
      {compared.left_out.length > 0 && (
        <details><summary>{p('left_out')} ({compared.left_out.length})</summary>
          <ul>{compared.left_out.map((one, n) => <li key={n}><bdi>{in_language(one.text, one.text_zh)}</bdi></li>)}</ul></details>
      )}
    </section>
  );
}

// Runs a comparison and shows it.
export function useEffectOf() {
  const act = useAct();
  const [compared, set_compared] = useState<PlanCompared | null>(null);
  const run = (before: WhichPlan, after: WhichPlan): Promise<void> => act.run(async () => {
    set_compared(null);
    set_compared(await compare(before, after));
  });
  return { ...act, compared, run };
}

function Pick({ label, plans, value, onPick }: { label: string; plans: Plans; value: number; onPick: (version: number) => void }) {
  return (
    <label class="grow"><span class="name">{label}</span>
      <select value={value} onChange={(event) => onPick(Number(event.currentTarget.value))}>
        {plans.plans.map(({ version, in_force, label: said_by_itself }) => (
          <option key={version} value={version}>{p('version_n', { n: version })} {said_by_itself ?? ''}{in_force ? ` ✓ ${p('in_force')}` : ''}</option>
        ))}
      </select></label>
  );
}

function Form({ plans, before: first, after: second }: { plans: Plans; before: number | null; after: number | null }) {
  const newest = plans.plans[0]?.version ?? 0;
  const [before, set_before] = useState(first ?? plans.in_force ?? newest);
  const [after, set_after] = useState(second ?? newest);
  const { busy, problem, compared, run } = useEffectOf();
  useEffect(() => {
    if (first !== null && second !== null) void run({ version: first }, { version: second });
  }, []);
  return (
    <>
      <form class="row card" onSubmit={(event) => {
        event.preventDefault();
        void run({ version: before }, { version: after });
      }}>
        <Pick label={p('before')} plans={plans} value={before} onPick={set_before} />
        <Pick label={p('after')} plans={plans} value={after} onPick={set_after} />
        <button class="main" disabled={busy}>{p('compare')}</button>
      </form>
      {busy && <p role="status">{p('comparing')}</p>}
      <ProblemNote problem={problem} />
      {compared !== null && <Effect compared={compared} />}
    </>
  );
}

export function ComparePage({ before, after }: { before: number | null; after: number | null }) {
  const load = useLoad(read_plans, []);
  return (
    <Page title={p('part_compare')}>
      <Loaded load={load}>{(plans) => plans.plans.length < 2 && before === null ? <p role="status">{p('only_one')}</p> : <Form key={`${before}-${after}`} plans={plans} before={before} after={after} />}</Loaded>
    </Page>
  );
}
