// The record, a page at a time, newest first; or all of one incident from its beginning.
import { useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import { link_to, route } from '../base/route';
import { full_time } from '../base/time';
import { record_kind } from '../parts/record_words';
import { Page } from './frame';
import { Loaded, useLoad } from './load';
import { detail_of } from './record_detail';
import { useRecordNames } from './record_names';
import type { RecordNames } from './record_names';
import { Scroll } from './scroll';
import type { RecordEntry } from './shapes';
import { t } from './words';
import { a } from './words_access';

const kPage = 100;
const kNone: readonly RecordEntry[] = [];

interface Part {
  entries: RecordEntry[];
  last: number; // number of the newest entry of all
  head: string;
}

async function read_part(incident: string, before: number | null): Promise<Part> {
  const { last_seq: last, head_short: head } = await get<{ last_seq: number; head_short: string }>('/api/v1/status');
  const end = before ?? last + 1;
  const query = incident === '' ? { after: Math.max(0, end - 1 - kPage), limit: Math.min(kPage, end - 1) }
    : { incident, after: before ?? 0, limit: kPage };
  if (query.limit < 1) return { entries: [], last, head };
  const { entries } = await get<{ entries: RecordEntry[] }>(with_query('/api/v1/record', query));
  return { entries: incident === '' ? entries.filter(({ seq }) => seq < end).reverse() : entries, last, head };
}

const to_incident = (code: number): string => `${link_to('record')}${with_query('', { incident: code })}`;

function Row({ entry, names, one }: { entry: RecordEntry; names: RecordNames; one: boolean }) {
  const who = entry.person?.name ?? entry.person?.code ?? '';
  const what = detail_of(entry, names);
  const incident = names.incidents.get(entry.incident ?? '');
  return (
    <tr>
      <th scope="row" class="number">{entry.seq}</th>
      <td class="number" data-name={t('at')}>{full_time(entry.at)}</td>
      {!one && <td class="of">{incident !== undefined && <a href={to_incident(incident.code)}>{a('record_incident_n', { n: incident.code })}</a>}</td>}
      <td data-name={a('record_kind')}>{record_kind(entry.kind)}</td>
      <td data-name={a('record_detail')}>{who !== '' && <bdi>{who}</bdi>}{who !== '' && what !== '' && ' · '}{what !== '' && <bdi class="long">{what}</bdi>}
        {entry.reason != null && <div><bdi class="long">{a('record_reason', { reason: entry.reason })}</bdi></div>}</td>
    </tr>
  );
}

function Entries({ incident, before }: { incident: string; before: number | null }) {
  const load = useLoad(() => read_part(incident, before), []);
  const names = useRecordNames(load.value?.entries ?? kNone);
  const to = (value: number | null): string =>
    `${link_to('record')}${with_query('', { incident, before: value })}`;
  return (
    <Loaded load={load}>{({ entries, last, head }) => {
      const low = Math.min(...entries.map(({ seq }) => seq));
      const high = Math.max(...entries.map(({ seq }) => seq));
      return (
        <>
          <p class="soft">{a(incident === '' ? 'record_newest_first' : 'record_oldest_first')} {a(incident === '' ? 'record_head' : 'record_head_one', { n: last, head })}</p>
          {entries.length === 0 ? <p role="status">{a('record_none')}</p> : (
            <Scroll label={t('nav_record')}><table class="stacked record">
              <thead><tr><th>{a('record_seq')}</th><th>{t('at')}</th>{incident === '' && <th>{a('record_of')}</th>}<th>{a('record_kind')}</th><th>{a('record_detail')}</th></tr></thead>
              <tbody>{entries.map((entry) => <Row key={entry.seq} entry={entry} names={names} one={incident !== ''} />)}</tbody>
            </table></Scroll>
          )}
          <nav class="row no-print" aria-label={t('nav_record')}>
            {incident === '' && entries.length > 0 && low > 1 && <a class="button" href={to(low)}>← {a('record_earlier')}</a>}
            {incident === '' && before !== null && high < last && (
              <a class="button" href={to(high + kPage + 1)}>{a('record_later')} →</a>
            )}
            {incident !== '' && entries.length === kPage && <a class="button" href={to(high)}>{a('record_later')} →</a>}
            {before !== null && <a class="button" href={to(null)}>{a('record_newest')}</a>}
          </nav>
        </>
      );
    }}</Loaded>
  );
}

export function RecordPage() {
  const { query } = route.value;
  const incident = /^\d{1,9}$/.exec(query.get('incident') ?? '')?.[0] ?? '';
  const said = Number(query.get('before') ?? '');
  const before = Number.isInteger(said) && said > 0 ? said : null;
  const [typed, set_typed] = useState(incident);
  return (
    <Page title={t('nav_record')}>
      <p>{a('record_what')}</p>
      <form class="row fields no-print" onSubmit={(event) => {
        event.preventDefault();
        location.hash = `${link_to('record')}${with_query('', { incident: typed.trim() })}`;
      }}>
        <label class="narrow"><span class="name">{a('record_incident')}</span>
          <input inputMode="numeric" pattern="[0-9]*" maxLength={9} value={typed} onInput={(event) => set_typed(event.currentTarget.value)} /></label>
        <button>{a('record_filter')}</button>
        {incident !== '' && <a class="button" href={link_to('record')} onClick={() => set_typed('')}>{a('record_all')}</a>}
      </form>
      <Entries key={`${incident} ${before ?? ''}`} incident={incident} before={before} />
    </Page>
  );
}
