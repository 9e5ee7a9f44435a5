// One alert: what, where, how serious; the answer in one tap; who leads, who comes, what happened so far.
//
// The same view behind the link of a text message, where it is all there is.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, get, post } from '../base/api';
import { c } from '../base/common_words';
import type { AlertPage, AnswerKind, Id, Scene } from '../base/model';
import { short_time } from '../base/time';
import { fact_text } from '../parts/facts_form';
import { LevelMark } from '../parts/level_mark';
import type { Mark } from '../parts/map';
import { AreaMap } from '../parts/map';
import { problem_text } from '../parts/problem_note';
import { kind_text } from './alerts';
import { AnswerKeys, Unsent } from './answer_keys';
import { Decide } from './decide';
import { CallDesk } from './notices';
import { answers, offline } from './outbox_page';
import { keep_alert, kept_alert } from './own';
import { Sign } from './signs';
import { w } from './words';

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

function Head({ alert, scene }: { alert: AlertPage; scene: Scene | undefined }) {
  return (
    <header class="card">
      {alert.drill && <p class="drill">{w('drill_banner')}</p>}
      <p class="soft">{kind_text(alert.kind)} · {w('alert_of', { incident: alert.incident ?? '' })}</p>
      {scene !== undefined && (
        <>
          <h1 class="row"><Sign kind={scene.hazard} /><span>{scene.hazard_name}</span>
            <LevelMark level={scene.level} name={scene.level_name} rank={scene.level_rank} of={scene.levels} colour={scene.colour} /></h1>
          <p class="chosen"><bdi>{[scene.area?.path ?? '', scene.place].filter((part) => part !== '').join(' ')}</bdi></p>
          {scene.assembly_point !== null && <p><bdi>{w('assembly', { place: scene.assembly_point })}</bdi></p>}
        </>
      )}
      <p class="words"><bdi>{alert.text}</bdi></p>
    </header>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return <section class="card" aria-label={title}><h2>{title}</h2>{children}</section>;
}

function People({ scene }: { scene: Scene }) {
  return (
    <>
      <Card title={w('leader')}>
        {scene.leader === null ? <p>{w('leader_none')}</p>
          : <p><bdi>{w('leader_since', { name: scene.leader.name, post: scene.leader.post ?? '', time: short_time(scene.leader.since) })}</bdi></p>}
      </Card>
      <Card title={w('who_comes', { coming: scene.coming, arrived: scene.arrived })}>
        {scene.people.length === 0 ? <p>{w('nobody_yet')}</p> : (
          <ul class="plain">
            {scene.people.map((one) => (
              <li key={`${one.name}${one.at}`}><bdi>{one.name}</bdi> <bdi class="soft">{one.post ?? ''}</bdi> {w(one.answer)} <span class="soft">{short_time(one.at)}</span></li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function MapOf({ scene }: { scene: Scene }) {
  const [shown, set_shown] = useState(false);
  const { latitude, longitude } = scene;
  if (latitude === null || longitude === null) return null;
  if (!shown) return <p><button type="button" onClick={() => set_shown(true)}>{w('show_map')}</button></p>;
  const mark: Mark = {
    key: `${scene.incident}`, latitude, longitude, text: `${scene.incident}`, colour: scene.colour,
    title: `${w('alert_of', { incident: scene.incident })} ${scene.hazard_name}`,
  };
  return <AreaMap label={w('map_label')} marks={[mark]} highlight={scene.area === null ? [] : [scene.area.code]} />;
}

function SceneCards({ scene }: { scene: Scene }) {
  const facts = Object.entries(scene.facts).filter(([, value]) => value !== null);
  return (
    <>
      {facts.length > 0 && <Card title={w('facts_known')}><p>{facts.map(([name, value]) => fact_text(name, value)).join(' · ')}</p></Card>}
      <People scene={scene} />
      <Card title={w('timeline')}>
        <ol class="plain">
          {scene.timeline.map((entry, n) => <li key={n}><span class="number soft">{short_time(entry.at)}</span> <bdi>{entry.text}</bdi></li>)}
        </ol>
      </Card>
      <MapOf scene={scene} />
    </>
  );
}

// Without a network: as it was kept.
function useAlert(id: Id, onGone: ((problem: Problem) => void) | undefined) {
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
      set_kept_at(null);
      set_wrong('');
      await keep_alert(page);
    } catch (problem) {
      if (mine !== newest.current) return;
      set_wrong(problem_text(problem));
      if (problem instanceof Problem && !problem.passing) onGone?.(problem);
      const before = alert === null ? await kept_alert(id) : undefined;
      if (before === undefined || mine !== newest.current) return;
      set_alert(before.page);
      set_kept_at(before.at);
    }
  };
  return { alert, kept_at, wrong, read };
}

// `news`: anything that changes when it should be read again.
export function AlertView({ id, news, onGone }: { id: Id; news: number; onGone?: (problem: Problem) => void }) {
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
      {!alert.open && <p class="notice good" role="status">{w(scene?.state === 'merged' ? 'merged' : 'over')}</p>}
      <Head alert={alert} scene={scene} />
      {asked && <Decide alert={alert} onDecided={() => void read()} />}
      {kinds.length > 0 ? <AnswerKeys alert={alert} scene={scene} kinds={kinds} unsent={unsent} /> : unsent !== undefined && <Unsent row={unsent} />}
      <p><CallDesk /></p>
      {scene !== undefined && <SceneCards scene={scene} />}
    </article>
  );
}
