// Who is signed in, on what, and ending it.
import { useState } from 'preact/hooks';

import { get, post } from '../base/api';
import { full_time } from '../base/time';
import { Confirm } from './confirm';
import { Page } from './frame';
import { Loaded, useLoad } from './load';
import { PersonName } from './posts';
import { Scroll } from './scroll';
import type { SessionRow } from './shapes';
import { t } from './words';
import { a } from './words_access';

export function Sessions() {
  const load = useLoad(async () => (await get<{ sessions: SessionRow[] }>('/api/v1/sessions')).sessions, []);
  const [ending, set_ending] = useState<SessionRow | null>(null);
  return (
    <Page title={a('part_sessions')}>
      <p>{a('sessions_what')}</p>
      <Loaded load={load}>{(sessions) => (
        <Scroll label={a('part_sessions')}><table class="stacked">
          <thead><tr><th>{a('account')}</th><th>{t('role')}</th><th>{a('session_device')}</th><th>{a('session_how')}</th><th>{a('session_since')}</th><th>{a('session_until')}</th><th /></tr></thead>
          <tbody>{sessions.map((one) => (
            <tr key={one.session}>
              <th scope="row"><span class="row"><bdi class="long">{one.name}</bdi> <PersonName who={one.person} />{one.current === true && <span class="tag good">✓ {a('session_this')}</span>}</span></th>
              <td data-name={t('role')}>{t(`role_${one.role}`)}</td>
              <td data-name={a('session_device')}><bdi class="long soft">{one.device === '' ? a('device_unknown') : one.device}</bdi></td>
              <td data-name={a('session_how')}>{a(`method_${one.method}`)}</td>
              <td class="number" data-name={a('session_since')}>{full_time(one.made_at)}</td>
              <td class="number" data-name={a('session_until')}>{full_time(one.expires_at)}</td>
              <td class="do">{one.current !== true && (
                <button type="button" aria-label={a('session_end_of', { name: one.name })} onClick={() => set_ending(one)}>{a('session_end')}</button>
              )}</td>
            </tr>
          ))}</tbody>
        </table></Scroll>
      )}</Loaded>
      {ending !== null && (
        <Confirm title={a('session_end_of', { name: ending.name })} label={a('session_end')} onClose={() => set_ending(null)}
          onSure={async () => {
            await post(`/api/v1/sessions/${ending.session}/revoke`);
            set_ending(null);
            load.again();
          }} />
      )}
    </Page>
  );
}
