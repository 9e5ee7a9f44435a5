// What comes behind the first page, read as soon as that one stands: reports sent, alerts, one's own page, links.
import type { ComponentChildren } from 'preact';

import { me } from '../base/session';
import { SignIn } from '../parts/sign_in';
import { AlertView } from './alert';
import { AlertsPage } from './alerts';
import { AlertLink, SignInLink } from './link';
import { MePage } from './me';
import { alert_news } from './own';
import { SentPage } from './sent';

// Alerts are whoever's is signed in.
function SignedIn({ children }: { children: ComponentChildren }) {
  return me.value === null ? <SignIn first="phone" /> : <>{children}</>;
}

// `path`: of the route, or "a" and "s" of links.
export function LaterPage({ path: [first, second = ''] }: { path: string[] }) {
  if (first === 'a') return <AlertLink />;
  if (first === 's') return <SignInLink />;
  if (first === 'sent') return <SentPage id={second} key={second} />;
  if (first === 'me') return <MePage />;
  return <SignedIn>{second === '' ? <AlertsPage /> : <AlertView id={second} key={second} news={alert_news.value} />}</SignedIn>;
}
