// How every face begins: language, who is signed in, then its own pages.
import type { ComponentChild } from 'preact';
import { render } from 'preact';

import './style.css';
import { choose_language, language } from './words';

export function start_face(face: ComponentChild): void {
  choose_language(language.value);
  const root = document.getElementById('app');
  if (root !== null) render(face, root);
}
