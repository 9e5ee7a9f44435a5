// What an entry of the record says beside its kind, in words where there are some: who, and what was looked at.
import { attribute_of, level_of } from '../base/plan';
import type { CodeNames } from './code_names';
import { said } from './load';
import type { RecordEntry } from './shapes';
import { t } from './words';
import { a } from './words_access';

// By the beginning of the path, the longest first.
const kPlaces = [
  ['/api/v1/directory/persons', 'read_persons'], ['/api/v1/directory/check', 'read_check'], ['/api/v1/directory', 'read_directory'],
  ['/api/v1/contacts/doubtful', 'read_doubtful'], ['/api/v1/call-sheet', 'read_calls'], ['/api/v1/sessions', 'read_sessions'],
  ['/api/v1/incidents', 'read_incidents'], ['/api/v1/tokens', 'read_tokens'], ['/api/v1/record', 'read_record'],
  ['/api/v1/inbox', 'read_inbox'], ['/api/v1/users', 'read_users'],
] as const;

function place_of(words: string): string {
  const path = /^[A-Z]+ (\/\S*)$/.exec(words)?.[1];
  const found = path === undefined ? undefined : kPlaces.find(([beginning]) => path.startsWith(beginning));
  return found === undefined ? words : a(found[1]);
}

// Whose detail is a selector, not who did it.
const kTold: readonly string[] = ['alert_raised', 'not_told', 'approval_asked'];

const kReceipts: readonly string[] = ['delivered', 'accepted', 'handed_over'];
const kLevels: readonly string[] = ['assessed', 'level_raised', 'level_lowered'];

// "admin:office GET /api/v1/record" -> "管理员 office 记录"; a digest is cut, whole it is in the file.
export function detail_of({ kind, detail }: RecordEntry, names: CodeNames): string {
  if (kTold.includes(kind)) return names.selector(detail);
  if (kind === 'incident_opened') return names.hazard(detail);
  if (kReceipts.includes(kind) && /^DELIVRD( err:0+)?$/.test(detail)) return '';
  if (kind === 'question_asked') return attribute_of(detail)?.label ?? detail;
  if (kLevels.includes(kind)) return level_of(detail)?.name ?? detail;
  const [, step = '', whom = ''] = /^([^@ ]+)@(\S+:\S+)$/.exec(detail) ?? [];
  if (step !== '') return `${step} · ${names.selector(whom)}`;
  const [, role = '', name = '', rest = ''] = /^([a-z]+):(\S*) ?(.*)$/s.exec(detail) ?? [];
  const who = role === '' ? '' : said(t, `role_${role}`, '');
  const words = who === '' ? detail : [who, name, place_of(rest)].filter((part) => part !== '').join(' ');
  return words.replace(/\b([0-9a-f]{8})[0-9a-f]{24,}\b/g, '$1…');
}
