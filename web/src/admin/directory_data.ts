// What several pages of the directory ask for.
import { Problem, ask, get, post, with_query } from '../base/api';
import type { Who } from '../base/model';
import type { DirectoryChanged, Person, Post, Unit } from './shapes';
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
    one.deputies.forEach((deputy) => add(deputy, `${one.name} (${d('deputies')})`));
  }
  for (const unit of units) unit.members.forEach(({ person }) => add(person, unit.name));
  return found;
}

// One sheet as it stands, changed, put in force again.  Throws Problem; 412 when the directory changed meanwhile.
export async function change_sheet(
  sheet: string, reason: string, change: (text: string) => string,
): Promise<DirectoryChanged> {
  const tag = await directory_tag();
  const text = await get<string>(with_query(`${kDirectory}/export`, { reason, sheet }));
  return post<DirectoryChanged>(`${kDirectory}/import`,
    { sheets: [{ name: `${sheet}.csv`, text: change(text) }], reason }, { ifMatch: tag, within: 60_000 });
}

export const changed_meanwhile = (problem: unknown): boolean => problem instanceof Problem && problem.status === 412;
