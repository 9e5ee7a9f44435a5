// A button that begins what hurts: its colour is not its only sign, and it asks before it does anything.
import type { ComponentChildren } from 'preact';

interface Given {
  label?: string; // when what it says is not enough by itself
  onClick: () => void;
  children: ComponentChildren;
}

export function DangerButton({ label, onClick, children }: Given) {
  return <button type="button" class="danger" aria-label={label} onClick={onClick}><span aria-hidden="true">⚠ </span>{children}</button>;
}
