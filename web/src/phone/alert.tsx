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
import { answer_text, kind_text } from './alerts';
import { Decide } from './decide';
import { CallDesk } from './notices';
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

interface AnswersGiven {
  alert: AlertPage;
  scene: Scene | undefined;
  kinds: AnswerKind[];
  onAnswered: (alert: AlertPage) => void;
}

function Answers({ alert, scene, kinds, onAnswered }: AnswersGiven) {
  const [note, set_note] = useState('');
  const [busy, set_busy] = useState<AnswerKind | null>(null);
  const [wrong, set_wrong] = useState('');
  const answer = async (kind: AnswerKind): Promise<void> => {
    set_busy(kind);
    set_wrong('');
    try {
      const line = note.trim();
      onAnswered(await post<AlertPage>(`/api/v1/alerts/${alert.alert}/answer`, { answer: kind, ...(line === '' ? {} : { note: line }) }));
      set_note('');
    } catch (problem) {
      set_wrong(problem instanceof Problem && !problem.passing ? problem_text(problem) : w('not_sent'));
    }
    set_busy(null);
  };
  const label = (kind: AnswerKind): string =>
    kind === 'arrived' && scene?.assembly_point != null ? w('arrived_at', { place: scene.assembly_point }) : answer_text(alert, kind);
  return (
    <section class="card" aria-label={w('answers')}>
      <div class="answers">
        {kinds.map((kind) => (
          <button key={kind} type="button" class={kind === alert.needs && alert.answer === null ? 'main' : ''} disabled={busy !== null}
            aria-pressed={alert.answer === kind} onClick={() => void answer(kind)}><bdi>{label(kind)}</bdi></button>
        ))}
      </div>
      <p role="status">{alert.answer !== null && w('your_answer', { answer: answer_text(alert, alert.answer) })}</p>
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
      <label><span class="name">{w('answer_line')}</span>
        <input value={note} maxLength={500} placeholder={w('answer_line_hint')} autoComplete="off"
          onInput={(event) => set_note(event.currentTarget.value)} /></label>
    </section>
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

// `news`: anything that changes when it should be read again.
export function AlertView({ id, news, onGone }: { id: Id; news: number; onGone?: (problem: Problem) => void }) {
  const [alert, set_alert] = useState<AlertPage | null>(null);
  const [wrong, set_wrong] = useState('');
  const newest = useRef(0);
  useSeen(id);
  const read = async (): Promise<void> => {
    const mine = (newest.current += 1);
    try {
      const page = await get<AlertPage>(`/api/v1/alerts/${id}`);
      if (mine !== newest.current) return;
      set_alert(page);
      set_wrong('');
    } catch (problem) {
      if (problem instanceof Problem && !problem.passing && onGone !== undefined) onGone(problem);
      set_wrong(problem_text(problem));
    }
  };
  useEffect(() => void read(), [id, news]);
  if (alert === null) return <p role="status">{wrong === '' ? c('loading') : wrong}</p>;

  const scene = alert.scene;
  const asked = alert.kind === 'approval';
  const decides = asked && alert.needs === 'decision';
  const kinds: AnswerKind[] = !alert.open || alert.kind === 'decided' || alert.kind === 'stand_down' || (asked && !decides) ? []
    : asked ? ['received', 'cannot'] : ['received', 'coming', 'arrived', 'cannot'];
  const answers = kinds.length === 0 ? null : (
    <Answers alert={alert} scene={scene} kinds={kinds} onAnswered={(after) => {
      newest.current += 1; // an older reading must not undo it
      set_alert(after);
    }} />
  );
  return (
    <article>
      {wrong !== '' && <p class="notice warn" role="status">{wrong}</p>}
      {!alert.open && <p class="notice good" role="status">{w(scene?.state === 'merged' ? 'merged' : 'over')}</p>}
      <Head alert={alert} scene={scene} />
      {asked && <Decide alert={alert} onDecided={() => void read()} />}
      {answers}
      <p><CallDesk /></p>
      {scene !== undefined && <SceneCards scene={scene} />}
    </article>
  );
}
