// A report that the server will not take: why, in words, and what its writer can do.
import { go } from '../base/route';
import { attribute_of } from '../base/plan';
import { AskOnce, Delete } from './ask_once';
import { begin_draft, change_draft, draft } from './known';
import { CallDesk } from './notices';
import type { Outgoing } from './outbox';
import { drop_report, rename_report } from './outbox';
import { refresh } from './outbox_page';
import { draft_name } from './report';
import { w } from './words';

// By the field that was refused; null: one that no page has.
function refusal_text({ field = '' }: Outgoing): string | null {
  const fact = /^facts\.(.+)$/.exec(field)?.[1];
  if (fact !== undefined) return w('refused_fact', { fact: attribute_of(fact)?.label ?? fact });
  switch (field) {
    case 'area': return w('refused_area');
    case 'place': return w('refused_place');
    case 'text': return w('refused_text');
    case 'hazard': return w('refused_hazard');
    default: return null;
  }
}

export function RefusedWhy({ row }: { row: Outgoing }) {
  return <p>{refusal_text(row) ?? <>{w('refused_other')} <bdi class="soft small">{row.why}</bdi></>}</p>;
}

async function edit({ key, body }: Outgoing): Promise<void> {
  draft.value = null; // another key: this one is taken
  begin_draft(body.hazard ?? 'unsure');
  change_draft({ facts: body.facts ?? {}, place: { area: body.area ?? null, place: body.place ?? '' }, text: body.text ?? '', drill: body.drill ?? false });
  await rename_report(key, draft.peek()?.key ?? key);
  await refresh();
  go('report');
}

function Edit({ row }: { row: Outgoing }) {
  const other = draft.value;
  if (other === null) return <button type="button" class="main" onClick={() => void edit(row)}>{w('edit')}</button>;
  return <AskOnce label={w('edit')} look="main" sure={w('edit_sure', { hazard: draft_name(other.hazard) })} yes={w('edit_yes')} onYes={() => void edit(row)} />;
}

export function Refused({ row }: { row: Outgoing }) {
  return (
    <>
      <p>{w('refused_hint')}</p>
      <RefusedWhy row={row} />
      <div class="stack">
        {row.body.follows == null && <Edit row={row} />}
        <CallDesk />
      </div>
      <Delete onDelete={() => void drop_report(row.key).then(refresh).then(() => go('mine'))} />
    </>
  );
}
