// What became of the last probe of each link that somebody asked for, as the record tells it.
import { useEffect, useRef, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import type { Id, Time } from '../base/model';
import type { RecordEntry } from './shapes';

const kProbe = 31; // the cause of a probe (gateway/model/alert.h, Reason)
const kBack = 1000; // entries; what lies further back is found in the record itself
const kAgain = 3_000; // milliseconds, while one is on its way
const kPatience = 120_000;

export interface Probe {
  id: Id;
  link: number; // in the settings' order
  at: Time;
  by: string;
  last: string; // kind of its newest entry
  last_at: Time;
}

const kEnds: readonly string[] = ['delivered', 'undelivered', 'send_refused', 'end_unknown', 'delivery_cancelled'];
export const is_over = ({ last }: Probe): boolean => kEnds.includes(last);
export const is_good = ({ last }: Probe): boolean => last === 'delivered';

// The newest of each link; `known` is not changed.
export function with_entries(known: ReadonlyMap<number, Probe>, entries: readonly RecordEntry[]): Map<number, Probe> {
  const probes = new Map(known);
  for (const { kind, subject, a, b, detail, at } of entries) {
    if (subject === null) continue;
    if (kind === 'queued') {
      // Those of nobody are the daemon's own, to the office's number.
      if (b === kProbe && detail !== '') probes.set(a, { id: subject, link: a, at, by: detail, last: kind, last_at: at });
      continue;
    }
    for (const probe of probes.values()) if (probe.id === subject) probes.set(probe.link, { ...probe, last: kind, last_at: at });
  }
  return probes;
}

export function useProbes(): { probes: ReadonlyMap<number, Probe>; look: () => void } {
  const [probes, set_probes] = useState<ReadonlyMap<number, Probe>>(new Map());
  const [turn, set_turn] = useState(0);
  const after = useRef<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const until = Date.now() + kPatience;
    const read = async (known: ReadonlyMap<number, Probe>): Promise<void> => {
      if (after.current === null) {
        const { last_seq } = await get<{ last_seq: number }>('/api/v1/status');
        after.current = Math.max(0, last_seq - kBack);
      }
      const { entries } = await get<{ entries: RecordEntry[] }>(with_query('/api/v1/record', { after: after.current, limit: kBack }));
      if (over) return;
      after.current = entries[entries.length - 1]?.seq ?? after.current;
      const found = with_entries(known, entries);
      set_probes(found);
      const on_its_way = [...found.values()].some((probe) => !is_over(probe) && Date.now() - Date.parse(probe.at) < kPatience);
      if (on_its_way && Date.now() < until) timer = setTimeout(() => void read(found).catch(() => undefined), kAgain);
    };
    void read(probes).catch(() => undefined); // the links themselves are shown all the same
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [turn]);
  return { probes, look: () => set_turn((n) => n + 1) };
}
