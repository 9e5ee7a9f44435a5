// What several pages of the directory ask for.
import { Problem, ask, get, post, with_query } from '../base/api';
import type { Who } from '../base/model';
import type { Contact, DirectoryChanged, Doubtful, Person, Post, Unit } from './shapes';
import { d } from './words_directory';

export const kDirectory = '/api/v1/directory';
export const person_path = (code: string): string => `${kDirectory}/persons/${encodeURIComponent(code)}`;

export interface Tagged<T> {
  value: T;
  tag: string; // entity tag without quotes, for If-Match
}

export async function tagged<T>(path: string): Promise<Tagged<T>> {
  const answer = await ask<T>(path);
  return { value: answer.value, tag: answer.etag.replaceAll('"', '') };
}

export const read_person = (code: string, reason = ''): Promise<Tagged<Person>> =>
  tagged<Person>(with_query(person_path(code), { reason }));

export const read_posts = async (): Promise<Post[]> => (await get<{ posts: Post[] }>(`${kDirectory}/posts`)).posts;
export const read_units = async (): Promise<Unit[]> => (await get<{ units: Unit[] }>(`${kDirectory}/units`)).units;

export const read_doubtful = async (): Promise<Doubtful[]> => (await get<{ contacts: Doubtful[] }>('/api/v1/contacts/doubtful')).contacts;

// Both are masked, or neither: what can be seen of a number is its end.
export const is_of = (doubt: Doubtful, person: Person, contact: Contact): boolean =>
  doubt.person?.code === person.code && doubt.kind === contact.kind && (doubt.number ?? '').slice(-4) === contact.address.slice(-4);

// The version of the whole directory: what an import or an undo is decided on.
export async function directory_tag(): Promise<string> {
  return (await tagged(kDirectory)).tag;
}

// What somebody is, by code: posts, units they answer for, units they are in.
export function standing_of(posts: readonly Post[], units: readonly Unit[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (who: Who, text: string): void => {
    const code = who?.code ?? null;
    if (code !== null) found.set(code, [...(found.get(code) ?? []), text]);
  };
  for (const one of posts) {
    add(one.holder, one.name);
    one.deputies.forEach((deputy) => add(deputy, `${one.name} (${d('table_deputies')})`));
  }
  for (const unit of units) unit.members.forEach(({ person }) => add(person, unit.name));
  return found;
}

// Sheets as they stand, changed, not yet in force.
export interface ChangedSheets {
  tag: string; // of the directory they were read from
  sheets: { name: string; text: string }[];
}

export async function changed_sheets(reason: string, changes: Record<string, (text: string) => string>): Promise<ChangedSheets> {
  const tag = await directory_tag();
  const sheets = [];
  for (const [sheet, change] of Object.entries(changes)) {
    const text = await get<string>(with_query(`${kDirectory}/export`, { reason, sheet }));
    sheets.push({ name: `${sheet}.csv`, text: change(text) });
  }
  return { tag, sheets };
}

// What they would change; nothing is written.
export const try_sheets = ({ sheets }: ChangedSheets): Promise<DirectoryChanged> =>
  post<DirectoryChanged>(`${kDirectory}/import`, { sheets, dry_run: true }, { within: 60_000 });

// Throws Problem; 412 when the directory changed meanwhile.
export const put_sheets = ({ tag, sheets }: ChangedSheets, reason: string): Promise<DirectoryChanged> =>
  post<DirectoryChanged>(`${kDirectory}/import`, { sheets, reason }, { ifMatch: tag, within: 60_000 });

export const change_sheet = async (sheet: string, reason: string, change: (text: string) => string): Promise<DirectoryChanged> =>
  put_sheets(await changed_sheets(reason, { [sheet]: change }), reason);

export const changed_meanwhile = (problem: unknown): boolean => problem instanceof Problem && problem.status === 412;

export function changed_text({ version, added, changed, gone }: DirectoryChanged): string {
  return added + changed + gone === 0 ? d('saved_same') : d('saved', { version });
}
