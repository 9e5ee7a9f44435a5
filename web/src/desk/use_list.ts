// A list of the desk, read again whenever it may have changed.  Of several readings under way the newest counts.
import { useEffect, useRef, useState } from 'preact/hooks';

// `changed`: another value among them whenever the list may be another one.
export function useList<List>(ask: () => Promise<List>, ...changed: unknown[]): { list: List | undefined; problem: unknown; read: () => Promise<void> } {
  const [list, set_list] = useState<List | undefined>(undefined);
  const [problem, set_problem] = useState<unknown>(null);
  const newest = useRef(0);
  const read = async (): Promise<void> => {
    const mine = (newest.current += 1);
    try {
      const fresh = await ask();
      if (mine !== newest.current) return;
      set_list(fresh);
      set_problem(null);
    } catch (wrong) {
      if (mine === newest.current) set_problem(wrong);
    }
  };
  useEffect(() => void read(), changed);
  useEffect(() => () => { newest.current += 1; }, []);
  return { list, problem, read };
}
