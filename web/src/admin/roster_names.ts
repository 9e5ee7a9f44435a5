// What duties are called, and which of them the plan in force calls.
import { get } from '../base/api';
import { said } from './load';
import type { Duties } from './shapes';
import { r } from './words_rosters';

// null: not known.
export type Called = ReadonlySet<string> | null;

export async function read_called(): Promise<Called> {
  const { on_duty } = await get<{ on_duty: { duty: string }[] }>('/api/v1/desk');
  return new Set(on_duty.map(({ duty }) => duty));
}

// Nobody having a duty that no plan calls is no gap.
export const is_called = (called: Called, duty: string): boolean => called === null || called.has(duty);

export function duty_name(duties: Duties | undefined, duty: string): string {
  const found = duties?.duties.find((one) => one.duty === duty);
  const somebody = found?.stretches.find(({ on }) => on.length > 0)?.on[0]?.as ?? '';
  const known = said(r, `duty_${duty.replaceAll('-', '_')}`, '');
  return [found?.title ?? '', known, somebody].find((name) => name !== '') ?? duty;
}

// Whom the month itself names.
export function people_of(duties: Duties | undefined): Map<string, string> {
  const all = (duties?.duties ?? []).flatMap(({ stretches }) => stretches.flatMap(({ on }) => on));
  return new Map(all.map(({ person, name }) => [person, name]));
}
