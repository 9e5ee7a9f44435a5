// Reading for a page, and doing something for a button: what is under way, what came of it.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { c } from '../base/common_words';
import { language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';

export interface Load<T> {
  value: T | undefined;
  problem: unknown;
  again: () => void;
}

// Reads when `deps` or the language change; an answer to an older question is thrown away.
export function useLoad<T>(read: () => Promise<T>, deps: readonly unknown[]): Load<T> {
  const [value, set_value] = useState<T | undefined>(undefined);
  const [problem, set_problem] = useState<unknown>(null);
  const [turn, set_turn] = useState(0);
  const newest = useRef(0);
  useEffect(() => {
    newest.current += 1;
    const mine = newest.current;
    read().then(
      (found) => {
        if (newest.current !== mine) return;
        set_value(() => found);
        set_problem(null);
      },
      (wrong: unknown) => {
        if (newest.current === mine) set_problem(wrong);
      },
    );
  }, [...deps, turn, language.value]);
  const again = useCallback(() => set_turn((n) => n + 1), []);
  return { value, problem, again };
}

// What was read stays in sight while it is read again.
export function Loaded<T>({ load, children }: { load: Load<T>; children: (value: T) => ComponentChildren }) {
  return (
    <>
      <ProblemNote problem={load.problem} />
      {load.problem !== null && <p><button type="button" onClick={load.again}>{c('again')}</button></p>}
      {load.value !== undefined ? children(load.value) : load.problem === null && <p role="status">{c('loading')}</p>}
    </>
  );
}

export interface Act {
  busy: boolean;
  problem: unknown;
  run: (step: () => Promise<void>) => Promise<void>;
  clear: () => void;
}

// One thing at a time; what went wrong is kept to be shown.
export function useAct(): Act {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState<unknown>(null);
  const run = async (step: () => Promise<void>): Promise<void> => {
    set_busy(true);
    set_problem(null);
    try {
      await step();
    } catch (wrong) {
      set_problem(wrong);
    } finally {
      set_busy(false);
    }
  };
  return { busy, problem, run, clear: () => set_problem(null) };
}

// The word for a key that is put together from what the server said; `otherwise` when there is none.
export function said(words: (key: never) => string, key: string, otherwise: string): string {
  return (words as (key: string) => string | undefined)(key) ?? otherwise;
}
