// What this phone knows without a network: the form, the areas, who was signed in, and a report half written.
import { effect, signal } from '@preact/signals';

import { new_key } from '../base/api';
import type { Area, Facts, Me, PlanForm } from '../base/model';
import { areas, plan, read_plan } from '../base/plan';
import { look_who, me } from '../base/session';
import { language } from '../base/words';
import type { Place } from '../parts/place_picker';
import { no_place } from '../parts/place_picker';
import { forget, keep, kept } from './outbox';
import { owner } from './outbox_page';

// ---- the form and the areas ----
export const plan_read = signal<'no' | 'kept' | 'fresh'>('no');

async function load_plan(): Promise<void> {
  const wanted = language.value;
  const shown = plan.peek();
  const form = await kept<{ form: PlanForm; areas: Area[] }>(`plan-${wanted}`);
  if (form === undefined || plan.peek() !== shown || wanted !== language.peek()) return; // something newer was faster
  plan.value = form.form;
  areas.value = form.areas;
  plan_read.value = 'kept';
}

let read_for = '';

// Shows what is kept, and reads it anew for another language or another caller (centres of areas are for who is signed in).
export async function fresh_plan(): Promise<void> {
  const wanted = `${language.value} ${owner() ?? ''}`;
  if (wanted === read_for) return;
  if (!read_for.startsWith(language.value)) plan_read.value = 'no';
  const before = load_plan().catch(() => undefined);
  try {
    await read_plan();
  } catch {
    return; // the kept one will do until the next try
  } finally {
    await before;
  }
  if (wanted !== `${language.peek()} ${owner() ?? ''}`) return; // read for somebody else meanwhile
  read_for = wanted;
  plan_read.value = 'fresh';
  await keep(`plan-${language.peek()}`, { form: plan.value, areas: areas.value }).catch(() => undefined);
}

// ---- who ----
export async function find_me(): Promise<void> {
  await look_who();
  if (me.value === undefined) {
    const known = await kept<{ me: Me }>('me').catch(() => undefined);
    if (known !== undefined && me.peek() === undefined) me.value = known.me;
  }
}

const kAgain = 10_000; // milliseconds: not every network says that it is back

// ---- the draft ----
export interface Draft {
  key: string;
  hazard: string; // a kind of the plan, or unsure
  facts: Facts;
  place: Place;
  text: string;
  drill: boolean;
}

export const draft = signal<Draft | null>(null);

export function begin_draft(hazard: string): void {
  const before = draft.value;
  // The place and the words hold for another hazard too; facts are those of one.
  draft.value = {
    key: before?.key ?? new_key(), hazard, facts: before?.hazard === hazard ? before.facts : {},
    place: before?.place ?? no_place, text: before?.text ?? '', drill: before?.drill ?? false,
  };
}

export function change_draft(change: Partial<Draft>): void {
  if (draft.value !== null) draft.value = { ...draft.value, ...change };
}

const kDraft = 'tocsin.draft';

// At once, so that not even the last letter is lost when the page goes; in the database where that is forbidden.
function save_draft(now: Draft | null): void {
  try {
    if (now === null) localStorage.removeItem(kDraft);
    else localStorage.setItem(kDraft, JSON.stringify(now));
  } catch {
    (now === null ? forget('draft') : keep('draft', now)).catch(() => undefined);
  }
}

async function read_draft(): Promise<Draft | null> {
  try {
    const text = localStorage.getItem(kDraft);
    return text === null ? null : JSON.parse(text) as Draft;
  } catch {
    return (await kept<Draft>('draft').catch(() => undefined)) ?? null;
  }
}

export async function start_known(): Promise<void> {
  effect(() => void fresh_plan()); // for another language, another person
  const before = await read_draft();
  if (draft.peek() === null) draft.value = before; // nothing was begun meanwhile
  effect(() => save_draft(draft.value));
  effect(() => {
    const now = me.value;
    if (now != null) void keep('me', { owner: owner(), me: now }).catch(() => undefined);
    else if (now === null) void forget('me').catch(() => undefined);
  });
  const again = (): void => {
    if (plan_read.value !== 'fresh') void fresh_plan();
    if (me.value === undefined) void find_me();
  };
  addEventListener('online', again);
  setInterval(again, kAgain);
  await find_me();
}
