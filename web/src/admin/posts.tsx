// Posts and who fills them, units and who is in them.
import { useState } from 'preact/hooks';

import type { Who } from '../base/model';
import { link_to } from '../base/route';
import { has_role } from '../base/session';
import { changed_text, read_posts, read_units } from './directory_data';
import { Findings } from './findings';
import { Page } from './frame';
import { OnLeave } from './leave';
import { Loaded, useLoad } from './load';
import { PostEdit, UnitEdit } from './post_edit';
import { Scroll } from './scroll';
import type { Deputy, DirectoryChanged, Post, Unit } from './shapes';
import { t } from './words';
import { d } from './words_directory';

// Administrators may open the page of whoever is named.
export function PersonName({ who }: { who: Who }) {
  if (who === null) return null;
  const name = <bdi>{who.name ?? who.code}</bdi>;
  return has_role('admin') && who.code !== null ? <a href={link_to('directory', 'persons', who.code)}>{name}</a> : name;
}

function Names({ people }: { people: readonly Deputy[] }) {
  return <>{people.map((who, n) => (
    <span key={n}><span class="together"><PersonName who={who} />{who?.on_leave === true && <> <OnLeave /></>}</span>{n + 1 < people.length && t('list')}</span>
  ))}</>;
}

// What came of the last change, over the list that was read again.
function Saved({ done }: { done: DirectoryChanged | null }) {
  if (done === null) return null;
  return <div class="notice good" role="status"><p>{changed_text(done)}</p><Findings findings={done.findings} /></div>;
}

function PostRow({ post, onEdit }: { post: Post; onEdit: () => void }) {
  const vacant = post.holder === null;
  return (
    <tr class={vacant ? 'gap' : ''}>
      <th scope="row"><bdi class="long">{post.name}</bdi></th>
      <td data-name={d('holder')}>{vacant ? <strong class="late">▲ {d('vacant')}</strong> : <PersonName who={post.holder} />}
        {post.on_leave && <> <OnLeave /></>}</td>
      <td data-name={d('deputies')}><Names people={post.deputies} /></td>
      <td data-name={d('area')}><bdi>{post.area?.name ?? ''}</bdi></td>
      <td class="soft code">{post.code}</td>
      {has_role('admin') && <td class="do"><button type="button" aria-label={d('post_edit_title', { name: post.name })} onClick={onEdit}>{d('edit')}</button></td>}
    </tr>
  );
}

export function PostsPage() {
  const posts = useLoad(read_posts, []);
  const [editing, set_editing] = useState<Post | null>(null);
  const [done, set_done] = useState<DirectoryChanged | null>(null);
  return (
    <Page title={d('part_posts')}>
      <Saved done={done} />
      <Loaded load={posts}>{(all) => (
        <>
          <p role="status">{d('posts_sum', { n: all.length, vacant: all.filter((one) => one.holder === null).length })}</p>
          <Scroll>
            <table class="stacked">
              <thead><tr><th>{d('post')}</th><th>{d('holder')}</th><th>{d('deputies')}</th><th>{d('area')}</th><th class="code">{t('code')}</th>
                {has_role('admin') && <th><span class="visually-hidden">{d('edit')}</span></th>}</tr></thead>
              <tbody>{all.map((one) => <PostRow key={one.code} post={one} onEdit={() => set_editing(one)} />)}</tbody>
            </table>
          </Scroll>
        </>
      )}</Loaded>
      {editing !== null && <PostEdit post={editing} onClose={() => set_editing(null)} onDone={(changed) => {
        set_editing(null);
        set_done(changed);
        posts.again();
      }} />}
    </Page>
  );
}

function UnitCard({ unit, onEdit }: { unit: Unit; onEdit: () => void }) {
  const heads = unit.members.filter(({ role }) => role === 'responsible');
  const others = unit.members.filter((member) => !heads.includes(member));
  return (
    <section class="card" aria-label={unit.name}>
      <h2><bdi class="long">{unit.name}</bdi></h2>
      {unit.area && <p class="soft">{d('area')} <bdi>{unit.area.path}</bdi></p>}
      {unit.members.length === 0 ? <p class="late">▲ {d('no_members')}</p> : (
        <p>
          {heads.map(({ person }, n) => (
            <span key={n}>{n > 0 && t('list')}<strong><PersonName who={person} /></strong> <span class="soft">{d('part_head')}</span></span>
          ))}
          {heads.length > 0 && others.length > 0 && t('pause')}
          <Names people={others.map(({ person }) => person)} />
        </p>
      )}
      {has_role('admin') && <p><button type="button" aria-label={d('unit_edit_title', { name: unit.name })} onClick={onEdit}>{d('edit')}</button></p>}
    </section>
  );
}

export function UnitsPage() {
  const units = useLoad(read_units, []);
  const [editing, set_editing] = useState<Unit | null>(null);
  const [done, set_done] = useState<DirectoryChanged | null>(null);
  return (
    <Page title={d('part_units')}>
      <Saved done={done} />
      <Loaded load={units}>{(all) => (
        <div class="cards">
          {all.map((unit) => <UnitCard key={unit.code} unit={unit} onEdit={() => set_editing(unit)} />)}
        </div>
      )}</Loaded>
      {editing !== null && <UnitEdit unit={editing} onClose={() => set_editing(null)} onDone={(changed) => {
        set_editing(null);
        set_done(changed);
        units.again();
      }} />}
    </Page>
  );
}
