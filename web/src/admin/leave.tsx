// Noting somebody's leave: a row of the sheet `leave`, which is read and put back whole.
import { useState } from 'preact/hooks';

import { change_sheet } from './directory_data';
import { ReasonDialog } from './reason';
import type { DirectoryChanged, Person } from './shapes';
import { d } from './words_directory';

function with_row(text: string, row: string): string {
  const ends = text.endsWith('\n') ? text : text + '\n';
  return ends + row + '\n';
}

interface Given {
  person: Person;
  onClose: () => void;
  onDone: (changed: DirectoryChanged) => void;
}

export function LeaveDialog({ person, onClose, onDone }: Given) {
  const [from, set_from] = useState('');
  const [to, set_to] = useState('');
  return (
    <ReasonDialog title={d('leave_title', { name: person.name })} label={d('leave')} onClose={onClose}
      ready={from !== '' && to !== '' && from <= to}
      onReason={async (reason) => {
        // Dates alone: the whole of the last day belongs to it (docs/directory.md, "Sheets").
        onDone(await change_sheet('leave', reason, (text) => with_row(text, `${person.code},${from},${to}`)));
      }}>
      <p>{d('leave_what')}</p>
      <div class="row">
        <label class="grow"><span class="name">{d('leave_from')}</span>
          <input type="date" required value={from} onInput={(event) => set_from(event.currentTarget.value)} /></label>
        <label class="grow"><span class="name">{d('leave_to')}</span>
          <input type="date" required min={from} value={to} onInput={(event) => set_to(event.currentTarget.value)} /></label>
      </div>
    </ReasonDialog>
  );
}
