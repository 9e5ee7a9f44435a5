// A text with numbered lines; what was found stands at its line, with a sign and a word.
import { useEffect, useMemo, useRef } from 'preact/hooks';

import type { PlanFinding, Severity } from './shapes';

const kSigns: Record<Severity, string> = { error: '✕', warning: '▲', note: 'ℹ' };
const kRank: Record<Severity, number> = { error: 2, warning: 1, note: 0 };
const kLine = 1.5; // em, as in admin.css

interface Given {
  label: string;
  text: string;
  findings: readonly PlanFinding[]; // of this file
  wrong: boolean;
  go_to: { line: number; turn: number } | null; // scrolls there when `turn` changes
  read_only: boolean;
  onText: (text: string) => void;
}

export function SourceField({ label, text, findings, wrong, go_to, read_only, onText }: Given) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split('\n').length, [text]);
  const worst = useMemo(() => {
    const by_line = new Map<number, Severity>();
    for (const { line, severity } of findings) {
      const known = by_line.get(line);
      if (known === undefined || kRank[severity] > kRank[known]) by_line.set(line, severity);
    }
    return by_line;
  }, [findings]);
  useEffect(() => {
    const field = area.current;
    if (field === null || go_to === null) return;
    const before = text.split('\n').slice(0, go_to.line - 1).join('\n').length + (go_to.line > 1 ? 1 : 0);
    const end = text.indexOf('\n', before);
    field.focus();
    field.setSelectionRange(before, end < 0 ? text.length : end);
    field.scrollTop = Math.max(0, (go_to.line - 4) * kLine * parseFloat(getComputedStyle(field).fontSize));
  }, [go_to?.turn]);
  return (
    <div class="source">
      <div class="gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, n) => {
          const severity = worst.get(n + 1);
          return <div key={n} class={severity === undefined ? '' : `mark ${severity}`}>{severity === undefined ? '' : `${kSigns[severity]} `}{n + 1}</div>;
        })}
      </div>
      <textarea ref={area} aria-label={label} value={text} wrap="off" spellcheck={false} autocapitalize="off" autocomplete="off"
        aria-invalid={wrong} readOnly={read_only}
        onScroll={() => {
          if (gutter.current !== null && area.current !== null) gutter.current.scrollTop = area.current.scrollTop;
        }}
        onInput={(event) => onText(event.currentTarget.value)} />
    </div>
  );
}
