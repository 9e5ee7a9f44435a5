// What the desk decides about an incident.  Each change is made on what was seen: If-Match with its version.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { get, post, with_query } from '../base/api';
import { c } from '../base/common_words';
import type { Alert, IncidentView } from '../base/model';
import { areas, hazard_name, level_of, plan } from '../base/plan';
import { short_time } from '../base/time';
import { in_language } from '../base/words';
import { Dialog } from '../parts/dialog';
import { ProblemNote } from '../parts/problem_note';
import { readable } from './incident_reports';
import { i } from './incident_words';
import { duty_name, selector_text } from './selector';
import { board, look, refresh } from './store';
import { useDoing } from './use_answer';
import { useList } from './use_list';
import { t } from './words';

interface Given {
  of: IncidentView;
  onClose: () => void;
  onChanged: () => void; // it must be read again
}
interface FormGiven extends Given {
  title: string;
  action: string; // what the button does
  lacks: string[]; // what is still missing, in words: while there is anything the button waits
  path: string;
  body: () => unknown;
  children: ComponentChildren;
}

// One question with its button.  The version is the one that stood when the question was opened: who decides on an
// older picture is told so.
function DecisionForm({ of, onClose, onChanged, title, action, lacks, path, body, children }: FormGiven) {
  const doing = useDoing();
  const ready = lacks.length === 0;
  const [version, set_version] = useState(of.version);
  const send = async (): Promise<void> => {
    if (!ready || doing.busy) return;
    const done = await doing.run(() => post(`/api/v1/incidents/${of.incident}/${path}`, body(), { ifMatch: version }));
    refresh();
    onChanged();
    if (done) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}
        onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) void send(); }}>
        {children}
        {doing.changed && version === of.version && <p class="notice warn" role="alert">{t('changed')}</p>}
        {version !== of.version && (
          <p class="notice warn" role="alert">{t('changed')}{' '}
            <button type="button" onClick={() => { set_version(of.version); doing.forget(); }}>{c('again')}</button></p>
        )}
        <ProblemNote problem={doing.problem} />
        <p class="soft" role="status">{lacks.length > 0 && i('lacks', { what: lacks.join(i('and')) })}</p>
        <div class="row">
          <button class="main" disabled={!ready || doing.busy || version !== of.version}>{action}</button>
          <button type="button" onClick={onClose}>{c('cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}

function Reason({ label, value, required, onInput }: { label: string; value: string; required: boolean; onInput: (text: string) => void }) {
  return (
    <label><span class="name">{label}</span>
      <textarea rows={2} maxLength={500} required={required} value={value} onInput={(event) => onInput(event.currentTarget.value)} /></label>
  );
}

function LevelForm(given: Given) {
  const [level, set_level] = useState('');
  const [reason, set_reason] = useState('');
  const now = given.of.level === null ? 0 : (level_of(given.of.level)?.rank ?? 0);
  const rank = level_of(level)?.rank ?? 0;
  const lower = level !== '' && rank < now;
  return (
    <DecisionForm {...given} title={i('level_title')} path="level" lacks={[...(level === '' ? [i('new_level')] : []), ...(lower && reason.trim() === '' ? [i('reason')] : [])]}
      action={level === '' ? i('level_title') : `${lower ? i('lower') : i('raise')}: ${level_of(level)?.name ?? level}`}
      body={() => ({ level, reason: reason.trim() === '' ? null : reason.trim() })}>
      <p>{i('level_now', { level: given.of.level === null ? t('no_level') : (level_of(given.of.level)?.name ?? given.of.level) })}</p>
      <fieldset><legend>{i('new_level')}</legend>
        {[...(plan.value?.levels ?? [])].reverse().filter((one) => one.id !== given.of.level).map((one) => (
          <label key={one.id} class="check"><input type="radio" name="level" checked={level === one.id} onChange={() => set_level(one.id)} />
            <span>{one.name} <span class="soft">{(level_of(one.id)?.rank ?? 0) > now ? `↑ ${i('raise')}` : `↓ ${i('lower')}`}</span></span></label>
        ))}
      </fieldset>
      <p class="soft">{level === '' ? <>{i('raise_does')}<br />{i('lower_does')}</> : lower ? i('lower_does') : i('raise_does')}</p>
      <Reason label={lower ? `${i('reason')} (${i('reason_to_lower')})` : i('reason')} value={reason} required={lower} onInput={set_reason} />
    </DecisionForm>
  );
}

function MergeForm(given: Given) {
  const others = board.value.filter((one) => one.incident !== given.of.incident && one.drill === given.of.drill);
  const [into, set_into] = useState(0);
  return (
    <DecisionForm {...given} title={i('merge_title')} path="merge" action={i('merge')} lacks={into === 0 ? [i('merge_which')] : []} body={() => ({ into })}>
      {others.length === 0 ? <p>{i('no_other')}</p> : (
        <fieldset><legend>{i('merge_with')}</legend>
          {others.map((one) => (
            <label key={one.incident} class="check"><input type="radio" name="into" checked={into === one.incident} onChange={() => set_into(one.incident)} />
              <span>#{one.incident} {one.hazard === 'unclassified' ? t('unclassified') : hazard_name(one.hazard)} <bdi>{one.area?.path ?? ''} {one.place}</bdi></span></label>
          ))}
        </fieldset>
      )}
      <p class="soft">{i('merge_older')}</p>
    </DecisionForm>
  );
}

function SplitForm(given: Given) {
  const [chosen, set_chosen] = useState<readonly string[]>([]);
  const [area, set_area] = useState('');
  const [place, set_place] = useState('');
  const reports = given.of.reports;
  const toggle = (id: string): void => set_chosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <DecisionForm {...given} title={i('split_title')} path="split" action={i('split')}
      lacks={chosen.length === 0 ? [i('split_reports')] : chosen.length === reports.length ? [i('split_all')] : []}
      body={() => ({ reports: chosen, area: area === '' ? null : area, place: place.trim() === '' ? null : place.trim() })}>
      <fieldset><legend>{i('split_which')}</legend>
        {reports.map((one) => (
          <label key={one.report} class="check"><input type="checkbox" checked={chosen.includes(one.report)} onChange={() => toggle(one.report)} />
            <span><span class="number">{short_time(one.received_at)}</span> <bdi>{one.area?.name ?? ''} {one.place}</bdi> <bdi class="soft">{readable(one.text).slice(0, 120)}</bdi></span></label>
        ))}
      </fieldset>
      <label><span class="name">{i('split_area')}</span>
        <select value={area} onChange={(event) => set_area(event.currentTarget.value)}>
          <option value="">{i('same_area')}</option>
          {areas.value.map((one) => <option key={one.code} value={one.code}>{one.path}</option>)}
        </select></label>
      <label><span class="name">{i('split_place')}</span>
        <input maxLength={300} value={place} onInput={(event) => set_place(event.currentTarget.value)} /></label>
    </DecisionForm>
  );
}

interface Orderer {
  code: string;
  text: string;
  named: boolean; // by the plan
}

// Whose word it may be: holders of posts that the plan names, who is on duty, then everybody else who was told.
function orderers(of: IncidentView, told: readonly Alert[]): Orderer[] {
  const found = new Map<string, Orderer>();
  const add = (code: string | null | undefined, text: string, named: boolean): void => {
    if (code && (!found.has(code) || (named && found.get(code)?.named === false))) found.set(code, { code, text, named });
  };
  const by = of.stand_down?.by ?? [];
  for (const post_of of of.directory?.posts ?? []) {
    add(post_of.holder?.code, `${post_of.holder?.name ?? ''} ${post_of.name}`, by.includes(`post:${post_of.code}`));
  }
  for (const duty of look.value?.on_duty ?? []) {
    for (const one of duty.people) add(one.person?.code, `${one.person?.name ?? ''} ${duty_name(duty)}`, by.includes(`duty:${duty.duty}`));
  }
  for (const alert of told) add(alert.person?.code, alert.person?.name ?? '', false);
  return [...found.values()].sort((a, b) => Number(b.named) - Number(a.named));
}

function StandDownForm(given: Given) {
  const conditions = given.of.stand_down?.conditions ?? [];
  const by = given.of.stand_down?.by ?? [];
  const [ticked, set_ticked] = useState<readonly string[]>([]);
  const [ordered, set_ordered] = useState('');
  const [reason, set_reason] = useState('');
  const toggle = (name: string): void => set_ticked(ticked.includes(name) ? ticked.filter((one) => one !== name) : [...ticked, name]);
  const told = useList(() => get<{ alerts: Alert[] }>(
    with_query(`/api/v1/incidents/${given.of.incident}/alerts`, { asking: true, limit: 200 })), given.of.incident);
  const people = by.length === 0 ? [] : orderers(given.of, told.list?.alerts ?? []);
  const lacks = [
    ...(ticked.length < conditions.length ? [i('conditions_left', { n: conditions.length - ticked.length })] : []),
    ...(by.length > 0 && ordered === '' ? [i('orderer')] : []), ...(reason.trim() === '' ? [i('reason_left')] : []),
  ];
  return (
    <DecisionForm {...given} title={i('stand_down_title')} path="stand-down" action={i('stand_down')} lacks={lacks}
      body={() => ({ reason: reason.trim(), conditions: ticked, ordered_by: ordered === '' ? null : ordered })}>
      {conditions.length > 0 && (
        <fieldset><legend>{i('conditions')}</legend>
          {conditions.map((one) => (
            <label key={one.name} class="check"><input type="checkbox" checked={ticked.includes(one.name)} onChange={() => toggle(one.name)} />
              <span><bdi>{in_language(one.text, one.text_zh)}</bdi></span></label>
          ))}
        </fieldset>
      )}
      {by.length === 0 ? <p class="soft">{i('desk_ends')}</p> : (
        <label><span class="name">{i('ordered_by')} <span class="soft">({by.map((one) => selector_text(given.of, one)).join(' / ')})</span></span>
          <select required value={ordered} onChange={(event) => set_ordered(event.currentTarget.value)}>
            <option value="">{i('choose')}</option>
            {people.map((one) => <option key={one.code} value={one.code}>{one.named ? '★ ' : ''}{one.text}</option>)}
          </select></label>
      )}
      <Reason label={i('stand_down_reason')} value={reason} required onInput={set_reason} />
      <p class="soft">{i('all_told')}</p>
    </DecisionForm>
  );
}

type Asked = 'level' | 'merge' | 'split' | 'stand_down';

export function Actions({ of, again }: { of: IncidentView; again: () => void }) {
  const [asked, set_asked] = useState<Asked | null>(null);
  const given: Given = { of, onClose: () => set_asked(null), onChanged: again };
  return (
    <section class="row actions" aria-label={i('actions')}>
      <button type="button" onClick={() => set_asked('level')}>{i('raise')} / {i('lower')}</button>
      <button type="button" onClick={() => set_asked('merge')}>{i('merge')}</button>
      <button type="button" disabled={of.reports.length < 2} onClick={() => set_asked('split')}>{i('split')}</button>
      <button type="button" class="danger" onClick={() => set_asked('stand_down')}>{i('stand_down')}</button>
      {asked === 'level' && <LevelForm {...given} />}
      {asked === 'merge' && <MergeForm {...given} />}
      {asked === 'split' && <SplitForm {...given} />}
      {asked === 'stand_down' && <StandDownForm {...given} />}
    </section>
  );
}
