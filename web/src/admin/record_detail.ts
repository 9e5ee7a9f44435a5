// What an entry of the record says beside its kind and its person, in words; never by ids, digests or numbers of links.
import { attribute_of, level_of, plan } from '../base/plan';
import { alert_word, answer_word, approval_word, reason_word } from '../desk/closed_words';
import { said } from './load';
import { nobody_word } from './nobody';
import type { NamedIncident, RecordNames } from './record_names';
import type { RecordEntry } from './shapes';
import { t } from './words';
import { a } from './words_access';
import { d } from './words_directory';
import { p } from './words_plans';

// By the beginning of the path, the longest first.
const kPlaces = [
  ['/api/v1/directory/persons', 'read_persons'], ['/api/v1/directory/check', 'read_check'], ['/api/v1/directory', 'read_directory'],
  ['/api/v1/contacts/doubtful', 'read_doubtful'], ['/api/v1/call-sheet', 'read_calls'], ['/api/v1/sessions', 'read_sessions'],
  ['/api/v1/incidents', 'read_incidents'], ['/api/v1/tokens', 'read_tokens'], ['/api/v1/record', 'read_record'],
  ['/api/v1/inbox', 'read_inbox'], ['/api/v1/users', 'read_users'],
] as const;

// Numbers of the record (gateway/model), by what they stand for.
const kRoles = ['', 'reporter', 'commander', 'duty', 'admin', 'auditor'];
const kAnswers = ['none', 'received', 'coming', 'arrived', 'cannot', 'replied', 'decision'];
const kMethods = ['', 'password', 'code', 'link'];
const kStates = ['', 'telling', 'told', 'answered', 'exhausted', 'withdrawn'];
const kApprovals = ['', 'pending', 'approved', 'declined', 'started_by_default', 'left_by_default', 'moot'];
const kReasons = ['none', 'first_rung', 'no_answer', 'only_received', 'cannot_come', 'refused', 'undelivered', 'end_unknown', 'link_stalled',
  'no_contact_point', 'no_link', 'no_deputy', 'repeat', 'awaiting_hand_over', 'awaiting_answer', 'paused_by_received', 'paused_by_question',
  'settled', 'ladder_ended', 'stand_down', 'raised', 'merged', 'already_told', 'on_leave', 'post_empty', 'not_agreed', 'stands_in', 'caller_busy',
  'reached_meanwhile', 'newer_news', 'one_update_a_minute', 'probe', 'not_at_night', 'only_one_at_night'];

const kDeliveries: readonly string[] = ['queued', 'handed_over', 'accepted', 'on_its_way', 'delivered'];

// The record counts levels of the plan from 0, lowest first.
const level = (n: number): string => plan.value?.levels[n]?.name ?? '';
const role = (n: number): string => said(t, `role_${kRoles[n] ?? ''}`, '');
const reason = (n: number): string => (n === 0 || kReasons[n] === undefined ? '' : reason_word(kReasons[n]));
const together = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

function place_of(words: string): string {
  const path = /^[A-Z]+ (\/\S*)$/.exec(words)?.[1];
  const found = path === undefined ? undefined : kPlaces.find(([beginning]) => path.startsWith(beginning));
  return found === undefined ? words : a(found[1]);
}

const without_ids = (words: string): string =>
  words.replace(/\b(name:)?[0-9a-f]{32,}\b/g, '').replace(/\blink:\d+\b/g, '').replace(/^client:\S*/, '').replace(/ {2,}/g, ' ').trim();

// "admin:office GET /api/v1/record" -> "管理员 office：记录"; whoever is only a number there goes by the role.
function by_whom(detail: string): string {
  const words = without_ids(detail);
  const [, word = '', name = '', rest = ''] = /^([a-z]+):(\S*) ?(.*)$/s.exec(words) ?? [];
  const who = word === '' ? '' : said(t, `role_${word}`, '');
  if (who === '') return words;
  const by = word === 'system' || /^\d*$/.test(name) ? who : `${who} ${name === 'local' ? a('by_local') : name}`;
  return rest === '' ? by : `${by}${d('colon')}${place_of(rest)}`;
}

// A step that asks several at once is one step each, named "rescue@unit:fire-station".
function step_text({ subject, detail }: RecordEntry, { codes }: RecordNames, incident: NamedIncident | undefined): string {
  const [name = '', whom = ''] = detail.split('@');
  const title = incident?.texts.get(subject ?? '') ?? name;
  if (whom === '') return title;
  const end = Math.max(title.lastIndexOf('：'), title.lastIndexOf(': '));
  return `${end < 0 ? title : title.slice(0, end)}${d('colon')}${codes.selector(whom)}`;
}

export function detail_of(entry: RecordEntry, names: RecordNames): string {
  const { kind, detail, subject, a: first, b: second } = entry;
  const incident = names.incidents.get(entry.incident ?? '');
  if (kind.startsWith('step_')) return step_text(entry, names, incident);
  if (kind.startsWith('task_')) return together(incident?.texts.get(subject ?? '') ?? '', by_whom(detail));
  if (kDeliveries.includes(kind) && (detail === '' || /^DELIVRD( err:0+)?$/.test(detail))) return entry.person == null && entry.incident === null ? a('service_text') : '';
  switch (kind) {
    case 'alert_raised': return names.codes.selector(detail);
    case 'not_told': return together(names.codes.selector(detail), nobody_word(kReasons[second] ?? '', detail) || reason(second));
    case 'alert_updated': return together(alert_word(kStates[first] ?? ''), reason(second));
    case 'approval_asked': return detail.split(' ').map((one) => names.codes.selector(one)).join(t('list'));
    case 'approval_decided': return together(approval_word(kApprovals[first] ?? ''), by_whom(detail));
    case 'conditions_ticked': return detail.split(' ').map((name) => incident?.texts.get(name) ?? name).join(t('list'));
    case 'answered':
    case 'answer_late': return answer_word(kAnswers[first] ?? 'none');
    case 'incident_opened':
    case 'classified': return names.codes.hazard(detail);
    case 'question_asked': return attribute_of(detail)?.label ?? detail;
    case 'assessed': return level(first);
    case 'level_raised':
    case 'level_lowered': return together(`${level(first)} → ${level(second)}`, by_whom(detail));
    case 'call_out_started': return level_of(detail)?.name ?? level(first);
    case 'merged':
    case 'split': return a('record_incident_n', { n: first });
    case 'plan_in_force': return together(p('version_n', { n: first }), by_whom(detail));
    case 'directory_imported':
    case 'directory_edited':
    case 'directory_undone': return together(p('version_n', { n: first }), by_whom(detail));
    case 'token_added':
    case 'account_added': return together(role(first), a('made_by', { by: by_whom(detail) }));
    case 'signed_in': return together(names.sessions.get(subject ?? '') ?? '', said(a, `method_${kMethods[second] ?? ''}`, ''));
    case 'signed_out': return together(names.sessions.get(subject ?? '') ?? '', by_whom(detail));
    case 'session_revoked': return together(names.sessions.get(subject ?? '') ?? '', a('made_by', { by: by_whom(detail) }));
    case 'token_revoked':
    case 'account_reset':
    case 'account_disabled': return a('made_by', { by: by_whom(detail) });
    case 'sign_in_failed': return together(said(a, `method_${kMethods[first] ?? ''}`, ''), a('failures_in_a_row', { n: second }));
    case 'auto_reply': return detail === 'stranger' ? a('to_stranger') : detail;
    case 'purged': return `${first} ${detail}`;
    case 'link_up':
    case 'link_down': return together(names.links[first] ?? '', detail === 'bound' ? '' : detail);
    default: return by_whom(detail);
  }
}
