// Who was asked to decide whether a response begins, and has not decided.
import { get, with_query } from '../base/api';
import type { AlertWithDeliveries } from '../base/model';

// They are told last, behind the steps that need no approval: pages of people are turned until they are found, and where
// that was is remembered, so that they are read again without all the others.
const found_at = new Map<number, string | null>();

export async function read_deciders(code: number): Promise<AlertWithDeliveries[]> {
  let cursor = found_at.get(code) ?? null;
  do {
    const page: { alerts: AlertWithDeliveries[]; next: string | null } =
      await get(with_query(`/api/v1/incidents/${code}/alerts`, { asking: true, waiting: true, limit: 500, cursor }));
    const asked = page.alerts.filter((one) => one.kind === 'approval');
    if (asked.length > 0) {
      found_at.set(code, cursor);
      return asked;
    }
    cursor = page.next;
  } while (cursor !== null);
  found_at.delete(code);
  return [];
}
