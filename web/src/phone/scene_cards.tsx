// What is known of an alert's incident: facts, who leads, who comes, what happened so far, the map.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import type { Scene } from '../base/model';
import { short_time } from '../base/time';
import { fact_text } from '../parts/facts_form';
import type { Mark } from '../parts/map';
import { AreaMap } from '../parts/map';
import { w } from './words';

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return <section class="card" aria-label={title}><h2>{title}</h2>{children}</section>;
}

// Whoever leads begins to when they say that they come.
function leader_text(scene: Scene, open: boolean): string {
  if (scene.leader === null) return w(open ? 'leader_none' : 'leader_was_none');
  const { name, post, answer, since } = scene.leader;
  const about = [post ?? '', open && answer === 'coming' ? w('on_the_way') : ''].filter((part) => part !== '').join(' · ');
  return w('leader_since', { name: about === '' ? name : w('with_about', { name, about }), time: short_time(since) });
}

// `open`: when it is over, the cards say how it was.
function People({ scene, open }: { scene: Scene; open: boolean }) {
  const { coming, arrived } = scene;
  return (
    <>
      <Card title={w(open ? 'leader' : 'leader_was')}><p><bdi>{leader_text(scene, open)}</bdi></p></Card>
      <Card title={w(open ? 'who_comes' : 'who_came', { coming, arrived })}>
        {scene.people.length === 0 ? <p>{w(open ? 'nobody_yet' : 'nobody_came')}</p> : (
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

export function MapOf({ scene }: { scene: Scene }) {
  const [shown, set_shown] = useState(false);
  const { latitude, longitude } = scene;
  if (latitude === null || longitude === null) return null;
  if (!shown) return <div class="stack even"><button type="button" onClick={() => set_shown(true)}>{w('show_map')}</button></div>;
  const mark: Mark = {
    key: `${scene.incident}`, latitude, longitude, text: `${scene.incident}`, colour: scene.colour,
    title: `${w('alert_of', { incident: scene.incident })} ${scene.hazard_name}`,
  };
  return <AreaMap label={w('map_label')} marks={[mark]} highlight={scene.area === null ? [] : [scene.area.code]} />;
}

export function SceneCards({ scene, open }: { scene: Scene; open: boolean }) {
  const facts = Object.entries(scene.facts).filter(([, value]) => value !== null);
  return (
    <>
      {facts.length > 0 && <Card title={w('facts_known')}><p>{facts.map(([name, value]) => fact_text(name, value)).join(' · ')}</p></Card>}
      <People scene={scene} open={open} />
      <Card title={w(open ? 'timeline' : 'timeline_was')}>
        <ol class="plain">
          {scene.timeline.map((entry, n) => <li key={n}><span class="number soft">{short_time(entry.at)}</span> <bdi>{entry.text}</bdi></li>)}
        </ol>
      </Card>
    </>
  );
}
