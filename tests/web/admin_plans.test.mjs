// A plan's text: what is wrong beside its lines, and putting it in force.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

const slow = { timeout: 120_000 }; // a plan is judged on one thread, in seconds

test('an error is said beside its line, and nothing is put in force', async (t) => {
  // Without its cases the plan is judged in a moment.
  const office = await Office.start(t, { plan: (text) => text.replaceAll(/ {2}"cases\/[a-z_]+\.toml",\n/g, '') });
  const session = await office.session({ role: 'admin', name: 'office' });
  const in_force = async () => (await office.api(session, 'GET', '/api/v1/plans')).json.in_force;
  const page = await office.page(t, { session, path: '/admin#/plans/edit', width: 1280, height: 900 });
  await page.getByRole('combobox', { name: '文件' }).selectOption({ label: 'hazards/fire.toml' });
  const source = page.getByRole('textbox', { name: 'hazards/fire.toml 的内容' });
  const text = await source.inputValue();
  const wrong = text.replace('{ trapped = "1..3" }', '{ trapped = "1..many" }');
  const line = wrong.split('\n').findIndex((one) => one.includes('1..many')) + 1;
  await source.fill(wrong);
  await page.getByRole('button', { name: '检查' }).click();
  await page.getByText('有错误，不能启用。现行预案没有动。').waitFor(slow);
  const beside = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `第 ${line} 行` }) });
  await beside.getByText('1..many', { exact: false }).waitFor();
  await page.locator('.gutter .mark.error', { hasText: String(line) }).waitFor();
  await page.getByRole('button', { name: `第 ${line} 行` }).click();
  assert.match(await source.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd)), /1\.\.many/);
  assert.equal(await page.getByRole('button', { name: '启用这一版' }).count(), 0);
  assert.equal(await in_force(), 1);
  await assert_accessible(page);
  await screen(page, 'admin-plan-error-zh-1280');

  // Mended, with one more line: it may be put in force, and is.
  await source.fill(`${text}\n# 十二月复核\n`);
  await page.getByRole('button', { name: '检查' }).click();
  const use = page.getByRole('form', { name: '启用预案' });
  await use.waitFor(slow);
  const reasons = use.getByRole('textbox');
  for (let n = 0; n < await reasons.count(); n += 1) await reasons.nth(n).fill('测试时这样可以');
  await use.getByRole('button', { name: '启用这一版' }).click();
  await page.getByText('已启用，第 2 版现行。').waitFor(slow);
  assert.equal(await in_force(), 2);
  await page.goto(`${office.url}/admin#/plans`);
  await page.getByRole('region', { name: '第 2 版' }).getByText('现行').waitFor();
  await screen(page, 'admin-plans-zh-1280');
  assert_sound(page);
});
