// Rows of the directory that a change adds, changes and takes away.
import { full_time } from '../base/time';
import { useAllNames } from './code_names';
import { said } from './load';
import type { Difference, DirectoryChanged } from './shapes';
import { d } from './words_directory';

// Rows are named by their keys; a moment among them is microseconds of 1970.
const words_of_row = (row: string): string =>
  row.replace(/\b\d{15,16}\b/g, (at) => full_time(new Date(Number(at) / 1000).toISOString()).replace(/:00$/, ''));

const kSigns = { added: '＋', changed: '～', gone: '－' } as const;

interface Shown extends Difference {
  turn?: { before: string; after: string }; // of a post that goes from one to another; empty: nobody
}

const key_of = ({ row }: Difference): string => row.split(', ')[0] ?? '';

// A post that goes to another is a row gone and a row added: one line, when nothing but its holder differs.  A unit
// with another head is one line as well, as it is then: it is not gone.
function turned(gone: Difference, added: Difference): Shown | null {
  const before = gone.row.split(', ');
  const after = added.row.split(', ');
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  const [was = '', ...more] = before.slice(same);
  const [now = '', ...others] = after.slice(same);
  if (same < 2 || more.length + others.length > 0 || was === now) return null;
  return { ...added, what: 'changed', row: after.slice(0, same).join(', '), turn: { before: was, after: now } };
}

function lines_of(rows: readonly Difference[]): Shown[] {
  const rows_of = (table: string, what: Difference['what'], key: string): Difference[] =>
    rows.filter((row) => row.table === table && row.what === what && key_of(row) === key);
  const pair_of = (row: Difference): Shown | null => {
    const [gone, ...more] = rows_of(row.table, 'gone', key_of(row));
    const [added, ...others] = rows_of(row.table, 'added', key_of(row));
    return gone === undefined || added === undefined || more.length + others.length > 0 ? null
      : row.table === 'units' ? { ...added, what: 'changed' } : turned(gone, added);
  };
  return rows.flatMap((row) => {
    const pair = (row.table === 'posts' || row.table === 'units') && row.what !== 'changed' ? pair_of(row) : null;
    return pair === null ? [row] : row.what === 'gone' ? [] : [pair];
  });
}

// As many as the lines that are shown; where only the first of them came, as many as the rows.
export function counts_of({ added, changed, gone, differences }: Pick<DirectoryChanged, 'added' | 'changed' | 'gone' | 'differences'>) {
  if (added + changed + gone > differences.length) return { added, changed, gone };
  const lines = lines_of(differences);
  const of = (what: Difference['what']): number => lines.filter((line) => line.what === what).length;
  return { added: of('added'), changed: of('changed'), gone: of('gone') };
}

// People who come with the change are named by it.
function named_in(rows: readonly Difference[]): { code: string; name: string }[] {
  return rows.filter(({ table }) => table === 'persons').map(({ row }) => {
    const [code = '', name = code] = row.split(', ');
    return { code, name };
  });
}

export function Differences({ rows }: { rows: readonly Difference[] }) {
  const names = useAllNames(named_in(rows));
  if (rows.length === 0) return null;
  const holder = (code: string): string => code === '' ? d('nobody') : names.row(code);
  return (
    <ul class="differences">
      {lines_of(rows).map((row, n) => (
        <li key={n}><strong>{kSigns[row.what]} {d(`what_${row.what}`)}</strong>{' '}
          <span class="soft">{said(d, `table_${row.table}`, row.table)}</span> <bdi class="long">{names.row(words_of_row(row.row), row.table)}</bdi>
          {row.turn !== undefined && <>{d('colon')}<bdi>{holder(row.turn.before)}</bdi> → <bdi>{holder(row.turn.after)}</bdi></>}
          {row.fields.length > 0 && <span class="soft"> ({row.fields.join(', ')})</span>}</li>
      ))}
    </ul>
  );
}
