// The import wizard: an office's own list, read, looked at, asked about, compared, and made one change.
//
// Each choice sends the list again and shows what the daemon makes of it; it alone reads lists.
import { useRef, useState } from 'preact/hooks';

import { Problem, ask } from '../base/api';
import { instant_of } from '../base/time';
import { in_language, language } from '../base/words';
import { ProblemNote } from '../parts/problem_note';
import { changed_meanwhile, kDirectory } from './directory_data';
import { UndoDialog, undo_offer } from './directory_history';
import type { UndoOffer } from './directory_history';
import { Differences, counts_of } from './differences';
import { Findings, Weight } from './findings';
import { Page } from './frame';
import { useAct } from './load';
import { ReasonDialog, findings_of } from './reason';
import type { DirectoryChanged, ListRead } from './shapes';
import { OwnSheets, looks_own } from './sheets_import';
import { ColumnsStep } from './wizard_columns';
import type { Rows } from './wizard_columns';
import { DifferencesStep, QuestionsStep } from './wizard_questions';
import { SourceStep } from './wizard_source';
import type { Source } from './wizard_source';
import { t } from './words';
import { d } from './words_directory';
import { w } from './words_wizard';

const kEncodings = ['UTF-8', 'GB18030', 'UTF-16LE', 'UTF-16BE'] as const;

interface Choices {
  encoding: string;
  mapping: string; // empty: as guessed
  answers: Map<string, string>;
  everybody: boolean;
  agreed_when: string; // a day; empty: not said
  agreed_how: string;
  whole: string; // why whole numbers are shown; empty: masked
}
const kNoChoices: Choices = {
  encoding: '', mapping: '', answers: new Map(), everybody: false, agreed_when: '', agreed_how: '', whole: '',
};

function body_of(source: Source, choices: Choices): Record<string, unknown> {
  const agreed = choices.agreed_when !== '' && choices.agreed_how.trim() !== '';
  return {
    ...source,
    ...(choices.encoding === '' ? {} : { encoding: choices.encoding }),
    ...(choices.mapping === '' ? {} : { mapping: choices.mapping }),
    ...(choices.answers.size === 0 ? {} : { answers: [...choices.answers].map(([id, word]) => `${id}=${word}`).join('\n') }),
    ...(choices.everybody ? { everybody: true } : {}),
    ...(agreed ? { agreed_when: instant_of(choices.agreed_when), agreed_how: choices.agreed_how.trim() } : {}),
  };
}

// A row left out is said among the answers (docs/directory.md, "Offices' tables").
function rows_of(choices: Choices, onAnswers: (answers: Map<string, string>) => void): Rows {
  const id = (sheet: number, row: number): string => `row@${sheet}!${row}`;
  return {
    is_out: (sheet, row) => choices.answers.has(id(sheet, row)),
    set_out: (sheet, row, out) => {
      const answers = new Map(choices.answers);
      if (out) answers.set(id(sheet, row), 'out');
      else answers.delete(id(sheet, row));
      onAnswers(answers);
    },
    n: [...choices.answers.keys()].filter((key) => key.startsWith('row@')).length,
  };
}

// One list is read at a time: while another is, ours comes next.
async function patiently<T>(step: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await step();
    } catch (wrong) {
      if (!(wrong instanceof Problem) || wrong.status !== 503 || tries === 5) throw wrong;
      await new Promise((next) => setTimeout(next, Math.max(1, wrong.retryAfter) * 1000));
    }
  }
}

function Broken({ read }: { read: ListRead }) {
  return (
    <div class="notice bad" role="alert">
      <p><strong>{w('broken')}</strong></p>
      <ul class="findings">
        {read.file_findings.map((one, n) => (
          <li key={n}><Weight severity={one.severity} />{' '}
            {one.line > 0 && <strong>{w('at_line', { line: one.line })} </strong>}
            <bdi>{in_language(one.message, one.message_zh)}</bdi>{' '}
            <span class="soft">{in_language(one.hint, one.hint_zh)}</span></li>
        ))}
      </ul>
    </div>
  );
}

function ImportStep({ read, choices, source, onChoices, onDone, onReadAgain }: {
  read: ListRead; choices: Choices; source: Source; onChoices: (choices: Choices) => void;
  onDone: (done: DirectoryChanged) => void; onReadAgain: () => void;
}) {
  const [reason, set_reason] = useState('');
  const [tried, set_tried] = useState<DirectoryChanged | null>(null);
  const [without, set_without] = useState(false);
  const { busy, problem, run } = useAct();
  const errors = read.findings.filter(({ severity }) => severity === 'error').length;
  const blocked = busy || read.open > 0 || (errors > 0 && !without);
  const send = (dry_run: boolean) => run(async () => {
    set_tried(null);
    try {
      const { value } = await patiently(() => ask<DirectoryChanged>(`${kDirectory}/read/accept`, {
        method: 'POST', within: 120_000,
        body: { ...body_of(source, choices), base_version: read.version, ...(reason.trim() === '' ? {} : { reason: reason.trim() }), dry_run },
      }));
      if (dry_run) set_tried(value);
      else onDone(value);
    } catch (wrong) {
      if (changed_meanwhile(wrong)) onReadAgain();
      throw wrong;
    }
  });
  return (
    <section class="card" aria-label={w('step_import')}>
      <h2>{w('step_import')}</h2>
      <form onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}>
        <p class="soft">{w('agreed_what')}</p>
        <div class="row top-row">
          <label class="narrow"><span class="name">{w('agreed_when')}</span>
            <input type="date" value={choices.agreed_when} onBlur={onReadAgain}
              onInput={(event) => onChoices({ ...choices, agreed_when: event.currentTarget.value })} /></label>
          <label class="grow"><span class="name">{w('agreed_how')}</span>
            <input maxLength={200} value={choices.agreed_how} onBlur={onReadAgain}
              onInput={(event) => onChoices({ ...choices, agreed_how: event.currentTarget.value })} /></label>
        </div>
        <label><span class="name">{w('why')}</span>
          <input required maxLength={500} value={reason} onInput={(event) => set_reason(event.currentTarget.value)} /></label>
        {read.open > 0 && <p class="notice warn">{w('open_questions', { n: read.open })}</p>}
        {errors > 0 && (
          <label class="check notice warn"><input type="checkbox" checked={without}
            onChange={(event) => set_without(event.currentTarget.checked)} />{w('without_errors', { n: errors })}</label>
        )}
        {problem !== null && (
          <div class="notice bad" role="alert"><p><strong>{changed_meanwhile(problem) ? w('changed_meanwhile') : w('refused')}</strong></p>
            {!changed_meanwhile(problem) && <ProblemNote problem={problem} />}<Findings findings={findings_of(problem)} /></div>
        )}
        {tried !== null && (
          <div class="notice good" role="status"><p>{w('tried', counts_of(tried))}</p>
            <Differences rows={tried.differences} /><Findings findings={tried.findings} /></div>
        )}
        <div class="row">
          <button class="main" disabled={blocked || reason.trim() === ''}>{w('import')}</button>
          <button type="button" disabled={blocked} onClick={() => void send(true)}>{w('try_it')}</button>
        </div>
      </form>
    </section>
  );
}

export function Imported({ done, onAgain }: { done: DirectoryChanged; onAgain: () => void }) {
  const [offer, set_offer] = useState<UndoOffer | null>(null);
  const [undone, set_undone] = useState('');
  const { busy, problem, run } = useAct();
  const none = done.added + done.changed + done.gone === 0;
  return (
    <>
      {undone !== '' ? <p class="notice good" role="status">{undone}</p> : (
        <div class="notice good" role="status">
          <p><strong>{none ? w('imported_same') : w('imported', { version: done.version, ...counts_of(done) })}</strong></p>
        </div>
      )}
      <Findings findings={done.findings} />
      {undone === '' && <Differences rows={done.differences} />}
      {done.added + done.changed + done.gone > done.differences.length && <p class="soft">{w('diff_more')}</p>}
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="button" class="main" onClick={onAgain}>{w('again')}</button>
        {!none && undone === '' && (
          <button type="button" disabled={busy} onClick={() => void run(async () => set_offer(await undo_offer()))}>{w('undo')}</button>
        )}
      </div>
      {offer !== null && (
        <UndoDialog offer={offer} onClose={() => set_offer(null)} onDone={(changed) => {
          set_offer(null);
          set_undone(d('undone', { version: changed.version }));
        }} />
      )}
    </>
  );
}

export function Wizard() {
  const [source, set_source] = useState<Source | null>(null);
  const [choices, set_choices] = useState<Choices>(kNoChoices);
  const [read, set_read] = useState<ListRead | null>(null);
  const [done, set_done] = useState<DirectoryChanged | null>(null);
  const [asks_whole, set_asks_whole] = useState(false);
  const { busy, problem, run } = useAct();
  const newest = useRef(0);

  const read_list = (from: Source, chosen: Choices): Promise<void> => run(async () => {
    newest.current += 1;
    const mine = newest.current;
    const { value } = await patiently(() => ask<ListRead>(`${kDirectory}/read`, {
      method: 'POST', within: 120_000,
      body: { ...body_of(from, chosen), ...(chosen.whole === '' ? {} : { reason: chosen.whole }) },
    }));
    if (newest.current === mine) set_read(value);
  });
  const choose = (from: Source, chosen: Choices): void => {
    set_choices(chosen);
    void read_list(from, chosen);
  };
  const begin = (from: Source | null): void => {
    set_source(from);
    set_read(null);
    set_done(null);
    set_choices(kNoChoices);
    if (from !== null && !looks_own(from)) void read_list(from, kNoChoices);
  };

  if (done !== null) return <Page title={t('nav_import')}><Imported done={done} onAgain={() => begin(null)} /></Page>;
  return (
    <Page title={t('nav_import')}>
      <p>{w('what')}</p>
      {source === null ? <SourceStep onSource={begin} /> : (
        <div class="row card">
          <p class="grow" role="status">{busy ? w('reading', { name: source.name }) : read?.readable === true || looks_own(source) ? w('read', { name: source.name }) : <bdi>{source.name}</bdi>}</p>
          {read !== null && read.readable && choices.whole === '' && (
            <button type="button" onClick={() => set_asks_whole(true)}>{w('whole')}</button>
          )}
          <button type="button" onClick={() => begin(null)}>{w('file_change')}</button>
        </div>
      )}
      <ProblemNote problem={problem} />
      {source !== null && looks_own(source) && <OwnSheets first={source} onDone={set_done} />}
      {source !== null && read !== null && !read.readable && <Broken read={read} />}
      {source !== null && read !== null && !read.file.certain && (
        <label class="card"><span class="name">{w('encoding')}</span>
          <select value={choices.encoding === '' ? read.file.encoding ?? '' : choices.encoding}
            onChange={(event) => choose(source, { ...choices, encoding: event.currentTarget.value })}>
            {kEncodings.map((name) => <option key={name} value={name}>{name}</option>)}
          </select></label>
      )}
      {source !== null && read?.readable === true && (
        <div aria-busy={busy} lang={language.value === 'zh' ? 'zh-CN' : 'en'}>
          <ColumnsStep read={read} chosen={choices.mapping}
            rows={rows_of(choices, (answers) => choose(source, { ...choices, answers }))} onMapping={(mapping) => choose(source, { ...choices, mapping })} />
          <QuestionsStep read={read} answers={choices.answers} everybody={choices.everybody}
            onAnswer={(answers) => choose(source, { ...choices, answers })}
            onEverybody={(everybody) => choose(source, { ...choices, everybody })} />
          <DifferencesStep read={read} />
          <ImportStep read={read} choices={choices} source={source} onChoices={set_choices} onDone={set_done}
            onReadAgain={() => void read_list(source, choices)} />
        </div>
      )}
      {asks_whole && source !== null && (
        <ReasonDialog title={w('whole_title')} label={w('whole')} onClose={() => set_asks_whole(false)}
          onReason={(reason) => {
            set_asks_whole(false);
            choose(source, { ...choices, whole: reason });
            return Promise.resolve();
          }} />
      )}
    </Page>
  );
}
