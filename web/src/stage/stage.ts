// What the stage of a demo knows, and what may be done on it (POST /api/v1/stage/…).
import { signal } from '@preact/signals';

import { get, post } from '../base/api';
import { server_said } from '../base/time';

export interface StageText {
  number: number;
  at: string;
  from_phone: boolean;
  text: string;
}
export interface Handset {
  person: string;
  name: string;
  phone: string;
  to_be_called: string | null;
  texts: StageText[];
}
interface Stage {
  now: string;
  texts: number;
  phones: Handset[];
}

export const stage = signal<Stage | null>(null);
export const reached = signal(true);

async function look(): Promise<void> {
  try {
    const seen = await get<Stage>('/api/v1/stage');
    server_said(seen.now);
    stage.value = seen;
    reached.value = true;
  } catch {
    reached.value = false;
  }
}

// Looks once a second for as long as the page is open.
export function watch_stage(): () => void {
  let stopped = false;
  const round = async (): Promise<void> => {
    await look();
    if (!stopped) timer = setTimeout(() => void round(), 1000);
  };
  let timer = setTimeout(() => void round(), 0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

export async function text_office(phone: string, text: string): Promise<void> {
  await post('/api/v1/stage/text', { phone, text });
  await look();
}

export async function pass(minutes: number): Promise<void> {
  await post('/api/v1/stage/pass', { seconds: minutes * 60 }, { within: 60_000 });
  await look();
}

export async function enter(as: { account: string } | { person: string }): Promise<void> {
  await post('/api/v1/stage/enter', as);
}
