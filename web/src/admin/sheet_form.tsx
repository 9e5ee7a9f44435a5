// A change of a few sheets by a form: what it would change is shown before it is put in force.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { c } from '../base/common_words';
import { Dialog } from '../parts/dialog';
import { ProblemNote } from '../parts/problem_note';
import { Differences, counts_of } from './differences';
import { changed_meanwhile, changed_sheets, put_sheets, try_sheets } from './directory_data';
import type { ChangedSheets } from './directory_data';
import { Findings } from './findings';
import { useAct } from './load';
import { findings_of } from './reason';
import type { DirectoryChanged } from './shapes';
import { t } from './words';
import { d } from './words_directory';

interface Given {
  title: string;
  changes: Record<string, (text: string) => string>; // by sheet
  state: string; // changes when anything of the form does: what was tried is then out of date
  onDone: (changed: DirectoryChanged) => void;
  onClose: () => void;
  children: ComponentChildren;
}

interface Tried {
  state: string;
  sheets: ChangedSheets;
  would: DirectoryChanged;
}

export function SheetForm({ title, changes, state, onDone, onClose, children }: Given) {
  const [reason, set_reason] = useState('');
  const [last, set_tried] = useState<Tried | null>(null);
  const { busy, problem, run } = useAct();
  const tried = last?.state === state ? last : null;
  const nothing = tried !== null && tried.would.added + tried.would.changed + tried.would.gone === 0;
  const send = (): Promise<void> => run(async () => {
    if (tried !== null) {
      onDone(await put_sheets(tried.sheets, reason.trim()));
      return;
    }
    const sheets = await changed_sheets(reason.trim(), changes);
    set_tried({ state, sheets, would: await try_sheets(sheets) });
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}>
        {children}
        <label><span class="name">{t('reason')}</span>
          <input required maxLength={500} value={reason} autocomplete="off" onInput={(event) => set_reason(event.currentTarget.value)} /></label>
        <p class="soft">{t('reason_kept')}</p>
        {changed_meanwhile(problem) ? <p class="notice warn" role="alert">{t('changed_meanwhile')}</p> : <ProblemNote problem={problem} />}
        <Findings findings={findings_of(problem)} />
        {tried !== null && (
          <div class="notice" role="status">
            <p><strong>{nothing ? d('saved_same') : d('undo_would', counts_of(tried.would))}</strong></p>
            <Differences rows={tried.would.differences} /><Findings findings={tried.would.findings} />
          </div>
        )}
        <div class="row">
          <button class="main" disabled={busy || nothing || reason.trim() === ''}>{tried === null ? d('preview') : c('save')}</button>
          <button type="button" onClick={onClose}>{c('cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}
