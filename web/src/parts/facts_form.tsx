// The facts a plan asks for of one hazard.  Everything begins unknown, and zero has to be chosen like any other number.
import { useState } from 'preact/hooks';

import type { Attribute, Facts, FactValue } from '../base/model';
import { attribute_of, hazard_of } from '../base/plan';
import { Choice } from './choice';
import './fields.css';
import { f } from './form_words';

interface FactGiven {
  attribute: Attribute;
  value: FactValue;
  onChange: (value: FactValue) => void;
}

const kUnknown = '?';
const kQuickCounts = [0, 1, 2];

// "１２" and "12" are twelve; undefined is no number.  Numbers have up to three decimals, counts none.
function number_in(text: string, whole: boolean): number | null | undefined {
  const plain = text.normalize('NFKC').trim().replace(',', '.');
  if (plain === '') return null;
  if (!(whole ? /^\d{1,7}$/ : /^\d{1,7}(\.\d{1,3})?$/).test(plain)) return undefined;
  return Number(plain);
}

// A form with a wrong number in it does not go out: the browser says so at the field.
function NumberField({ attribute, value, onChange, shown }: FactGiven & { shown: string }) {
  const [text, set_text] = useState(shown);
  const whole = attribute.type === 'count';
  const wrong = whole ? f('count_wrong') : f('number_wrong');
  const current = number_in(text, whole);
  const now_shown = current === value || current === undefined ? text : shown;
  return (
    <input class={`number-field number${now_shown !== '' ? ' set' : ''}`} inputMode={whole ? 'numeric' : 'decimal'} autoComplete="off"
      maxLength={12} aria-label={whole ? f('other_number') : attribute.label} placeholder={whole ? `${kQuickCounts.length}+` : f('unknown')} value={now_shown}
      aria-invalid={current === undefined} onInput={(event) => {
        const field = event.currentTarget;
        const said = number_in(field.value, whole);
        field.setCustomValidity(said === undefined ? wrong : '');
        set_text(field.value);
        onChange(said ?? null);
      }} />
  );
}

function Count(given: FactGiven) {
  const { attribute, value, onChange } = given;
  const [turn, set_turn] = useState(0); // another field when a key is chosen: what was half typed goes
  const more = typeof value === 'number' && !kQuickCounts.includes(value);
  const options = [{ value: kUnknown, label: f('unknown') }, ...kQuickCounts.map((n) => ({ value: `${n}`, label: `${n}` }))];
  return (
    <div class="keys">
      <Choice name={`fact-${attribute.name}`} options={options} chosen={value === null ? kUnknown : more ? null : `${value}`}
        onChoose={(chosen) => {
          set_turn(turn + 1);
          onChange(chosen === kUnknown ? null : Number(chosen));
        }} />
      <NumberField key={turn} {...given} shown={more ? `${value}` : ''} />
    </div>
  );
}

function Measure(given: FactGiven) {
  const { attribute, value } = given;
  return (
    <div class="keys row">
      <NumberField {...given} shown={value === null ? '' : `${value}`} />
      {attribute.unit !== null && <span>{attribute.unit}</span>}
    </div>
  );
}

function Named({ attribute, value, onChange, options }: FactGiven & { options: { value: string; label: string; means: FactValue }[] }) {
  const all = [{ value: kUnknown, label: f('unknown'), means: null }, ...options];
  const chosen = all.find(({ means }) => means === value)?.value ?? kUnknown;
  return (
    <div class="keys">
      <Choice name={`fact-${attribute.name}`} options={all} chosen={chosen}
        onChoose={(key) => onChange(all.find((option) => option.value === key)?.means ?? null)} />
    </div>
  );
}

function Answer(given: FactGiven) {
  switch (given.attribute.type) {
    case 'count':
      return <Count {...given} />;
    case 'measure':
      return <Measure {...given} />;
    case 'flag':
      return <Named {...given} options={[{ value: 'yes', label: f('yes'), means: true }, { value: 'no', label: f('no'), means: false }]} />;
    case 'choice':
      return <Named {...given} options={given.attribute.choices.map(({ name, label }) => ({ value: name, label, means: name }))} />;
  }
}

// The keys below a choice say what may be chosen: the question need not list it once more.
export function asked_as({ type, label }: Attribute, question: string): string {
  return question === '' ? label : type === 'choice' ? f('asked', { label }) : question;
}

interface Given {
  kind: string; // of the plan's form; a hazard it does not know asks nothing
  facts: Facts;
  onChange: (facts: Facts) => void;
  only?: string[]; // names of facts: those and no others are asked, whatever the hazard asks for
}

// Give it a `key` that changes when another report begins: half-typed numbers go with it.
export function FactsForm({ kind, facts, onChange, only }: Given) {
  const asked = (only ?? hazard_of(kind)?.attributes ?? []).map(attribute_of).filter((a): a is Attribute => a !== undefined);
  return (
    <>
      {asked.map((attribute) => (
        <fieldset key={attribute.name} class="fact">
          <legend>{asked_as(attribute, attribute.question)}</legend>
          <Answer attribute={attribute} value={facts[attribute.name] ?? null}
            onChange={(value) => onChange({ ...facts, [attribute.name]: value })} />
        </fieldset>
      ))}
    </>
  );
}

// What a person may read of it: "被困 2", "蔓延 是".  Unknown facts are left out.
export function fact_text(name: string, value: FactValue): string {
  const attribute = attribute_of(name);
  const label = attribute?.label ?? name;
  const said = (text: string): string => f('said', { label, value: text });
  if (typeof value === 'boolean') return said(value ? f('yes') : f('no'));
  if (typeof value === 'string') return said(attribute?.choices.find((choice) => choice.name === value)?.label ?? value);
  return value === null ? '' : said(`${value}${attribute?.unit == null ? '' : ` ${attribute.unit}`}`);
}

interface OneGiven {
  attribute: Attribute;
  value: FactValue; // what is being typed
  onType: (value: FactValue) => void;
  onTap: (value: FactValue) => void; // the answer
}

// One question on its own: the tap is the answer.
export function AnswerOne({ attribute, value, onType, onTap }: OneGiven) {
  const keys: { label: string; means: FactValue }[] =
    attribute.type === 'count' ? kQuickCounts.map((n) => ({ label: `${n}`, means: n }))
      : attribute.type === 'flag' ? [{ label: f('yes'), means: true }, { label: f('no'), means: false }]
        : attribute.choices.map(({ name, label }) => ({ label, means: name }));
  const typed = attribute.type === 'count' || attribute.type === 'measure';
  return (
    <div class="keys">
      {keys.map(({ label, means }) => <button key={label} type="button" onClick={() => onTap(means)}>{label}</button>)}
      {typed && (
        <>
          <NumberField attribute={attribute} value={value} onChange={onType} shown={value === null ? '' : `${value}`} />
          {attribute.unit !== null && <span>{attribute.unit}</span>}
          <button type="button" disabled={value === null} onClick={() => onTap(value)}>{f('answer')}</button>
        </>
      )}
    </div>
  );
}
