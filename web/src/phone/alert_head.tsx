// The head of an alert: what, how serious, where, since when; and that it is over, once it is.
import { c } from '../base/common_words';
import type { AlertPage, Scene } from '../base/model';
import { ago, short_time } from '../base/time';
import { LevelMark } from '../parts/level_mark';
import { kind_text, said_answer } from './alerts';
import { Sign } from './signs';
import { Where } from './where';
import { w } from './words';

// What only asks for an answer says nothing that the page does not say; news is in its words.
export const repeats_page = (alert: AlertPage): boolean =>
  alert.scene !== undefined && (alert.kind === 'alert' || alert.kind === 'approval');

function how_it_ended(scene: Scene | undefined): string {
  const last = (what: string) => scene?.timeline.filter((entry) => entry.what === what).pop();
  if (scene?.state === 'merged') {
    const merged = last('merged');
    return merged === undefined ? w('merged') : w('merged_into', { what: merged.text });
  }
  const end = last('stand_down');
  return end === undefined ? w('over') : w('over_at', { time: short_time(end.at) });
}

export function Over({ alert }: { alert: AlertPage }) {
  return (
    <div class="notice good" role="status">
      <p><bdi>{how_it_ended(alert.scene)}</bdi></p>
      {alert.answer !== null ? <p>{w('you_had_said', { answer: said_answer(alert, alert.answer) })}</p>
        : alert.kind === 'alert' && <p>{w('you_said_nothing')}</p>}
    </div>
  );
}

function Summary({ scene, open }: { scene: Scene; open: boolean }) {
  return (
    <>
      <h1 class="row"><Sign kind={scene.hazard} /><span>{scene.hazard_name}</span>
        <LevelMark level={scene.level} name={scene.level_name} rank={scene.level_rank} of={scene.levels} colour={scene.colour} />
        {scene.drill && <span class="drill">{c('drill')}</span>}</h1>
      <p class="chosen"><Where area={scene.area} place={scene.place} /></p>
      {open && scene.assembly_point !== null && <p><bdi>{w('assembly', { place: scene.assembly_point })}</bdi></p>}
    </>
  );
}

export function Head({ alert }: { alert: AlertPage }) {
  const { scene } = alert;
  return (
    <header class="card">
      {alert.drill && <p class="drill band">{w('drill_banner')}</p>}
      <p class="soft">{kind_text(alert.kind)} · {w('alert_of', { incident: alert.incident ?? '' })}
        {scene !== undefined && <> · {w('at_ago', { time: short_time(scene.opened_at), ago: ago(scene.opened_at) })}</>}</p>
      {scene !== undefined && <Summary scene={scene} open={alert.open} />}
      {!repeats_page(alert) && <p class="words"><bdi>{alert.text}</bdi></p>}
    </header>
  );
}
