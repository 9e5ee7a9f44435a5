// May the response begin?  What it would set off, and the decision: a tap asks for a code to one's own phone, and
// nothing is decided before it comes back.
import { useEffect, useRef } from 'preact/hooks';

import type { AlertPage } from '../base/model';
import { short_time } from '../base/time';
import { Countdown } from '../parts/countdown';
import type { Choice } from './decision';
import { useDecision } from './decision';
import { CallDesk } from './notices';
import { w } from './words';

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

function SetsOff({ alert }: { alert: AlertPage }) {
  const approval = alert.scene?.approval;
  if (approval == null) return null;
  const steps = approval.sets_off.filter((step) => step.people > 0);
  return (
    <>
      <p><strong>{w('approval_until')} <Countdown at={approval.until} /></strong>{w('until', { time: short_time(approval.until) })}</p>
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

type Decision = ReturnType<typeof useDecision>;

// What is tapped looks done: the field comes into view, and says first that it is not.
function CodeForm({ decision, choice }: { decision: Decision; choice: Choice }) {
  const { code, set_code, busy, confirm, again, again_in, state, renewed, request, wrong, refused } = decision;
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    form.current?.scrollIntoView();
  }, [choice, request]);
  const good = state === 'sent';
  return (
    <form ref={form} onSubmit={(event) => { event.preventDefault(); void confirm(); }}>
      <div class="notice warn" role="status">
        <p><strong>{w('not_decided')}</strong>{' '}
          {w(good ? renewed ? 'code_renewed' : 'code_to_phone' : state === 'expired' ? 'code_expired' : 'code_used_up')}</p>
      </div>
      {good && (
        <>
          <label><span class="name">{w('code')}</span>
            <input ref={field} inputMode="numeric" autoComplete="one-time-code" maxLength={6} required value={code}
              onInput={(event) => set_code(event.currentTarget.value)} /></label>
          <button class="main send" disabled={busy}>{w(choice === 'approve' ? 'confirm_approve' : 'confirm_decline')}</button>
        </>
      )}
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
      <div class="stack">
        <button type="button" class={good || refused ? '' : 'main'} disabled={busy || again_in > 0 || refused} onClick={() => void again()}>
          {again_in > 0 ? w('code_again_in', { seconds: again_in }) : w(good ? 'code_again' : 'code_new')}</button>
        <CallDesk urgent={refused} />
      </div>
    </form>
  );
}

export function Decide({ alert, onDecided }: { alert: AlertPage; onDecided: () => void }) {
  const decision = useDecision(alert, onDecided);
  const { choice, wrong, busy, choose, sent_in } = decision;
  if (!alert.open || alert.needs !== 'decision' || (alert.approval !== null && alert.approval !== 'pending')) {
    return <p class="notice good" role="status">{outcome_text(alert.approval)}</p>;
  }
  return (
    <section class="card" aria-label={w('kind_approval')}>
      <SetsOff alert={alert} />
      <div class="answers">
        <button type="button" class="main" disabled={busy} aria-pressed={choice === 'approve'} onClick={() => void choose('approve')}>{w('approve')}</button>
        <button type="button" disabled={busy} aria-pressed={choice === 'decline'} onClick={() => void choose('decline')}>{w('decline')}</button>
      </div>
      {sent_in !== null && <p class="notice warn" role="timer">{w('code_soon', { seconds: sent_in })}</p>}
      {choice !== null ? <CodeForm decision={decision} choice={choice} /> : wrong !== '' && <p class="error" role="alert">{wrong}</p>}
    </section>
  );
}
