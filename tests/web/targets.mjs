// Whatever is pressed is large enough for a thumb: 44 px both ways, WCAG 2.5.5 and the office's own rule.
import assert from 'node:assert/strict';

const kTarget = 44; // CSS pixels

// A box with a label is as large as its label.  Left out: what cannot be seen (the way past the bar
// comes with the focus), and links among words of a line
// (WCAG 2.5.8, "inline").
export async function assert_targets(page) {
  const small = await page.evaluate((least) => {
    const found = [];
    for (const one of document.querySelectorAll('button, a[href], input, select, textarea, summary, [role="tab"]')) {
      const label = one.matches('input[type="checkbox"], input[type="radio"]') ? one.closest('label') : null;
      const box = (label ?? one).getBoundingClientRect();
      const style = getComputedStyle(one);
      if (box.width === 0 || box.height === 0 || style.visibility === 'hidden' || one.closest('.visually-hidden') || box.bottom <= 0 || box.right <= 0) continue;
      const among_words = one.matches('a') && style.display === 'inline' &&
        [...one.parentElement.childNodes].some((other) => other !== one && other.textContent.trim() !== '');
      if (among_words || (box.width >= least - 0.5 && box.height >= least - 0.5)) continue;
      found.push(`${one.tagName.toLowerCase()} "${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 30)}" ${Math.round(box.width)}x${Math.round(box.height)}`);
    }
    return [...new Set(found)];
  }, kTarget);
  assert.deepEqual(small, []);
}
