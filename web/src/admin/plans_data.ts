// What the plans' pages ask for.  Judging, comparing and playing through take seconds, and go one at a time.
import { Problem, ask } from '../base/api';
import type { PlanCompared, PlanFinding, PlanVersion, Simulated } from './shapes';

export interface Plans {
  in_force: number | null;
  plans: PlanVersion[];
  tag: string; // entity tag of the plan in force, without quotes
}

export async function read_plans(): Promise<Plans> {
  const { value, etag } = await ask<Omit<Plans, 'tag'>>('/api/v1/plans');
  return { ...value, tag: etag.replaceAll('"', '') };
}

export const read_plan_text = async (version: number): Promise<string> =>
  (await ask<string>(`/api/v1/plans/${version}`, { within: 60_000 })).value;

const kSlow = 180_000;

// Waits its turn while another is under way.
async function in_turn<T>(path: string, body: unknown): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return (await ask<T>(path, { method: 'POST', body, within: kSlow })).value;
    } catch (wrong) {
      if (!(wrong instanceof Problem) || wrong.status !== 503 || tries === 20) throw wrong;
      await new Promise((next) => setTimeout(next, Math.max(1, wrong.retryAfter) * 1000));
    }
  }
}

export type WhichPlan = { version: number } | { plan: string };
export const compare = (before: WhichPlan, after: WhichPlan): Promise<PlanCompared> =>
  in_turn('/api/v1/plans/compare', { before, after });
export const simulate = (body: unknown): Promise<Simulated> => in_turn('/api/v1/plans/simulate', body);
export const judge = <T>(body: unknown): Promise<T> => in_turn('/api/v1/plans', body);

export function plan_findings(problem: unknown): PlanFinding[] {
  if (!(problem instanceof Problem) || typeof problem.body !== 'object' || problem.body === null) return [];
  const { findings } = problem.body as { findings?: PlanFinding[] };
  return Array.isArray(findings) ? findings : [];
}
