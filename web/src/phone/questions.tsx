// What the plan would like to know besides: one tap answers, the answer stands where it was asked, and can be corrected.
import { useRef, useState } from 'preact/hooks';

import type { Attribute, Facts, FactValue, Question } from '../base/model';
import { attribute_of, level_of } from '../base/plan';
import { c } from '../base/common_words';
import { language } from '../base/words';
import { AnswerOne, asked_as, fact_text } from '../parts/facts_form';
import type { Outgoing } from './outbox';
import { post_follow_up } from './outbox_page';
import type { Standing } from './standing';
import { answers_of } from './standing';
import { w } from './words';

interface OneGiven {
  question: Question;
  attribute: Attribute;
  onAnswer: (value: FactValue) => void;
  onCancel?: () => void;
}

function Open({ question, attribute, onAnswer, onCancel }: OneGiven) {
  const [typed, set_typed] = useState<FactValue>(null);
  const level = question.could_reach === null ? undefined : level_of(question.could_reach);
  return (
    <fieldset class="fact">
      <legend>
        {asked_as(attribute, question.text)}
        {level !== undefined && <>{language.value === 'en' ? ' ' : ''}<span class="raise">{w('reached', { level: level.name })}</span></>}
      </legend>
      <AnswerOne attribute={attribute} value={typed} onType={set_typed} onTap={onAnswer} />
      {onCancel !== undefined && <p><button type="button" onClick={onCancel}>{c('cancel')}</button></p>}
    </fieldset>
  );
}

const value_in = (row: Outgoing, name: string): FactValue => row.body.facts?.[name] ?? null;

// `given`: what was answered here, oldest first.  The desk adds up what it is told and may keep the graver one.
function Answered({ attribute, given, onCorrect }: { attribute: Attribute; given: Outgoing[]; onCorrect: (() => void) | null }) {
  const last = given[given.length - 1];
  if (last === undefined) return null;
  const fact = fact_text(attribute.name, value_in(last, attribute.name));
  const both = attribute.type !== 'choice' && new Set(given.map((row) => value_in(row, attribute.name))).size > 1;
  return (
    <div class="fact">
      <div class={`notice row ${last.state === 'sent' ? 'good' : 'warn'}`}>
        <span class="grow" role="status"><bdi>{w(last.state === 'sent' ? 'answer_sent' : 'answer_waiting', { fact })}</bdi></span>
        {onCorrect !== null && <button type="button" aria-label={`${w('correct')} ${attribute.label}`} onClick={onCorrect}>{w('correct')}</button>}
      </div>
      {both && <p class="soft">{w('both_answers')}</p>}
    </div>
  );
}

// In the order they were first seen here, so that nothing moves under the thumb.
function useAsked(standing: Standing, answered: Map<string, Outgoing[]>): Question[] {
  const seen = useRef<Question[]>([]);
  const open = new Map(standing.questions.map((question) => [question.attribute, question]));
  const before = seen.current.filter(({ attribute }) => open.has(attribute) || answered.has(attribute)).map((question) => open.get(question.attribute) ?? question);
  const known = new Set(before.map(({ attribute }) => attribute));
  const once: Question[] = [...answered.keys()].map((attribute) => ({ attribute, text: attribute_of(attribute)?.question ?? '', could_reach: null }));
  seen.current = [...before, ...[...once, ...open.values()].filter(({ attribute }) => !known.has(attribute))];
  return seen.current;
}

export function Questions({ standing }: { standing: Standing }) {
  const [correcting, set_correcting] = useState<string | null>(null);
  const answered = answers_of(standing);
  const asked = useAsked(standing, answered);
  const report = standing.report;
  if (report === null || asked.length === 0) return null;
  const title = w(standing.questions.length > 0 ? 'questions' : 'questions_done');
  const send = (name: string, value: FactValue): void => {
    if (value === null) return;
    const facts: Facts = { [name]: value };
    void post_follow_up(standing.row, report, { facts }).then(() => set_correcting(null));
  };
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      {asked.map((question) => {
        const name = question.attribute;
        const attribute = attribute_of(name);
        const given = answered.get(name);
        if (attribute === undefined) return null;
        if (given !== undefined && correcting !== name) {
          return <Answered key={name} attribute={attribute} given={given} onCorrect={standing.stage === 'ended' ? null : () => set_correcting(name)} />;
        }
        return <Open key={name} question={question} attribute={attribute} onAnswer={(value) => send(name, value)}
          {...(given === undefined ? {} : { onCancel: () => set_correcting(null) })} />;
      })}
    </section>
  );
}
