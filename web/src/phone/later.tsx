// Pages that are read behind the first one; they are kept by the worker as the first one is.
import { signal } from '@preact/signals';

import { c } from '../base/common_words';
import { CallDesk } from './notices';

type Pages = typeof import('./pages');
const pages = signal<Pages | null>(null);
const failed = signal(false);

export async function read_pages(): Promise<void> {
  try {
    pages.value = await import('./pages');
  } catch {
    failed.value = true; // not every browser asks again for what failed once: the whole page is read again instead
  }
}
addEventListener('online', () => {
  if (failed.value) location.reload();
});

export function Later({ path }: { path: string[] }) {
  const read = pages.value;
  if (read !== null) return <read.LaterPage path={path} />;
  if (!failed.value) return <p role="status">{c('loading')}</p>;
  return (
    <div class="notice bad" role="alert">
      <p>{c('no_answer')}</p>
      <div class="stack"><button type="button" class="main" onClick={() => location.reload()}>{c('again')}</button><CallDesk /></div>
    </div>
  );
}
