// Writing a report: the tiles, then one page of place, facts and words.  Nothing here waits for a network.
import { useState } from 'preact/hooks';

import { area_path } from '../base/areas';
import { link_to, go } from '../base/route';
import type { HazardClass, ReportBody } from '../base/model';
import { hazard_name, hazard_of, plan } from '../base/plan';
import { FactsForm } from '../parts/facts_form';
import { f } from '../parts/form_words';
import { PlacePicker } from '../parts/place_picker';
import type { Draft } from './known';
import { begin_draft, change_draft, draft, plan_read } from './known';
import { Delete } from './ask_once';
import { CallDesk } from './notices';
import { drop_report } from './outbox';
import { pictures, post_report, refresh } from './outbox_page';
import { Sign } from './signs';
import { w } from './words';

const kClasses: HazardClass[] = ['accident', 'natural_disaster', 'public_health'];
const class_word = { accident: 'class_accident', natural_disaster: 'class_natural_disaster', public_health: 'class_public_health' } as const;

export const draft_name = (hazard: string): string => (hazard === 'unsure' ? w('unsure') : hazard_name(hazard));

function Tile({ kind, name }: { kind: string; name: string }) {
  return (
    <button type="button" class={`tile${kind === 'unsure' ? ' wide' : ''}`} onClick={() => { begin_draft(kind); go('report'); }}>
      <Sign kind={kind} /><span>{name}</span>
    </button>
  );
}

export function HazardTiles() {
  const hazards = plan.value?.hazards ?? [];
  return (
    <section aria-labelledby="what">
      <h1 id="what">{w('what')}</h1>
      {draft.value !== null && (
        <div class="card stack">
          <a class="button main" href={link_to('report')}>{w('go_on', { hazard: draft_name(draft.value.hazard) })}</a>
          <Delete onDelete={() => void forget_draft()} />
        </div>
      )}
      {hazards.length === 0 && plan_read.value === 'no' && <p class="notice warn" role="status">{w('no_form')}</p>}
      <div class="tiles"><Tile kind="unsure" name={w('unsure')} /></div>
      {kClasses.map((one) => {
        const of_class = hazards.filter((hazard) => hazard.class === one);
        return of_class.length === 0 ? null : (
          <div key={one}>
            <h2>{w(class_word[one])}</h2>
            <div class="tiles">{of_class.map(({ kind, name }) => <Tile key={kind} kind={kind} name={name} />)}</div>
          </div>
        );
      })}
    </section>
  );
}

// Photographs may wait for it: of a report that is written anew.
async function forget_draft(): Promise<void> {
  const key = draft.value?.key;
  draft.value = null;
  if (key === undefined) return;
  await drop_report(key);
  await refresh();
}

function body_of(written: Draft): ReportBody {
  const coarse = hazard_of(written.hazard)?.class === 'public_health';
  const facts = Object.fromEntries(Object.entries(written.facts).filter(([, value]) => value !== null));
  const text = written.text.trim();
  const place = written.place.place.trim();
  return {
    key: written.key, hazard: written.hazard, area: written.place.area, drill: written.drill,
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    ...(place !== '' && !coarse ? { place } : {}),
    ...(text !== '' ? { text } : {}),
    occurred_at: null,
  };
}

export function ReportForm() {
  const [wrong, set_wrong] = useState(false);
  const [sending, set_sending] = useState(false);
  const [proposed, set_proposed] = useState(false);
  const written = draft.value;
  if (written === null) return <HazardTiles />;
  const coarse = hazard_of(written.hazard)?.class === 'public_health';
  const photos = pictures.value.filter((picture) => picture.key === written.key).length;
  const placed = written.place.area !== null || written.place.place.trim() !== '';

  const send = async (): Promise<void> => {
    if (sending) return;
    set_sending(true);
    set_wrong(false);
    try {
      await post_report(body_of(written), {
        hazard_name: draft_name(written.hazard), area_path: written.place.area === null ? '' : area_path(written.place.area),
      });
      draft.value = null;
      go('sent', written.key);
    } catch {
      set_wrong(true);
    }
    set_sending(false);
  };
  return (
    <form class="report" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      {written.drill && <p class="drill band">{w('drill_banner')}</p>}
      <div class="row">
        <Sign kind={written.hazard} />
        <h1 class="grow">{draft_name(written.hazard)}</h1>
        <a class="button" href={link_to()}>{w('other_hazard')}</a>
      </div>
      {written.hazard === 'unsure' && <p>{w('unsure_hint')}</p>}
      <PlacePicker value={written.place} coarse={coarse} onChange={(place) => change_draft({ place })} onProposed={set_proposed} />
      {(hazard_of(written.hazard)?.attributes.length ?? 0) > 0 && (
        <section class="card" aria-label={w('facts')}>
          <h2>{w('facts')}</h2>
          <FactsForm key={written.key} kind={written.hazard} facts={written.facts} onChange={(facts) => change_draft({ facts })} />
        </section>
      )}
      <label><span class="name">{w('words')}</span>
        <textarea rows={3} maxLength={2000} value={written.text} aria-describedby="words-hint"
          onInput={(event) => change_draft({ text: event.currentTarget.value })} />
      </label>
      <p id="words-hint" class="soft">{w('words_hint')}</p>
      <label class="check">
        <input type="checkbox" checked={written.drill} onChange={(event) => change_draft({ drill: event.currentTarget.checked })} />
        {w('drill')}
      </label>
      {photos > 0 && <p>{w('photo_waiting', { n: photos })}</p>}
      <div class="bar">
        {wrong && <><p class="error" role="alert">{w('not_saved')}</p><CallDesk /></>}
        {proposed ? <p class="late">{w(written.place.place.trim() === '' ? 'place_unconfirmed' : 'place_unconfirmed_words', { button: f('right') })}</p> : !placed && <p class="soft">{w('without_place')}</p>}
        <button class="main send" disabled={sending}>{w(written.drill ? 'send_drill' : 'send')}</button>
      </div>
    </form>
  );
}
