// Asks for the form before the app itself is here: over a thin line that is one wait less.  read_plan() takes the answer.
//
// On its own, first in the page, and small: nothing of the app is imported but the choice of language.
import { first_language } from '../base/language';
import type { PlanForm } from '../base/model';

export interface Early {
  language: string;
  form: Promise<PlanForm | null>; // null: could not be read
}

const language = first_language();
// Behind an alert's link the session's cookie stays away, as from everything there.
const credentials = location.pathname === '/a' ? 'omit' : 'same-origin';
const form = fetch(`/api/v1/plan?lang=${language}`, { headers: { 'Accept-Language': language, 'X-Tocsin': '1' }, cache: 'no-store', credentials })
  .then((answer) => (answer.ok ? answer.json() as Promise<PlanForm> : null))
  .catch(() => null);
(window as { tocsin_early?: Early }).tocsin_early = { language, form };
