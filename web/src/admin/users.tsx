// Accounts: making one, a new second factor, taking one away.  Secrets are shown once.
import { useState } from 'preact/hooks';

import { get, post } from '../base/api';
import type { Role } from '../base/model';
import { has_role } from '../base/session';
import { full_time } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { Qr } from '../parts/qr';
import { Confirm } from './confirm';
import { DangerButton } from './danger';
import { Page } from './frame';
import { Loaded, useAct, useLoad } from './load';
import { PersonPick } from './person_pick';
import type { Picked } from './person_pick';
import { PersonName } from './posts';
import { RoleField } from './role_field';
import { Scroll } from './scroll';
import type { Account, Enrolment } from './shapes';
import { t } from './words';
import { a } from './words_access';

const kUsers = '/api/v1/users';

// The secret alone, in groups of four, to be typed.
const key_of = (otpauth: string): string =>
  (/[?&]secret=([A-Za-z2-7]+)/.exec(otpauth)?.[1] ?? otpauth).replace(/(.{4})(?=.)/g, '$1 ');

function Once({ made, onClose }: { made: Enrolment; onClose: () => void }) {
  return (
    <section class="card once" aria-label={a('shown_once', { name: made.name })}>
      <h2>{a('shown_once', { name: made.name })}</h2>
      <p class="notice warn" role="status">{a('shown_once_what')}</p>
      <div class="row top-row">
        <Qr text={made.otpauth} label={a('qr_label')} />
        <div class="grow">
          <h3>{a('codes')}</h3>
          <ul class="codes number">{made.recovery_codes.map((code) => <li key={code}>{code}</li>)}</ul>
        </div>
      </div>
      <p>{a('otpauth')}: <code class="number">{key_of(made.otpauth)}</code></p>
      <button type="button" class="main" onClick={onClose}>{a('written')}</button>
    </section>
  );
}

function Password({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  return (
    <label class="grow"><span class="name">{a('user_password')}</span>
      <input type="password" required minLength={12} maxLength={256} autocomplete="new-password" value={value}
        onInput={(event) => onValue(event.currentTarget.value)} /></label>
  );
}

function NewUser({ onMade }: { onMade: (made: Enrolment) => void }) {
  const [name, set_name] = useState('');
  const [role, set_role] = useState<Role>('duty');
  const [person, set_person] = useState<readonly Picked[]>([]);
  const [password, set_password] = useState('');
  const { busy, problem, run } = useAct();
  const make = (): Promise<void> => run(async () => {
    onMade(await post<Enrolment>(kUsers, { name: name.trim(), role, person: person[0]?.code ?? null, password }));
    set_name('');
    set_person([]);
    set_password('');
  });
  return (
    <form class="card no-print" aria-label={a('user_new')} onSubmit={(event) => {
      event.preventDefault();
      void make();
    }}>
      <h2>{a('user_new')}</h2>
      <div class="row top-row">
        <label class="grow"><span class="name">{a('user_name')}</span>
          <input required maxLength={40} pattern="[a-z0-9._\-]+" autocomplete="off" value={name} onInput={(event) => set_name(event.currentTarget.value)} /></label>
        <RoleField value={role} onRole={set_role} />
        <div class="grow"><PersonPick label={a('user_person')} chosen={person} most={1} onChoose={set_person} /></div>
        <Password value={password} onValue={set_password} />
      </div>
      <ProblemNote problem={problem} />
      <button class="main" disabled={busy}>{a('add')}</button>
    </form>
  );
}

function ResetDialog({ name, onClose, onMade }: { name: string; onClose: () => void; onMade: (made: Enrolment) => void }) {
  const [password, set_password] = useState('');
  return (
    <Confirm title={a('user_reset_title', { name })} label={a('user_reset')} ready={password.length >= 12} onClose={onClose}
      onSure={async () => onMade(await post<Enrolment>(`${kUsers}/${encodeURIComponent(name)}/reset`, { password }))}>
      <p>{a('user_reset_what')}</p>
      <Password value={password} onValue={set_password} />
    </Confirm>
  );
}

function Row({ user, onAsk }: { user: Account; onAsk: (what: 'reset' | 'disable') => void }) {
  const { name } = user;
  return (
    <tr class={user.disabled_at === null ? '' : 'soft'}>
      <th scope="row"><bdi>{name}</bdi></th>
      <td data-name={t('role')}>{t(`role_${user.role}`)}</td>
      <td data-name={t('person')}><PersonName who={user.person} /></td>
      <td class="number" data-name={t('state')}>{user.disabled_at === null ? a('user_made', { at: full_time(user.made_at) }) : a('user_disabled', { at: full_time(user.disabled_at) })}</td>
      <td class="do">{has_role('admin') && user.disabled_at === null && (
        <div class="row">
          <button type="button" aria-label={a('user_reset_of', { name })} onClick={() => onAsk('reset')}>{a('user_reset_open')}</button>
          <DangerButton label={a('user_disable_of', { name })} onClick={() => onAsk('disable')}>{a('user_disable_open')}</DangerButton>
        </div>
      )}</td>
    </tr>
  );
}

export function Users() {
  const load = useLoad(async () => (await get<{ users: Account[] }>(kUsers)).users, []);
  const [made, set_made] = useState<Enrolment | null>(null);
  const [asks, set_asks] = useState<{ name: string; what: 'reset' | 'disable' } | null>(null);
  const took = (enrolment: Enrolment | null): void => {
    set_made(enrolment);
    set_asks(null);
    load.again();
    scrollTo(0, 0);
  };
  return (
    <Page title={a('part_users')}>
      <p>{a('users_what')}</p>
      {made !== null && <Once made={made} onClose={() => set_made(null)} />}
      <Loaded load={load}>{(users) => (
        <Scroll label={a('part_users')}><table class="stacked">
          <thead><tr><th>{a('account')}</th><th>{t('role')}</th><th>{t('person')}</th><th>{t('state')}</th><th /></tr></thead>
          <tbody>{users.map((user) => <Row key={user.name} user={user} onAsk={(what) => set_asks({ name: user.name, what })} />)}</tbody>
        </table></Scroll>
      )}</Loaded>
      {has_role('admin') && <NewUser onMade={took} />}
      {asks?.what === 'reset' && <ResetDialog name={asks.name} onClose={() => set_asks(null)} onMade={took} />}
      {asks?.what === 'disable' && (
        <Confirm title={a('user_disable_title', { name: asks.name })} label={a('user_disable')} onClose={() => set_asks(null)}
          onSure={async () => {
            await post(`${kUsers}/${encodeURIComponent(asks.name)}/disable`);
            took(null);
          }}><p>{a('user_disable_what')}</p></Confirm>
      )}
    </Page>
  );
}
