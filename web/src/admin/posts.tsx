// Posts and who fills them, units and who is in them.
import type { Who } from '../base/model';
import { link_to } from '../base/route';
import { has_role } from '../base/session';
import { read_posts, read_units } from './directory_data';
import { Page } from './frame';
import { Loaded, useLoad } from './load';
import { Scroll } from './scroll';
import type { Post, Unit } from './shapes';
import { t } from './words';
import { d } from './words_directory';

// Administrators may open the page of whoever is named.
export function PersonName({ who }: { who: Who }) {
  if (who === null) return null;
  const name = <bdi class="long">{who.name ?? who.code}</bdi>;
  return has_role('admin') && who.code !== null ? <a href={link_to('directory', 'persons', who.code)}>{name}</a> : name;
}

function Names({ people }: { people: readonly Who[] }) {
  return <>{people.map((who, n) => <span key={n}>{n > 0 && '、'}<PersonName who={who} /></span>)}</>;
}

function PostRow({ post }: { post: Post }) {
  const vacant = post.holder === null;
  return (
    <tr class={vacant ? 'gap' : ''}>
      <th scope="row"><bdi class="long">{post.name}</bdi></th>
      <td>{vacant ? <strong class="late">▲ {d('vacant')}</strong> : <PersonName who={post.holder} />}
        {post.on_leave && <span class="late"> {d('on_leave')}</span>}</td>
      <td><Names people={post.deputies} /></td>
      <td><bdi>{post.area?.name ?? ''}</bdi></td>
      <td class="soft">{post.code}</td>
    </tr>
  );
}

export function PostsPage() {
  const posts = useLoad(read_posts, []);
  return (
    <Page title={d('part_posts')}>
      <Loaded load={posts}>{(all) => (
        <>
          <p role="status">{d('posts_sum', { n: all.length, vacant: all.filter((one) => one.holder === null).length })}</p>
          <Scroll>
            <table>
              <thead><tr><th>{d('post')}</th><th>{d('holder')}</th><th>{d('deputies')}</th><th>{d('area')}</th><th>{t('code')}</th></tr></thead>
              <tbody>{all.map((one) => <PostRow key={one.code} post={one} />)}</tbody>
            </table>
          </Scroll>
        </>
      )}</Loaded>
    </Page>
  );
}

function UnitCard({ unit }: { unit: Unit }) {
  const heads = unit.members.filter(({ role }) => role === 'responsible');
  const others = unit.members.filter((member) => !heads.includes(member));
  return (
    <section class="card" aria-label={unit.name}>
      <h2><bdi class="long">{unit.name}</bdi></h2>
      {unit.area && <p class="soft">{d('area')} <bdi>{unit.area.path}</bdi></p>}
      {unit.members.length === 0 ? <p class="late">▲ {d('no_members')}</p> : (
        <p>
          {heads.map(({ person }, n) => (
            <span key={n}>{n > 0 && '、'}<strong><PersonName who={person} /></strong> <span class="soft">{d('part_head')}</span></span>
          ))}
          {heads.length > 0 && others.length > 0 && '；'}
          <Names people={others.map(({ person }) => person)} />
        </p>
      )}
    </section>
  );
}

export function UnitsPage() {
  const units = useLoad(read_units, []);
  return (
    <Page title={d('part_units')}>
      <Loaded load={units}>{(all) => (
        <div class="cards">
          {all.map((unit) => <UnitCard key={unit.code} unit={unit} />)}
        </div>
      )}</Loaded>
    </Page>
  );
}
