// What was changed in the directory, newest first, and taking the last change back.
import { useState } from 'preact/hooks';

import { get, post, with_query } from '../base/api';
import { full_time } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { Differences, counts_of } from './differences';
import { directory_tag, kDirectory } from './directory_data';
import { Page } from './frame';
import { Loaded, useLoad } from './load';
import { ReasonDialog } from './reason';
import { Scroll } from './scroll';
import type { DirectoryChange, DirectoryChanged } from './shapes';
import { t } from './words';
import { d } from './words_directory';

const read_page = (before?: number): Promise<{ changes: DirectoryChange[] }> =>
  get(with_query(`${kDirectory}/changes`, { before, limit: 50 }));

function Row({ change }: { change: DirectoryChange }) {
  return (
    <tr>
      <th scope="row" class="number">{change.version}</th>
      <td class="number" data-name={t('at')}>{full_time(change.at)}</td>
      <td data-name={t('by')}><bdi>{change.by === 'settings' ? d('by_settings') : change.by}</bdi></td>
      <td data-name={d('how')}>{d(`how_${change.how}`)}
        {change.undoes !== null && <span class="soft"> {d('undoes', { version: change.undoes })}</span>}
        {change.undone_by !== null && <span class="soft"> {d('undone_by', { version: change.undone_by })}</span>}</td>
      <td data-name={d('rows')}>{d('counts', { added: change.added, changed: change.changed, gone: change.gone })}</td>
      <td data-name={t('why')}><bdi class="long">{change.reason ?? ''}</bdi></td>
    </tr>
  );
}

export interface UndoOffer {
  tag: string;
  would: DirectoryChanged;
}

// What undoing would do now, before it is asked for.
export async function undo_offer(): Promise<UndoOffer> {
  const tag = await directory_tag();
  return { tag, would: await post<DirectoryChanged>(`${kDirectory}/undo`, { dry_run: true }, { ifMatch: tag }) };
}

export function UndoDialog({ offer, onClose, onDone }: { offer: UndoOffer; onClose: () => void; onDone: (done: DirectoryChanged) => void }) {
  const { would } = offer;
  return (
    <ReasonDialog title={d('undo_title')} label={d('undo')} onClose={onClose} onReason={async (reason) => {
      onDone(await post<DirectoryChanged>(`${kDirectory}/undo`, { reason }, { ifMatch: offer.tag, within: 60_000 }));
    }}>
      <p>{d('undo_what')}</p>
      <p><strong>{d('undo_would', counts_of(would))}</strong></p>
      <Differences rows={would.differences} />
    </ReasonDialog>
  );
}

export function DirectoryHistory() {
  const read = useLoad(() => read_page(), []);
  const [older, set_older] = useState<DirectoryChange[]>([]);
  const [open, set_open] = useState<UndoOffer | null>(null);
  const [done, set_done] = useState('');
  const [asked, set_asked] = useState<unknown>(null);
  return (
    <Page title={d('part_changes')}>
      <p class="no-print"><button type="button" onClick={() => {
        set_asked(null);
        undo_offer().then(set_open, set_asked);
      }}>{d('undo')}</button></p>
      <ProblemNote problem={asked} />
      {done !== '' && <p class="notice good" role="status">{done}</p>}
      {open !== null && (
        <UndoDialog offer={open} onClose={() => set_open(null)} onDone={(changed) => {
          set_open(null);
          set_older([]);
          set_done(d('undone', { version: changed.version }));
          read.again();
        }} />
      )}
      <Loaded load={read}>{({ changes }) => {
        const all = [...changes, ...older];
        const last = all[all.length - 1];
        return (
          <>
            <Scroll>
              <table class="stacked">
                <thead><tr><th>{d('version')}</th><th>{t('at')}</th><th>{t('by')}</th><th>{d('how')}</th><th>{d('rows')}</th><th>{t('why')}</th></tr></thead>
                <tbody>{all.map((change) => <Row key={change.version} change={change} />)}</tbody>
              </table>
            </Scroll>
            {last !== undefined && last.version > 1 && (
              <p><button type="button" onClick={() => {
                void read_page(last.version).then((page) => set_older([...older, ...page.changes]));
              }}>{t('more')}</button></p>
            )}
          </>
        );
      }}</Loaded>
    </Page>
  );
}
