// tocsin's own sheets: one table each, as an export writes them; each replaces its table whole.
import { useEffect, useState } from 'preact/hooks';

import { ask } from '../base/api';
import { ProblemNote } from '../parts/problem_note';
import { Differences, counts_of } from './differences';
import { changed_meanwhile, directory_tag, kDirectory } from './directory_data';
import { Findings } from './findings';
import { said, useAct } from './load';
import { findings_of } from './reason';
import type { DirectoryChanged } from './shapes';
import type { Source } from './wizard_source';
import { d } from './words_directory';
import { w } from './words_wizard';

// Columns that no office's own list has (docs/directory.md, "Sheets").
const kHeader = /^\uFEFF?"?(code|person|post|unit|group|area|duty)"?[,;\t]"?[a-z_]+"?([,;\t]|$)/;

function text_in(source: Source): string {
  if (source.text !== undefined) return source.text;
  const bytes = Uint8Array.from(atob(source.base64 ?? ''), (letter) => letter.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export function looks_own(source: Source): boolean {
  if (source.text === undefined && !/\.(csv|tsv)$/i.test(source.name)) return false;
  try {
    return kHeader.test(text_in(source).split(/\r?\n/, 1)[0] ?? '');
  } catch {
    return false;
  }
}

// "leave.csv" is the table of leave; a name that says no table stands for itself.
function table_of(name: string): string {
  const table = name.replace(/^.*[\\/]/, '').replace(/\.[a-z]+$/i, '');
  return said(d, `table_${table}`, table);
}

export function OwnSheets({ first, onDone }: { first: Source; onDone: (done: DirectoryChanged) => void }) {
  const [tried, set_tried] = useState<DirectoryChanged | null>(null);
  const [tag, set_tag] = useState('');
  const [reason, set_reason] = useState('');
  const { busy, problem, run } = useAct();
  const sheets = [{ name: first.name.replace(/\.txt$/, '.csv'), text: text_in(first) }];
  const try_it = (): Promise<void> => run(async () => {
    set_tag(await directory_tag());
    const { value } = await ask<DirectoryChanged>(`${kDirectory}/import`,
      { method: 'POST', body: { sheets, dry_run: true }, within: 60_000 });
    set_tried(value);
  });
  useEffect(() => void try_it(), [first]);
  const import_it = (): Promise<void> => run(async () => {
    const { value } = await ask<DirectoryChanged>(`${kDirectory}/import`,
      { method: 'POST', body: { sheets, reason: reason.trim() }, ifMatch: tag, within: 60_000 });
    onDone(value);
  });
  return (
    <section class="card" aria-label={w('step_differences')}>
      <p>{w('own_sheets')}</p>
      <div class="notice warn" role="note"><p><strong>▲ {w('own_sheets_replace', { file: first.name, table: table_of(first.name) })}</strong></p><p>{w('own_sheets_what')}</p></div>
      {problem !== null && (
        <div class="notice bad" role="alert"><p><strong>{changed_meanwhile(problem) ? w('changed_meanwhile') : w('refused')}</strong></p>
          <ProblemNote problem={problem} /><Findings findings={findings_of(problem)} /></div>
      )}
      {tried !== null && (
        <>
          <p role="status">{w('tried', counts_of(tried))}</p>
          <Differences rows={tried.differences} />
          <Findings findings={tried.findings} />
          <form onSubmit={(event) => {
            event.preventDefault();
            void import_it();
          }}>
            <label><span class="name">{w('why')}</span>
              <input required maxLength={500} value={reason} onInput={(event) => set_reason(event.currentTarget.value)} /></label>
            <button class="main" disabled={busy || reason.trim() === ''}>{w('import')}</button>
          </form>
        </>
      )}
    </section>
  );
}
