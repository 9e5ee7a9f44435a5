// A key that cannot be taken back asks once before it does what it says.
import { useState } from 'preact/hooks';

import { w } from './words';

interface Given {
  label: string;
  sure: string; // the question
  yes: string;
  no?: string;
  look?: string; // of the key
  name?: string; // of the key, where its label alone says too little
  onYes: () => void;
}

export function AskOnce({ label, sure, yes, no = w('keep_it'), look = 'danger', name, onYes }: Given) {
  const [asking, set_asking] = useState(false);
  if (!asking) return <button type="button" class={look} aria-label={name} onClick={() => set_asking(true)}>{label}</button>;
  return (
    <div class="notice warn" role="alert">
      <p><bdi>{sure}</bdi></p>
      <div class="row">
        <button type="button" class="danger" onClick={() => { set_asking(false); onYes(); }}>{yes}</button>
        <button type="button" onClick={() => set_asking(false)}>{no}</button>
      </div>
    </div>
  );
}

// What is only on this phone.
export function Delete({ onDelete }: { onDelete: () => void }) {
  return (
    <div class="apart"><AskOnce label={w('throw_away')} sure={w('throw_away_sure')} yes={w('throw_away_yes')} onYes={onDelete} /></div>
  );
}
