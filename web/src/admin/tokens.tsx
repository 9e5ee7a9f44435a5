// Tokens for programs.
import { useState } from 'preact/hooks';

import { get, post } from '../base/api';
import type { Role } from '../base/model';
import { has_role } from '../base/session';
import { full_time } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { Confirm } from './confirm';
import { Page } from './frame';
import { Loaded, useAct, useLoad } from './load';
import { PersonPick } from './person_pick';
import type { Picked } from './person_pick';
import { PersonName } from './posts';
import { RoleField } from './role_field';
import { Scroll } from './scroll';
import type { Token } from './shapes';
import { t } from './words';
import { a } from './words_access';

const kTokens = '/api/v1/tokens';

interface Made {
  name: string;
  token: string;
}

function Once({ made, onClose }: { made: Made; onClose: () => void }) {
  const [copied, set_copied] = useState(false);
  return (
    <section class="card once" aria-label={a('token_once', { name: made.name })}>
      <h2>{a('token_once', { name: made.name })}</h2>
      <p><code>{made.token}</code></p>
      {copied && <p role="status">{a('token_copied')}</p>}
      <div class="row">
        <button type="button" onClick={() => void navigator.clipboard.writeText(made.token).then(() => set_copied(true), () => undefined)}>{a('copy')}</button>
        <button type="button" class="main" onClick={onClose}>{a('token_close')}</button>
      </div>
    </section>
  );
}

function NewToken({ onMade }: { onMade: (made: Made) => void }) {
  const [name, set_name] = useState('');
  const [role, set_role] = useState<Role>('reporter');
  const [person, set_person] = useState<readonly Picked[]>([]);
  const { busy, problem, run } = useAct();
  return (
    <form class="card no-print" aria-label={a('token_new')} onSubmit={(event) => {
      event.preventDefault();
      void run(async () => {
        onMade(await post<Made>(kTokens, { name: name.trim(), role, person: person[0]?.code ?? null }));
        set_name('');
      });
    }}>
      <h2>{a('token_new')}</h2>
      <div class="row top-row">
        <label class="grow"><span class="name">{a('token_name')}</span>
          <input required maxLength={64} autocomplete="off" value={name} onInput={(event) => set_name(event.currentTarget.value)} /></label>
        <RoleField value={role} onRole={set_role} />
        <div class="grow"><PersonPick label={a('user_person')} chosen={person} most={1} onChoose={set_person} /></div>
      </div>
      <ProblemNote problem={problem} />
      <button class="main" disabled={busy}>{a('add')}</button>
    </form>
  );
}

export function Tokens() {
  const load = useLoad(async () => (await get<{ tokens: Token[] }>(kTokens)).tokens, []);
  const [made, set_made] = useState<Made | null>(null);
  const [revoking, set_revoking] = useState<string | null>(null);
  return (
    <Page title={a('part_tokens')}>
      <p>{a('tokens_what')}</p>
      {made !== null && <Once made={made} onClose={() => set_made(null)} />}
      <Loaded load={load}>{(tokens) => (
        <Scroll label={a('part_tokens')}><table class="stacked">
          <thead><tr><th>{a('token_column')}</th><th>{t('role')}</th><th>{t('person')}</th><th>{t('state')}</th><th /></tr></thead>
          <tbody>{tokens.map((one) => (
            <tr key={one.name} class={one.revoked_at === null ? '' : 'soft'}>
              <th scope="row"><bdi class="long">{one.name}</bdi></th>
              <td data-name={t('role')}>{t(`role_${one.role}`)}</td>
              <td data-name={t('person')}><PersonName who={one.person} /></td>
              <td class="number" data-name={t('state')}>{one.revoked_at === null ? a('token_good') : a('token_revoked', { at: full_time(one.revoked_at) })}</td>
              <td class="do">{has_role('admin') && one.revoked_at === null && (
                <button type="button" aria-label={a('token_revoke_of', { name: one.name })} onClick={() => set_revoking(one.name)}>{a('token_revoke')}</button>
              )}</td>
            </tr>
          ))}</tbody>
        </table></Scroll>
      )}</Loaded>
      {has_role('admin') && <NewToken onMade={(token) => {
        set_made(token);
        load.again();
        scrollTo(0, 0);
      }} />}
      {revoking !== null && (
        <Confirm title={a('token_revoke_of', { name: revoking })} label={a('token_revoke')} onClose={() => set_revoking(null)}
          onSure={async () => {
            await post(`${kTokens}/revoke`, { name: revoking });
            set_revoking(null);
            load.again();
          }}><p>{a('token_revoke_what')}</p></Confirm>
      )}
    </Page>
  );
}
