// Plans: all versions, and the pages that read, compare and try them.
import { link_to, route } from '../base/route';
import { has_role } from '../base/session';
import { full_time } from '../base/time';
import { in_language } from '../base/words';
import { save_file } from './download';
import { Page, Tabs } from './frame';
import { Loaded, said, useLoad } from './load';
import { ComparePage } from './plan_compare';
import { EditPage } from './plan_edit';
import { read_plan_text, read_plans } from './plans_data';
import type { PlanVersion } from './shapes';
import { SimulatePage } from './simulate';
import { t } from './words';
import { p } from './words_plans';

// "system:tocsin", "admin:office", or a name alone.
const by_of = (by: string): string => by.startsWith('system:') ? t('role_system') : by.replace(/^[a-z]+:/, '');

// What tocsin noted itself stands there in both languages.
function note_text({ note, by }: PlanVersion): string {
  const [zh = '', en] = (note ?? '').split(' / ');
  return by?.startsWith('system:') === true && en !== undefined ? in_language(en, zh) : note ?? '';
}

function Version({ one, in_force }: { one: PlanVersion; in_force: number | null }) {
  const keep = (): void => void read_plan_text(one.version).then((text) =>
    save_file(`plan-${one.version}.toml`, new Blob([text], { type: 'application/toml' })));
  return (
    <section class="card" aria-label={p('version_n', { n: one.version })}>
      <h2>{p('version_n', { n: one.version })} {one.in_force && <span class="tag good">✓ {p('in_force')}</span>}</h2>
      <p><bdi class="long">{one.name ?? ''}</bdi>{one.label !== null && <> · {p('label')} <bdi>{one.label}</bdi></>}</p>
      <p class="soft">
        {one.in_force_since !== null && <>{p('since', { at: full_time(one.in_force_since) })} · </>}
        {one.by !== null && <>{p('by')} <bdi>{by_of(one.by)}</bdi> </>}
        {one.via !== null && <>({said(p, `via_${one.via}`, one.via)})</>}
        {one.open_incidents > 0 && <> · <strong>{p('open_incidents')} {one.open_incidents}</strong></>}
      </p>
      {one.note !== null && <p>{p('note')} <bdi class="long">{note_text(one)}</bdi></p>}
      {one.accepted.length > 0 && (
        <details><summary>{p('accepted')} ({one.accepted.length})</summary>
          <ul>{one.accepted.map((warning, n) => (
            <li key={n}>{warning.finding} {warning.where ?? ''}: <bdi>{warning.reason}</bdi> <span class="soft"><bdi>{warning.by}</bdi></span></li>
          ))}</ul></details>
      )}
      <div class="row">
        <a class="button" href={`${link_to('plans', 'edit')}?from=${one.version}`}>{p('open_edit')}</a>
        {!one.in_force && in_force !== null && (
          <a class="button" href={`${link_to('plans', 'compare')}?before=${in_force}&after=${one.version}`}>{p('with_force')}</a>
        )}
        <button type="button" onClick={keep}>{p('save_copy')}</button>
      </div>
    </section>
  );
}

function Versions() {
  const load = useLoad(read_plans, []);
  return (
    <Page title={t('nav_plans')}>
      <Loaded load={load}>{({ plans, in_force }) => plans.length === 0 ? <p>{p('no_plans')}</p> : (
        <>{plans.map((one) => <Version key={one.version} one={one} in_force={in_force} />)}</>
      )}</Loaded>
    </Page>
  );
}

function Shown() {
  const { path: [, part = ''], query } = route.value;
  const number = (name: string): number | null => {
    const value = Number(query.get(name) ?? '');
    return Number.isInteger(value) && value > 0 ? value : null;
  };
  switch (part) {
    case '': return <Versions />;
    case 'edit': return <EditPage key={query.get('from') ?? ''} from={number('from')} />;
    case 'compare': return <ComparePage before={number('before')} after={number('after')} />;
    case 'simulate': return <SimulatePage />;
    default: return <p>{t('no_page')}</p>;
  }
}

export function Plans() {
  const edit = { href: link_to('plans', 'edit'), label: p('part_edit') };
  return (
    <>
      <Tabs tabs={[
        { href: link_to('plans'), label: p('part_versions') },
        ...(has_role('admin') ? [edit] : []),
        { href: link_to('plans', 'compare'), label: p('part_compare') },
        { href: link_to('plans', 'simulate'), label: p('part_simulate') },
      ]} />
      <Shown />
    </>
  );
}
