// Names for codes that come without them: of posts, units, areas, duties, and of the people who fill posts and units.
import { get } from '../base/api';
import { areas, hazard_name } from '../base/plan';
import { has_role } from '../base/session';
import { kDirectory, read_posts, read_units } from './directory_data';
import { said, useLoad } from './load';
import type { Person, Post, Unit } from './shapes';
import { t } from './words';
import { d } from './words_directory';
import { r } from './words_rosters';

const kOfDuties: readonly string[] = ['duty', 'rotations', 'overrides'];
const kMoment = /^\d{4}-\d\d-\d\d( \d\d:\d\d)?(:\d\d)?$/;

export class CodeNames {
  private readonly posts = new Map<string, string>();
  private readonly units = new Map<string, string>();
  private readonly people = new Map<string, string>();
  constructor(posts: readonly Post[], units: readonly Unit[], persons: readonly { code: string; name: string }[] = []) {
    for (const { code, name } of persons) this.add(code, name);
    for (const post of posts) {
      this.posts.set(post.code, post.name);
      for (const who of [post.holder, ...post.deputies]) this.add(who?.code, who?.name);
    }
    for (const unit of units) {
      this.units.set(unit.code, unit.name);
      for (const { person } of unit.members) this.add(person?.code, person?.name);
    }
  }
  private add(code: string | null | undefined, name: string | null | undefined): void {
    if (code != null && name != null) this.people.set(code, name);
  }
  person = (code: string): string => this.people.get(code) ?? code;
  post = (code: string): string => this.posts.get(code) ?? code;
  unit = (code: string): string => this.units.get(code) ?? code;
  area = (code: string): string => areas.value.find((one) => one.code === code)?.name ?? code;
  duty = (code: string): string => said(r, `duty_${code.replaceAll('-', '_')}`, code);

  private known(code: string): string | undefined {
    return this.posts.get(code) ?? this.units.get(code) ?? this.people.get(code) ?? areas.value.find((one) => one.code === code)?.name;
  }
  // A cell of a row: a code, a list of codes, a selector, a word of the table.
  private cell(part: string, table: string, column: number): string {
    if (column === 0 && kOfDuties.includes(table)) return this.duty(part);
    if (column > 0 && table === 'persons' && (part === 'zh' || part === 'en')) return t(`language_${part}`);
    if (column > 0 && (table === 'persons' || table === 'contacts')) return said(d, `kind_${part}`, part);
    if (column > 0 && table === 'unit_members' && part === 'responsible') return d('part_head');
    if (table === 'rotations' && column === 3 && /^\d+$/.test(part)) return r('every_days', { n: part });
    const pieces = part.split(/[\s;]+/);
    if (pieces.length > 1 && pieces.some((piece) => this.known(piece) !== undefined)) {
      return pieces.map((piece) => (piece === '-' ? r('turn_nobody') : this.known(piece) ?? piece)).join(t('list'));
    }
    return this.known(part) ?? this.selector(part);
  }
  // A row of a sheet as a change names it, "propaganda, 宣传组组长, qingshi": what is said twice is said once.
  row(text: string, table = ''): string {
    const cells = text.split(', ').map((part, column) => this.cell(part, table, column));
    const [from = '', to = ''] = cells.slice(-2);
    const parts = cells.length > 2 && kMoment.test(from) && kMoment.test(to) ? [...cells.slice(0, -2), d('from_to', { from, to })] : cells;
    return [...new Set(parts)].join(t('list'));
  }
  // "post:commander", "duty:leader", "unit:fire-station", "area+up:heads".
  selector(text: string): string {
    const [, kind = '', code = ''] = /^([a-z+]+):(\S+)$/.exec(text) ?? [];
    switch (kind) {
      case 'post': return this.post(code);
      case 'unit': return this.unit(code);
      case 'duty': return this.duty(code);
      case 'person': return this.person(code);
      case 'area': case 'area+up': return said(d, `selector_${kind === 'area' ? 'area' : 'up'}_${code}`, text);
      default: return text;
    }
  }
  // "post commander", "duty desk", "area workers of donghu": whom a selector would have named, and nobody is there.
  what(text: string): string {
    const in_area = /^area (heads|workers) of (\S+)$/.exec(text);
    if (in_area !== null) return `${this.area(in_area[2] ?? '')} ${said(d, `selector_area_${in_area[1] ?? ''}`, in_area[1] ?? '')}`;
    return this.selector(text.replace(' ', ':'));
  }
  hazard = hazard_name;
}

export const kNoNames = new CodeNames([], []);

// Codes as they came, until the names are there.
export function useCodeNames(): CodeNames {
  return useLoad(async () => new CodeNames(await read_posts(), await read_units()), []).value ?? kNoNames;
}

// Those of everybody too, as far as one page of people goes; `told` are names that what is shown says itself.
export function useAllNames(told: readonly { code: string; name: string }[]): CodeNames {
  return useLoad(async () => {
    const persons = has_role('admin') ? (await get<{ persons: Person[] }>(`${kDirectory}/persons?limit=500`)).persons : [];
    return new CodeNames(await read_posts(), await read_units(), [...told, ...persons]);
  }, []).value ?? kNoNames;
}
