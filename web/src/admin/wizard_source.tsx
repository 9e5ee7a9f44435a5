// Where the list comes from: a file, or what somebody pastes.
import { useState } from 'preact/hooks';

import { w } from './words_wizard';

export interface Source {
  name: string;
  base64?: string;
  text?: string;
}

const kMost = 16 * 1024 * 1024; // octets

function base64_of(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      done(address.slice(address.indexOf(',') + 1)); // "data:…;base64,…"
    };
    reader.onerror = () => failed(new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}

export function SourceStep({ onSource }: { onSource: (source: Source) => void }) {
  const [pasted, set_pasted] = useState('');
  const [wrong, set_wrong] = useState('');
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    set_wrong('');
    if (file.size > kMost) {
      set_wrong(w('too_large'));
      return;
    }
    try {
      onSource({ name: file.name, base64: await base64_of(file) });
    } catch {
      set_wrong(w('not_read'));
    }
  };
  return (
    <section class="card" aria-label={w('step_source')}>
      <h2>{w('step_source')}</h2>
      <label><span class="name">{w('file')}</span>
        <input type="file" accept=".csv,.tsv,.txt,.xlsx,.docx,.html,.htm" onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = ''; // the same file, mended, may be chosen again
        }} /></label>
      <label><span class="name">{w('paste')}</span>
        <textarea rows={4} value={pasted} spellcheck={false} onInput={(event) => set_pasted(event.currentTarget.value)} /></label>
      {wrong !== '' && <p class="error" role="alert">{wrong}</p>}
      <p><button type="button" disabled={pasted.trim() === ''}
        onClick={() => onSource({ name: 'pasted.txt', text: pasted })}>{w('paste_read')}</button></p>
    </section>
  );
}
