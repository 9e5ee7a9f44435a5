// How an incident came to its end: when, on whose word, and why.
import { useEffect, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import type { IncidentView, Note, Who } from '../base/model';
import { short_time } from '../base/time';
import { i } from './incident_words';
import { t } from './words';

// The desk writes reasons when it changes the level and when it ends the incident: this is one of the latter.
export const is_end_reason = (note: Note, of: IncidentView): boolean =>
  note.kind === 'reason' && of.ended_at !== null && Math.abs(Date.parse(note.at) - Date.parse(of.ended_at)) < 1000;

interface Page {
  entries: { kind: string; person?: Who }[];
  next: string;
}
const kPages = 5; // of a thousand entries each

// Whose word it was stands in the record, beside what was said to be true.
async function read_orderer(code: number): Promise<string> {
  let cursor: string | undefined;
  for (let n = 0; n < kPages; n += 1) {
    const page: Page = await get(with_query('/api/v1/record', { incident: cursor === undefined ? code : undefined, cursor, limit: 1000 }));
    const ticked = page.entries.find((entry) => entry.kind === 'conditions_ticked');
    if (ticked !== undefined) return ticked.person?.name ?? '';
    if (page.entries.length < 1000) break;
    cursor = page.next;
  }
  return '';
}

function useOrderer(of: IncidentView): string {
  const [name, set_name] = useState('');
  const ended = of.state === 'ended';
  useEffect(() => {
    if (!ended) return;
    const stop = { over: false };
    read_orderer(of.incident).then((found) => { if (!stop.over) set_name(found); }, () => undefined);
    return () => { stop.over = true; };
  }, [ended, of.incident]);
  return name;
}

export function EndNote({ of }: { of: IncidentView }) {
  const orderer = useOrderer(of);
  if (of.state === 'open') return null;
  const time = short_time(of.ended_at);
  const why = of.state === 'ended' ? of.notes.find((note) => is_end_reason(note, of))?.text ?? '' : '';
  const how = of.state !== 'ended' ? i('merged', { time }) : orderer === '' ? i('ended', { time }) : i('ended_by', { time, name: orderer });
  return <p class="notice warn"><strong><bdi>{how}</bdi></strong>{why !== '' && <>{t('colon')}<bdi>{why}</bdi></>}</p>;
}
