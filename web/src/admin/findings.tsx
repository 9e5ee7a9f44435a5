// What was found wrong, each with its weight in words and a sign, and where it lies.
import { language } from '../base/words';
import { said } from './load';
import type { DirectoryFinding, Severity } from './shapes';
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

// The server words these in English alone; a heading in Chinese stands before what it said.
function heading_of(code: string): string {
  return language.value === 'zh' ? said(finding_words, `code_${code.replaceAll('-', '_')}`, '') : '';
}

export function Finding({ finding }: { finding: DirectoryFinding }) {
  const heading = heading_of(finding.code);
  return (
    <>
      <Weight severity={finding.severity} />{' '}
      {where_of(finding) !== '' && <strong><bdi>{where_of(finding)}</bdi>{' '}</strong>}
      {heading !== '' && <>{heading}{' '}</>}
      <bdi lang="en" class={heading === '' ? '' : 'soft'}>{finding.message}</bdi>
      {finding.hint !== null && <span class="soft"> → <bdi>{finding.hint}</bdi></span>}
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
