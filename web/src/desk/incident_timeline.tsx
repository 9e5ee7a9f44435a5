// What happened, entry by entry of the record; without each delivery, unless that is asked for.
import { useEffect, useRef, useState } from 'preact/hooks';

import { get, with_query } from '../base/api';
import type { IncidentView, Who } from '../base/model';
import { attribute_of, hazard_name, level_of, plan } from '../base/plan';
import { full_time } from '../base/time';
import { in_language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { record_kind } from '../parts/record_words';
import { answer_word, kOutcomes, outcome_word } from './closed_words';
import { i } from './incident_words';
import { selector_text, step_title } from './selector';
import { poll } from './store';

interface Entry {
  seq: number;
  at: string;
  kind: string;
  incident: string | null;
  subject: string | null;
  a: number;
  b: number;
  detail: string;
  person?: Who; // whom it is about
}

// Of these there are several to each person told.
const kFine = new Set(['alert_raised', 'alert_updated', 'queued', 'handed_over', 'accepted', 'on_its_way', 'delivered', 'retry_later',
  'delivery_cancelled', 'delivery_superseded', 'told_together', 'composed_anew', 'moved', 'report_accepted', 'not_told', 'list_read']);
const kMost = 5000; // entries kept by a page: what a night of one incident needs
const kAnswers = ['none', 'received', 'coming', 'arrived', 'cannot', 'replied', 'decision'];

// The record counts levels of the plan from 0, lowest first.
const level = (n: number): string => plan.value?.levels[n]?.name ?? '';

// "duty:desk-night": who did it, by the name of the account.
const kRole = /^(duty|admin|auditor|commander|reporter):/;
const account = (detail: string): string => detail.replace(kRole, '').replace(/ ?reason:[0-9a-f]+$/, ''); // a digest follows

// Why the desk did it, which is kept beside the record.
function with_reason(entry: Entry, of: IncidentView): string {
  const by = account(entry.detail);
  const note = of.notes.find((one) => one.kind === 'reason' && Math.abs(Date.parse(one.at) - Date.parse(entry.at)) < 1000);
  return note === undefined ? by : i('by_with_reason', { by, reason: note.text });
}

const words_of_one = (one: { text: string; text_zh: string } | undefined, otherwise = ''): string =>
  one === undefined ? otherwise : in_language(one.text, one.text_zh);

function about(entry: Entry, of: IncidentView): string {
  if (entry.kind.startsWith('step_')) {
    const step = of.steps.find((one) => one.name === entry.detail || one.step === entry.subject);
    return step === undefined ? entry.detail : step_title(of, step);
  }
  const who = entry.person?.name ?? entry.person?.code ?? '';
  switch (entry.kind) {
    case 'answered':
    case 'answer_late': return `${who} ${answer_word(kAnswers[entry.a] ?? 'none')}`;
    case 'level_raised':
    case 'level_lowered': return `${level(entry.a)} → ${level(entry.b)}`;
    case 'call_outcome': return i('call_came', { name: who, outcome: outcome_word(kOutcomes[entry.b - 1] ?? ''), by: account(entry.detail) });
    case 'stood_down': return with_reason(entry, of);
    case 'reply_looked_at':
    case 'alert_seen':
    case 'alert_raised':
    case 'alert_updated': return who;
    case 'merged':
    case 'split': return `#${entry.a}`;
    case 'question_asked': return attribute_of(entry.detail)?.label ?? entry.detail;
    case 'incident_opened':
    case 'classified': return hazard_name(entry.detail);
    case 'call_out_started': return level_of(entry.detail)?.name ?? entry.detail;
    case 'not_told': return who;
    case 'assessed': return level(entry.a);
    case 'task_opened':
    case 'task_done':
    case 'task_overdue': return words_of_one(of.tasks.find((one) => one.task === entry.subject));
    case 'approval_asked': return entry.detail.split(' ').map((one) => selector_text(of, one)).join(' / ');
    case 'conditions_ticked': return entry.detail.split(' ').map((name) =>
      words_of_one(of.stand_down?.conditions.find((one) => one.name === name), name)).join(' ');
    default: return account(entry.detail);
  }
}

export function Timeline({ of }: { of: IncidentView }) {
  const [open, set_open] = useState(false);
  const [all, set_all] = useState(false);
  const [entries, set_entries] = useState<readonly Entry[]>([]);
  const [problem, set_problem] = useState<unknown>(null);
  const next = useRef<string | null>(null);
  const known = useRef<Entry[]>([]);
  useEffect(() => {
    if (!open) return;
    const stop = { over: false };
    let reading = false;
    const read_on = async (): Promise<void> => {
      if (reading) return;
      reading = true;
      try {
        for (let more = true; more && known.current.length < kMost;) {
          const page: { entries: Entry[]; next: string } = await get(with_query('/api/v1/record',
            { incident: next.current === null ? of.incident : undefined, cursor: next.current, limit: 1000 }));
          known.current = [...known.current, ...page.entries];
          next.current = page.next;
          more = page.entries.length === 1000;
          if (stop.over) return;
          set_entries(known.current);
        }
        set_problem(null);
      } catch (wrong) {
        if (!stop.over) set_problem(wrong);
      } finally {
        reading = false;
      }
    };
    void read_on();
    const end = poll.listen((changes) => {
      if (changes.full || changes.incidents.some((one) => one.incident === of.incident)) void read_on();
    });
    return () => {
      stop.over = true;
      end();
    };
  }, [open, of.incident]);
  const shown = all ? entries : entries.filter((entry) => !kFine.has(entry.kind));
  return (
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">{i('timeline')}</h2>
      <details onToggle={(event) => set_open(event.currentTarget.open)}>
        <summary>{i('timeline_open')}</summary>
        <label class="check"><input type="checkbox" checked={all} onChange={() => set_all(!all)} /> {i('everything')}</label>
        <ProblemNote problem={problem} />
        <ol class="timeline" reversed>
          {[...shown].reverse().slice(0, 1000).map((entry) => (
            <li key={entry.seq}><time class="number" dateTime={entry.at}>{full_time(entry.at)}</time>{' '}
              <strong>{record_kind(entry.kind)}</strong> <bdi>{about(entry, of)}</bdi></li>
          ))}
        </ol>
      </details>
    </section>
  );
}
