// The month: who has which duty on which day, where nobody has, and where the plan would reach too few.
import { get, with_query } from '../base/api';
import { area_path } from '../base/areas';
import { link_to, route } from '../base/route';
import { now } from '../base/time';
import { kDirectory } from './directory_data';
import { Page } from './frame';
import { Loaded, said, useLoad } from './load';
import { ahead_of, days_in, days_of, days_touched, month_in, month_text, moved, office_time } from './month';
import type { Day, Month, Shift } from './month';
import type { Coverage, Duties, Shortfall } from './shapes';
import { r } from './words_rosters';

const first_of = (month: Month): string => `${month_text(month)}-01`;
const read_duties = (month: Month): Promise<Duties> =>
  get(with_query(`${kDirectory}/duties`, { from: first_of(month), days: days_in(month) }));
async function read_coverage(month: Month): Promise<Coverage> {
  return get<Coverage>(with_query(`${kDirectory}/coverage`, { from: first_of(month), days: days_in(month) }));
}

const is_gap = ({ stretch }: Shift): boolean => stretch.on.length === 0;

function ShiftText({ shift }: { shift: Shift }) {
  const { from, to, stretch } = shift;
  const hours = from === '' && to === '' ? '' : `${from === '' ? '00:00' : from}–${to === '' ? '24:00' : to}`;
  return (
    <div>
      {hours !== '' && <><span class="soft number">{hours}</span>{' '}</>}
      {is_gap(shift) ? <strong class="late">▲ {r('nobody')}</strong> : stretch.on.map((one, n) => (
        <span key={n}>{n > 0 && '、'}<bdi class="long">{one.name}</bdi>
          {one.stands_in_for !== null && <span class="soft"> {r('stands_in', { who: one.stands_in_for })}</span>}</span>
      ))}
      {stretch.on_leave.length > 0 && <span class="soft"> {r('on_leave', { who: stretch.on_leave.join('、') })}</span>}
    </div>
  );
}

function DayRow({ day, duties, short, today }: { day: Day; duties: readonly string[]; short: boolean; today: boolean }) {
  const rests = day.weekday === 0 || day.weekday === 6;
  return (
    <tr class={rests ? 'weekend' : ''}>
      <th scope="row" class="number" aria-current={today ? 'date' : undefined}>
        {day.day} {said(r, `weekday_${day.weekday}`, '')}
        {short && <span class="late" title={r('short_day')}> ▲<span class="visually-hidden">{r('short_day')}</span></span>}
      </th>
      {duties.map((duty) => {
        const shifts = day.shifts.get(duty) ?? [];
        return (
          <td key={duty} class={shifts.some(is_gap) ? 'gap' : ''}>
            {shifts.map((shift, n) => <ShiftText key={n} shift={shift} />)}
          </td>
        );
      })}
    </tr>
  );
}

function duty_name(duties: Duties, duty: string): string {
  const somebody = duties.duties.find((one) => one.duty === duty)?.stretches.find(({ on }) => on.length > 0);
  return said(r, `duty_${duty.replaceAll('-', '_')}`, somebody?.on[0]?.as ?? duty);
}

function Grid({ duties, month, short }: { duties: Duties; month: Month; short: ReadonlySet<number> }) {
  const days = days_of(duties, month);
  const names = duties.duties.map(({ duty }) => duty);
  const gaps = days.filter((day) => [...day.shifts.values()].some((shifts) => shifts.some(is_gap))).length;
  const here = new Date(now.value + ahead_of(duties, month));
  const today = here.getUTCFullYear() === month.year && here.getUTCMonth() + 1 === month.month ? here.getUTCDate() : 0;
  if (names.length === 0) return <p>{r('no_duties')}</p>;
  return (
    <>
      <p role="status" class={gaps > 0 ? 'notice bad' : 'notice good'}>{gaps > 0 ? r('gaps', { n: gaps }) : r('no_gaps')}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={r('title', { year: month.year, month: month.month })}>
        <table class="month">
          <thead><tr><th scope="col">{r('day')}</th>{names.map((duty) => <th scope="col" key={duty}>{duty_name(duties, duty)}</th>)}</tr></thead>
          <tbody>{days.map((day) => (
            <DayRow key={day.day} day={day} duties={names} short={short.has(day.day)} today={day.day === today} />
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

// "duty desk", "post commander": the server says what it counted in English.
function what_of(what: string): string {
  const [kind = '', name = ''] = what.split(' ', 2);
  if (kind === 'duty') return said(r, `duty_${name.replaceAll('-', '_')}`, name);
  return kind === 'post' ? r('post', { post: name }) : what;
}

function ShortfallItem({ one, ahead }: { one: Shortfall; ahead: number }) {
  return (
    <li>
      <strong class="number">{office_time(one.from, ahead)} – {office_time(one.to, ahead)}</strong>{' '}
      <span class="late">▲ {r('needs', { needed: one.needed, reached: one.reached })}</span>
      {one.area !== null && <> {r('in_area', { area: area_path(one.area) })}</>}
      <ul>
        {one.reasons.map((reason, n) => (
          <li key={n}>{said(r, `why_${reason.why.replaceAll('-', '_')}`, reason.why)}
            {reason.what !== null && <> · <bdi>{what_of(reason.what)}</bdi></>}{reason.person !== null && <> · <bdi>{reason.person}</bdi></>}</li>
        ))}
      </ul>
      <details><summary>{r('steps')} ({one.steps.length})</summary><bdi>{one.steps.join('、')}</bdi></details>
    </li>
  );
}

function CoverageList({ coverage, ahead }: { coverage: Coverage; ahead: number }) {
  if (coverage.covered) {
    return <p class="notice good">{r('covered', { steps: coverage.steps, version: coverage.directory_version })}</p>;
  }
  return (
    <>
      <p class="notice bad">{r('short', { n: coverage.shortfalls.length })}</p>
      <ul class="findings">{coverage.shortfalls.map((one, n) => <ShortfallItem key={n} one={one} ahead={ahead} />)}</ul>
    </>
  );
}

function MonthPage({ month }: { month: Month }) {
  const duties = useLoad(() => read_duties(month), []);
  const coverage = useLoad(() => read_coverage(month), []);
  const title = r('title', { year: month.year, month: month.month });
  const to = (other: Month): string => `${link_to('rosters')}?month=${month_text(other)}`;
  const short = new Set(coverage.value?.shortfalls.flatMap((one) =>
    days_touched(one.from, one.to, ahead_of(coverage.value ?? one, month), month)));
  return (
    <Page title={title}>
      <div class="row no-print">
        <a class="button" href={to(moved(month, -1))}>← {r('before')}</a>
        <a class="button" href={link_to('rosters')}>{r('this_month')}</a>
        <a class="button" href={to(moved(month, 1))}>{r('after')} →</a>
        <button type="button" onClick={() => print()}>{r('print')}</button>
      </div>
      <Loaded load={duties}>{(found) => <Grid duties={found} month={month} short={short} />}</Loaded>
      <h2>{r('coverage')}</h2>
      <Loaded load={coverage}>{(found) => <CoverageList coverage={found} ahead={ahead_of(found, month)} />}</Loaded>
    </Page>
  );
}

export function Rosters() {
  const month = month_in(route.value.query.get('month'), now.peek());
  return <MonthPage key={month_text(month)} month={month} />;
}
