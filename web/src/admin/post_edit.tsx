// Who fills a post and who stands in; who answers for a unit and who is in it.  Changes of the sheets posts, deputies,
// units and unit_members (docs/directory.md, "Sheets").
import { useState } from 'preact/hooks';

import type { Who } from '../base/model';
import { day_of, now } from '../base/time';
import { parse_sheet, sheet_text, with_rows } from './csv';
import type { Row, Sheet } from './csv';
import { PersonPick } from './person_pick';
import type { Picked } from './person_pick';
import { SheetForm } from './sheet_form';
import type { DirectoryChanged, Post, Unit } from './shapes';
import { d } from './words_directory';

const picked = (people: readonly Who[]): Picked[] =>
  people.flatMap((who) => (who === null || who.code === null ? [] : [{ code: who.code, name: who.name ?? who.code }]));
const in_sheet = (change: (sheet: Sheet) => Sheet) => (text: string): string => sheet_text(change(parse_sheet(text)));

function day_before(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

// A post changes hands by a row of its own: the one in force ends the day before (its "to" includes that day).
export function with_holder(sheet: Sheet, post: Post, holder: string, from: string, today: string): Sheet {
  const of_post = sheet.rows.filter((row) => row['code'] === post.code);
  const holds = (row: Row): boolean => (row['from'] ?? '').slice(0, 10) <= today && (row['to'] === '' || (row['to'] ?? '').slice(0, 10) >= today);
  const now = of_post.find((row) => row['person'] === (post.holder?.code ?? '') && holds(row)) ?? of_post.find(holds);
  const rows = of_post.flatMap((row): Row[] => {
    if (row !== now) return [row];
    if (from === '') return [{ ...row, person: holder }];
    return [{ ...row, to: day_before(from) }, { ...row, person: holder, from }];
  });
  if (now === undefined) rows.push({ code: post.code, name: post.name, area: post.area?.code ?? '', person: holder, from: from === '' ? today : from, to: '' });
  return with_rows(sheet, (row) => row['code'] === post.code, rows);
}

interface Given {
  onDone: (changed: DirectoryChanged) => void;
  onClose: () => void;
}

export function PostEdit({ post, onDone, onClose }: Given & { post: Post }) {
  const [holder, set_holder] = useState(picked([post.holder]));
  const [deputies, set_deputies] = useState(picked(post.deputies));
  const [from, set_from] = useState('');
  const changes = {
    posts: in_sheet((sheet) => (holder[0]?.code ?? '') === (post.holder?.code ?? '') ? sheet
      : with_holder(sheet, post, holder[0]?.code ?? '', from, day_of(now.value))),
    deputies: in_sheet((sheet) => with_rows(sheet, (row) => row['post'] === post.code,
      deputies.map(({ code }, n) => ({ post: post.code, order: String(n + 1), person: code })))),
  };
  return (
    <SheetForm title={d('post_edit_title', { name: post.name })} changes={changes} onDone={onDone} onClose={onClose}
      state={JSON.stringify([holder, deputies, from])}>
      <PersonPick label={d('holder')} chosen={holder} most={1} none={d('vacant')} onChoose={set_holder} />
      {(holder[0]?.code ?? '') !== (post.holder?.code ?? '') && (
        <label><span class="name">{d('holds_from')}</span>
          <input type="date" value={from} onInput={(event) => set_from(event.currentTarget.value)} /></label>
      )}
      <PersonPick label={d('deputies_ordered')} chosen={deputies} ordered none={d('deputies_none')} onChoose={set_deputies} />
    </SheetForm>
  );
}

export function UnitEdit({ unit, onDone, onClose }: Given & { unit: Unit }) {
  const head_before = unit.members.find(({ role }) => role === 'responsible')?.person ?? null;
  const [head, set_head] = useState(picked([head_before]));
  const [members, set_members] = useState(picked(unit.members.filter(({ role }) => role !== 'responsible').map(({ person }) => person)));
  const in_unit = (row: Row): boolean => row['unit'] === unit.code;
  const changes = {
    units: in_sheet((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => row['code'] === unit.code ? { ...row, responsible: head[0]?.code ?? '' } : row) })),
    unit_members: in_sheet((sheet) => {
      // Offices write whoever answers for a unit among its members or not: as it was, it stays.
      const listed = head_before === null || sheet.rows.some((row) => in_unit(row) && row['person'] === head_before.code);
      const people = [...(listed ? head : []), ...members.filter(({ code }) => code !== head[0]?.code)];
      return with_rows(sheet, in_unit, people.map(({ code }) => ({ unit: unit.code, person: code })));
    }),
  };
  return (
    <SheetForm title={d('unit_edit_title', { name: unit.name })} changes={changes} onDone={onDone} onClose={onClose}
      state={JSON.stringify([head, members])}>
      <PersonPick label={d('part_head')} chosen={head} most={1} none={d('head_none')} onChoose={set_head} />
      <PersonPick label={d('members')} chosen={members} none={d('no_members')} onChoose={set_members} />
    </SheetForm>
  );
}
