// What went wrong, in words a user can act on.
import { Problem } from '../base/api';
import { c } from '../base/common_words';

export function problem_text(problem: unknown): string {
  if (!(problem instanceof Problem)) return c('no_answer');
  if (problem.status === 0) return navigator.onLine ? c('no_answer') : c('offline');
  if (problem.status === 429) return c('too_many', { seconds: problem.retryAfter || 10 });
  return problem.detail === '' ? problem.title : problem.detail;
}

export function ProblemNote({ problem }: { problem: unknown }) {
  if (problem === null || problem === undefined) return null;
  return <p class="error" role="alert">{problem_text(problem)}</p>;
}
