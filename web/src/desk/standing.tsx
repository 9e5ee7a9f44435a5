// Where one person stands: what they answered, or why there is no answer.  Who was not told yet cannot be silent.
import type { AlertWithDeliveries } from '../base/model';
import { answer_word } from './closed_words';
import { i } from './incident_words';

type Standing = 'withdrawn' | 'answered' | 'replied' | 'informed' | 'silent' | 'untold' | 'to_phone' | 'to_knock' | 'unreached';

const kBefore = new Set(['queued', 'claimed', 'accepted']); // it stands on the call sheet

function by_hand(of: AlertWithDeliveries): 'to_phone' | 'to_knock' | null {
  const last = of.deliveries[of.deliveries.length - 1];
  if (last === undefined || !kBefore.has(last.state)) return null;
  return last.channel === 'desk_call' ? 'to_phone' : last.channel === 'knock' ? 'to_knock' : null;
}

export const on_call_sheet = (of: AlertWithDeliveries): boolean => by_hand(of) !== null;

export function standing_of(of: AlertWithDeliveries): Standing {
  if (of.answer !== null) return of.answer === 'replied' && of.state !== 'withdrawn' ? 'replied' : 'answered';
  if (of.state === 'withdrawn') return 'withdrawn';
  if (!of.told) return by_hand(of) ?? (of.state === 'exhausted' ? 'unreached' : 'untold');
  return of.needs === null ? 'informed' : 'silent';
}

// Somebody is still owed an answer by them, or a message to them.
export const is_open = (of: AlertWithDeliveries): boolean => !['withdrawn', 'answered', 'informed'].includes(standing_of(of));

const kTone: Record<Standing, string> = {
  withdrawn: '', answered: '', informed: 'soft', replied: 'late', silent: 'late', unreached: 'late', untold: 'doubted', to_phone: 'doubted', to_knock: 'doubted',
};

function standing_word(of: AlertWithDeliveries): string {
  switch (standing_of(of)) {
    case 'withdrawn': return '—';
    case 'informed': return i('only_informed');
    case 'untold': return i('not_told_yet');
    case 'to_phone': return i('desk_phones');
    case 'to_knock': return i('desk_knocks');
    case 'unreached': return i('unreached');
    default: return answer_word(of.answer);
  }
}

export function Standing({ of }: { of: AlertWithDeliveries }) {
  const tone = kTone[standing_of(of)];
  return tone === 'soft' ? <span class={tone}>{standing_word(of)}</span> : <strong class={tone}>{standing_word(of)}</strong>;
}
