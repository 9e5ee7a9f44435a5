// What was sent behind a report besides answers to its questions: words, a place; and whatever was not taken.
import { fact_text } from '../parts/facts_form';
import type { Outgoing } from './outbox';
import { drop_report } from './outbox';
import { refresh } from './outbox_page';
import { RefusedWhy } from './refused';
import type { Standing } from './standing';
import { answers_of, follow_ups_of } from './standing';
import { w } from './words';

function said_in(row: Outgoing): string {
  const { facts = {}, area = null, place, text } = row.body;
  const where = [area === null ? '' : row.area_path, place ?? ''].filter((part) => part !== '').join(' ');
  const said = [...Object.entries(facts).map(([name, value]) => fact_text(name, value)), where === '' ? '' : w('place_said', { place: where }), text ?? ''];
  return said.filter((part) => part !== '').join(', ');
}

function FollowUp({ row }: { row: Outgoing }) {
  const word = { sent: 'answer_sent', waiting: 'answer_waiting', refused: 'answer_not_taken' } as const;
  return (
    <div class={`notice ${row.state === 'sent' ? 'good' : row.state === 'waiting' ? 'warn' : 'bad'}`} role="status">
      <p><bdi>{w(word[row.state], { fact: said_in(row) })}</bdi></p>
      {row.state === 'refused' && (
        <>
          <RefusedWhy row={row} />
          <button type="button" onClick={() => void drop_report(row.key).then(refresh)}>{w('understood')}</button>
        </>
      )}
    </div>
  );
}

// `places`: those that say where it is, or the others.
export function FollowUps({ standing, places }: { standing: Standing; places: boolean }) {
  const in_place = answers_of(standing); // stand where they were asked
  const says_where = ({ body }: Outgoing): boolean => body.area != null || (body.place ?? '') !== '';
  const rows = follow_ups_of(standing).filter((row) => says_where(row) === places && !Object.keys(row.body.facts ?? {}).some((name) => in_place.get(name)?.includes(row)));
  return <>{rows.map((row) => <FollowUp key={row.key} row={row} />)}</>;
}
