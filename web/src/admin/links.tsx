// Links and how they stand; a message of one's own over each.
import { useEffect, useState } from 'preact/hooks';

import { get, post } from '../base/api';
import type { Link } from '../base/model';
import { has_role, me } from '../base/session';
import { short_time } from '../base/time';
import { in_language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { record_kind } from '../parts/record_words';
import { Page } from './frame';
import { Loaded, said, useAct, useLoad } from './load';
import { is_good, is_over, useProbes } from './probes';
import type { Probe } from './probes';
import { Scroll } from './scroll';
import { t } from './words';
import { a } from './words_access';
import { d } from './words_directory';

const kAgain = 5_000; // milliseconds

function Probed({ probe }: { probe: Probe }) {
  const name = probe.by.slice(probe.by.indexOf(':') + 1);
  const by = /^\d*$/.test(name) ? t('role_admin') : name; // a person's number in the record says nothing here
  return (
    <div role="status"><span class="soft">{a('probe_by', { by, at: short_time(probe.at) })}</span>{' '}
      <strong class={is_over(probe) && !is_good(probe) ? 'late' : ''}>{is_good(probe) ? '✓' : is_over(probe) ? '✕' : '…'} {record_kind(probe.last)}</strong>
      {probe.last_at !== probe.at && <span class="soft"> {short_time(probe.last_at)}</span>}</div>
  );
}

function Row({ link, probe, onProbe, may_probe, busy }: {
  link: Link; probe: Probe | undefined; onProbe: () => void; may_probe: boolean; busy: boolean;
}) {
  const why = in_language(link.why, link.why_zh);
  return (
    <tr class={link.state === 'down' ? 'gap' : ''}>
      <th scope="row"><bdi>{link.name}</bdi> <span class="soft">{link.kind}</span></th>
      <td data-name={a('link_channel')}>{said(d, `channel_${link.channel}`, link.channel)}</td>
      <td data-name={t('state')}><strong class={link.state === 'up' ? '' : 'late'}>{a(`link_state_${link.state}`)}</strong>
        {link.since !== null && <span class="soft"> {a('link_since', { at: short_time(link.since) })}</span>}
        {why !== '' && <><br /><bdi>{why}</bdi></>}</td>
      <td class="number" data-name={a('link_waiting')}>{link.waiting}</td>
      <td class="number" data-name={a('link_hour')}>{link.handed_over_1h}</td>
      <td class="number" data-name={a('link_receipt')}>{short_time(link.last_receipt_at)}</td>
      <td class="do" data-name={a('probe')}>{probe === undefined ? <span class="soft">{a('probe_none')}</span> : <Probed probe={probe} />}
        {may_probe && <button type="button" disabled={busy || link.state === 'down'} aria-label={a('link_probe_of', { name: link.name })} onClick={onProbe}>{a('link_probe')}</button>}
        {may_probe && link.state === 'down' && <p class="soft">{a('link_no_test')}</p>}</td>
    </tr>
  );
}

export function Links() {
  const load = useLoad(async () => (await get<{ links: Link[] }>('/api/v1/links')).links, []);
  const { busy, problem, run } = useAct();
  const [sent, set_sent] = useState('');
  const { probes, look } = useProbes();
  const admin = has_role('admin');
  const person = me.value?.person ?? null;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) load.again();
    }, kAgain);
    return () => clearInterval(timer);
  }, []);
  const probe = (name: string): Promise<void> => run(async () => {
    set_sent('');
    await post(`/api/v1/links/${encodeURIComponent(name)}/probe`);
    set_sent(a('link_probed', { name }));
    look();
  });
  return (
    <Page title={t('nav_links')}>
      <p>{a('links_what')}</p>
      {admin && person === null && <p class="soft">{a('link_not_person')}</p>}
      {sent !== '' && <p class="notice good" role="status">{sent}</p>}
      <ProblemNote problem={problem} />
      <Loaded load={load}>{(links) => links.length === 0 ? <p>{a('links_none')}</p> : (
        <Scroll label={t('nav_links')}><table class="stacked">
          <thead><tr><th>{a('link_name')}</th><th>{a('link_channel')}</th><th>{t('state')}</th><th>{a('link_waiting')}</th>
            <th>{a('link_hour')}</th><th>{a('link_receipt')}</th><th>{a('probe')}</th></tr></thead>
          <tbody>{links.map((link, n) => (
            <Row key={link.name} link={link} probe={probes.get(n)} busy={busy} may_probe={admin && person !== null} onProbe={() => void probe(link.name)} />
          ))}</tbody>
        </table></Scroll>
      )}</Loaded>
    </Page>
  );
}
