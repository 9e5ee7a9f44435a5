// Why nobody was told who should have been: only a post is vacant; an area, a unit or a duty has nobody.
import { p } from './words_plans';

// Empty: the reason's own word says it.
export function nobody_word(reason: string, selector: string): string {
  if (reason !== 'post_empty') return '';
  if (/^(area|area\+up|unit|group):/.test(selector)) return p('reason_nobody_there');
  return selector.startsWith('duty:') ? p('reason_nobody_on_duty') : '';
}
