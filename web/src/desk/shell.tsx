// The frame of every page of the desk: where to go and how many wait there, what is in danger, whether it can ring.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { c } from '../base/common_words';
import { link_to, route } from '../base/route';
import { has_role } from '../base/session';
import { now, short_time } from '../base/time';
import { in_language } from '../base/words';
import { Dialog } from '../parts/dialog';
import { Top } from '../parts/top';
import { listen_to_keys, pages_by_key } from './keys';
import { arm_sound, ring_alarm, sound } from './sound';
import { duty_name } from './selector';
import { calls_listed, heard_at, look, unclassified, unopened } from './store';
import { t } from './words';

// says: (each page's own name)
const name_of_page = (page: string): string => {
  switch (page) {
    case 'calls': return t('calls');
    case 'phoned': return t('phoned');
    case 'inbox': return t('inbox');
    case 'tasks': return t('tasks');
    case 'map': return t('map');
    case 'handover': return t('handover');
    case 'links': return t('links');
    default: return t('board');
  }
};

function count_of(page: string): { n: number; late: boolean } {
  const seen = look.value;
  switch (page) {
    case '': return { n: Math.max(unopened.value.length, seen?.unopened ?? 0), late: true };
    case 'calls': return { n: calls_listed.value ?? seen?.call_lines ?? 0, late: false };
    case 'inbox': {
      const letters = seen?.inbox_waiting ?? 0;
      return { n: letters + unclassified.value.length, late: letters > 0 || unclassified.value.some((one) => one.seen_at === null) };
    }
    case 'tasks': return { n: seen?.tasks_open ?? 0, late: (seen?.tasks_overdue ?? 0) > 0 };
    case 'links': return { n: seen?.links.filter((l) => l.state === 'down' || l.state === 'doubtful').length ?? 0, late: true };
    default: return { n: 0, late: false };
  }
}

function PageLink({ page, letter }: { page: string; letter: string }) {
  const { n, late } = count_of(page);
  const here = route.value.path[0] ?? '';
  const current = here === page || (page === '' && here === 'incidents');
  return (
    <a href={link_to(...(page === '' ? [] : [page]))} aria-current={current ? 'page' : undefined} title={`g ${letter}`}>
      {name_of_page(page)}{n > 0 && <>{' '}<span class={late ? 'count late-count' : 'count'}>{n}</span></>}
    </a>
  );
}

// Whoever may only read has nothing to write down, and strangers' messages are not for them.
const mine = (page: string): boolean => (page !== 'phoned' && page !== 'inbox') || has_role('duty', 'admin');
const my_pages = (): [letter: string, page: string][] =>
  Object.entries(pages_by_key).map(([letter, path]): [string, string] => [letter, path[0] ?? '']).filter(([, page]) => mine(page));

export function Pages() {
  return <>{my_pages().map(([letter, page]) => <PageLink key={letter} page={page} letter={letter} />)}</>;
}

// How long the server has been silent, in whole seconds; 0 while it answers.
function silent_for(): number {
  const heard = heard_at.value;
  if (heard === 0 || now.value === 0) return 0;
  const seconds = Math.floor((Date.now() - heard) / 1000);
  return seconds >= 5 ? seconds : 0;
}

function SilentServer() {
  const seconds = silent_for();
  return (
    <div role="alert">
      {seconds > 0 && <p class="notice bad danger">{t('silent_server', { seconds })}</p>}
    </div>
  );
}

function SoundBanner() {
  if (sound.value === 'ready' || !has_role('duty', 'admin')) return null;
  return (
    <button type="button" class="sound-blocked" onClick={() => void arm_sound()}>
      <svg width="28" height="28" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
        <path d="M3 9v6h4l6 5V4L7 9z" fill="currentColor" /><path d="M16 9l6 6M22 9l-6 6" />
      </svg>
      <span>{t('sound_blocked')}</span>
    </button>
  );
}

// Whatever is promised and cannot be kept just now, on every page.
export function Dangers() {
  const dangers = look.value?.dangers ?? [];
  return (
    <section class="dangers no-print" aria-label={t('danger')}>
      <SilentServer />
      <SoundBanner />
      <div role="status">{dangers.length > 0 && (
        <div class="notice bad danger"><strong>{t('danger')}</strong><ul>
          {dangers.map((danger) => (
            <li key={danger.code + danger.text}>
              <bdi>{in_language(danger.text, danger.text_zh)}</bdi>
              {danger.since !== null && <> <small>{t('since', { time: short_time(danger.since) })}</small></>}
            </li>
          ))}
        </ul></div>
      )}</div>
    </section>
  );
}

export function OnDutyLine() {
  const duties = look.value?.on_duty ?? [];
  return (
    <footer class="soft no-print desk-foot">
      {duties.length > 0 && <span>{t('on_duty')}</span>}
      {duties.map((duty) => (
        <span key={duty.duty}><bdi>{duty_name(duty)}</bdi>{t('colon')}{duty.people.length === 0
          ? <strong class="late">{t('nobody')}</strong>
          : duty.people.map((p, n) => <bdi key={n}>{n > 0 && t('comma')}{p.person?.name ?? p.person?.code ?? ''}</bdi>)}</span>
      ))}
      {has_role('duty', 'admin') && (
        <button type="button" class="quiet" onClick={() => { void arm_sound(); ring_alarm(); }}>
          {sound.value === 'ready' ? t('sound_test') : t('sound_on')}</button>
      )}
      {has_role('duty', 'admin') && sound.value === 'ready' && <span>{t('sound_ready')}</span>}
    </footer>
  );
}

function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('help')} onClose={onClose}>
      <p>{t('key_go')}</p>
      <ul class="key-list">
        {my_pages().map(([letter, page]) =>
          <li key={letter}><kbd>g</kbd> <kbd>{letter}</kbd> {name_of_page(page)}</li>)}
      </ul>
      <p>{t('key_list')}</p>
      <p>{t('key_calls')}</p>
      <p>{t('key_send')}</p>
      <p>{t('key_help')}</p>
      <button type="button" onClick={onClose}>{c('close')}</button>
    </Dialog>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  const [help, set_help] = useState(false);
  useEffect(() => listen_to_keys(() => set_help(true)), []);
  return (
    <>
      <Top home="#/">
        <Pages />
        <button type="button" class="quiet keys-help" aria-label={t('help')} title="?" onClick={() => set_help(true)}>?</button>
      </Top>
      <Dangers />
      <main id="main" tabIndex={-1}>{children}</main>
      <OnDutyLine />
      {help && <Help onClose={() => set_help(false)} />}
    </>
  );
}
