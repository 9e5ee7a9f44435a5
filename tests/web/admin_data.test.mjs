// What the office hands out, and what it forgets: a person's data, an erasure, lists as files; each for a reason that the
// record keeps.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers } from './office.mjs';

after(close_browsers);

const size = { width: 1280, height: 800 };

test('data that leave the office', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const kinds = async () => (await office.api(session, 'GET', '/api/v1/record?limit=1000')).json.entries.map(({ kind }) => kind);
  const made = await office.api(session, 'PUT', '/api/v1/directory/persons/wen-siyuan', {
    name: '文思远', language: 'zh', reason: '借调',
    contacts: [{ kind: 'mobile', address: '14400000921', agreed_when: '2026-11-20T02:00:00Z', agreed_how: '登记表' }],
  }, { 'If-None-Match': '*' });
  assert.equal(made.status, 201, made.text);

  // What the browser would keep, once the dialog was answered with a reason.
  async function kept(page, button, label) {
    await page.getByRole('button', { name: button, exact: true }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: label, exact: true });
    assert.ok(await go.isDisabled(), 'nothing leaves without a reason');
    await dialog.getByLabel('原因').fill('本人申请查阅');
    const [file] = await Promise.all([page.waitForEvent('download'), go.click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  await t.test('all that is held about a person is a file, for a reason that the record has', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/wen-siyuan', ...size });
    const before = (await kinds()).filter((kind) => kind === 'unmasked').length;
    const file = await kept(page, '导出此人的全部资料', '导出此人的全部资料');
    assert.equal(file.name, 'tocsin-wen-siyuan.json');
    const held = JSON.parse(file.bytes.toString());
    assert.equal(held.code, 'wen-siyuan');
    assert.match(file.bytes.toString(), /14400000921/);
    assert.ok((await kinds()).filter((kind) => kind === 'unmasked').length > before, 'the record says that it was read');
    assert_sound(page);
  });

  await t.test('lists leave as the kind of file that was chosen, with whole numbers', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/paper', ...size });
    const book = await kept(page, '导出', '导出');
    assert.match(book.name, /^tocsin-people-\d{4}-\d\d-\d\d\.xlsx$/);
    assert.equal(book.bytes.subarray(0, 2).toString(), 'PK');
    await page.getByLabel('格式').selectOption('csv');
    const text = (await kept(page, '导出', '导出')).bytes.toString();
    assert.match(text, /文思远/);
    assert.match(text, /144 ?0000 ?0921/);
    await page.getByLabel('内容').selectOption('vcard');
    assert.equal(await page.getByLabel('格式').count(), 0);
    const cards = await kept(page, '导出', '导出');
    assert.match(cards.name, /\.vcf$/);
    assert.match(cards.bytes.toString(), /BEGIN:VCARD/);
    assert_sound(page);
  });

  await t.test('a person who is still named somewhere is not erased, and it is said where', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/shi-qingsong', ...size });
    await page.getByRole('button', { name: '彻底删除' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/请输入代码/).fill('shi-qingsong');
    await dialog.getByLabel('原因').fill('本人申请');
    await dialog.getByRole('button', { name: '彻底删除' }).click();
    await dialog.getByText('通讯录的“职务”里还有此人，请先换成别人。').waitFor();
    assert.equal((await office.api(session, 'GET', '/api/v1/directory/persons/shi-qingsong')).status, 200);
    await assert_accessible(page);
  });

  await t.test('an erased person is gone, from the history too; only whoever types the code erases', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/wen-siyuan', ...size });
    await page.getByRole('button', { name: '彻底删除' }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: '彻底删除' });
    await dialog.getByLabel('原因').fill('本人申请');
    await dialog.getByLabel(/请输入代码/).fill('wen-siyua');
    assert.ok(await go.isDisabled());
    await dialog.getByLabel(/请输入代码/).fill('wen-siyuan');
    await go.click();
    await page.getByText('已彻底删除。').waitFor();
    assert.equal((await office.api(session, 'GET', '/api/v1/directory/persons/wen-siyuan')).status, 404);
    const found = await office.api(session, 'GET', `/api/v1/directory/persons?q=${encodeURIComponent('文思远')}`);
    assert.equal(found.json.persons.length, 0);
    assert.ok((await kinds()).includes('person_erased'));
    assert_sound(page);
  });
});

test('whoever is thrown out is out at once, on the page that stands open', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const other = await office.session({ role: 'admin', name: 'second' });
  const open = await office.page(t, { session: other, path: '/admin#/directory/posts', ...size });
  await open.getByRole('row', { name: /^指挥长/ }).waitFor();
  const page = await office.page(t, { session, path: '/admin#/access/sessions', ...size });
  await page.getByRole('button', { name: '终止 second 的登录' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '终止' }).click();
  await page.getByRole('row', { name: /second/ }).waitFor({ state: 'detached' });
  await open.getByRole('link', { name: '单位', exact: true }).click();
  await open.getByLabel(/账号/).first().waitFor(); // the page of signing in
  assert.equal(await open.getByRole('heading', { name: '青石消防救援站' }).count(), 0);
});
