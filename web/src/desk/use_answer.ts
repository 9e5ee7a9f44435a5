// Doing one thing at the server: busy while it runs, what went wrong, and "somebody changed it" told apart.
import { useState } from 'preact/hooks';

import { Problem } from '../base/api';

export interface Doing {
  busy: boolean;
  problem: unknown; // null: none
  changed: boolean; // the last try met a newer version: nothing was done
  // Whether it was done.
  run: (step: () => Promise<unknown>) => Promise<boolean>;
  forget: () => void;
}

export function useDoing(): Doing {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState<unknown>(null);
  const [changed, set_changed] = useState(false);
  const forget = (): void => {
    set_problem(null);
    set_changed(false);
  };
  const run = async (step: () => Promise<unknown>): Promise<boolean> => {
    set_busy(true);
    forget();
    try {
      await step();
      return true;
    } catch (wrong) {
      if (wrong instanceof Problem && wrong.status === 412) set_changed(true);
      else set_problem(wrong);
      return false;
    } finally {
      set_busy(false);
    }
  };
  return { busy, problem, changed, run, forget };
}
