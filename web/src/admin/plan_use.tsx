// Putting a checked plan in force: somebody answers for each warning that stands in its way.
import { useState } from 'preact/hooks';

import { in_language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { useAct } from './load';
import type { Override, PlanFinding } from './shapes';
import { p } from './words_plans';

interface Given {
  findings: readonly PlanFinding[];
  onUse: (accept: Override[], note: string) => Promise<void>;
}

// One answer for each kind and place of warning.
function to_answer(findings: readonly PlanFinding[]): PlanFinding[] {
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = `${one.code} ${one.where ?? ''}`;
    if (one.standing !== 'in_the_way' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function UseForm({ findings, onUse }: Given) {
  const warnings = to_answer(findings);
  const [reasons, set_reasons] = useState<readonly string[]>([]);
  const [note, set_note] = useState('');
  const { busy, problem, run } = useAct();
  return (
    <form class="card" aria-label={p('use_title')} onSubmit={(event) => {
      event.preventDefault();
      void run(() => onUse(
        warnings.map((one, n) => ({ finding: one.code, where: one.where, reason: (reasons[n] ?? '').trim() })), note.trim()));
    }}>
      <h2>{p('use_title')}</h2>
      <p>{p('use_what')}</p>
      {warnings.length > 0 && <><h3>{p('accept')}</h3><p>{p('accept_what')}</p></>}
      {warnings.map((one, n) => (
        <label key={n}><span class="name">▲ <bdi>{in_language(one.message, one.message_zh)}</bdi></span>
          <input required maxLength={500} value={reasons[n] ?? ''}
            onInput={(event) => set_reasons(warnings.map((_, k) => (k === n ? event.currentTarget.value : reasons[k] ?? '')))} /></label>
      ))}
      <label><span class="name">{p('accept_all_note')}</span>
        <input maxLength={500} value={note} onInput={(event) => set_note(event.currentTarget.value)} /></label>
      <ProblemNote problem={problem} />
      <button class="main" disabled={busy}>{p('use')}</button>
    </form>
  );
}
