// Changing one person with all contact points, or putting in a new one; what is wrong stands beside its field.
import { useState } from 'preact/hooks';

import { Problem, ask } from '../base/api';
import { c } from '../base/common_words';
import { day_of, instant_of } from '../base/time';
import { ProblemNote } from '../parts/problem_note';
import { changed_meanwhile, person_path } from './directory_data';
import { Finding, field_of } from './findings';
import { useAct } from './load';
import { findings_of } from './reason';
import type { Contact, ContactKind, DirectoryChanged, DirectoryFinding, Person } from './shapes';
import { t } from './words';
import { d } from './words_directory';

const kKinds: readonly ContactKind[] = ['mobile', 'landline', 'email', 'webhook', 'console'];

const fresh_contact = (): Contact => ({
  kind: 'mobile', address: '', extension: null, order: 1, agreed_when: null, agreed_how: null, withdrawn: null,
  verified_when: null, verified_how: null, not_at_night: false,
});
export const fresh_person = (): Person => ({
  code: '', name: '', kind: 'person', language: 'zh', door: null, notes: null, contacts: [fresh_contact()], version: '',
});

// A day as an <input type="date"> has it, and back.
const day_or_none = (at: string | null): string => (at === null ? '' : day_of(at));
const time_of = (day: string): string | null => (day === '' ? null : instant_of(day));

function body_of(person: Person, reason: string): Record<string, unknown> {
  const said = (fields: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));
  return {
    ...said({ name: person.name.trim(), kind: person.kind, language: person.language, door: person.door, notes: person.notes, reason }),
    contacts: person.contacts.map((one, n) => ({
      ...said({ kind: one.kind, extension: one.extension, agreed_when: one.agreed_when, agreed_how: one.agreed_how,
        withdrawn: one.withdrawn, verified_when: one.verified_when, verified_how: one.verified_how }),
      address: one.address.trim(), order: n + 1, not_at_night: one.not_at_night,
    })),
  };
}

// The sheet's row of a finding, counted from its header: contact n stands in row n + 2.
const of_contact = (findings: readonly DirectoryFinding[], n: number): DirectoryFinding[] =>
  findings.filter((one) => one.file === 'contacts.csv' && one.line === n + 2);

function Beside({ findings, field }: { findings: readonly DirectoryFinding[]; field: string }) {
  const mine = findings.filter((one) => field_of(one) === field);
  if (mine.length === 0) return null;
  return <span class="beside" role="alert">{mine.map((one, n) => <span key={n}><Finding finding={{ ...one, line: 0 }} /></span>)}</span>;
}

interface ContactGiven {
  n: number;
  contact: Contact;
  findings: readonly DirectoryFinding[];
  onChange: (contact: Contact) => void;
  onRemove: () => void;
  onUp: (() => void) | null;
}

function ContactFields({ n, contact, findings, onChange, onRemove, onUp }: ContactGiven) {
  const set = (more: Partial<Contact>): void => onChange({ ...contact, ...more });
  const other = findings.filter((one) => !['address', 'extension', 'agreed_when', 'agreed_how'].includes(field_of(one)));
  return (
    <fieldset>
      <legend>{d('contact_n', { n: n + 1 })}</legend>
      <div class="row top-row">
        <label class="narrow"><span class="name">{d('type')}</span>
          <select value={contact.kind} onChange={(event) => set({ kind: event.currentTarget.value as ContactKind })}>
            {kKinds.map((kind) => <option key={kind} value={kind}>{d(`kind_${kind}`)}</option>)}
          </select></label>
        <label class="grow"><span class="name">{d('address')}</span>
          <input required maxLength={300} value={contact.address} autocomplete="off"
            aria-invalid={findings.some((one) => field_of(one) === 'address' && one.severity === 'error')}
            onInput={(event) => set({ address: event.currentTarget.value })} />
          <Beside findings={findings} field="address" /></label>
        {contact.kind === 'landline' && (
          <label class="narrow"><span class="name">{d('extension')}</span>
            <input inputMode="numeric" maxLength={8} value={contact.extension ?? ''}
              onInput={(event) => set({ extension: event.currentTarget.value })} />
            <Beside findings={findings} field="extension" /></label>
        )}
        <label class="narrow"><span class="name">{d('agreed_when')}</span>
          <input type="date" value={day_or_none(contact.agreed_when)}
            onInput={(event) => set({ agreed_when: time_of(event.currentTarget.value) })} />
          <Beside findings={findings} field="agreed_when" /></label>
        <label class="grow"><span class="name">{d('agreed_how')}</span>
          <input maxLength={200} value={contact.agreed_how ?? ''} onInput={(event) => set({ agreed_how: event.currentTarget.value })} />
          <Beside findings={findings} field="agreed_how" /></label>
      </div>
      <p class="soft">{d('agreed_hint')}</p>
      <div class="row">
        <label class="check"><input type="checkbox" checked={contact.not_at_night}
          onChange={(event) => set({ not_at_night: event.currentTarget.checked })} />{d('not_at_night')}</label>
        <label class="check"><input type="checkbox" checked={contact.withdrawn !== null}
          onChange={(event) => set({ withdrawn: event.currentTarget.checked ? new Date().toISOString() : null })} />{d('withdrawn_mark')}</label>
        {onUp !== null && <button type="button" onClick={onUp}>↑ {d('contact_up')}</button>}
        <button type="button" onClick={onRemove}>✕ {d('contact_remove')}</button>
      </div>
      {other.length > 0 && <ul class="findings">{other.map((one, k) => <li key={k}><Finding finding={one} /></li>)}</ul>}
    </fieldset>
  );
}

interface Given {
  start: Person; // whole numbers
  tag: string; // empty: a new person
  reason: string; // why it was opened; may be worded anew for the change
  onDone: (changed: DirectoryChanged, code: string) => void;
  onCancel: () => void;
}

export function PersonForm({ start, tag, reason: opened_why, onDone, onCancel }: Given) {
  const [person, set_person] = useState(start);
  const [reason, set_reason] = useState(opened_why);
  const { busy, problem, run } = useAct();
  const found = findings_of(problem);
  const fresh = tag === '';
  const set = (more: Partial<Person>): void => set_person({ ...person, ...more });
  const set_contacts = (change: (all: Contact[]) => Contact[]): void => set({ contacts: change([...person.contacts]) });
  const save = async (): Promise<void> => {
    const code = person.code.trim();
    const answer = await ask<DirectoryChanged>(person_path(code), {
      method: 'PUT', body: body_of(person, reason.trim()), ...(fresh ? { ifNoneMatch: '*' } : { ifMatch: tag }),
    });
    onDone(answer.value, code);
  };
  const field = problem instanceof Problem ? problem.field : '';
  const general = found.filter((one) => one.file !== 'contacts.csv' && !['name', 'code', 'door', 'notes', 'language'].includes(field_of(one)));
  const of_person = found.filter((one) => one.file === 'persons.csv');
  return (
    <form class="card" onSubmit={(event) => {
      event.preventDefault();
      void run(save);
    }}>
      {fresh && (
        <label><span class="name">{d('new_code')}</span>
          <input required maxLength={64} pattern="[a-z0-9][a-z0-9_\-]*" value={person.code} autocomplete="off"
            onInput={(event) => set({ code: event.currentTarget.value })} />
          <Beside findings={of_person} field="code" /></label>
      )}
      <div class="row top-row">
        <label class="grow"><span class="name">{t('name')}</span>
          <input required maxLength={100} value={person.name} aria-invalid={field === 'name'}
            onInput={(event) => set({ name: event.currentTarget.value })} />
          <Beside findings={of_person} field="name" /></label>
        <label class="narrow"><span class="name">{d('language')}</span>
          <select value={person.language} onChange={(event) => set({ language: event.currentTarget.value })}>
            <option value="zh">{t('language_zh')}</option><option value="en">{t('language_en')}</option>
          </select></label>
        <label class="narrow"><span class="name">{d('type')}</span>
          <select value={person.kind} onChange={(event) => set({ kind: event.currentTarget.value === 'section' ? 'section' : 'person' })}>
            <option value="person">{d('kind_person')}</option><option value="section">{d('kind_section')}</option>
          </select></label>
      </div>
      <div class="row top-row">
        <label class="grow"><span class="name">{d('door')}</span>
          <input maxLength={500} value={person.door ?? ''} onInput={(event) => set({ door: event.currentTarget.value })} />
          <Beside findings={of_person} field="door" /></label>
        <label class="grow"><span class="name">{d('notes')}</span>
          <input maxLength={500} value={person.notes ?? ''} onInput={(event) => set({ notes: event.currentTarget.value })} />
          <Beside findings={of_person} field="notes" /></label>
      </div>
      {person.contacts.map((contact, n) => (
        <ContactFields key={n} n={n} contact={contact} findings={of_contact(found, n)}
          onChange={(changed) => set_contacts((all) => all.map((one, k) => (k === n ? changed : one)))}
          onRemove={() => set_contacts((all) => all.filter((_, k) => k !== n))}
          onUp={n === 0 ? null : () => set_contacts((all) => {
            const moved = all.splice(n, 1);
            all.splice(n - 1, 0, ...moved);
            return all;
          })} />
      ))}
      {person.contacts.length < 20 && (
        <p><button type="button" onClick={() => set_contacts((all) => [...all, fresh_contact()])}>＋ {d('contact_add')}</button></p>
      )}
      <label><span class="name">{d('save_why')}</span>
        <input required maxLength={500} value={reason} onInput={(event) => set_reason(event.currentTarget.value)} /></label>
      <ProblemNote problem={problem} />
      {changed_meanwhile(problem) && <p class="notice warn">{t('changed_meanwhile')}</p>}
      {general.length > 0 && <ul class="findings">{general.map((one, n) => <li key={n}><Finding finding={one} /></li>)}</ul>}
      <div class="row">
        <button class="main" disabled={busy}>{c('save')}</button>
        <button type="button" onClick={onCancel}>{c('cancel')}</button>
      </div>
    </form>
  );
}
