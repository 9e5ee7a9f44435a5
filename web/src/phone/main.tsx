// The phone's face: report, my reports, alerts, me.  Behind a link of a text message only what that link is for.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

import { link_to, route } from '../base/route';
import { me } from '../base/session';
import { start_face } from '../base/start';
import { SignIn } from '../parts/sign_in';
import { Top } from '../parts/top';
import { AlertView } from './alert';
import { AlertsNow, AlertsPage, waiting_alerts } from './alerts';
import { start_known } from './known';
import { AlertLink, SignInLink } from './link';
import { MePage, watch_install } from './me';
import { Notices } from './notices';
import { start_outbox } from './outbox_page';
import { alert_news, start_own } from './own';
import './phone.css';
import { HazardTiles, ReportForm } from './report';
import { MineNow, MinePage, SentPage } from './sent';
import { standings } from './standings';
import { w } from './words';

// Alerts are whoever's is signed in.
function SignedIn({ children }: { children: ComponentChildren }) {
  return me.value === null ? <SignIn first="phone" /> : <>{children}</>;
}

function Page() {
  const [first = '', second = ''] = route.value.path;
  if (first === 'report') return <ReportForm />;
  if (first === 'mine') return <MinePage />;
  if (first === 'sent') return <SentPage id={second} key={second} />;
  if (first === 'alerts' && second === '') return <SignedIn><AlertsPage /></SignedIn>;
  if (first === 'alerts') return <SignedIn><AlertView id={second} key={second} news={alert_news.value} /></SignedIn>;
  if (first === 'me') return <MePage />;
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
  }, []);
  return (
    <>
      <Top home={link_to()} account={false} />
      <main id="main" tabIndex={-1}><Notices /><Page /></main>
      <Tabs />
    </>
  );
}

start_face(location.pathname === '/a' ? <AlertLink /> : location.pathname === '/s' ? <SignInLink /> : <Face />);
