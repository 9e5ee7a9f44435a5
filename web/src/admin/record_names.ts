// What entries of the record name by ids alone: incidents with their steps and tasks, sessions, links.
import { get } from '../base/api';
import type { Incident, IncidentView, Link } from '../base/model';
import { in_language } from '../base/words';
import { CodeNames, kNoNames } from './code_names';
import { read_posts, read_units } from './directory_data';
import { useLoad } from './load';
import type { RecordEntry, SessionRow } from './shapes';

const kViews = 12; // incidents read for their steps: a page of the record is seldom about more

export interface NamedIncident {
  code: number;
  texts: ReadonlyMap<string, string>; // of steps and tasks, by id; of conditions, by name
}
export interface RecordNames {
  codes: CodeNames;
  incidents: ReadonlyMap<string, NamedIncident>;
  sessions: ReadonlyMap<string, string>; // who is signed in
  links: readonly string[]; // in the settings' order
}
export const kNoRecordNames: RecordNames = { codes: kNoNames, incidents: new Map(), sessions: new Map(), links: [] };

// What may not be read, or not now, leaves its names out; the record itself is shown all the same.
async function or<T>(read: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read;
  } catch {
    return otherwise;
  }
}

function texts_of({ steps, tasks, stand_down }: IncidentView): Map<string, string> {
  return new Map([
    ...steps.map(({ step, title, title_zh, name }): [string, string] => [step, in_language(title, title_zh) || name]),
    ...tasks.map(({ task, text, text_zh }): [string, string] => [task, in_language(text, text_zh)]),
    ...(stand_down?.conditions ?? []).map(({ name, text, text_zh }): [string, string] => [name, in_language(text, text_zh)]),
  ]);
}

async function read_incidents(entries: readonly RecordEntry[]): Promise<Map<string, NamedIncident>> {
  const ids = new Set(entries.flatMap(({ incident }) => (incident === null ? [] : [incident])));
  const found = new Map<string, NamedIncident>();
  if (ids.size === 0) return found;
  const { incidents } = await get<{ incidents: Incident[] }>('/api/v1/incidents?limit=500');
  for (const { id, incident: code } of incidents.filter((one) => ids.has(one.id))) {
    const view = found.size < kViews ? await or(get<IncidentView>(`/api/v1/incidents/${code}?alerts=0`), null) : null;
    found.set(id, { code, texts: view === null ? new Map() : texts_of(view) });
  }
  return found;
}

const kOfSessions: readonly string[] = ['signed_in', 'signed_out', 'session_revoked'];

async function read_names(entries: readonly RecordEntry[]): Promise<RecordNames> {
  const sessions = entries.some(({ kind }) => kOfSessions.includes(kind)) ? get<{ sessions: SessionRow[] }>('/api/v1/sessions') : Promise.resolve({ sessions: [] });
  const links = entries.some(({ kind }) => kind.startsWith('link_')) ? get<{ links: Link[] }>('/api/v1/links') : Promise.resolve({ links: [] });
  return {
    codes: await or(Promise.all([read_posts(), read_units()]).then(([posts, units]) => new CodeNames(posts, units)), kNoNames),
    incidents: await or(read_incidents(entries), new Map<string, NamedIncident>()),
    sessions: new Map((await or(sessions, { sessions: [] })).sessions.map((one) => [one.session, one.person?.name ?? one.name])),
    links: (await or(links, { links: [] })).links.map(({ name }) => name),
  };
}

// None yet, until they are there.
export function useRecordNames(entries: readonly RecordEntry[]): RecordNames {
  return useLoad(() => read_names(entries), [entries]).value ?? kNoRecordNames;
}
