// The sheets of a list as they are, what each column is taken for, and where something was found.
import { useMemo } from 'preact/hooks';

import { in_language } from '../base/words';
import { Weight } from './findings';
import { kFields, letter_of, mapping_text, parse_mapping, with_column, with_sheet } from './list_mapping';
import type { Field, SheetMapping } from './list_mapping';
import { said } from './load';
import type { ListFinding, ListRead, PreviewSheet, Severity } from './shapes';
import { w } from './words_wizard';

export const text_of = (one: ListFinding): string => in_language(one.message, one.message_zh);

export function place_of({ row, column }: ListFinding): string {
  if (row === undefined) return '';
  return column === undefined ? w('place_row', { row }) : w('place', { row, column: letter_of(column) });
}

const heavier = (a: Severity, b: Severity): Severity => (a === 'error' || b === 'error' ? 'error' : a === 'warning' ? a : b);
const kSigns: Record<Severity, string> = { error: '✕', warning: '▲', note: 'ℹ' };

interface Mark {
  severity: Severity;
  text: string;
}

// By "row,column", and by "row," for what is about a whole row.
function marks_of(findings: readonly ListFinding[], sheet: number): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const one of findings) {
    if ((one.sheet ?? 1) !== sheet || one.row === undefined) continue;
    const key = `${one.row},${one.column ?? ''}`;
    const known = marks.get(key);
    marks.set(key, known === undefined ? { severity: one.severity, text: text_of(one) }
      : { severity: heavier(known.severity, one.severity), text: `${known.text}\n${text_of(one)}` });
  }
  return marks;
}

function Marked({ mark }: { mark: Mark | undefined }) {
  if (mark === undefined) return null;
  return (
    <span class={`weight ${mark.severity}`} title={mark.text}>
      <span aria-hidden="true">{kSigns[mark.severity]} </span>
      <span class="visually-hidden">{w('cell_found', { what: mark.text })} </span>
    </span>
  );
}

function Columns({ columns, mapping, onField }: {
  columns: number; mapping: SheetMapping | undefined; onField: (column: number, field: Field | null) => void;
}) {
  return (
    <tr>
      <th scope="col">{w('row')}</th>
      {Array.from({ length: columns }, (_, n) => {
        const use = mapping?.columns.find(({ column }) => column === n + 1);
        const record = /:(\d+)/.exec(use?.more ?? '')?.[1];
        return (
          <th scope="col" key={n}>
            {letter_of(n + 1)}
            <select value={use?.field ?? ''} aria-label={w('column_is', { column: letter_of(n + 1) })}
              onChange={(event) => {
                const field = kFields.find((one) => one === event.currentTarget.value);
                onField(n + 1, field ?? null);
              }}>
              <option value="">{w('field_')}</option>
              {kFields.map((field) => <option key={field} value={field}>{w(`field_${field}`)}</option>)}
            </select>
            {record !== undefined && <span class="soft"> {record}</span>}
          </th>
        );
      })}
    </tr>
  );
}

function Sheet({ sheet, read, mapping, rows, onMapping }: {
  sheet: PreviewSheet; read: ListRead; mapping: readonly SheetMapping[]; rows: Rows; onMapping: (text: string) => void;
}) {
  const mine = mapping.find((one) => one.sheet === sheet.sheet);
  const marks = useMemo(() => marks_of(read.findings, sheet.sheet), [read, sheet.sheet]);
  const skipped = mine === undefined || mine.skip;
  const [first, last] = (mine?.header ?? '').split('-').map(Number);
  const is_header = (row: number): boolean => first !== undefined && first > 0 && row >= first && row <= (last ?? first);
  const change = (all: SheetMapping[]): void => onMapping(mapping_text(all));
  return (
    <section aria-label={w('sheet_n', { n: sheet.sheet })}>
      <h3>{w('sheet_n', { n: sheet.sheet })} <bdi class="long">{sheet.name}</bdi>{sheet.caption !== '' && <bdi class="soft long"> {sheet.caption}</bdi>}</h3>
      <div class="row">
        <label class="check"><input type="checkbox" checked={skipped} disabled={skipped && mine?.columns.length === 0}
          onChange={(event) => change(with_sheet(mapping, sheet.sheet, { skip: event.currentTarget.checked }))} />{w('sheet_skip')}</label>
        {!skipped && (
          <label class="narrow"><span class="name">{w('header_row')}</span>
            <input type="number" min={0} max={sheet.rows_in_all} value={first ?? 0}
              onChange={(event) => change(with_sheet(mapping, sheet.sheet, { header: event.currentTarget.value }))} /></label>
        )}
      </div>
      <div class="scroll preview" tabIndex={0} role="region" aria-label={w('sheet_n', { n: sheet.sheet })}>
        <table>
          <thead><Columns columns={sheet.columns} mapping={mine}
            onField={(column, field) => change(with_column(mapping, sheet.sheet, column, field))} /></thead>
          <tbody>
            {sheet.rows.map((row) => (
              <tr key={row.row} class={is_header(row.row) ? 'header' : rows.is_out(sheet.sheet, row.row) ? 'out' : ''}>
                <th scope="row" class="number">
                  {skipped || is_header(row.row) || row.row < (first ?? 0) ? row.row : (
                    <label class="check"><input type="checkbox" checked={!rows.is_out(sheet.sheet, row.row)}
                      aria-label={w('row_in', { row: row.row })}
                      onChange={(event) => rows.set_out(sheet.sheet, row.row, !event.currentTarget.checked)} />
                      <span><Marked mark={marks.get(`${row.row},`)} />{row.row}</span></label>
                  )}
                </th>
                {Array.from({ length: sheet.columns }, (_, n) => {
                  const mark = marks.get(`${row.row},${n + 1}`);
                  return (
                    <td key={n} class={mark === undefined ? '' : `found ${mark.severity}`}>
                      <Marked mark={mark} /><bdi class="long">{row.cells.find(({ column }) => column === n + 1)?.text ?? ''}</bdi>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sheet.rows.length < sheet.rows_in_all && <p class="soft">{w('rows_shown', { n: sheet.rows.length, all: sheet.rows_in_all })}</p>}
    </section>
  );
}

export function ListFindings({ findings }: { findings: readonly ListFinding[] }) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (findings.length === 0) return <p>{w('no_findings')}</p>;
  return (
    <>
      <p>{w('findings_sum', { errors, warnings })}</p>
      <ul class="findings">
        {findings.map((one, n) => (
          <li key={n}>
            <Weight severity={one.severity} />{' '}
            {place_of(one) !== '' && <strong>{place_of(one)} </strong>}
            <bdi>{text_of(one)}</bdi>
            {one.cell !== undefined && one.cell !== '' && <> · <bdi class="soft long">{one.cell}</bdi></>}
            {in_language(one.proposal ?? null, one.proposal_zh ?? null) !== '' && (
              <span class="soft"> → <bdi>{in_language(one.proposal ?? null, one.proposal_zh ?? null)}</bdi></span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

// Single rows that are left out of this reading; the mapping knows nothing of them.
export interface Rows {
  is_out: (sheet: number, row: number) => boolean;
  set_out: (sheet: number, row: number, out: boolean) => void;
  n: number; // left out
}

// `chosen`: what was chosen so far, which may be newer than what was read; empty: nothing yet.
export function ColumnsStep({ read, chosen, rows, onMapping }: {
  read: ListRead; chosen: string; rows: Rows; onMapping: (text: string) => void;
}) {
  const text = chosen === '' ? read.mapping : chosen;
  const mapping = useMemo(() => parse_mapping(text), [text]);
  return (
    <section class="card" aria-label={w('step_columns')}>
      <h2>{w('step_columns')}</h2>
      {read.remembered !== null && (
        <p class="notice">{w(read.remembered.used ? 'remembered_used' : 'remembered_unused', { name: read.remembered.name })}{' '}
          {read.remembered.used && read.guessed !== read.mapping && (
            <button type="button" onClick={() => onMapping(read.guessed)}>{w('guess_again')}</button>
          )}</p>
      )}
      {read.preview.map((sheet) => <Sheet key={sheet.sheet} sheet={sheet} read={read} mapping={mapping} rows={rows} onMapping={onMapping} />)}
      <p role="status" class={rows.n > 0 ? 'notice warn' : 'soft'}>{rows.n > 0 ? w('rows_out', { n: rows.n }) : w('rows_hint')}</p>
      <h3>{w('findings')}</h3>
      <ListFindings findings={read.findings} />
    </section>
  );
}

export const field_word = (field: string): string => said(w, `changed_${field}`, field);
