// Selectors of the plan as people say them: "post:commander" is the post's name and who holds it.
import type { IncidentView, OnDuty } from '../base/model';
import { look } from './store';

// A duty by what its people are called in it; by its name in the directory while nobody has it.
export const duty_name = (duty: OnDuty): string => duty.people[0]?.as ?? duty.duty;

export function selector_text(of: IncidentView, selector: string): string {
  const post = of.directory?.posts.find((one) => `post:${one.code}` === selector);
  if (post !== undefined) return post.holder?.name ? `${post.name} ${post.holder.name}` : post.name;
  const duty = look.value?.on_duty.find((one) => `duty:${one.duty}` === selector);
  if (duty === undefined) return selector;
  return [duty_name(duty), ...duty.people.map((one) => one.person?.name ?? '')].join(' ');
}
