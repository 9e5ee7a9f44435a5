// The phone's face: report, my reports, alerts, me.  Behind a link of a text message only what that link is for.
import { useEffect } from 'preact/hooks';

import { link_to, route } from '../base/route';
import { me } from '../base/session';
import { start_face } from '../base/start';
import { Top } from '../parts/top';
import { AlertsNow, waiting_alerts } from './alerts';
import { watch_install } from './install';
import { start_known } from './known';
import { Later, read_pages } from './later';
import { MineNow, MinePage } from './mine';
import { Notices } from './notices';
import { start_outbox } from './outbox_page';
import { start_own } from './own';
import './phone.css';
import { HazardTiles, ReportForm } from './report';
import { standings } from './standings';
import { w } from './words';

const kLater = ['sent', 'alerts', 'me'];

function Page() {
  const { path } = route.value;
  const first = path[0] ?? '';
  if (first === 'report') return <ReportForm />;
  if (first === 'mine') return <MinePage />;
  if (kLater.includes(first)) return <Later path={path} />;
  return <><AlertsNow /><MineNow /><HazardTiles /></>;
}

function Tab({ path, count, children }: { path: string; count?: number; children: string }) {
  const here = route.value.path[0] ?? '';
  const current = path === here || (path === 'mine' && here === 'sent') || (path === '' && here === 'report');
  return (
    <a href={path === '' ? link_to() : link_to(path)} aria-current={current ? 'page' : undefined}>
      {children}{count !== undefined && count > 0 && <span class="count">{count}</span>}
    </a>
  );
}

function Tabs() {
  const alerts = me.value != null && me.value.role !== 'reporter';
  const waiting = standings().filter((one) => one.row?.state === 'waiting' || one.row?.state === 'refused').length;
  return (
    <nav class="tabs" aria-label={w('tabs')}>
      <Tab path="">{w('tab_report')}</Tab>
      <Tab path="mine" count={waiting}>{w('tab_mine')}</Tab>
      {alerts && <Tab path="alerts" count={waiting_alerts()}>{w('tab_alerts')}</Tab>}
      <Tab path="me">{w('tab_me')}</Tab>
    </nav>
  );
}

function Face() {
  useEffect(() => {
    watch_install();
    void start_known();
    void start_outbox();
    start_own();
    void read_pages();
  }, []);
  return (
    <>
      <Top home={link_to()} account={false} />
      <main id="main" tabIndex={-1}><Notices /><Page /></main>
      <Tabs />
    </>
  );
}

const link = location.pathname.slice(1);
if (link === 'a' || link === 's') {
  void read_pages();
  start_face(<Later path={[link]} />);
} else start_face(<Face />);
