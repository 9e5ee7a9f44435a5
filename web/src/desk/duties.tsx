// Three plain pages: tasks over all incidents, how the links are, and where incidents lie on the map.
import { useEffect, useMemo, useState } from 'preact/hooks';

import { get } from '../base/api';
import { c } from '../base/common_words';
import type { Link, Task } from '../base/model';
import { areas, hazard_name, level_of } from '../base/plan';
import { go, link_to } from '../base/route';
import { has_role } from '../base/session';
import { short_time } from '../base/time';
import { in_language, language } from '../base/words';
import { LevelMark } from '../parts/level_mark';
import { AreaMap } from '../parts/map';
import type { Mark } from '../parts/map';
import { ProblemNote } from '../parts/problem_note';
import { HazardName, Place } from './board';
import { channel_word, link_word } from './closed_words';
import { TaskList } from './incident_steps';
import { board, look, tasks_changed } from './store';
import { t } from './words';
import { k } from './work_words';

export function TasksPage() {
  const [tasks, set_tasks] = useState<Task[] | undefined>(undefined);
  const [problem, set_problem] = useState<unknown>(null);
  const [turn, set_turn] = useState(0);
  const changed = tasks_changed.value;
  useEffect(() => {
    let over = false;
    get<{ tasks: Task[] }>('/api/v1/tasks').then(
      (answer) => { if (!over) { set_tasks(answer.tasks); set_problem(null); } },
      (wrong: unknown) => { if (!over) set_problem(wrong); });
    return () => { over = true; };
  }, [changed, turn]);
  return (
    <>
      <h1>{t('tasks')}</h1>
      <p class="soft">{k('tasks_hint')}</p>
      <ProblemNote problem={problem} />
      {tasks === undefined ? problem === null && <p role="status">{c('loading')}</p>
        : <TaskList tasks={tasks} again={() => set_turn(turn + 1)} may_act={has_role('duty', 'admin')} />}
    </>
  );
}

const kLook = {
  up: { mark: '✓', tone: '' }, starting: { mark: '…', tone: '' }, doubtful: { mark: '?', tone: 'doubted' }, down: { mark: '✕', tone: 'late' },
};

export function LinkTable({ links }: { links: readonly Link[] }) {
  if (links.length === 0) return <p class="soft">{k('no_links')}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={k('links_title')}><table class="stacked">
      <thead><tr><th>{k('link')}</th><th>{k('state')}</th><th>{k('waiting')}</th><th>{k('sent_1h')}</th><th>{k('last_receipt')}</th></tr></thead>
      <tbody>{links.map((link) => {
        const why = in_language(link.why, link.why_zh);
        return (
          <tr key={link.name}>
            <td>{channel_word(link.channel)} <small class="soft"><bdi>{link.name}</bdi></small></td>
            <td><strong class={kLook[link.state].tone}>{kLook[link.state].mark} {link_word(link.state)}</strong>{' '}
              {link.since !== null && <small class="soft">{t('since', { time: short_time(link.since) })}</small>}
              {why !== '' && <p class="small"><bdi>{why}</bdi></p>}</td>
            <td class="number" data-name={k('waiting')}>{link.waiting}</td>
            <td class="number" data-name={k('sent_1h')}>{link.handed_over_1h}</td>
            <td class="number" data-name={k('last_receipt')}>{short_time(link.last_receipt_at)}</td>
          </tr>
        );
      })}</tbody>
    </table></div>
  );
}

export function LinksPage() {
  const links = look.value?.links;
  return (
    <section class="card">
      <h1>{k('links_title')}</h1>
      {links === undefined ? <p role="status">{c('loading')}</p> : <LinkTable links={links} />}
    </section>
  );
}

export function MapPage() {
  const open = board.value;
  const placed = useMemo(() => {
    const by_code = new Map(areas.value.map((area) => [area.code, area]));
    const marks: Mark[] = [];
    const nowhere: typeof open = [];
    for (const incident of open) {
      const area = incident.area === null ? undefined : by_code.get(incident.area.code);
      if (area?.latitude == null || area.longitude == null) {
        nowhere.push(incident);
        continue;
      }
      // Several in one area stand beside each other.
      const beside = marks.filter((mark) => mark.latitude === area.latitude).length;
      const hazard = incident.hazard === 'unclassified' ? t('unclassified') : hazard_name(incident.hazard);
      const level = incident.level === null ? t('no_level') : (level_of(incident.level)?.name ?? incident.level);
      marks.push({
        key: String(incident.incident), latitude: area.latitude, longitude: area.longitude + beside * 0.0015,
        text: `${incident.incident} ${incident.level ?? ''}`.trim(), title: `#${incident.incident} ${level} ${hazard} ${area.name}`,
        colour: incident.level === null ? null : (level_of(incident.level)?.colour ?? null),
        onOpen: () => go('incidents', incident.incident),
      });
    }
    return { marks, nowhere };
  }, [open, areas.value, language.value]);
  return (
    <>
      <h1>{k('map_title')}</h1>
      <div class="map-page"><AreaMap label={k('map_label')} marks={placed.marks} names /></div>
      {placed.marks.length > 0 && <p class="soft">{k('mark_means')}</p>}
      <ul class="plain">{open.map((incident) => (
        <li key={incident.incident} class="row whose"><a data-item href={link_to('incidents', incident.incident)}>#{incident.incident}</a>{' '}
          {incident.level === null ? <span class="soft">{t('no_level')}</span> : <LevelMark level={incident.level} />} <HazardName hazard={incident.hazard} /> <Place of={incident} />
          {placed.nowhere.includes(incident) && <small class="soft"> {k('not_on_map')}</small>}</li>
      ))}</ul>
    </>
  );
}
