// Why an incident has its level: the clause that matched, in the reader's words.
//
// The record keeps it as the plan writes it ("trapped = 2 is in 1..3 and spreading = yes"); names of facts and of their
// choices are the plan's of today.  What does not read so is shown as it is.
import { attribute_of } from '../base/plan';
import { words_of } from '../base/words';

const w = words_of(
  {
    between: '{what} {value}（{from} 以上、{to} 以下）',
    from: '{what} {value}（{from} 以上）',
    below: '{what} {value}（{to} 以下）',
    one_of: '{what}：{value}（{all} 之一）',
    is: '{what}：{value}',
    and: '；',
    always: '任何情况',
    none: '没有一条标准成立，按起始级别',
    yes: '是',
    no: '否',
  },
  {
    between: '{what} {value} ({from} or more, below {to})',
    from: '{what} {value} ({from} or more)',
    below: '{what} {value} (below {to})',
    one_of: '{what}: {value} (one of {all})',
    is: '{what}: {value}',
    and: '; ',
    always: 'always',
    none: 'no condition is met: starting level',
    yes: 'yes',
    no: 'no',
  },
);

const kCondition = /^([a-z0-9_]+) = (.+?)(?: is in ([^. ]*(?:\.\d+)?)\.\.(\S*)| is one of (.+))?$/;

function value_text(name: string, value: string): string {
  if (value === 'yes' || value === 'no') return w(value);
  const attribute = attribute_of(name);
  const choice = attribute?.choices.find((one) => one.name === value);
  return choice?.label ?? (attribute?.unit ? `${value} ${attribute.unit}` : value);
}

function condition_text(condition: string): string {
  const parts = kCondition.exec(condition);
  const [, name = '', value = '', from, to, all] = parts ?? [];
  if (parts === null) return condition;
  const said = { what: attribute_of(name)?.label ?? name, value: value_text(name, value) };
  if (all !== undefined) return w('one_of', { ...said, all: all.split(', ').map((one) => value_text(name, one)).join(' / ') });
  if (from === undefined || to === undefined) return w('is', said);
  return w(from === '' ? 'below' : to === '' ? 'from' : 'between', { ...said, from, to });
}

export function clause_text(text: string): string {
  if (text === 'always') return w('always');
  if (text === 'no clause is true') return w('none');
  return text.split(' and ').map(condition_text).join(w('and'));
}

export function Clause({ text }: { text: string }) {
  return <bdi title={text}>{clause_text(text)}</bdi>;
}
