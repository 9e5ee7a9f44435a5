// One person of the directory: contact points, masked until somebody says why, and what can be done.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { ask, post, with_query } from '../base/api';
import { go, link_to } from '../base/route';
import { full_time } from '../base/time';
import { in_language } from '../base/words';
import { DangerButton } from './danger';
import { changed_text, is_of, person_path, read_doubtful, read_person, read_posts, read_units, standing_of } from './directory_data';
import type { Tagged } from './directory_data';
import { Doubt } from './doubtful';
import { save_file } from './download';
import { Findings } from './findings';
import { Page } from './frame';
import { EndLeave, LeaveDialog, LeaveNotice, ShowLeave } from './leave';
import type { Leave } from './leave_rows';
import { Loaded, useLoad } from './load';
import { PersonForm, fresh_person } from './person_form';
import { ReasonDialog } from './reason';
import { Scroll } from './scroll';
import type { Contact, DirectoryChanged, DirectoryFinding, Doubtful, Person } from './shapes';
import { t } from './words';
import { d } from './words_directory';

function ContactRow({ contact, doubt }: { contact: Contact; doubt: Doubtful | undefined }) {
  return (
    <tr class={contact.withdrawn === null ? '' : 'soft'}>
      <th scope="row">{d(`kind_${contact.kind}`)}</th>
      <td class="number" data-name={d('address')}><bdi class="long">{contact.address}</bdi>{contact.extension !== null && ` · ${d('extension')} ${contact.extension}`}
        {doubt !== undefined && (
          <div class="doubt"><Doubt one={doubt} /> <bdi>{in_language(doubt.meaning_text, doubt.meaning_text_zh)}</bdi>{' '}
            <span class="soft">{d('failures', { n: doubt.failures })}{t('list')}{full_time(doubt.last_at).slice(0, 10)}</span></div>
        )}</td>
      <td data-name={d('agreed')}>
        {contact.withdrawn !== null ? <span>{d('withdrawn', { at: full_time(contact.withdrawn).slice(0, 10) })}</span>
          : contact.agreed_when === null || contact.agreed_how === null ? <strong class="late">▲ {d('not_agreed')}</strong>
            : <>{full_time(contact.agreed_when).slice(0, 10)} <bdi>{contact.agreed_how}</bdi></>}
        {contact.verified_when !== null && (
          <><br /><span class="soft">{d('verified', { at: full_time(contact.verified_when).slice(0, 10), how: contact.verified_how ?? '' })}</span></>
        )}
        {contact.not_at_night && <><br /><span class="soft">{d('not_at_night')}</span></>}
      </td>
    </tr>
  );
}

function Details({ person, standing, doubts, children }: {
  person: Person; standing: readonly string[]; doubts: readonly Doubtful[]; children: ComponentChildren;
}) {
  return (
    <section class="card" aria-label={person.name}>
      {children}
      <dl class="facts">
        <dt>{t('code')}</dt><dd>{person.code}</dd>
        <dt>{d('is')}</dt><dd><bdi>{standing.join(t('list'))}</bdi></dd>
        <dt>{d('type')}</dt><dd>{d(`kind_${person.kind}`)}</dd>
        <dt>{d('language')}</dt><dd>{t(person.language === 'zh' ? 'language_zh' : 'language_en')}</dd>
        {person.door !== null && <><dt>{d('door')}</dt><dd><bdi class="long">{person.door}</bdi></dd></>}
        {person.notes !== null && <><dt>{d('notes')}</dt><dd><bdi class="long">{person.notes}</bdi></dd></>}
      </dl>
      {person.contacts.length === 0 ? <p class="late">▲ {d('no_contact')}</p> : (
        <Scroll><table class="stacked">
          <thead><tr><th>{d('type')}</th><th>{d('address')}</th><th>{d('agreed')}</th></tr></thead>
          <tbody>{person.contacts.map((one, n) => <ContactRow key={n} contact={one} doubt={doubts.find((doubt) => is_of(doubt, person, one))} />)}</tbody>
        </table></Scroll>
      )}
    </section>
  );
}

type Asks = 'whole' | 'edit' | 'leave' | 'leave_shown' | 'take_out' | 'data' | 'erase' | null;

interface DialogsGiven {
  asks: Asks;
  read: Tagged<Person>;
  onClose: () => void;
  onWhole: (whole: Tagged<Person>) => void;
  onEdit: (whole: Tagged<Person>, reason: string) => void;
  onChanged: (text: string, findings: DirectoryFinding[]) => void;
  onLeave: (leaves: Leave[], changed: DirectoryChanged | null) => void;
  onGone: (text: string) => void;
}

function EraseDialog({ person, tag, onClose, onGone }: { person: Person; tag: string; onClose: () => void; onGone: () => void }) {
  const [typed, set_typed] = useState('');
  return (
    <ReasonDialog title={d('erase_title', { name: person.name })} label={d('erase')} onClose={onClose} ready={typed === person.code}
      onReason={async (reason) => {
        await post(`${person_path(person.code)}/erase`, { reason }, { ifMatch: tag, within: 60_000 });
        onGone();
      }}>
      <p class="notice bad">{d('erase_what')}</p>
      <label><span class="name">{d('erase_type', { code: person.code })}</span>
        <input value={typed} autocomplete="off" onInput={(event) => set_typed(event.currentTarget.value)} /></label>
    </ReasonDialog>
  );
}

function Dialogs({ asks, read: { value: person, tag }, onClose, onWhole, onEdit, onChanged, onLeave, onGone }: DialogsGiven) {
  const { name, code } = person;
  switch (asks) {
    case 'whole':
      return <ReasonDialog title={d('whole_title', { name })} label={d('whole')} onClose={onClose}
        onReason={async (reason) => onWhole(await read_person(code, reason))} />;
    case 'edit':
      return <ReasonDialog title={d('edit_title', { name })} label={d('edit_open')} onClose={onClose}
        onReason={async (reason) => onEdit(await read_person(code, reason), reason)}><p>{d('edit_why')}</p></ReasonDialog>;
    case 'leave':
      return <LeaveDialog person={person} onClose={onClose} onDone={(changed, leaves) => onLeave(leaves, changed)} />;
    case 'leave_shown':
      return <ShowLeave person={person} onClose={onClose} onShown={(leaves) => onLeave(leaves, null)} />;
    case 'take_out':
      return <ReasonDialog title={d('take_out_title', { name })} label={d('take_out')} onClose={onClose}
        onReason={async (reason) => {
          await ask<DirectoryChanged>(with_query(person_path(code), { reason }), { method: 'DELETE', ifMatch: tag });
          onGone(d('taken_out'));
        }}><p>{d('take_out_what')}</p></ReasonDialog>;
    case 'data':
      return <ReasonDialog title={d('data_title', { name })} label={d('data')} onClose={onClose}
        onReason={async (reason) => {
          const held = await ask<unknown>(with_query(`${person_path(code)}/data`, { reason }), { within: 60_000 });
          save_file(`tocsin-${code}.json`, new Blob([JSON.stringify(held.value, null, 1)], { type: 'application/json' }));
          onChanged(d('exported'), []);
        }}><p>{d('data_what')}</p></ReasonDialog>;
    case 'erase':
      return <EraseDialog person={person} tag={tag} onClose={onClose} onGone={() => onGone(d('erased'))} />;
    case null:
      return null;
  }
}

function Buttons({ whole, onAsk }: { whole: boolean; onAsk: (asks: Asks) => void }) {
  return (
    <div class="row no-print">
      <button type="button" class="main" onClick={() => onAsk('edit')}>{d('edit')}</button>
      {!whole && <button type="button" onClick={() => onAsk('whole')}>{d('whole')}</button>}
      <button type="button" onClick={() => onAsk('leave_shown')}>{d('leave_show_open')}</button>
      <button type="button" onClick={() => onAsk('leave')}>{d('leave_open_form')}</button>
      <button type="button" onClick={() => onAsk('data')}>{d('data')}</button>
      <div class="row apart">
        <DangerButton onClick={() => onAsk('take_out')}>{d('take_out_open')}</DangerButton>
        <DangerButton onClick={() => onAsk('erase')}>{d('erase_open')}</DangerButton>
      </div>
    </div>
  );
}

function Existing({ code }: { code: string }) {
  const load = useLoad(() => read_person(code), [code]);
  const around = useLoad(async () => {
    const posts = await read_posts();
    return {
      standing: standing_of(posts, await read_units()).get(code) ?? [],
      posts,
    };
  }, [code]);
  const doubts = useLoad(read_doubtful, [code]);
  const [whole, set_whole] = useState<Tagged<Person> | null>(null);
  const [editing, set_editing] = useState<{ read: Tagged<Person>; reason: string } | null>(null);
  const [asks, set_asks] = useState<Asks>(null);
  const [leaves, set_leaves] = useState<Leave[] | null>(null);
  const [ending, set_ending] = useState<Leave | null>(null);
  const [done, set_done] = useState<{ text: string; findings: DirectoryFinding[] }>({ text: '', findings: [] });
  const [gone, set_gone] = useState('');
  const changed = (text: string, findings: DirectoryFinding[]): void => {
    set_asks(null);
    set_editing(null);
    set_whole(null);
    set_done({ text, findings });
    load.again();
    around.again();
  };
  const took_leave = (found: Leave[], what: DirectoryChanged | null, text: string): void => {
    set_leaves(found);
    set_asks(null);
    set_ending(null);
    if (what !== null) changed(text, what.findings);
  };
  if (gone !== '') return <><p class="notice good" role="status">{gone}</p><p><a href={link_to('directory')}>{t('nav_directory')}</a></p></>;
  return (
    <Loaded load={load}>{(masked) => {
      const read = whole ?? masked;
      return (
        <Page title={read.value.name}>
          {done.text !== '' && <div class="notice good" role="status"><p>{done.text}</p><Findings findings={done.findings} /></div>}
          {editing !== null ? (
            <PersonForm start={editing.read.value} tag={editing.read.tag} reason={editing.reason}
              onDone={(what) => changed(changed_text(what), what.findings)} onCancel={() => set_editing(null)} />
          ) : (
            <>
              {whole !== null && <p class="notice warn" role="status">{d('whole_shown')}</p>}
              <Details person={read.value} standing={around.value?.standing ?? []} doubts={doubts.value ?? []}>
                <LeaveNotice person={read.value} posts={around.value?.posts ?? []} leaves={leaves} onEnd={set_ending} />
              </Details>
              <Buttons whole={whole !== null} onAsk={set_asks} />
            </>
          )}
          <Dialogs asks={asks} read={masked} onClose={() => set_asks(null)}
            onWhole={(found) => {
              set_whole(found);
              set_asks(null);
            }}
            onEdit={(found, reason) => {
              set_editing({ read: found, reason });
              set_asks(null);
            }}
            onLeave={(found, what) => took_leave(found, what, d('leave_done'))}
            onChanged={changed} onGone={(text) => {
              set_asks(null);
              set_gone(text);
            }} />
          {ending !== null && (
            <EndLeave person={read.value} leave={ending} onClose={() => set_ending(null)}
              onDone={(what, found) => took_leave(found, what, d('leave_ended'))} />
          )}
        </Page>
      );
    }}</Loaded>
  );
}

// `code` empty: somebody new.
export function PersonPage({ code }: { code: string }) {
  if (code !== '') return <Existing code={code} />;
  return (
    <Page title={d('new_person')}>
      <PersonForm start={fresh_person()} tag="" reason="" onDone={(_, made) => go('directory', 'persons', made)}
        onCancel={() => go('directory')} />
    </Page>
  );
}
