// The clause that matched, in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { module_of } from './module_of.mjs';

// With a plan's form and in one language.
async function clauses(t, lang) {
  const made = await module_of(t, `export { clause_text } from './parts/clause'; export { plan } from './base/plan';
    export { language } from './base/words';`);
  made.language.value = lang;
  made.plan.value = {
    hazards: [], levels: [],
    attributes: [
      { name: 'trapped', label: '被困', type: 'count', unit: null, question: '', choices: [] },
      { name: 'water_depth', label: '水深', type: 'measure', unit: 'cm', question: '', choices: [] },
      { name: 'spreading', label: '正在蔓延', type: 'flag', unit: null, question: '', choices: [] },
      { name: 'place_kind', label: '场所', type: 'choice', unit: null, question: '', choices: [{ name: 'school', label: '学校' }, { name: 'hospital', label: '医院' }] },
    ],
  };
  return made.clause_text;
}

test('a half-open range is said with 以上 and 以下, as the law counts', async (t) => {
  const said = await clauses(t, 'zh');
  assert.equal(said('trapped = 2 is in 1..3'), '被困 2（1 以上、3 以下）');
  assert.equal(said('trapped = 40 is in 30..'), '被困 40（30 以上）');
  assert.equal(said('water_depth = 12.5 is in 0.5..30'), '水深 12.5 cm（0.5 以上、30 以下）');
  assert.equal(said('trapped = 0 is in ..3'), '被困 0（3 以下）');
});

test('several conditions, flags and choices are said by their labels', async (t) => {
  const said = await clauses(t, 'zh');
  assert.equal(said('trapped = 2 is in 1..3 and spreading = yes'), '被困 2（1 以上、3 以下）；正在蔓延：是');
  assert.equal(said('place_kind = school is one of school, hospital'), '场所：学校（学校 / 医院 之一）');
});

test('what the plan of today does not know is said as it is kept', async (t) => {
  const said = await clauses(t, 'en');
  assert.equal(said('acres = 4 is in 1..9'), 'acres 4 (1 or more, below 9)');
  assert.equal(said('always'), 'always');
  assert.equal(said('something else'), 'something else');
});
