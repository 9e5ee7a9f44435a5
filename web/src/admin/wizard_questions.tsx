// What the list leaves open, and what differs from the directory.
import { in_language } from '../base/words';
import { read_units } from './directory_data';
import { useLoad } from './load';
import { Scroll } from './scroll';
import { ListFindings, field_word } from './wizard_columns';
import type { ComparedPerson, ListQuestion, ListRead, Unit, Verdict } from './shapes';
import { t } from './words';
import { w } from './words_wizard';

interface Given {
  read: ListRead;
  answers: ReadonlyMap<string, string>;
  everybody: boolean;
  onAnswer: (answers: Map<string, string>) => void;
  onEverybody: (everybody: boolean) => void;
}

// "1!A3" is cell A3 of the first sheet; of the others the sheet is said.
const cells_in = (text: string): string =>
  text.replace(/\b(\d+)!([A-Z]+\d+)/g, (_, sheet: string, cell: string) => (sheet === '1' ? cell : w('cell_of', { sheet, cell })));

// New units come by the codes they would get; the list itself has their names.
function new_units({ persons, new_units: codes }: ListRead['comparison'], known: readonly Unit[]): string[] {
  const named = persons.flatMap(({ changes }) => changes.filter(({ field, after }) => field === 'unit' && after !== '').flatMap(({ after }) => after.split('、')));
  const names = [...new Set(named)].filter((name) => !known.some((unit) => unit.name === name));
  return names.length === codes.length ? names : codes;
}

function Question({ one, answer, alike, onAnswer, onAll }: {
  one: ListQuestion; answer: string; alike: number; onAnswer: (word: string) => void; onAll: () => void;
}) {
  return (
    <fieldset class={one.open ? 'question open' : 'question'}>
      <legend><bdi>{cells_in(in_language(one.question, one.question_zh))}</bdi></legend>
      {one.choices.map((choice) => (
        <label class="check" key={choice.word}>
          <input type="radio" name={one.id} checked={answer === choice.word} onChange={() => onAnswer(choice.word)} />
          <bdi>{cells_in(in_language(choice.means, choice.means_zh))}</bdi>
        </label>
      ))}
      {answer !== '' && alike > 0 && <button type="button" onClick={onAll}>{w('answer_all', { n: alike })}</button>}
    </fieldset>
  );
}

export function QuestionsStep({ read, answers, everybody, onAnswer, onEverybody }: Given) {
  const alike = (one: ListQuestion): ListQuestion[] =>
    read.questions.filter((other) => other.id !== one.id && other.code === one.code && !answers.has(other.id) &&
      other.choices.some(({ word }) => word === answers.get(one.id)));
  return (
    <section class="card" aria-label={w('step_questions')}>
      <h2>{w('step_questions')}</h2>
      <p role="status">{read.questions.length === 0 ? w('no_questions')
        : read.open === 0 ? w('all_answered') : w('open_questions', { n: read.open })}</p>
      <label class="check"><input type="checkbox" checked={everybody}
        onChange={(event) => onEverybody(event.currentTarget.checked)} />{w('everybody')}</label>
      {read.questions.map((one) => (
        <Question key={one.id} one={one} answer={answers.get(one.id) ?? ''} alike={alike(one).length}
          onAnswer={(word) => onAnswer(new Map([...answers, [one.id, word]]))}
          onAll={() => {
            const word = answers.get(one.id) ?? '';
            onAnswer(new Map([...answers, ...alike(one).map((other): [string, string] => [other.id, word])]));
          }} />
      ))}
    </section>
  );
}

const kSigns: Record<Verdict, string> = { added: '＋', changed: '～', same: '＝', missing: '？', left: '－', open: '？' };

function Compared({ one }: { one: ComparedPerson }) {
  return (
    <tr>
      <td><strong>{kSigns[one.verdict]} {w(`verdict_${one.verdict}`)}</strong></td>
      <th scope="row"><bdi class="long">{one.name}</bdi> <span class="soft">{one.code}</span></th>
      <td>{one.changes.map((change, n) => (
        <div key={n}><span class="soft">{field_word(change.field)}: </span>
          {change.before !== '' && <del><bdi>{change.before}</bdi></del>}{' '}
          {change.after !== '' && <ins><bdi>{change.after}</bdi></ins>}</div>
      ))}</td>
    </tr>
  );
}

export function DifferencesStep({ read: { comparison } }: { read: ListRead }) {
  const differing = comparison.persons.filter(({ verdict }) => verdict !== 'same');
  const same = comparison.persons.length - differing.length;
  const known = useLoad(async () => comparison.new_units.length === 0 ? [] : read_units(), [comparison]);
  return (
    <section class="card" aria-label={w('step_differences')}>
      <h2>{w('step_differences')}</h2>
      {differing.length === 0 ? <p>{w('nothing_differs')}</p> : (
        <Scroll><table>
          <tbody>{differing.map((one, n) => <Compared key={n} one={one} />)}</tbody>
        </table></Scroll>
      )}
      {same > 0 && <p class="soft">{w('same_not_shown', { n: same })}</p>}
      {comparison.new_units.length > 0 && <p>{w('new_units', { units: new_units(comparison, known.value ?? []).join(t('list')) })}</p>}
      {comparison.empty_posts.map(({ code, names }) => (
        <p key={code} class="late">▲ {w('empty_post', { post: names.length === 0 ? code : names.join(t('list')) })}</p>
      ))}
      {comparison.findings.length > 0 && <ListFindings findings={comparison.findings} />}
    </section>
  );
}
