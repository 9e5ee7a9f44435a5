// The month: who has which duty on which day, where nobody has, and where the plan would reach too few.
import { get, with_query } from '../base/api';
import { area_path } from '../base/areas';
import { link_to, route } from '../base/route';
import { now } from '../base/time';
import { useCodeNames } from './code_names';
import { kDirectory } from './directory_data';
import { Page } from './frame';
import { Loaded, said, useLoad } from './load';
import { ahead_of, days_in, days_of, days_touched, month_in, month_text, moved, office_time } from './month';
import type { Day, Month, Shift } from './month';
import { duty_name, is_called, people_of, read_called } from './roster_names';
import type { Called } from './roster_names';
import type { Coverage, Duties, Shortfall } from './shapes';
import { t } from './words';
import { r } from './words_rosters';

const first_of = (month: Month): string => `${month_text(month)}-01`;
const read_duties = (month: Month): Promise<Duties> =>
  get(with_query(`${kDirectory}/duties`, { from: first_of(month), days: days_in(month) }));
async function read_coverage(month: Month): Promise<Coverage> {
  return get<Coverage>(with_query(`${kDirectory}/coverage`, { from: first_of(month), days: days_in(month) }));
}

const is_gap = ({ stretch }: Shift): boolean => stretch.on.length === 0;

function ShiftText({ shift, called }: { shift: Shift; called: boolean }) {
  const { from, to, stretch } = shift;
  const hours = from === '' && to === '' ? '' : `${from === '' ? '00:00' : from}–${to === '' ? '24:00' : to}`;
  return (
    <div>
      {hours !== '' && <><span class="soft number">{hours}</span>{' '}</>}
      {is_gap(shift) ? called ? <strong class="late">▲ {r('nobody')}</strong> : <span class="soft">{r('not_needed')}</span> : stretch.on.map((one, n) => (
        <span key={n}>{n > 0 && t('list')}<bdi class="long">{one.name}</bdi>
          {one.stands_in_for !== null && <span class="soft"> {r('stands_in', { who: one.stands_in_for_name ?? one.stands_in_for })}</span>}</span>
      ))}
      {stretch.on_leave.length > 0 && <span class="soft"> {r('on_leave', { who: (stretch.on_leave_names ?? stretch.on_leave).join(t('list')) })}</span>}
    </div>
  );
}

function DayRow({ day, duties, called, short, today }: {
  day: Day; duties: readonly string[]; called: Called; short: boolean; today: boolean;
}) {
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
          <td key={duty} class={shifts.some(is_gap) && is_called(called, duty) ? 'gap' : ''}>
            {shifts.map((shift, n) => <ShiftText key={n} shift={shift} called={is_called(called, duty)} />)}
          </td>
        );
      })}
    </tr>
  );
}

function Grid({ duties, called, month, short }: { duties: Duties; called: Called; month: Month; short: ReadonlySet<number> }) {
  const days = days_of(duties, month);
  const all = duties.duties.map(({ duty }) => duty);
  const has_anybody = (duty: string): boolean => days.some((day) => (day.shifts.get(duty) ?? []).some((shift) => !is_gap(shift)));
  // Those that are called stand first; one that is not called and that nobody has is only named above the table.
  const names = [...all.filter((duty) => is_called(called, duty)), ...all.filter((duty) => !is_called(called, duty) && has_anybody(duty))];
  const gaps = days.filter((day) => [...day.shifts].some(([duty, shifts]) => is_called(called, duty) && shifts.some(is_gap))).length;
  const unused = all.filter((duty) => !is_called(called, duty)).map((duty) => duty_name(duties, duty));
  const here = new Date(now.value + ahead_of(duties, month));
  const today = here.getUTCFullYear() === month.year && here.getUTCMonth() + 1 === month.month ? here.getUTCDate() : 0;
  if (all.length === 0) return <p>{r('no_duties')}</p>;
  return (
    <>
      <p role="status" class={gaps > 0 ? 'notice bad' : 'notice good'}>{gaps > 0 ? r('gaps', { n: gaps }) : r('no_gaps')}</p>
      {unused.length > 0 && <p class="soft">{r('unused', { duties: unused.join(t('list')) })}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label={r('title', { year: month.year, month: month.month })}>
        <table class="month">
          <thead><tr><th scope="col">{r('day')}</th>{names.map((duty) => <th scope="col" key={duty}>{duty_name(duties, duty)}</th>)}</tr></thead>
          <tbody>{days.map((day) => (
            <DayRow key={day.day} day={day} duties={names} called={called} short={short.has(day.day)} today={day.day === today} />
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

// What was counted comes as codes; a duty is called what the month calls it.
interface Names {
  what: (text: string) => string;
  person: (code: string) => string;
}

function ShortfallItem({ one, names, ahead }: { one: Shortfall; names: Names; ahead: number }) {
  return (
    <li>
      <strong class="number">{office_time(one.from, ahead)} – {office_time(one.to, ahead)}</strong>{' '}
      <span class="late">▲ {r('needs', { needed: one.needed, reached: one.reached })}</span>
      {one.area !== null && <> {r('in_area', { area: area_path(one.area) })}</>}
      <ul>
        {one.reasons.map((reason, n) => (
          <li key={n}>{said(r, `why_${reason.why.replaceAll('-', '_')}`, reason.why)}
            {reason.what !== null && <> · <bdi>{names.what(reason.what)}</bdi></>}
            {reason.person !== null && <> · <bdi>{reason.person_name ?? names.person(reason.person)}</bdi></>}</li>
        ))}
      </ul>
      <details class="no-print"><summary>{r('steps')} ({one.steps.length})</summary><bdi>{one.steps.join(t('list'))}</bdi></details>
    </li>
  );
}

function CoverageList({ coverage, names, ahead }: { coverage: Coverage; names: Names; ahead: number }) {
  if (coverage.covered) {
    return <p class="notice good">{r('covered', { steps: coverage.steps, version: coverage.directory_version })}</p>;
  }
  return (
    <>
      <p class="notice bad">{r('short', { n: coverage.shortfalls.length })}</p>
      <ul class="findings">{coverage.shortfalls.map((one, n) => <ShortfallItem key={n} one={one} names={names} ahead={ahead} />)}</ul>
    </>
  );
}

function MonthPage({ month }: { month: Month }) {
  const duties = useLoad(() => read_duties(month), []);
  const coverage = useLoad(() => read_coverage(month), []);
  const called = useLoad(read_called, []).value ?? null;
  const codes = useCodeNames();
  const people = people_of(duties.value);
  const names: Names = {
    what: (text) => (text.startsWith('duty ') ? duty_name(duties.value, text.slice(5)) : codes.what(text)),
    person: (code) => people.get(code) ?? codes.person(code),
  };
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
        <button type="button" disabled={coverage.value === undefined && coverage.problem === null} onClick={() => print()}>{r('print')}</button>
      </div>
      <Loaded load={duties}>{(found) => <Grid duties={found} called={called} month={month} short={short} />}</Loaded>
      <h2>{r('coverage')}</h2>
      <Loaded load={coverage}>{(found) => <CoverageList coverage={found} names={names} ahead={ahead_of(found, month)} />}</Loaded>
    </Page>
  );
}

export function Rosters() {
  const month = month_in(route.value.query.get('month'), now.peek());
  return <MonthPage key={month_text(month)} month={month} />;
}
