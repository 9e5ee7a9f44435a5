// One decision on its way: the choice, the code that was asked for it, and what went wrong.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, post } from '../base/api';
import type { AlertPage } from '../base/model';
import { now } from '../base/time';
import { problem_text } from '../parts/problem_note';
import { w } from './words';

export type Choice = 'approve' | 'decline';
const kTries = 5; // of one code
const kApart = 62_000; // milliseconds between two codes: within a minute the server sends none
const kMostWait = 60; // seconds for the next code; behind that its reader is told to wait

// By the server's clock, in milliseconds.
interface Asked {
  request: string;
  at: number;
  expires: number;
  tries: number; // that were wrong
  again: boolean; // not the first
}

const wrong_code = (problem: unknown): boolean => problem instanceof Problem && problem.type.endsWith(':wrong-code');

// A decision is never kept for later: it holds for the level that was seen, and needs a code that comes by SMS.
function refusal(problem: unknown): string {
  if (problem instanceof Problem) {
    if (problem.status === 0) return w('decide_online');
    if (problem.status === 429) return w('code_limit', { minutes: Math.ceil((problem.retryAfter || 60) / 60) });
    if (problem.status === 403) return w(wrong_code(problem) ? 'wrong_code' : 'others_decide');
    if (problem.status === 412) return w('level_changed');
  }
  return problem_text(problem);
}

// Who has just signed in by a code waits a moment for the next one: nobody has to tap again for that.
const soon = (problem: unknown): number | null =>
  problem instanceof Problem && problem.status === 429 && problem.retryAfter <= kMostWait ? problem.retryAfter + 1 : null;

export type CodeState = 'none' | 'sent' | 'expired' | 'used_up';

export function useDecision(alert: AlertPage, onDecided: () => void) {
  const [choice, set_choice] = useState<Choice | null>(null);
  const [asked, set_asked] = useState<Asked | null>(null);
  const [code, set_code] = useState('');
  const [wrong, set_wrong] = useState('');
  const [refused_until, set_refused_until] = useState(0); // no other code before
  const [busy, set_busy] = useState(false);
  const [sent_at, set_sent_at] = useState<number | null>(null); // when the next code will be asked for by itself
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(later.current), []);
  const path = `/api/v1/incidents/${alert.incident ?? 0}/approval`;
  const state: CodeState = asked === null ? 'none' : asked.tries >= kTries ? 'used_up' : asked.expires <= now.value ? 'expired' : 'sent';

  const step = async (work: () => Promise<void>): Promise<void> => {
    set_busy(true);
    set_wrong('');
    try {
      await work();
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 409) onDecided();
      set_wrong(refusal(problem));
      if (problem instanceof Problem && problem.status === 429) set_refused_until(now.peek() + Math.max(1, problem.retryAfter) * 1000);
    }
    set_busy(false);
  };
  const ask = async (wanted: Choice): Promise<void> => {
    clearTimeout(later.current);
    set_sent_at(null);
    try {
      const { request, expires_at } = await post<{ request: string; expires_at: string }>(`${path}/code`);
      set_asked({ request, at: now.peek(), expires: Date.parse(expires_at), tries: 0, again: asked !== null });
      set_code('');
      set_choice(wanted);
    } catch (problem) {
      const seconds = soon(problem);
      if (seconds === null) throw problem;
      set_sent_at(now.peek() + seconds * 1000);
      later.current = setTimeout(() => void step(() => ask(wanted)), seconds * 1000);
    }
  };
  const choose = (wanted: Choice): Promise<void> => step(async () => {
    if (state === 'sent') set_choice(wanted); // one code is good for either
    else await ask(wanted);
  });
  const again = (): Promise<void> => step(() => ask(choice ?? 'approve'));
  const confirm = (): Promise<void> => step(async () => {
    try {
      await post(path, { decision: choice, request: asked?.request ?? '', code: code.trim() });
    } catch (problem) {
      if (wrong_code(problem) && asked !== null) set_asked({ ...asked, tries: asked.tries + 1 });
      throw problem;
    }
    onDecided();
  });
  const until = (at: number | undefined | null): number => Math.max(0, Math.ceil(((at ?? 0) - now.value) / 1000));
  return {
    choice, code, set_code, wrong, refused: refused_until > now.value, busy, choose, confirm, again, state, request: asked?.request ?? '', renewed: asked?.again ?? false,
    again_in: until(asked === null ? null : asked.at + kApart), // seconds
    sent_in: sent_at === null ? null : Math.max(1, until(sent_at)),
  };
}
