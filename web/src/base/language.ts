// Which language this browser is to be spoken to in: what was chosen here, else its own.
export type Language = 'zh' | 'en';

export const kKept = 'tocsin.language';

export function first_language(): Language {
  try {
    const kept = localStorage.getItem(kKept);
    if (kept === 'zh' || kept === 'en') return kept;
  } catch {
    // storage may be forbidden; the browser's own language will do
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
