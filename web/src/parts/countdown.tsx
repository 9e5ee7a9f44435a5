// A clock that counts down to a deadline, and says in words when it is over.
import { c } from '../base/common_words';
import { clock_text, full_time, seconds_left } from '../base/time';

export function Countdown({ at }: { at: string }) {
  const left = seconds_left(at);
  const text = left >= 0 ? clock_text(left) : c('overdue', { time: clock_text(left) });
  return (
    <time dateTime={at} title={full_time(at)} class={left >= 0 ? 'number' : 'number late'}>{text}</time>
  );
}
