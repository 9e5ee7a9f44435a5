// Rows of the directory that a change adds, changes and takes away.
import { said } from './load';
import type { Difference } from './shapes';
import { d } from './words_directory';

const kSigns = { added: '＋', changed: '～', gone: '－' } as const;

export function Differences({ rows }: { rows: readonly Difference[] }) {
  if (rows.length === 0) return null;
  return (
    <ul class="differences">
      {rows.map((row, n) => (
        <li key={n}><strong>{kSigns[row.what]} {d(`what_${row.what}`)}</strong>{' '}
          <span class="soft">{said(d, `table_${row.table}`, row.table)}</span> <bdi class="long">{row.row}</bdi>
          {row.fields.length > 0 && <span class="soft"> ({row.fields.join(', ')})</span>}</li>
      ))}
    </ul>
  );
}
