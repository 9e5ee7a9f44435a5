// One's own page: numbers, duty calendar, language, the home screen, signing out.
import { useEffect, useState } from 'preact/hooks';

import { Problem, get, post } from '../base/api';
import { c } from '../base/common_words';
import { me, sign_out } from '../base/session';
import { choose_language, in_language, language } from '../base/words';
import { Choice } from '../parts/choice';
import { problem_text } from '../parts/problem_note';
import { SignIn } from '../parts/sign_in';
import { AskOnce } from './ask_once';
import { offered } from './install';
import { forget_sent } from './outbox';
import { answers, online_only, outbox, pictures, refresh, send_now } from './outbox_page';
import { w } from './words';

interface Contact {
  id: string;
  kind: 'mobile' | 'landline' | 'email' | 'webhook' | 'console';
  number: string | null;
  agreed: boolean;
  not_at_night: boolean;
  may_withdraw: boolean;
  check: { outcome: string; meaning_text: string | null; meaning_text_zh: string | null } | null;
}

function contact_notes(contact: Contact): string[] {
  const { check } = contact;
  const meaning = in_language(check?.meaning_text, check?.meaning_text_zh);
  return [
    contact.agreed ? '' : w('not_agreed'),
    contact.not_at_night ? w('not_at_night') : '',
    check === null ? '' : check.outcome === 'silent' ? w('check_silent') : check.outcome === 'failed' ? w('check_failed', { meaning }) : '',
  ].filter((note) => note !== '');
}

// What goes with it, beyond the alerts to that number.
function withdrawn_text(contact: Contact, all: Contact[]): string {
  const others = all.filter((one) => one.id !== contact.id && one.agreed);
  if (others.length === 0) return w('withdraw_last');
  const codes_gone = contact.kind === 'mobile' && others.every(({ kind }) => kind !== 'mobile');
  return `${w('withdraw_sure', { number: contact.number ?? '' })}${codes_gone ? ` ${w('withdraw_codes')}` : ''}`;
}

function OneContact({ contact, all, onGone }: { contact: Contact; all: Contact[]; onGone: () => void }) {
  const [wrong, set_wrong] = useState('');
  const number = contact.number ?? '';
  const withdraw = async (): Promise<void> => {
    try {
      await post(`/api/v1/contacts/mine/${contact.id}/withdraw`, { confirm: true });
      onGone();
    } catch (problem) {
      set_wrong(problem_text(problem));
    }
  };
  return (
    <li class="contact">
      {/* says: kind_* */}
      <p><span>{w(`kind_${contact.kind}`)}</span> <bdi class="number">{number}</bdi></p>
      {contact_notes(contact).map((note) => <p key={note} class="soft">{note}</p>)}
      {!contact.may_withdraw ? <p class="soft">{w('withdraw_office')}</p>
        : <AskOnce label={w('withdraw')} name={`${w('withdraw')} ${number}`} look="quiet" sure={withdrawn_text(contact, all)} yes={w('withdraw_yes')} onYes={() => void withdraw()} />}
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
    </li>
  );
}

function Contacts() {
  const [contacts, set_contacts] = useState<Contact[] | null>(null);
  const [said, set_said] = useState('');
  const read = (): void => {
    get<{ contacts: Contact[] }>('/api/v1/contacts/mine').then((found) => set_contacts(found.contacts),
      (problem: unknown) => set_said(problem_text(problem)));
  };
  useEffect(read, [language.value]);
  return (
    <section class="card" aria-label={w('own_numbers')}>
      <h2>{w('own_numbers')}</h2>
      {contacts?.length === 0 && <p>{w('no_numbers')}</p>}
      {contacts !== null && contacts.length > 0 && (
        <ul class="plain">{contacts.map((one) => <OneContact key={one.id} contact={one} all={contacts} onGone={() => { set_said(w('withdraw_done')); read(); }} />)}</ul>
      )}
      <p role="status">{said}</p>
    </section>
  );
}

function Calendar() {
  const [address, set_address] = useState<string | null>(null);
  const [said, set_said] = useState('');
  const read = async (renew: boolean): Promise<void> => {
    try {
      const feed = renew ? await post<{ url: string }>('/api/v1/me/feed/renew') : await get<{ url: string }>('/api/v1/me/feed');
      set_address(feed.url);
      set_said(renew ? w('calendar_replaced') : '');
    } catch (problem) {
      set_said(problem instanceof Problem && !problem.passing ? w('calendar_none') : problem_text(problem));
    }
  };
  useEffect(() => void read(false), []);
  const copy = (): void => {
    const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
    clipboard?.writeText(address ?? '').then(() => set_said(w('calendar_copied')), () => undefined);
  };
  return (
    <section class="card" aria-label={w('calendar')}>
      <h2>{w('calendar')}</h2>
      {address !== null && (
        <>
          <p class="soft">{w('calendar_hint')}</p>
          <label><span class="visually-hidden">{w('calendar')}</span>
            <input readOnly value={address} onFocus={(event) => event.currentTarget.select()} /></label>
          <div class="row">
            {'clipboard' in navigator && <button type="button" onClick={copy}>{w('calendar_copy')}</button>}
          </div>
          <div class="stack"><AskOnce label={w('calendar_renew')} look="" sure={w('calendar_sure')} yes={w('calendar_yes')} onYes={() => void read(true)} /></div>
        </>
      )}
      <p role="status">{said}</p>
    </section>
  );
}

function Install() {
  if (matchMedia('(display-mode: standalone)').matches) return null;
  const prompt = offered.value;
  return (
    <section class="card" aria-label={w('install')}>
      <h2>{w('install')}</h2>
      <p>{w('install_hint')}</p>
      {prompt !== null && <button type="button" onClick={() => void prompt.prompt()}>{w('install_now')}</button>}
    </section>
  );
}

// Nothing on a phone that trusts the office already.
function Certificate() {
  if (!online_only.value) return null;
  return (
    <section class="card" aria-label={w('certificate')}>
      <h2>{w('certificate')}</h2>
      <p>{w('certificate_hint')}</p>
      <a class="button" href="/install">{w('install_certificate')}</a>
    </section>
  );
}

// Reports, answers to alerts, and photographs that are not with the desk.
const unsent = (): number =>
  [...outbox.value, ...answers.value].filter(({ state }) => state === 'waiting').length + pictures.value.filter(({ why }) => why === '').length;

async function leave(): Promise<void> {
  await sign_out();
  await forget_sent();
  await refresh();
}

export function MePage() {
  const [wrong, set_wrong] = useState('');
  return (
    <>
      <h1>{me.value == null ? w('tab_me') : me.value.person?.name ?? me.value.name}</h1>
      {me.value == null && <><p>{w('not_signed_in')}</p><SignIn first="phone" heading={false} onDone={() => void send_now()} /></>}
      <fieldset>
        <legend>{w('choose_language')}</legend>
        <div class="keys">
          <Choice name="language" chosen={language.value} onChoose={(chosen) => choose_language(chosen === 'zh' ? 'zh' : 'en')}
            options={[{ value: 'zh', label: w('chinese') }, { value: 'en', label: w('english') }]} />
        </div>
      </fieldset>
      {me.value?.person != null && <><Contacts /><Calendar /></>}
      <Certificate />
      <Install />
      {me.value != null && (
        <section class="card">
          {unsent() > 0 && <p class="notice warn">{w('sign_out_hint', { n: unsent() })}</p>}
          <button type="button" onClick={() => { leave().catch((problem: unknown) => set_wrong(problem_text(problem))); }}>{c('sign_out')}</button>
          {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
        </section>
      )}
    </>
  );
}
