// Contact points that failed and have not worked since.
import { get } from '../base/api';
import { full_time } from '../base/time';
import { in_language } from '../base/words';
import { Page } from './frame';
import { Loaded, said, useLoad } from './load';
import { PersonName } from './posts';
import { Scroll } from './scroll';
import type { Doubtful } from './shapes';
import { t } from './words';
import { d } from './words_directory';

function Row({ one }: { one: Doubtful }) {
  return (
    <tr>
      <th scope="row"><PersonName who={one.person} /></th>
      <td class="number">{d(`kind_${one.kind}`)} {one.number ?? ''}</td>
      <td><strong class={one.certain ? 'late' : ''}>{one.certain ? `✕ ${d('certain')}` : `▲ ${d('likely')}`}</strong>
        <br /><bdi>{in_language(one.meaning_text, one.meaning_text_zh)}</bdi></td>
      <td>{d('failures', { n: one.failures })}<br />
        <span class="soft">{said(d, `channel_${one.channel}`, one.channel)}{one.incident !== null && `${t('list')}${d('incident_n', { n: one.incident })}`}</span></td>
      <td class="number">{full_time(one.last_at)}</td>
    </tr>
  );
}

export function DoubtfulContacts() {
  const read = useLoad(() => get<{ contacts: Doubtful[] }>('/api/v1/contacts/doubtful'), []);
  return (
    <Page title={d('part_doubtful')}>
      <p>{d('doubtful_what')}</p>
      <Loaded load={read}>{({ contacts }) => contacts.length === 0 ? <p role="status">{d('doubtful_none')}</p> : (
        <Scroll>
          <table>
            <thead><tr><th>{t('name')}</th><th>{d('address')}</th><th>{t('why')}</th><th /><th>{d('last_failed')}</th></tr></thead>
            <tbody>{contacts.map((one, n) => <Row key={n} one={one} />)}</tbody>
          </table>
        </Scroll>
      )}</Loaded>
    </Page>
  );
}
