// A report went out without a place: says so, and takes the place behind it.
import { useState } from 'preact/hooks';

import { hazard_of } from '../base/plan';
import { f } from '../parts/form_words';
import { PlacePicker, no_place } from '../parts/place_picker';
import { post_follow_up } from './outbox_page';
import type { Standing } from './standing';
import { w } from './words';

function PlaceForm({ standing, report }: { standing: Standing; report: string }) {
  const [given, set_given] = useState(no_place);
  const [proposed, set_proposed] = useState(false);
  const [wrong, set_wrong] = useState(false);
  const coarse = hazard_of(standing.hazard)?.class === 'public_health';
  const place = coarse ? '' : given.place.trim();
  const send = async (): Promise<void> => {
    set_wrong(false);
    try {
      await post_follow_up(standing.row, report, { ...(given.area === null ? {} : { area: given.area }), ...(place === '' ? {} : { place }) });
    } catch {
      set_wrong(true);
    }
  };
  return (
    <form class="card" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <PlacePicker value={given} coarse={coarse} onChange={set_given} onProposed={set_proposed} />
      {proposed && <p class="late">{w('place_proposed', { button: f('right') })}</p>}
      {wrong && <p class="error" role="alert">{w('not_saved')}</p>}
      <button class="main" disabled={given.area === null && place === ''}>{w('send_place')}</button>
    </form>
  );
}

export function AddPlace({ standing }: { standing: Standing }) {
  const [open, set_open] = useState(false);
  const { report } = standing;
  if (report === null || standing.where !== '' || standing.stage === null || standing.stage === 'ended') return null;
  return (
    <section aria-label={w('add_place')}>
      <div class="notice warn" role="status">
        <p><strong>{w('without_place_sent')}</strong></p>
        <p>{w('without_place_hint')}</p>
        {!open && <button type="button" class="main" onClick={() => set_open(true)}>{w('add_place')}</button>}
      </div>
      {open && <PlaceForm standing={standing} report={report} />}
    </section>
  );
}
