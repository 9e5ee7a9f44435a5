// A plan's text: read, changed, checked with what was found beside the lines, and put in force.
import { useMemo, useState } from 'preact/hooks';

import { Problem, ask } from '../base/api';
import { in_language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { changed_meanwhile } from './directory_data';
import { Weight } from './findings';
import { Page } from './frame';
import { Loaded, said, useAct, useLoad } from './load';
import { Effect, useEffectOf } from './plan_compare';
import { UseForm } from './plan_use';
import { files_of, text_of_files } from './plan_text';
import { judge, plan_findings, read_plan_text, read_plans } from './plans_data';
import type { PlanFile } from './plan_text';
import type { Plans } from './plans_data';
import { SourceField } from './source_field';
import type { Override, PlanFinding, PlanTaken } from './shapes';
import { p } from './words_plans';

const kMain = 'plan.toml';

export interface Judged {
  text: string; // what was judged
  findings: PlanFinding[];
}

const counts = (findings: readonly PlanFinding[]): { errors: number; warnings: number } => ({
  errors: findings.filter(({ severity }) => severity === 'error').length,
  warnings: findings.filter(({ standing }) => standing === 'in_the_way').length,
});

function FindingLine({ one, onLine }: { one: PlanFinding; onLine: () => void }) {
  const hint = in_language(one.hint, one.hint_zh);
  return (
    <li>
      {one.line > 0 && <button type="button" class="line" onClick={onLine}>{p('line', { line: one.line })}</button>}{' '}
      <Weight severity={one.severity} />{' '}
      <bdi>{in_language(one.message, one.message_zh)}</bdi>
      {hint !== '' && <span class="soft"> → <bdi>{hint}</bdi></span>}{' '}
      {one.severity === 'warning' && <span class="soft">({said(p, `standing_${one.standing}`, one.standing)})</span>}
    </li>
  );
}

function Verdict({ judged, stale }: { judged: Judged; stale: boolean }) {
  const { errors, warnings } = counts(judged.findings);
  const kind = errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good';
  const word = errors > 0 ? 'check_bad' : warnings > 0 ? 'check_warn' : 'check_good';
  return <p class={`notice ${kind}`} role="status">{p(word)}{stale && <> {p('check_stale')}</>}</p>;
}

// What was changed and not put in force yet, by the text it began with: it is there again after a look at another page.
const drafts = new Map<string, PlanFile[]>();

interface EditorGiven {
  plans: Plans;
  text: string;
  onUsed: () => void;
}

function Editor({ plans, text: first, onUsed }: EditorGiven) {
  const [files, set_files_here] = useState<PlanFile[]>(() => drafts.get(first) ?? files_of(first));
  const changed = drafts.has(first);
  const [shown, set_shown] = useState(0);
  const [judged, set_judged] = useState<Judged | null>(null);
  const [used, set_used] = useState('');
  const [go_to, set_go_to] = useState<{ line: number; turn: number } | null>(null);
  const { busy, problem, run } = useAct();
  const effect = useEffectOf();
  const text = useMemo(() => text_of_files(files), [files]);
  const file = files[shown] ?? { path: kMain, text: '' };
  const findings = judged?.findings ?? [];
  const here = findings.filter((one) => one.file === file.path);
  const elsewhere = findings.filter((one) => one.file !== file.path);
  const stale = judged !== null && judged.text !== text;
  const set_text = (typed: string): void => {
    const kept = files.map((one, n) => (n === shown ? { ...one, text: typed } : one));
    drafts.set(first, kept);
    set_files_here(kept);
  };
  const discard = (): void => {
    drafts.delete(first);
    set_files_here(files_of(first));
    set_judged(null);
  };
  const jump = (one: PlanFinding): void => {
    const index = files.findIndex(({ path }) => path === one.file);
    if (index >= 0) set_shown(index);
    set_go_to({ line: one.line, turn: (go_to?.turn ?? 0) + 1 });
  };
  const check = (): Promise<void> => run(async () => {
    set_used('');
    try {
      const taken = await judge<PlanTaken>({ plan: text, name: kMain, dry_run: true });
      set_judged({ text, findings: taken.findings });
    } catch (wrong) {
      const found = plan_findings(wrong);
      if (found.length === 0) throw wrong;
      set_judged({ text, findings: found });
      // The file in sight stays while it has errors of its own.
      const errors = found.filter(({ severity }) => severity === 'error');
      const index = files.findIndex(({ path }) => path === errors[0]?.file);
      if (index >= 0 && !errors.some((one) => one.file === file.path)) set_shown(index);
    }
  });
  const use = async (accept: Override[], note: string): Promise<void> => {
    try {
      const { value } = await ask<PlanTaken>('/api/v1/plans', {
        method: 'POST', ifMatch: plans.tag, within: 180_000,
        body: { plan: text, name: kMain, accept, ...(note === '' ? {} : { note }), dry_run: false },
      });
      set_used(value.changed && value.version !== null ? p('used', { n: value.version }) : p('used_same'));
      set_judged(null);
      drafts.delete(first);
      onUsed();
    } catch (wrong) {
      const found = plan_findings(wrong);
      if (found.length > 0) set_judged({ text, findings: found });
      if (changed_meanwhile(wrong)) throw new Problem(412, '', p('stale_force'), '', '', 0, undefined);
      throw wrong;
    }
  };
  return (
    <>
      {used !== '' && <p class="notice good" role="status">{used}</p>}
      {changed && (
        <div class="row notice warn"><span class="grow">{p('changed_here')}</span>
          <button type="button" onClick={discard}>{p('discard')}</button></div>
      )}
      <div class="row">
        <label class="grow"><span class="name">{p('file')}</span>
          <select value={shown} onChange={(event) => set_shown(Number(event.currentTarget.value))}>
            {files.map(({ path }, n) => {
              const { errors, warnings } = counts(findings.filter((one) => one.file === path));
              return <option key={path} value={n}>{errors + warnings > 0 ? p('file_marked', { name: path, errors, warnings }) : path}</option>;
            })}
          </select></label>
        <label class="grow"><span class="name">{p('load_file')}</span>
          <input type="file" accept=".toml" onChange={(event) => {
            void event.currentTarget.files?.[0]?.text().then(set_text);
            event.currentTarget.value = '';
          }} /></label>
      </div>
      <div class="beside-lines">
        <SourceField label={p('source', { file: file.path })} text={file.text} findings={here} read_only={false}
          wrong={here.some(({ severity }) => severity === 'error')} go_to={go_to} onText={set_text} />
        <section aria-label={p('findings_in')} class="found-there" tabIndex={0}>
          <div class="row">
            <button type="button" class="main" disabled={busy} onClick={() => void check()}>{p('check')}</button>
            {plans.in_force !== null && (
              <button type="button" disabled={effect.busy}
                onClick={() => void effect.run({ version: plans.in_force ?? 0 }, { plan: text })}>{p('effect')}</button>
            )}
          </div>
          {busy && <p role="status">{p('checking')}</p>}
          <ProblemNote problem={problem} />
          {judged !== null && (
            <>
              <Verdict judged={judged} stale={stale} />
              {here.length === 0 ? <p class="soft">{p('findings_none')}</p> : (
                <><h2>{p('findings_in')}</h2>
                  <ul class="findings">{here.map((one, n) => <FindingLine key={n} one={one} onLine={() => jump(one)} />)}</ul></>
              )}
              {elsewhere.length > 0 && (
                <details><summary>{p('findings_other')} ({elsewhere.length})</summary>
                  <ul class="findings">{elsewhere.map((one, n) => (
                    <li key={n}><bdi>{one.file}</bdi><ul class="findings"><FindingLine one={one} onLine={() => jump(one)} /></ul></li>
                  ))}</ul></details>
              )}
            </>
          )}
        </section>
      </div>
      {effect.busy && <p role="status">{p('comparing')}</p>}
      <ProblemNote problem={effect.problem} />
      {effect.compared !== null && <Effect compared={effect.compared} />}
      {judged !== null && !stale && counts(judged.findings).errors === 0 && <UseForm findings={judged.findings} onUse={use} />}
    </>
  );
}

export function EditPage({ from }: { from: number | null }) {
  const load = useLoad(async () => {
    const plans = await read_plans();
    const version = from ?? plans.in_force;
    return { plans, version, text: version === null ? '' : await read_plan_text(version) };
  }, []);
  return (
    <Page title={load.value?.version == null ? p('part_edit') : `${p('part_edit')} · ${p('edit_of', { n: load.value.version })}`}>
      <Loaded load={load}>{({ plans, text }) => (
        <Editor plans={plans} text={text} onUsed={load.again} />
      )}</Loaded>
    </Page>
  );
}
