// What was found wrong, each with its weight in words and a sign, and where it lies.
import { language } from '../base/words';
import { said } from './load';
import type { DirectoryFinding, Severity } from './shapes';
import { d } from './words_directory';
import { finding_words } from './words_findings';

const kSigns: Record<Severity, string> = { error: '✕', warning: '▲', note: 'ℹ' };

export function Weight({ severity }: { severity: Severity }) {
  return (
    <span class={`weight ${severity}`}>
      <span aria-hidden="true">{kSigns[severity]} </span>{said(finding_words, `severity_${severity}`, severity)}
    </span>
  );
}

// "contacts.csv, row 2" and the column, as the message names it.
export function where_of(finding: DirectoryFinding): string {
  if (finding.file === null || finding.line === 0) return '';
  return finding_words('file_row', { file: finding.file, row: finding.line });
}

export function field_of(finding: DirectoryFinding): string {
  return /\(([a-z_]+)\)/.exec(finding.message)?.[1] ?? '';
}

// Taking somebody out while another sheet names them: "posts, person: there is no person with the code …".
function still_named(message: string): string {
  const sheet = /^([a-z_]+), [a-z_]+: there is no person with the code/.exec(message)?.[1];
  return sheet === undefined ? '' : finding_words('still_named', { sheet: said(d, `table_${sheet}`, sheet) });
}

// Where a daemon words them in English alone, a heading in Chinese stands before what it said.
function heading_of(code: string): string {
  return said(finding_words, `code_${code.replaceAll('-', '_')}`, '');
}

// Beside its field (without a row) nobody needs the column.
const without_column = (text: string): string => text.replace(/^([A-Z]+\u5217（\w+）：|column [A-Z]+ \(\w+\): )/, '');

function What({ finding: { code, line, message: en, message_zh: zh, hint, hint_zh } }: { finding: DirectoryFinding }) {
  const message = line === 0 ? without_column(en) : en;
  const message_zh = zh != null && line === 0 ? without_column(zh) : zh;
  const chinese = language.value === 'zh';
  const named = still_named(en);
  if (named !== '') return <>{named}</>;
  if (chinese && message_zh != null) {
    return <><bdi>{message_zh}</bdi>{(hint_zh ?? '') !== '' && <span class="soft"> → <bdi>{hint_zh}</bdi></span>}</>;
  }
  const heading = chinese ? heading_of(code) : '';
  return (
    <>
      {heading !== '' && <>{heading}{' '}</>}
      <bdi lang="en" class={heading === '' ? '' : 'soft'}>{message}</bdi>
      {hint !== null && <span class="soft"> → <bdi>{hint}</bdi></span>}
    </>
  );
}

export function Finding({ finding }: { finding: DirectoryFinding }) {
  return (
    <>
      <Weight severity={finding.severity} />{' '}
      {where_of(finding) !== '' && <strong><bdi>{where_of(finding)}</bdi>{' '}</strong>}
      <What finding={finding} />
    </>
  );
}

export function Findings({ findings }: { findings: readonly DirectoryFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map((finding, n) => <li key={n}><Finding finding={finding} /></li>)}
    </ul>
  );
}
