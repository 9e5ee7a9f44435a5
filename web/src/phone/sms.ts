// A report as a text message: in words that the desk's reader of texts knows, with the report's own key, so that the
// report is one whether it comes by this way, by the other, or by both.
import type { AnswerKind, Attribute, FactValue } from '../base/model';
import { attribute_of, plan } from '../base/plan';
import { language } from '../base/words';
import type { Outgoing } from './outbox';
import { w } from './words';

const kMostText = 300; // characters of free words: five parts of a long message in all

function said(attribute: Attribute, value: FactValue): string {
  const colon = language.value === 'zh' ? '：' : ': ';
  if (value === null) return '';
  if (attribute.type === 'count') return `${attribute.label}${colon}${value === 0 ? w('sms_none') : value}`;
  if (attribute.type === 'flag') return `${attribute.label}${colon}${value === true ? w('sms_yes') : w('sms_no')}`;
  if (attribute.type === 'choice') return attribute.choices.find(({ name }) => name === value)?.label ?? '';
  return `${attribute.label}${colon}${String(value)}${attribute.unit ?? ''}`;
}

export function sms_text(row: Outgoing): string {
  const { body } = row;
  const facts = Object.entries(body.facts ?? {}).map(([name, value]) => {
    const attribute = attribute_of(name);
    return attribute === undefined ? '' : said(attribute, value);
  });
  const parts = [
    body.drill === true ? w('sms_drill') : '',
    body.hazard === 'unsure' ? w('sms_unsure') : row.hazard_name,
    row.area_path.split(' / ').join(' '),
    body.place ?? '',
    ...facts,
    (body.text ?? '').slice(0, kMostText),
  ].map((part) => part.trim()).filter((part) => part !== '');
  return `${parts.join(language.value === 'zh' ? '，' : ', ')} #${row.key}`;
}

// Apple's phones take the text behind "&", all others behind "?" (RFC 5724).
function href_of(text: string): string | null {
  const number = plan.value?.sms_number;
  if (number == null || number === '') return null;
  const apple = /iPad|iPhone|iPod/.test(navigator.userAgent);
  return `sms:${number.replace(/[^+\d]/g, '')}${apple ? '&' : '?'}body=${encodeURIComponent(text)}`;
}

export const sms_href = (row: Outgoing): string | null => href_of(sms_text(row));

// An answer as the alert's own text message asks for it: digit and incident.
const kDigits = { cannot: 0, received: 1, coming: 2, arrived: 3 };
export function answer_sms(answer: AnswerKind, incident: number): { text: string; href: string } | null {
  const text = `${kDigits[answer]} ${incident}`;
  const href = href_of(text);
  return href === null ? null : { text, href };
}

export function desk_href(): string | null {
  const number = plan.value?.desk_phone;
  return number == null || number === '' ? null : `tel:${number.replace(/[^+\d*#]/g, '')}`;
}
