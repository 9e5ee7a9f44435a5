// Leave: who is away and who stands in, noting it, ending it.  Rows of the sheet `leave`, which is read and put back whole.
import { useRef, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import { full_time, now } from '../base/time';
import { change_sheet, kDirectory } from './directory_data';
import { has_begun, last_of, leaves_of, without_leave } from './leave_rows';
import type { Leave } from './leave_rows';
import { ReasonDialog } from './reason';
import { SheetForm } from './sheet_form';
import type { DirectoryChanged, Person, Post } from './shapes';
import { d } from './words_directory';

export const office_minute = (): string => full_time(new Date(now.peek()).toISOString()).slice(0, 16);

function with_row(text: string, row: string): string {
  const ends = text.endsWith('\n') ? text : text + '\n';
  return ends + row + '\n';
}

// Whom posts show to be on leave, by code.
export function people_on_leave(posts: readonly Post[]): Set<string> {
  const found = new Set<string>();
  for (const { holder, on_leave, deputies } of posts) {
    if (on_leave && holder?.code != null) found.add(holder.code);
    for (const one of deputies) if (one?.on_leave === true && one.code !== null) found.add(one.code);
  }
  return found;
}

export function OnLeave() {
  return <span class="late">▲ {d('on_leave')}</span>;
}

// Of each post that somebody on leave holds: who has it meanwhile.
function StandsIn({ post: { name, deputies } }: { post: Post }) {
  if (deputies.some((one) => one !== null && one.on_leave === undefined)) return null; // an older daemon does not say
  const first = deputies.find((one) => one !== null && one.on_leave === false);
  return <> · {first === undefined ? d('nobody_stands_in', { post: name }) : d('stands_in', { who: first?.name ?? first?.code ?? '', post: name })}</>;
}

export const leave_text = ({ from, to }: Leave): string =>
  to === '' ? d('leave_open', { from: from === '' ? '–' : from }) : d('leave_span', { from: from === '' ? '–' : from, to: last_of(to) });

interface NoticeGiven {
  person: Person;
  posts: readonly Post[];
  leaves: readonly Leave[] | null; // null: not looked up
  onEnd: (leave: Leave) => void;
}

// What is known without a reason stands here at once; from when to when, after somebody said why they look.
export function LeaveNotice({ person, posts, leaves, onEnd }: NoticeGiven) {
  const held = posts.filter(({ holder, on_leave }) => on_leave && holder?.code === person.code);
  const away = people_on_leave(posts).has(person.code) || (leaves ?? []).some((one) => has_begun(one, office_minute()));
  return (
    <>
      {away && <p class="notice warn">▲ <strong>{d('on_leave')}</strong>{held.map((post) => <StandsIn key={post.code} post={post} />)}</p>}
      {leaves !== null && (
        <section aria-label={d('leave_noted')}>
          <h2>{d('leave_noted')}</h2>
          {leaves.length === 0 ? <p role="status">{d('leave_none')}</p> : (
            <ul class="findings">{leaves.map((one, n) => (
              <li key={n} class="row"><span class="grow number">{leave_text(one)}</span>
                <button type="button" aria-label={d('leave_end_of', { leave: leave_text(one) })} onClick={() => onEnd(one)}>{d('leave_end')}</button></li>
            ))}</ul>
          )}
        </section>
      )}
    </>
  );
}

interface Given {
  person: Person;
  onClose: () => void;
  onDone: (changed: DirectoryChanged, leaves: Leave[]) => void;
}

export function ShowLeave({ person, onClose, onShown }: { person: Person; onClose: () => void; onShown: (leaves: Leave[]) => void }) {
  return (
    <ReasonDialog title={d('leave_show_title', { name: person.name })} label={d('leave_show')} onClose={onClose}
      onReason={async (reason) => {
        const text = await get<string>(with_query(`${kDirectory}/export`, { reason, sheet: 'leave' }));
        onShown(leaves_of(text, person.code, office_minute()));
      }} />
  );
}

export function LeaveDialog({ person, onClose, onDone }: Given) {
  const [from, set_from] = useState('');
  const [to, set_to] = useState('');
  return (
    <ReasonDialog title={d('leave_title', { name: person.name })} label={d('leave')} onClose={onClose}
      ready={from !== '' && to !== '' && from <= to}
      onReason={async (reason) => {
        let after = '';
        // Dates alone: the whole of the last day belongs to it (docs/directory.md, "Sheets").
        const changed = await change_sheet('leave', reason, (text) => {
          after = with_row(text, `${person.code},${from},${to}`);
          return after;
        });
        onDone(changed, leaves_of(after, person.code, office_minute()));
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

export function EndLeave({ person, leave, onClose, onDone }: Given & { leave: Leave }) {
  const after = useRef('');
  return (
    <SheetForm title={d('leave_end_title', { name: person.name })} state="" onClose={onClose}
      onDone={(changed) => onDone(changed, leaves_of(after.current, person.code, office_minute()))}
      changes={{
        leave: (text) => {
          after.current = without_leave(text, person.code, leave, office_minute());
          return after.current;
        },
      }}>
      <p><strong class="number">{leave_text(leave)}</strong></p>
      <p>{d('leave_end_what')}</p>
    </SheetForm>
  );
}
