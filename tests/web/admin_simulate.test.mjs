// Plans played through and compared: nothing is sent, nothing is changed.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

const slow = { timeout: 120_000 }; // a plan is judged on one thread, in seconds

test('what would happen: the people who would be told, and the course drawn', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const page = await office.page(t, { session, path: '/admin#/plans/simulate', width: 1280, height: 900 });
  await page.getByLabel('灾种').selectOption('fire');
  await page.getByLabel('区域').selectOption({ label: '青石街道 / 东片区 / 东湖社区' });
  await page.getByRole('group', { name: /被困/ }).getByRole('radio', { name: '2', exact: true }).check();
  await page.getByRole('button', { name: '演算' }).click();
  await page.getByText(/演算结果（\d\d:\d\d，东湖社区，没有人答复）：\d+ 人会被通知。/).waitFor(slow);
  await page.getByRole('listitem').filter({ hasText: /^▲ 东湖社区 网格员 · 那里没有人/ }).waitFor();
  await page.getByRole('listitem').filter({ hasText: /完成、▲ 没有人被通知$/ }).waitFor();
  assert.equal(await page.getByText('fire/III/2').count(), 0, 'the clause is said in words');
  assert.equal(await page.getByText(/条件改过了/).count(), 0);
  await page.getByRole('row', { name: /石青松.*指挥长/ }).waitFor();
  await page.getByRole('img', { name: /石青松: 0 分钟/ }).waitFor();
  assert.ok(!(await page.content()).includes(office.number_of('shi-qingsong')), 'numbers are masked');
  assert.equal((await office.api(session, 'GET', '/api/v1/incidents')).json.incidents.length, 0);
  await assert_accessible(page);
  await screen(page, 'admin-simulate-zh-1280');
  await page.getByLabel('区域').selectOption('');
  await page.getByText(/条件改过了，下面还是原来的演算/).waitFor();
  assert_sound(page);
});

test('the difference in effect of a change is said, of the text that was changed', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const page = await office.page(t, { session, path: '/admin#/plans/edit', width: 1280, height: 900 });
  await page.getByRole('combobox', { name: '文件' }).selectOption({ label: 'hazards/fire.toml' });
  const source = page.getByRole('textbox', { name: 'hazards/fire.toml 的内容' });
  await source.fill((await source.inputValue()).replace('{ trapped = "1..3" }', '{ trapped = "2..3" }'));
  await page.getByRole('button', { name: '看改动的效果' }).click();
  await page.getByRole('row', { name: /级别会不同 .*被困1人.*三级.*四级/ }).waitFor(slow);
  await page.goto(`${office.url}/admin#/plans/compare?before=1&after=1`);
  await page.getByText('效果没有不同。').waitFor(slow);
  assert_sound(page);
});
