// Asks once more before something that cannot be taken back.
import type { ComponentChildren } from 'preact';

import { c } from '../base/common_words';
import { Dialog } from '../parts/dialog';
import { ProblemNote } from '../parts/problem_note';
import { useAct } from './load';

interface Given {
  title: string;
  label: string;
  ready?: boolean;
  onSure: () => Promise<void>;
  onClose: () => void;
  children?: ComponentChildren;
}

export function Confirm({ title, label, ready = true, onSure, onClose, children }: Given) {
  const { busy, problem, run } = useAct();
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void run(onSure);
      }}>
        {children}
        <ProblemNote problem={problem} />
        <div class="row">
          <button class="main" disabled={busy || !ready}>{label}</button>
          <button type="button" onClick={onClose}>{c('cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}
