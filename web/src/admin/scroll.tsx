// A wide table: scrolls sideways by itself, by keyboard too.
import type { ComponentChildren } from 'preact';

import { t } from './words';

export function Scroll({ label, children }: { label?: string; children: ComponentChildren }) {
  return <div class="scroll" tabIndex={0} role="region" aria-label={label ?? t('table')}>{children}</div>;
}
