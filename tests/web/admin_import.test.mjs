// The import wizard, on lists as offices have them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

const csv = (text, name = '应急队名单.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const version = async (office, session) => (await office.api(session, 'GET', '/api/v1/directory')).json.version;

test('lists of an office', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const open = async (t, more = {}) => {
    const page = await office.page(t, { session, path: '/admin#/import', width: 1280, height: 900, ...more });
    await page.getByLabel(/选择文件|Choose a file/).waitFor();
    return page;
  };

  await t.test('a file of no kind it reads is refused with what to do, and nothing changes', async (t) => {
    const page = await open(t);
    await page.getByLabel(/选择文件/).setInputFiles({
      name: '旧名单.csv', mimeType: 'text/csv', buffer: Buffer.concat([Buffer.from('D0CF11E0A1B11AE1', 'hex'), Buffer.alloc(600)]),
    });
    await page.getByText('这份文件读不了，什么都没有改。', { exact: false }).waitFor();
    assert.equal(await page.getByText('已读取').count(), 0);
    assert.equal(await page.getByRole('button', { name: '导入通讯录' }).count(), 0);
    assert.equal(await version(office, session), 1);
    assert_sound(page);
  });

  await t.test('a list with a broken number names its row and column and changes nothing; mended, answered and imported it is one change, which is taken back', async (t) => {
    const page = await open(t);
    await page.getByLabel(/选择文件/).setInputFiles(csv('姓 名,职务,单位,联系方式\n王 伟,驾驶员,应急队,14400000901\n王伟,会计,应急队,14400000902\n谷雨田,队员,应急队,1440000903\n'));
    await page.getByText('第 4 行 D 列').waitFor();
    await page.getByRole('cell', { name: /此格有问题/ }).waitFor();
    await page.getByText(/还有 1 个问题没有回答/).first().waitFor();
    assert.ok(await page.getByRole('button', { name: '导入通讯录' }).isDisabled());
    assert.equal(await version(office, session), 1);
    assert.ok(!(await page.content()).includes('14400000901'), 'numbers are masked');
    await assert_accessible(page);
    await screen(page, 'admin-import-broken-zh-1280');

    const own = office.number_of('gu-yutian').slice(3);
    await page.getByRole('button', { name: '换一个文件' }).click();
    await page.getByLabel(/选择文件/).setInputFiles(
      csv(`姓 名,职务,单位,联系方式\n王 伟,驾驶员,应急队,14400000901\n王伟,会计,应急队,14400000902\n谷雨田,队员,应急队,${own}\n`));
    await page.getByText('表格本身没有问题。').waitFor();
    await page.getByRole('radio', { name: '同名的两个人' }).check();
    await page.getByText('问题都答完了。').waitFor();
    await page.getByLabel('同意日期').fill('2026-11-20');
    await page.getByLabel(/怎样同意的/).fill('会上签字');
    await page.getByRole('button', { name: '先试一下（不改动）' }).click();
    await page.getByText(/试过了：将会增/).waitFor();
    assert.ok(await page.getByRole('button', { name: '导入通讯录' }).isDisabled(), 'nothing is imported without saying why');
    await page.getByLabel(/为什么导入/).fill('年底名单');
    assert.equal(await version(office, session), 1);
    await page.getByRole('button', { name: '导入通讯录' }).click();
    await page.getByText(/已导入，通讯录第 2 版/).waitFor();
    await screen(page, 'admin-imported-zh-1280');
    const found = await office.api(session, 'GET', `/api/v1/directory/persons?q=${encodeURIComponent('王伟')}&reason=x`);
    assert.deepEqual(found.json.persons.map(({ contacts }) => contacts[0].address).sort(), ['+8614400000901', '+8614400000902']);

    await page.getByRole('button', { name: '撤销这次导入' }).click();
    await page.getByLabel('原因').fill('名单过期');
    await page.getByRole('dialog').getByRole('button', { name: '撤销最后一次改动' }).click();
    await page.getByText(/已撤销，现在是第 3 版/).waitFor();
    const gone = await office.api(session, 'GET', `/api/v1/directory/persons?q=${encodeURIComponent('王伟')}`);
    assert.equal(gone.json.persons.length, 0);
    assert_sound(page);
  });

  await t.test('a row that is ticked off is not imported, and what was wrong with it is no matter any more', async (t) => {
    const page = await open(t);
    await page.getByLabel(/选择文件/).setInputFiles(csv('姓名,职务,单位,手机\n孙小雨,队员,应急队,14400000931\n周大山,队员,应急队,1440000932\n', '增补甲.csv'));
    await page.getByText('第 3 行 D 列').waitFor();
    await page.getByRole('checkbox', { name: '导入第 3 行' }).uncheck();
    await page.getByText('有 1 行不导入。').waitFor();
    await page.getByText('表格本身没有问题。').waitFor();
    await page.getByLabel(/为什么导入/).fill('增补');
    await page.getByRole('button', { name: '导入通讯录' }).click();
    await page.getByText(/已导入，通讯录第/).waitFor();
    const found = async (name) => (await office.api(session, 'GET', `/api/v1/directory/persons?q=${encodeURIComponent(name)}`)).json.persons.length;
    assert.deepEqual([await found('孙小雨'), await found('周大山')], [1, 0]);
    // Ticked again it comes back, with what was found.
    await page.getByRole('button', { name: '导入另一份名单' }).click();
    await page.getByLabel(/选择文件/).setInputFiles(csv('姓名,手机\n周大山,1440000932\n', '另一组乙.csv'));
    const tick = page.getByRole('checkbox', { name: '导入第 2 行' });
    await tick.uncheck();
    await page.getByText('表格本身没有问题。').waitFor();
    await tick.check();
    await page.getByText('第 2 行 B 列').waitFor();
    assert_sound(page);
  });

  await t.test('what a column is taken for can be changed, in a table that was pasted', async (t) => {
    const page = await open(t, { width: 360, height: 740, lang: 'en-GB' });
    await page.getByLabel(/paste a table/).fill('甲\t乙\n石大山\t14400000911\n');
    await page.getByRole('button', { name: 'Read what was pasted' }).click();
    await page.getByLabel('Column A is').selectOption('name');
    await page.getByLabel('Column B is').selectOption('mobile');
    await page.getByText('added', { exact: false }).first().waitFor();
    await page.getByRole('row', { name: /石大山/ }).last().waitFor();
    await assert_fits(page);
    await assert_accessible(page);
    await screen(page, 'admin-import-pasted-en-360');
    assert_sound(page);
  });
});
