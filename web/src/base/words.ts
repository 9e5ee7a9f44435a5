// The two languages of the app: which one is in use, and the words of a face.
//
// A face lists its words once per language; TypeScript holds the lists equal, check/words.mjs finds words that nobody
// says.  {name} in a word is replaced by the value of that name.
import { signal } from '@preact/signals';

import type { Language } from './language';
import { first_language, kKept } from './language';

export type { Language } from './language';

export const language = signal<Language>(typeof document === 'undefined' ? 'zh' : first_language());

export function choose_language(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(kKept, chosen);
  } catch {
    // for this visit only, then
  }
}

// What comes in both languages, in the one in use; in the other if that is all there is.
export const in_language = (en: string | null | undefined, zh: string | null | undefined): string =>
  (language.value === 'zh' ? zh ?? en : en ?? zh) ?? '';

export type Values = Record<string, string | number>;

// const t = words_of({send: '发送'}, {send: 'Send'}); t('send')
export function words_of<const Words extends Record<string, string>>(
  zh: Words,
  en: { readonly [K in keyof Words]: string },
): (key: keyof Words, values?: Values) => string {
  return (key, values) => {
    const word = (language.value === 'zh' ? zh : en)[key];
    return values === undefined ? word : word.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
  };
}
