// Selectors of the plan as people say them: "post:commander" is the post's name and who holds it, "unit:fire-station" the
// unit's name.
import { signal } from '@preact/signals';

import { get } from '../base/api';
import type { IncidentView, OnDuty, Step } from '../base/model';
import { language } from '../base/words';
import { look } from './store';
import { t } from './words';

const units = signal<ReadonlyMap<string, string>>(new Map());

// Names of units, once per desk: they change seldom, and an unknown one is shown by its code.
export async function read_units(): Promise<void> {
  const { units: all } = await get<{ units: { code: string; name: string }[] }>('/api/v1/directory/units');
  units.value = new Map(all.map((one) => [one.code, one.name]));
}

const kEveryPlan = new Set(['desk', 'leader']);

// A duty by what its people are called in it; while nobody has it, by what every plan calls it, or by its code.
export const duty_name = (duty: OnDuty): string =>
  (language.value === 'en' && kEveryPlan.has(duty.duty) ? undefined : duty.people[0]?.as) ?? duty_code_name(duty.duty);

const duty_code_name = (code: string): string => (code === 'desk' ? t('duty_desk') : code === 'leader' ? t('duty_leader') : code);
const role_name = (role: string): string => (role === 'heads' ? t('role_heads') : role === 'workers' ? t('role_workers') : role);

export function selector_text(of: IncidentView, selector: string): string {
  const cut = selector.indexOf(':');
  const name = selector.slice(cut + 1);
  switch (selector.slice(0, Math.max(0, cut))) {
    case 'post': {
      const post = of.directory?.posts.find((one) => one.code === name);
      return post === undefined ? name : [post.name, post.holder?.name ?? ''].join(' ').trim();
    }
    case 'duty': {
      const duty = look.value?.on_duty.find((one) => one.duty === name);
      if (duty === undefined) return duty_code_name(name);
      return [duty_name(duty), ...duty.people.map((one) => one.person?.name ?? '')].join(' ');
    }
    case 'unit': return units.value.get(name) ?? name;
    case 'area':
    case 'area+up': return role_name(name);
    case 'group': return name;
    default: return selector;
  }
}

// A step that asks several at once is one step each, named "rescue@unit:fire-station": the plan's title with that name.
export function step_title(of: IncidentView, step: Step): string {
  const title = (language.value === 'zh' ? step.title_zh : step.title) || step.name;
  const at = step.name.indexOf('@');
  if (at < 0) return title;
  const end = language.value === 'zh' ? title.lastIndexOf('：') : title.lastIndexOf(': ');
  const whole = end < 0 ? title : title.slice(0, end);
  return `${whole}${language.value === 'zh' ? '：' : ': '}${selector_text(of, step.name.slice(at + 1))}`;
}
