// The course of a call-out drawn: a row a person, time to the right, a sign for each try, a bar while they are told.
import { said } from './load';
import type { Recipient } from './shapes';
import { t } from './words';
import { d } from './words_directory';
import { p } from './words_plans';

// Minutes, to a tenth.
export const minutes_of = (seconds: number): number => Math.round(seconds / 6) / 10;
const time_of = (seconds: number): string => `${minutes_of(seconds)} ${p('minutes')}`;

const kSigns: Record<string, string> = {
  sms: '✉', voice: '☏', email: '@', webhook: '⇄', console: '▣', push: '◉', desk_call: '☎', deputy: '⇢', knock: '⌂',
};
const sign_of = (channel: string): string => kSigns[channel] ?? '•';

// Seconds between two ticks, so that there are at most eight.
function tick_of(span: number): number {
  return [60, 300, 600, 900, 1800, 3600, 7200].find((tick) => span / tick <= 8) ?? 14_400;
}

export function span_of(recipients: readonly Recipient[]): number {
  const last = recipients.reduce((most, one) =>
    Math.max(most, one.ended_after_s ?? 0, ...one.timeline.map((step) => step.after_s)), 0);
  return Math.max(600, last * 1.03);
}

export function CourseLine({ recipients }: { recipients: readonly Recipient[] }) {
  const span = span_of(recipients);
  const at = (seconds: number): string => `${Math.min(100, (seconds / span) * 100).toFixed(2)}%`;
  const tick = tick_of(span);
  const ticks = Array.from({ length: Math.floor(span / tick) + 1 }, (_, n) => n * tick);
  const channels = [...new Set(recipients.flatMap(({ timeline }) => timeline.map(({ channel }) => channel)))];
  return (
    <figure class="course" aria-label={p('sim_line')}>
      <div class="scroll" tabIndex={0} role="region" aria-label={p('sim_line')}>
        <div class="lines">
          <span class="soft">{p('minutes')}</span>
          <svg height="20" width="100%" aria-hidden="true">
            {ticks.map((seconds) => <text key={seconds} x={at(seconds)} y="14" text-anchor={seconds === 0 ? 'start' : 'middle'}>{minutes_of(seconds)}</text>)}
          </svg>
          {recipients.map((one, n) => (
            <>
              <span key={`name${n}`}><bdi>{one.name}</bdi></span>
              <svg key={`line${n}`} height="26" width="100%" role="img"
                aria-label={`${one.name}: ${one.timeline.map((step) => `${time_of(step.after_s)} ${said(d, `channel_${step.channel}`, step.channel)}`).join(t('list'))}`}>
                {ticks.map((seconds) => <line key={seconds} x1={at(seconds)} x2={at(seconds)} y1="0" y2="26" class="tick" />)}
                <line x1={at(one.first_after_s)} x2={at(one.ended_after_s ?? span)} y1="13" y2="13" class="told" />
                {one.timeline.map((step, k) => (
                  <g key={k}>
                    <title>{`${time_of(step.after_s)} ${said(d, `channel_${step.channel}`, step.channel)}`}</title>
                    <circle cx={at(step.after_s)} cy="13" r="9" class="try" />
                    <text x={at(step.after_s)} y="18" text-anchor="middle">{sign_of(step.channel)}</text>
                  </g>
                ))}
              </svg>
            </>
          ))}
        </div>
      </div>
      <figcaption class="soft">{p('legend')}: {channels.map((channel) => `${sign_of(channel)} ${said(d, `channel_${channel}`, channel)}`).join('  ')}</figcaption>
    </figure>
  );
}
