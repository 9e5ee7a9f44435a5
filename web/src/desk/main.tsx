// The duty desk: who may see it, and which of its pages is shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { c } from '../base/common_words';
import { read_plan } from '../base/plan';
import { route } from '../base/route';
import { has_role, look_who, me } from '../base/session';
import { start_face } from '../base/start';
import { language } from '../base/words';
import { SignIn } from '../parts/sign_in';
import { Top } from '../parts/top';
import { BoardPage } from './board';
import { CallsPage } from './calls';
import './desk.css';
import { LinksPage, MapPage, TasksPage } from './duties';
import { HandoverPage } from './handover';
import { InboxPage } from './inbox';
import { IncidentPage } from './incident';
import { PhonedPage } from './phoned';
import { read_units } from './selector';
import { Frame } from './shell';
import { arm_by_touch } from './sound';
import { start_desk } from './store';
import { t } from './words';

function Page() {
  const [page, id] = route.value.path;
  const code = Number(id);
  if (page === 'incidents' && Number.isInteger(code)) return <IncidentPage key={code} code={code} />;
  switch (page) {
    case 'calls': return <CallsPage key={id ?? ''} wanted={id} />;
    case 'phoned': return <PhonedPage />;
    case 'inbox': return <InboxPage />;
    case 'tasks': return <TasksPage />;
    case 'map': return <MapPage />;
    case 'handover': return <HandoverPage />;
    case 'links': return <LinksPage />;
    default: return <BoardPage />;
  }
}

function Desk() {
  useEffect(() => start_desk(), []);
  const spoken = language.value;
  useEffect(() => { read_plan().catch(() => undefined); }, [spoken]);
  useEffect(() => { read_units().catch(() => undefined); }, []);
  return (
    <Frame>
      {has_role('auditor') && <p class="notice warn">{t('auditor')}</p>}
      <Page key={spoken} />{/* what the server says in words is asked for again */}
    </Frame>
  );
}

function Outside({ children }: { children: ComponentChildren }) {
  return <><Top home="/" /><main id="main" tabIndex={-1}>{children}</main></>;
}

function Face() {
  useEffect(() => arm_by_touch(), []); // the tap that signs in is one already
  useEffect(() => {
    void look_who();
    const again = setInterval(() => { if (me.value === undefined) void look_who(); }, 3000);
    return () => clearInterval(again);
  }, []);
  const was_in = useRef(false);
  useEffect(() => { if (me.value) was_in.current = true; });
  if (me.value === undefined) return <Outside><p role="status">{t('waits_for_server')}</p></Outside>;
  if (me.value === null) {
    return <Outside>{was_in.current && <p class="notice bad" role="alert">{t('signed_out')}</p>}<SignIn first="password" /></Outside>;
  }
  if (!has_role('duty', 'admin', 'auditor')) {
    return <Outside><h1>{c('not_for_role')}</h1><p><a class="button main" href="/">{c('go_home')}</a></p></Outside>;
  }
  return <Desk />;
}

start_face(<Face />);
