// Rosters by the month.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

const slow = { timeout: 120_000 }; // a plan is judged on one thread, in seconds

// Turns by the day, of which one is nobody's.
const kRotation = 'duty,name,turns,every_days,handover,from,to\ndesk,值班室轮班,zhong-changming;xia-qinghe;-,1,08:30,2026-11-01,2027-12-31\n';

test('a month shows the days on which nobody has a duty, and prints without the buttons', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const directory = await office.api(session, 'GET', '/api/v1/directory');
  const duty = 'duty,who,from,to\nleader,post:duty-leader,,\n';
  const made = await office.api(session, 'POST', '/api/v1/directory/import', {
    sheets: [{ name: 'duty.csv', text: duty }, { name: 'rotations.csv', text: kRotation }], base_version: directory.json.version, reason: '排班',
  });
  assert.equal(made.status, 201, made.text);
  const page = await office.page(t, { session, path: '/admin#/rosters?month=2026-12', width: 1280, height: 900 });
  await page.getByRole('heading', { name: '2026 年 12 月值班表' }).waitFor();
  // 1 November is the first turn, so the third, sixth … day of it is nobody's: 3 December among them.
  await page.getByRole('row', { name: /^3 四.*▲ 无人/ }).waitFor();
  assert.equal(await page.getByRole('row', { name: /^2 三.*无人/ }).count(), 0);
  await page.getByText(/处叫不到足够的人/).waitFor(slow);
  await assert_accessible(page);
  await screen(page, 'admin-roster-zh-1280');
  await page.getByRole('link', { name: /下个月/ }).click();
  await page.getByRole('heading', { name: '2027 年 1 月值班表' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('link', { name: /下个月/ }).isVisible(), false);
  await page.getByRole('table').waitFor(); // it is read behind the heading
  await screen(page, 'admin-roster-print');
  const small = await office.page(t, { session, path: '/admin#/rosters?month=2026-12', width: 320, height: 640, lang: 'en-GB', dark: true });
  await small.getByText(/NOBODY/).first().waitFor();
  await assert_fits(small);
  await screen(small, 'admin-roster-en-320-dark');
  assert_sound(page);
});

test('a duty that the plan does not call goes by its name, and nobody having it is no gap', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const page = await office.page(t, { session, path: '/admin#/rosters?month=2026-12', width: 1280, height: 900 });
  await page.getByText('现行预案没有用到：汛期值守。没有人也不算空岗。').waitFor();
  await page.getByRole('columnheader', { name: '带班领导' }).waitFor();
  assert.equal(await page.getByRole('columnheader', { name: '汛期值守' }).count(), 0, 'nobody has it in this month');
  await page.getByText('这个月每天都有人。').waitFor();
  assert.equal(await page.getByText('▲ 无人').count(), 0);
  assert_sound(page);
});
