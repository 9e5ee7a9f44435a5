// Links and how they stand; a message of one's own over each.
import { useEffect, useState } from 'preact/hooks';

import { get, post } from '../base/api';
import type { Link } from '../base/model';
import { has_role, me } from '../base/session';
import { short_time } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { in_language } from './doubtful';
import { Page } from './frame';
import { Loaded, said, useAct, useLoad } from './load';
import { Scroll } from './scroll';
import { t } from './words';
import { a } from './words_access';
import { d } from './words_directory';

const kAgain = 5_000; // milliseconds

function Row({ link, onProbe, may_probe, busy }: { link: Link; onProbe: () => void; may_probe: boolean; busy: boolean }) {
  const why = in_language(link.why, link.why_zh);
  return (
    <tr class={link.state === 'down' ? 'gap' : ''}>
      <th scope="row"><bdi>{link.name}</bdi> <span class="soft">{link.kind}</span></th>
      <td>{said(d, `channel_${link.channel}`, link.channel)}</td>
      <td><strong class={link.state === 'up' ? '' : 'late'}>{a(`link_state_${link.state}`)}</strong>
        {link.since !== null && <span class="soft"> {a('link_since', { at: short_time(link.since) })}</span>}
        {why !== '' && <><br /><bdi>{why}</bdi></>}</td>
      <td class="number">{link.waiting}</td>
      <td class="number">{link.handed_over_1h}</td>
      <td class="number">{short_time(link.last_receipt_at)}</td>
      <td>{may_probe && <button type="button" disabled={busy || link.state === 'down'} aria-label={a('link_probe_of', { name: link.name })} onClick={onProbe}>{a('link_probe')}</button>}</td>
    </tr>
  );
}

export function Links() {
  const load = useLoad(async () => (await get<{ links: Link[] }>('/api/v1/links')).links, []);
  const { busy, problem, run } = useAct();
  const [sent, set_sent] = useState('');
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
  });
  return (
    <Page title={t('nav_links')}>
      <p>{a('links_what')}</p>
      {admin && person === null && <p class="soft">{a('link_not_person')}</p>}
      {sent !== '' && <p class="notice good" role="status">{sent}</p>}
      <ProblemNote problem={problem} />
      <Loaded load={load}>{(links) => links.length === 0 ? <p>{a('links_none')}</p> : (
        <Scroll label={t('nav_links')}><table>
          <thead><tr><th>{a('link_name')}</th><th>{a('link_channel')}</th><th>{t('state')}</th><th>{a('link_waiting')}</th>
            <th>{a('link_hour')}</th><th>{a('link_receipt')}</th><th /></tr></thead>
          <tbody>{links.map((link) => (
            <Row key={link.name} link={link} busy={busy} may_probe={admin && person !== null} onProbe={() => void probe(link.name)} />
          ))}</tbody>
        </table></Scroll>
      )}</Loaded>
    </Page>
  );
}
