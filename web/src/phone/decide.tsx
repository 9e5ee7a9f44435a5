// May the response begin?  What it would set off, and the decision: a tap asks for a code to one's own phone, and
// nothing is decided before it comes back.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Problem, post } from '../base/api';
import type { AlertPage } from '../base/model';
import { Countdown } from '../parts/countdown';
import { problem_text } from '../parts/problem_note';
import { w } from './words';

type Choice = 'approve' | 'decline';
const kTries = 5; // of one code
const kMostWait = 60; // seconds for the next code; behind that its reader is told to wait

// says: channel_*
const kChannels = ['sms', 'voice', 'email', 'webhook', 'console', 'push', 'desk_call', 'deputy', 'knock'] as const;
function channel_text(channel: string): string {
  const known = kChannels.find((one) => one === channel);
  return known === undefined ? channel : w(`channel_${known}`);
}

// says: decided_*
const kOutcomes = ['approved', 'declined', 'started_by_default', 'left_by_default'] as const;
function outcome_text(state: string | null): string {
  const known = kOutcomes.find((one) => one === state);
  return known === undefined ? w('decided_moot') : w(`decided_${known}`);
}

// A decision is never kept for later: it holds for the level that was seen, and needs a code that comes by SMS.
const unreached = (problem: unknown): boolean => problem instanceof Problem && problem.status === 0;

function refusal(problem: unknown): string {
  if (unreached(problem)) return w('decide_online');
  if (!(problem instanceof Problem) || problem.passing) return problem_text(problem);
  return problem.status === 403 ? w('wrong_code') : problem.status === 412 ? w('level_changed') : problem_text(problem);
}

function SetsOff({ alert }: { alert: AlertPage }) {
  const approval = alert.scene?.approval;
  if (approval == null) return null;
  const steps = approval.sets_off.filter((step) => step.people > 0);
  return (
    <>
      <p><strong>{w('approval_until')} <Countdown at={approval.until} /></strong></p>
      <p>{w(approval.otherwise === 'start' ? 'otherwise_start' : 'otherwise_leave')}</p>
      {steps.length > 0 && (
        <>
          <h3>{w('sets_off')}</h3>
          <ul>
            {steps.map((step) => (
              <li key={step.title}><bdi>{step.title}</bdi> <span class="soft">
                {w('sets_off_people', { n: step.people, channels: step.channels.map(channel_text).join(' · ') })}</span></li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function useDecision(alert: AlertPage, onDecided: () => void) {
  const [choice, set_choice] = useState<Choice | null>(null);
  const [code, set_code] = useState('');
  const [wrong, set_wrong] = useState('');
  const [busy, set_busy] = useState(false);
  const request = useRef('');
  const tries = useRef(0);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(later.current), []);
  const path = `/api/v1/incidents/${alert.incident ?? 0}/approval`;

  const step = async (work: () => Promise<void>): Promise<void> => {
    set_busy(true);
    set_wrong('');
    try {
      await work();
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 409) onDecided();
      set_wrong(refusal(problem));
      tries.current += problem instanceof Problem && problem.status === 403 && request.current !== '' ? 1 : 0;
      if (tries.current >= kTries) {
        request.current = '';
        tries.current = 0;
        set_choice(null);
        set_wrong(w('code_used_up'));
      }
    }
    set_busy(false);
  };
  const choose = (wanted: Choice): Promise<void> => step(async () => {
    clearTimeout(later.current);
    try {
      if (request.current === '') request.current = (await post<{ request: string }>(`${path}/code`)).request;
    } catch (problem) {
      // Who has just signed in by a code waits a moment for the next one: nobody has to tap again for that.
      if (!(problem instanceof Problem) || problem.status !== 429 || problem.retryAfter > kMostWait) throw problem;
      const seconds = problem.retryAfter + 1;
      set_wrong(w('code_soon', { seconds }));
      later.current = setTimeout(() => void choose(wanted), seconds * 1000);
      return;
    }
    set_choice(wanted);
  });
  const confirm = (): Promise<void> => step(async () => {
    await post(path, { decision: choice, request: request.current, code: code.trim() });
    onDecided();
  });
  return { choice, code, set_code, wrong, busy, choose, confirm };
}

export function Decide({ alert, onDecided }: { alert: AlertPage; onDecided: () => void }) {
  const { choice, code, set_code, wrong, busy, choose, confirm } = useDecision(alert, onDecided);
  if (!alert.open || alert.needs !== 'decision' || (alert.approval !== null && alert.approval !== 'pending')) {
    return <p class="notice good" role="status">{outcome_text(alert.approval)}</p>;
  }
  return (
    <section class="card" aria-label={w('kind_approval')}>
      <SetsOff alert={alert} />
      <div class="two">
        <button type="button" class="main" disabled={busy} aria-pressed={choice === 'approve'} onClick={() => void choose('approve')}>{w('approve')}</button>
        <button type="button" disabled={busy} aria-pressed={choice === 'decline'} onClick={() => void choose('decline')}>{w('decline')}</button>
      </div>
      {choice !== null && (
        <form onSubmit={(event) => { event.preventDefault(); void confirm(); }}>
          <p role="status">{w('code_to_phone', { choice: w(choice) })}</p>
          <label><span class="name">{w('code')}</span>
            <input inputMode="numeric" autoComplete="one-time-code" maxLength={6} required value={code}
              onInput={(event) => set_code(event.currentTarget.value)} /></label>
          <button class="main" disabled={busy}>{w(choice === 'approve' ? 'confirm_approve' : 'confirm_decline')}</button>
        </form>
      )}
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
    </section>
  );
}
