// What the links of text messages open: one alert without signing in, or a sign-in that waits for a tap.
//
// What opens it stands behind # and never reaches a server by itself: a preview of the link shows nothing and uses
// nothing up.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { Problem, link_token, post } from '../base/api';
import { c } from '../base/common_words';
import type { Id } from '../base/model';
import { read_plan } from '../base/plan';
import { LanguageButton } from '../parts/top';
import { language } from '../base/words';
import { problem_text } from '../parts/problem_note';
import { AlertView } from './alert';
import { Lost } from './answer_keys';
import { CallDesk } from './notices';
import { answers, start_outbox } from './outbox_page';
import { w } from './words';

const kEvery = 5_000; // milliseconds between two readings of the alert

// The alert's id is the first eight bytes of the token, in Crockford's base32.
function id_of(token: string): Id | null {
  try {
    const bytes = atob(token.replace(/-/g, '+').replace(/_/g, '/'));
    if (bytes.length < 8) return null;
    let number = BigInt(0);
    for (let n = 0; n < 8; n += 1) number = number * BigInt(256) + BigInt(bytes.charCodeAt(n));
    let id = '';
    for (let n = 12; n >= 0; n -= 1) id += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(Number((number >> BigInt(5 * n)) & BigInt(31)));
    return id;
  } catch {
    return null;
  }
}

export function Plain({ children }: { children: ComponentChildren }) {
  return (
    <>
      <header class="top">
        <span class="brand"><img src="/app/icon.svg" width="28" height="28" alt="" />{c('app')}</span>
        <div class="end"><LanguageButton /></div>
      </header>
      <main id="main" class="alone" tabIndex={-1}>{children}</main>
    </>
  );
}

// Whoever was woken by it must not stand before a closed door.
function Over({ alert }: { alert: Id }) {
  const lost = answers.value.find((row) => row.alert === alert && row.token !== '');
  return (
    <>
      <p class="notice warn" role="alert">{w('link_over')}</p>
      {lost !== undefined && <Lost row={lost} />}
      <div class="stack"><a class="button main" href="/#/alerts">{w('to_alerts')}</a><CallDesk /></div>
    </>
  );
}

export function AlertLink() {
  const [news, set_news] = useState(0);
  const [over, set_over] = useState(false);
  const token = location.hash.slice(1);
  const id = id_of(token);
  link_token.value = id === null ? '' : token;
  const shown = language.value;
  useEffect(() => {
    // Labels of facts and the desk's number: the alert's own words do without.
    read_plan().catch(() => undefined);
    set_news((n) => n + 1);
  }, [shown]);
  useEffect(() => {
    const again = (): void => {
      if (document.visibilityState === 'visible') set_news((n) => n + 1);
    };
    void start_outbox(); // an answer tapped without a signal outlives a reload here too
    const timer = setInterval(again, kEvery);
    const other = (): void => location.reload(); // another link in the same window
    addEventListener('hashchange', other);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      removeEventListener('hashchange', other);
      document.removeEventListener('visibilitychange', again);
    };
  }, []);
  if (id === null) return <Plain><p class="error" role="alert">{w('link_broken')}</p></Plain>;
  if (over) return <Plain><Over alert={id} /></Plain>;
  return <Plain><AlertView id={id} news={news} onGone={() => set_over(true)} /></Plain>;
}

export function SignInLink() {
  const [state, set_state] = useState<'ask' | 'busy' | 'done'>('ask');
  const [wrong, set_wrong] = useState('');
  const token = location.hash.slice(1);
  const sign_in = async (): Promise<void> => {
    set_state('busy');
    set_wrong('');
    try {
      await post('/api/v1/sign-in/link', { token, device: navigator.userAgent.slice(0, 80) });
      history.replaceState(null, '', '/s');
      set_state('done');
    } catch (problem) {
      set_state('ask');
      set_wrong(problem instanceof Problem && problem.status === 403 ? w('link_used') : problem_text(problem));
    }
  };
  if (token === '' && state !== 'done') return <Plain><p class="error" role="alert">{w('link_broken')}</p></Plain>;
  return (
    <Plain>
      <h1>{c('sign_in')}</h1>
      {state === 'done'
        ? <><p class="notice good" role="status">{w('link_done')}</p><p><a class="button main" href="/">{w('to_report')}</a></p></>
        : <><p>{w('link_sign_in')}</p><button type="button" class="main send" disabled={state === 'busy'} onClick={() => void sign_in()}>{c('sign_in')}</button></>}
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
    </Plain>
  );
}
