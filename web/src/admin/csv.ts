// Sheets of the directory as rows of cells (RFC 4180), and back.
export type Row = Record<string, string>;

export interface Sheet {
  columns: string[];
  rows: Row[];
}

function cells_of(text: string): string[][] {
  const lines: string[][] = [];
  const at = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  let line: string[] = [];
  while (at.lastIndex < text.length) {
    const [all = '', cell = '', end = ''] = at.exec(text) ?? [];
    if (all === '') throw new Error(`not a sheet: line ${lines.length + 1}`); // half of it must not be taken for all
    line.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ',' && at.lastIndex < text.length) continue;
    if (end === ',') line.push('');
    lines.push(line);
    line = [];
  }
  return lines;
}

export function parse_sheet(text: string): Sheet {
  const [columns = [], ...lines] = cells_of(text);
  return { columns, rows: lines.map((line) => Object.fromEntries(columns.map((name, n) => [name, line[n] ?? '']))) };
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export function sheet_text({ columns, rows }: Sheet): string {
  return [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

// The same sheet with other rows in the place of those that fit; at the end, when none did.
export function with_rows(sheet: Sheet, fits: (row: Row) => boolean, rows: readonly Row[]): Sheet {
  const first = sheet.rows.findIndex(fits);
  const before = sheet.rows.slice(0, first < 0 ? sheet.rows.length : first);
  const behind = first < 0 ? [] : sheet.rows.slice(first).filter((row) => !fits(row));
  return { columns: sheet.columns, rows: [...before, ...rows, ...behind] };
}
