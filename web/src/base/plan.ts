// What reports may say, and where: the plan's form and the areas, kept for when there is no network.
import { computed, signal } from '@preact/signals';

import { get, with_query } from './api';
import type { Early } from '../early/main';
import type { Area, Attribute, Hazard, Level, PlanForm } from './model';
import { office_is_in } from './time';
import { language } from './words';

export const plan = signal<PlanForm | null>(null);
export const areas = signal<Area[]>([]);

// The form that the page asked for before the app was here (src/early), once.
async function early_form(): Promise<PlanForm | null> {
  const page = window as { tocsin_early?: Early };
  const early = page.tocsin_early;
  delete page.tocsin_early;
  return early?.language === language.value ? early.form : null;
}

// Reads both; what is known already stays when they cannot be reached.  Throws Problem.
export async function read_plan(): Promise<void> {
  const wanted = language.value;
  const form = (await early_form()) ?? await get<PlanForm>(with_query('/api/v1/plan', { lang: wanted }));
  if (wanted !== language.peek()) return; // whoever chose another language has asked again
  plan.value = form; // shown first
  office_is_in(form.time_zone);
  areas.value = (await get<{ areas: Area[] }>('/api/v1/areas')).areas;
}

const by_kind = computed(() => new Map(plan.value?.hazards.map((h) => [h.kind, h])));
const by_name = computed(() => new Map(plan.value?.attributes.map((a) => [a.name, a])));
const by_id = computed(() => new Map(plan.value?.levels.map((l, rank) => [l.id, { ...l, rank: rank + 1 }])));

export const hazard_of = (kind: string): Hazard | undefined => by_kind.value.get(kind);
export const attribute_of = (name: string): Attribute | undefined => by_name.value.get(name);
export const level_of = (id: string): (Level & { rank: number }) | undefined => by_id.value.get(id);
export const hazard_name = (kind: string): string => hazard_of(kind)?.name ?? kind;
