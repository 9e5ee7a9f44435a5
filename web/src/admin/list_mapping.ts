// What each column of an office's list is taken for, as the daemon writes and reads it (docs/directory.md, "Mapping"):
//   1@3: A=unit+ B=name:1 C=title:1
//   2: skip
export const kFields = ['name', 'head', 'worker', 'title', 'unit', 'section', 'area', 'number', 'mobile', 'landline', 'email'] as const;
export type Field = (typeof kFields)[number];

export interface ColumnUse {
  column: number; // from 1
  field: Field;
  more: string; // "(网格长)+:2", as it came
}
export interface SheetMapping {
  sheet: number; // from 1
  skip: boolean;
  header: string; // "3", "2-3"; "0": none
  columns: ColumnUse[];
}

export function letter_of(column: number): string {
  let text = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text;
  return text;
}

const number_of = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

function is_field(word: string): word is Field {
  return (kFields as readonly string[]).includes(word);
}

export function parse_mapping(text: string): SheetMapping[] {
  const sheets: SheetMapping[] = [];
  for (const line of text.split('\n')) {
    const head = /^(\d+)(?:@([\d-]+))?:\s*(.*)$/.exec(line.trim());
    if (head === null) continue;
    const [, sheet = '', header = '', rest = ''] = head;
    const columns: ColumnUse[] = [];
    for (const word of rest.split(' ')) {
      const use = /^([A-Z]+)=([a-z]+)(.*)$/.exec(word);
      if (use === null) continue;
      const [, letters = '', field = '', more = ''] = use;
      if (is_field(field)) columns.push({ column: number_of(letters), field, more });
    }
    sheets.push({ sheet: Number(sheet), skip: rest.trim() === 'skip', header, columns });
  }
  return sheets;
}

export function mapping_text(sheets: readonly SheetMapping[]): string {
  return [...sheets].sort((a, b) => a.sheet - b.sheet).map(({ sheet, skip, header, columns }) => {
    if (skip || columns.length === 0) return `${sheet}: skip\n`;
    const ordered = [...columns].sort((a, b) => a.column - b.column);
    return `${sheet}@${header === '' ? '1' : header}: ${ordered.map((use) => `${letter_of(use.column)}=${use.field}${use.more}`).join(' ')}\n`;
  }).join('');
}

// The same mapping with one column taken for something else; `field` null: not read.
export function with_column(all: readonly SheetMapping[], sheet: number, column: number, field: Field | null): SheetMapping[] {
  const known = all.find((one) => one.sheet === sheet) ?? { sheet, skip: false, header: '1', columns: [] };
  const before = known.columns.find((use) => use.column === column);
  // Which record of the row it belongs to stays; the title of those it names goes with that meaning.
  const more = before === undefined ? '' : before.more.replace(/\([^)]*\)/, '');
  const others = known.columns.filter((use) => use.column !== column);
  const columns = field === null ? others : [...others, { column, field, more }];
  return [...all.filter((one) => one.sheet !== sheet), { ...known, skip: columns.length === 0, columns }];
}

export function with_sheet(all: readonly SheetMapping[], sheet: number, more: Partial<SheetMapping>): SheetMapping[] {
  const known = all.find((one) => one.sheet === sheet) ?? { sheet, skip: false, header: '1', columns: [] };
  return [...all.filter((one) => one.sheet !== sheet), { ...known, ...more }];
}
