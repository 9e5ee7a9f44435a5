// The directory: which of its pages is shown, and the list of people.
import { useEffect, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import { link_to, route } from '../base/route';
import { has_role } from '../base/session';
import { ContactCheck } from './contact_check';
import { DirectoryHistory } from './directory_history';
import { is_of, kDirectory, read_doubtful, read_posts, read_units, standing_of } from './directory_data';
import { Doubt, DoubtfulContacts } from './doubtful';
import { Page, Tabs } from './frame';
import { OnLeave, people_on_leave } from './leave';
import { Loaded, useLoad } from './load';
import { Paper } from './paper';
import { PersonPage } from './person_page';
import { PostsPage, UnitsPage } from './posts';
import { Scroll } from './scroll';
import { useSettled } from './settled';
import type { DirectorySize, Doubtful, Person } from './shapes';
import { t } from './words';
import { d } from './words_directory';

const kPage = 50;

interface Found {
  persons: Person[];
  next: string | null;
}

const find = (q: string, cursor: string | null): Promise<Found> =>
  get<Found>(with_query(`${kDirectory}/persons`, { q, limit: kPage, cursor }));

function PersonRow({ person, standing, on_leave, doubtful }: {
  person: Person; standing: readonly string[]; on_leave: boolean; doubtful: readonly Doubtful[];
}) {
  return (
    <tr>
      <th scope="row"><a class="long" href={link_to('directory', 'persons', person.code)}><bdi>{person.name}</bdi></a>
        {person.kind === 'section' && <span class="soft"> {d('kind_section')}</span>}
        {on_leave && <> <OnLeave /></>}</th>
      <td data-name={d('is')}>{standing.length > 0 && <bdi class="long">{standing.join(t('list'))}</bdi>}</td>
      <td class="number" data-name={d('numbers')}>
        {person.contacts.length === 0 ? <strong class="late">{d('no_contact')}</strong>
          : person.contacts.filter((one) => one.withdrawn === null)
            .map((one, n) => {
              const doubt = doubtful.find((other) => is_of(other, person, one));
              return <div key={n}>{d(`kind_${one.kind}`)} {one.address}{doubt !== undefined && <> <Doubt one={doubt} /></>}</div>;
            })}
      </td>
      <td class="soft code">{person.code}</td>
    </tr>
  );
}

function PersonList() {
  const [typed, set_typed] = useState(route.value.query.get('q') ?? '');
  const q = useSettled(typed.trim());
  const found = useLoad(() => find(q, null), [q]);
  const [more, set_more] = useState<Found | null>(null);
  const size = useLoad(() => get<DirectorySize>(kDirectory), []);
  const around = useLoad(async () => {
    const posts = await read_posts();
    return { on_leave: people_on_leave(posts), standing: standing_of(posts, await read_units()) };
  }, []);
  const doubts = useLoad(read_doubtful, []);
  useEffect(() => set_more(null), [found.value]);
  return (
    <>
      <form role="search" class="row fields" onSubmit={(event) => event.preventDefault()}>
        <label class="grow"><span class="name">{d('search')}</span>
          <input type="search" value={typed} placeholder={d('search_hint')} autocomplete="off"
            onInput={(event) => set_typed(event.currentTarget.value)} /></label>
        <a class="button" href={link_to('directory', 'new')}>{d('new_person')}</a>
      </form>
      {size.value && <p class="soft">{d('size', { ...size.value })}</p>}
      <Loaded load={found}>{(first) => {
        const persons = [...first.persons, ...(more?.persons ?? [])];
        const next = more === null ? first.next : more.next;
        return (
          <>
            <p role="status">{persons.length === 0 ? d('found_none')
              : d(next === null ? 'found' : 'found_more', { n: persons.length })}</p>
            {persons.length > 0 && (
              <Scroll>
                <table class="stacked">
                  <thead><tr><th>{t('name')}</th><th>{d('is')}</th><th>{d('numbers')}</th><th class="code">{t('code')}</th></tr></thead>
                  <tbody>
                    {persons.map((person) => (
                      <PersonRow key={person.code} person={person} standing={around.value?.standing.get(person.code) ?? []}
                        on_leave={around.value?.on_leave.has(person.code) ?? false}
                        doubtful={doubts.value ?? []} />
                    ))}
                  </tbody>
                </table>
              </Scroll>
            )}
            {next !== null && (
              <p><button type="button" onClick={() => {
                void find(q, next).then((page) =>
                  set_more({ persons: [...(more?.persons ?? []), ...page.persons], next: page.next }));
              }}>{t('more')}</button></p>
            )}
          </>
        );
      }}</Loaded>
    </>
  );
}

function Shown() {
  const [, part = '', code = ''] = route.value.path;
  const admin = has_role('admin');
  if (part === 'posts') return <PostsPage />;
  if (part === 'units') return <UnitsPage />;
  if (!admin) return <PostsPage />;
  switch (part) {
    case 'persons': return <PersonPage key={code} code={code} />;
    case 'new': return <PersonPage key="" code="" />;
    case 'changes': return <DirectoryHistory />;
    case 'doubtful': return <DoubtfulContacts />;
    case 'check': return <ContactCheck />;
    case 'paper': return <Paper />;
    case '': return <Page title={t('nav_directory')}><PersonList /></Page>;
    default: return <p>{t('no_page')}</p>;
  }
}

export function Directory() {
  const tab = (part: string, label: string) => ({ href: part === '' ? link_to('directory') : link_to('directory', part), label });
  const open = [tab('posts', d('part_posts')), tab('units', d('part_units'))];
  const all = [{ ...tab('', d('part_persons')), also: ['persons', 'new'] }, ...open, tab('changes', d('part_changes')),
    tab('doubtful', d('part_doubtful')), tab('check', d('part_check')), tab('paper', d('part_paper'))];
  return (
    <>
      <Tabs tabs={has_role('admin') ? all : open} />
      <Shown />
    </>
  );
}
