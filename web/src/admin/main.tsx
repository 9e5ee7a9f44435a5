// The pages of the office: the directory and its lists, rosters, plans, links, who may sign in, the record.
import { useEffect } from 'preact/hooks';

import { c } from '../base/common_words';
import type { Role } from '../base/model';
import { read_plan } from '../base/plan';
import { link_to, route } from '../base/route';
import { start_face } from '../base/start';
import { has_role, look_who, me } from '../base/session';
import { language } from '../base/words';
import { SignIn } from '../parts/sign_in';
import { Top } from '../parts/top';
import './admin.css';
import { Access } from './access';
import { Directory } from './directory';
import { Links } from './links';
import { Plans } from './plans';
import { RecordPage } from './record';
import { Rosters } from './rosters';
import { Wizard } from './wizard';
import { t } from './words';

const kParts: { part: string; label: Parameters<typeof t>[0]; roles: Role[]; page: () => preact.JSX.Element }[] = [
  { part: 'directory', label: 'nav_directory', roles: ['admin', 'auditor'], page: Directory },
  { part: 'import', label: 'nav_import', roles: ['admin'], page: Wizard },
  { part: 'rosters', label: 'nav_rosters', roles: ['admin'], page: Rosters },
  { part: 'plans', label: 'nav_plans', roles: ['admin', 'auditor'], page: Plans },
  { part: 'links', label: 'nav_links', roles: ['admin', 'auditor'], page: Links },
  { part: 'access', label: 'nav_access', roles: ['admin', 'auditor'], page: Access },
  { part: 'record', label: 'nav_record', roles: ['admin', 'auditor'], page: RecordPage },
];

function Shown() {
  const [first = ''] = route.value.path;
  const mine = kParts.filter(({ roles }) => has_role(...roles));
  const found = first === '' ? mine[0] : mine.find(({ part }) => part === first);
  if (found === undefined) return <p role="alert">{t('no_page')}</p>;
  const { page: Part } = found;
  return <Part />;
}

function Wall() {
  return (
    <section class="card">
      <h1>{c('not_for_role')}</h1>
      <p><a class="button" href={has_role('duty') ? '/desk' : '/'}>{c('go_home')}</a></p>
    </section>
  );
}

function Face() {
  useEffect(() => void look_who(), []);
  const allowed = has_role('admin', 'auditor');
  useEffect(() => {
    // Names of hazards, levels and areas; each page that must have them says so itself.
    if (allowed) read_plan().catch(() => undefined);
  }, [allowed, language.value]);
  const first = route.value.path[0] ?? 'directory';
  return (
    <>
      <Top home={link_to()}>
        {allowed && kParts.filter(({ roles }) => has_role(...roles)).map(({ part, label }) => (
          <a key={part} href={link_to(part)} aria-current={part === first ? 'page' : undefined}>{t(label)}</a>
        ))}
      </Top>
      <main id="main" tabIndex={-1} aria-label={t('pages')}>
        {me.value === undefined ? <p role="status">{c('loading')}</p> : me.value === null ? <SignIn first="password" />
          : allowed ? <Shown /> : <Wall />}
      </main>
    </>
  );
}

start_face(<Face />);
