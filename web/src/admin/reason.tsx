// Asks why, before whole numbers are shown or something is done that the record should explain.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { Problem } from '../base/api';
import { c } from '../base/common_words';
import { Dialog } from '../parts/dialog';
import { ProblemNote } from '../parts/problem_note';
import { Findings } from './findings';
import { useAct } from './load';
import type { DirectoryFinding } from './shapes';
import { t } from './words';

interface Given {
  title: string;
  label: string; // of the button that does it
  onReason: (reason: string) => Promise<void>; // closes by onClose once it is done
  onClose: () => void;
  children?: ComponentChildren;
  ready?: boolean; // false: something else must be filled in first
}

export function findings_of(problem: unknown): DirectoryFinding[] {
  if (!(problem instanceof Problem) || typeof problem.body !== 'object' || problem.body === null) return [];
  const { findings } = problem.body as { findings?: DirectoryFinding[] };
  return Array.isArray(findings) ? findings : [];
}

export function ReasonDialog({ title, label, onReason, onClose, children, ready = true }: Given) {
  const [reason, set_reason] = useState('');
  const { busy, problem, run } = useAct();
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void run(() => onReason(reason.trim()));
      }}>
        {children}
        <label><span class="name">{t('reason')}</span>
          <input required maxLength={500} value={reason} autocomplete="off"
            onInput={(event) => set_reason(event.currentTarget.value)} /></label>
        <p class="soft">{t('reason_kept')}</p>
        <ProblemNote problem={problem} />
        <Findings findings={findings_of(problem)} />
        <div class="row">
          <button class="main" disabled={busy || !ready || reason.trim() === ''}>{label}</button>
          <button type="button" onClick={onClose}>{c('cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}
