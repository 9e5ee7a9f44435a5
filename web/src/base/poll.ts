// The one poll of a page: asks what changed behind a number of the record, and tells whoever listens.
//
// While nothing happened the answer is an empty 304.  With no network it waits longer and longer, at most 10 s, and
// asks at once when the network or the page comes back.  Chromium slows timers of hidden pages to one a second at
// best: a desk's page is fresh again as soon as it is looked at.
import { signal } from '@preact/signals';

import { Problem, ask, with_query } from './api';
import type { Changes } from './model';

export type Listener = (changes: Changes) => void;

export interface PollState {
  reached: boolean; // the last try got through
  fresh_at: number; // Date.now() of the last that did; 0: none yet
}

export class Poll {
  readonly state = signal<PollState>({ reached: true, fresh_at: 0 });
  private readonly listeners = new Set<Listener>();
  private cursor = -1; // before the first answer
  private etag = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private asking = false;
  private failures = 0;

  // `every`: milliseconds between two tries.
  constructor(private readonly every: number) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    addEventListener('online', this.now);
    document.addEventListener('visibilitychange', this.now);
    this.now();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    removeEventListener('online', this.now);
    document.removeEventListener('visibilitychange', this.now);
  }

  // Ends when the listener goes: returns how.
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  // Asks at once: after something was done here.
  readonly now = (): void => {
    if (!this.running) return;
    clearTimeout(this.timer);
    void this.ask_once();
  };

  private async ask_once(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    let again = false;
    try {
      const first = this.cursor < 0;
      const path = with_query('/api/v1/changes', { since: first ? undefined : this.cursor });
      const answer = await ask<Changes>(path, { ifNoneMatch: this.etag, within: 8_000 });
      this.failures = 0;
      this.state.value = { reached: true, fresh_at: Date.now() };
      if (answer.status !== 304) {
        this.etag = answer.etag;
        this.cursor = answer.value.cursor;
        again = answer.value.more;
        // Lists are read whole at the beginning: what led there is no news.
        const told = first ? { ...answer.value, full: true } : answer.value;
        this.listeners.forEach((tell) => tell(told));
      }
    } catch (problem) {
      this.failures += 1;
      const away = !(problem instanceof Problem) || problem.passing;
      if (away) this.state.value = { ...this.state.value, reached: false };
      if (problem instanceof Problem && problem.signedOut) this.stop();
    } finally {
      this.asking = false;
    }
    if (!this.running) return;
    const wait = again ? 0 : Math.min(10_000, this.every * 2 ** Math.min(this.failures, 4));
    this.timer = setTimeout(this.now, wait);
  }

  // The number of the last entry told; -1 before the first.
  get seen(): number {
    return this.cursor;
  }
}
