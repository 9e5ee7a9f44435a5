// One alert: what, where, how serious; the answer in one tap; who leads, who comes, what happened so far.
//
// The same view behind the link of a text message, where it is all there is.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, get, post } from '../base/api';
import { c } from '../base/common_words';
import type { AlertPage, AnswerKind, Id } from '../base/model';
import { short_time } from '../base/time';
import { problem_text } from '../parts/problem_note';
import { Head, Over, repeats_page } from './alert_head';
import { AnswerKeys, Unsent } from './answer_keys';
import { Decide } from './decide';
import { CallDesk } from './notices';
import { answers, offline } from './outbox_page';
import { alert_was_read, keep_alert, kept_alert } from './own';
import { MapOf, SceneCards } from './scene_cards';
import { w } from './words';

const kGone = [401, 403, 404]; // of a link that opens nothing any more
const kInView = 5_000; // milliseconds until an alert in view counts as seen

// Says once that a person has it before them: at the first touch, or after it was in view for a while.  A preview of a
// link does neither.
function useSeen(id: Id): void {
  useEffect(() => {
    const signs = ['pointerdown', 'keydown', 'scroll', 'touchstart'];
    let said = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      if (said || document.visibilityState !== 'visible') return;
      said = true;
      post(`/api/v1/alerts/${id}/seen`).catch(() => { said = false; });
    };
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(say, kInView);
    };
    for (const sign of signs) addEventListener(sign, say, { passive: true });
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, say);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id]);
}

// Without a network: as it was kept.
function useAlert(id: Id, onGone: (() => void) | undefined) {
  const [alert, set_alert] = useState<AlertPage | null>(null);
  const [kept_at, set_kept_at] = useState<number | null>(null); // shown as it was kept then
  const [wrong, set_wrong] = useState('');
  const newest = useRef(0);
  const read = async (): Promise<void> => {
    const mine = (newest.current += 1);
    try {
      const page = await get<AlertPage>(`/api/v1/alerts/${id}`);
      if (mine !== newest.current) return;
      set_alert(page);
      alert_was_read(page);
      set_kept_at(null);
      set_wrong('');
      await keep_alert(page);
    } catch (problem) {
      if (mine !== newest.current) return;
      set_wrong(problem_text(problem));
      if (problem instanceof Problem && kGone.includes(problem.status)) onGone?.();
      const before = alert === null ? await kept_alert(id) : undefined;
      if (before === undefined || mine !== newest.current) return;
      set_alert(before.page);
      set_kept_at(before.at);
    }
  };
  return { alert, kept_at, wrong, read };
}

// `news`: anything that changes when it should be read again.
export function AlertView({ id, news, onGone }: { id: Id; news: number; onGone?: () => void }) {
  const { alert, kept_at, wrong, read } = useAlert(id, onGone);
  const unsent = answers.value.find((row) => row.alert === id);
  useSeen(id);
  useEffect(() => void read(), [id, news, unsent === undefined, unsent?.state]); // what was sent is answered now
  if (alert === null) {
    return <>{unsent !== undefined && <Unsent row={unsent} />}<p role="status">{wrong === '' ? c('loading') : wrong}</p><CallDesk /></>;
  }

  const scene = alert.scene;
  const asked = alert.kind === 'approval';
  const decides = asked && alert.needs === 'decision';
  const kinds: AnswerKind[] = !alert.open || alert.kind === 'decided' || alert.kind === 'stand_down' || (asked && !decides) ? []
    : asked ? ['received', 'cannot'] : ['received', 'coming', 'arrived', 'cannot'];
  return (
    <article>
      {wrong !== '' && (kept_at !== null || !offline.value) && <p class="notice warn" role="status">
        {kept_at === null ? wrong : w('stale', { time: short_time(new Date(kept_at).toISOString()) })}</p>}
      {!alert.open && <Over alert={alert} />}
      <Head alert={alert} />
      {asked && <Decide alert={alert} onDecided={() => void read()} />}
      {kinds.length > 0 ? <AnswerKeys alert={alert} scene={scene} kinds={kinds} unsent={unsent} /> : unsent !== undefined && <Unsent row={unsent} />}
      <div class="stack even"><CallDesk /></div>
      {scene !== undefined && <SceneCards scene={scene} open={alert.open} />}
      {repeats_page(alert) && <details class="card"><summary>{w('text_message')}</summary><p class="words"><bdi>{alert.text}</bdi></p></details>}
      {scene !== undefined && <MapOf scene={scene} />}
    </article>
  );
}
