// The keyboard of the desk: "g" and a letter goes to a page, single keys act where a page listens for them.
//
// Nothing is taken while somebody writes in a field, holds Ctrl, Alt or Meta, or has a dialog open.
import { useEffect } from 'preact/hooks';

import { go } from '../base/route';

export const pages_by_key: Readonly<Record<string, readonly string[]>> = {
  b: [], c: ['calls'], p: ['phoned'], i: ['inbox'], t: ['tasks'], m: ['map'], h: ['handover'], l: ['links'],
};

function writing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

const plain = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented && !writing(event.target) &&
  document.querySelector('dialog[open]') === null;

// Moves the focus among what is marked data-item, in the order of the page.
function step(by: number): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-item]')];
  if (items.length === 0) return;
  const at = items.findIndex((item) => item === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by));
  items[next]?.focus();
}

// Listens for the keys of every page.  `help` opens the list of keys.
export function listen_to_keys(help: () => void): () => void {
  let after_g = 0;
  const pressed = (event: KeyboardEvent): void => {
    if (!plain(event)) return;
    const key = event.key.toLowerCase();
    if (Date.now() - after_g < 1500) {
      after_g = 0;
      const page = pages_by_key[key];
      if (page !== undefined) {
        event.preventDefault();
        go(...page);
      }
    } else if (key === 'g') after_g = Date.now();
    else if (key === '?') help();
    else if (key === 'j') step(1);
    else if (key === 'k') step(-1);
    else return;
    event.stopImmediatePropagation();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

// Keys of one page: {"1": …}.
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!plain(event)) return;
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  });
}
