// Contact points that failed and have not worked since.
import { full_time } from '../base/time';
import { in_language } from '../base/words';
import { read_doubtful } from './directory_data';
import { Page } from './frame';
import { Loaded, said, useLoad } from './load';
import { PersonName } from './posts';
import { Scroll } from './scroll';
import type { Doubtful } from './shapes';
import { t } from './words';
import { d } from './words_directory';

// The same word, sign and colour wherever a number is in doubt.
export function Doubt({ one }: { one: Doubtful }) {
  return <strong class={one.certain ? 'late' : 'doubted'}>{one.certain ? `✕ ${d('certain')}` : `▲ ${d('likely')}`}</strong>;
}

function Row({ one }: { one: Doubtful }) {
  return (
    <tr>
      <th scope="row"><PersonName who={one.person} /></th>
      <td class="number" data-name={d('address')}>{d(`kind_${one.kind}`)} {one.number ?? ''}</td>
      <td data-name={d('works')}><Doubt one={one} /> <bdi>{in_language(one.meaning_text, one.meaning_text_zh)}</bdi></td>
      <td data-name={d('failed_how')}>{d('failures', { n: one.failures })}<br />
        <span class="soft">{said(d, `channel_${one.channel}`, one.channel)}{one.incident !== null && `${t('list')}${d('incident_n', { n: one.incident })}`}</span></td>
      <td class="number" data-name={d('last_failed')}>{full_time(one.last_at)}</td>
    </tr>
  );
}

export function DoubtfulContacts() {
  const read = useLoad(read_doubtful, []);
  return (
    <Page title={d('part_doubtful')}>
      <p>{d('doubtful_what')}</p>
      <Loaded load={read}>{(contacts) => contacts.length === 0 ? <p role="status">{d('doubtful_none')}</p> : (
        <Scroll>
          <table class="stacked">
            <thead><tr><th>{t('name')}</th><th>{d('address')}</th><th>{d('works')}</th><th>{d('failed_how')}</th><th>{d('last_failed')}</th></tr></thead>
            <tbody>{contacts.map((one, n) => <Row key={n} one={one} />)}</tbody>
          </table>
        </Scroll>
      )}</Loaded>
    </Page>
  );
}
