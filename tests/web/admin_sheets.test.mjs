// tocsin's own sheets through the import wizard.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_sound, close_browsers } from './office.mjs';

after(close_browsers);

test("a sheet of its own with an error names row and column and changes nothing; mended it is in force", async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const version = async () => (await office.api(session, 'GET', '/api/v1/directory')).json.version;
  const page = await office.page(t, { session, path: '/admin#/import', width: 1280, height: 900 });
  const before = await version();
  const sheet = (rows) => ({ name: 'leave.csv', mimeType: 'text/csv', buffer: Buffer.from(`person,from,to\n${rows}`) });
  await page.getByLabel(/选择文件/).setInputFiles(sheet('shi-qingsong,2026-12-01,2026-12-07\nnobody-here,2026-12-01,2026-12-07\n'));
  await page.getByText('leave.csv 第 3 行').waitFor();
  await page.getByText(/没有代码为“nobody-here”的人员/).waitFor();
  assert.equal(await version(), before);
  await page.getByRole('button', { name: '换一个文件' }).click();
  await page.getByLabel(/选择文件/).setInputFiles(sheet('shi-qingsong,2026-12-01,2026-12-07\n'));
  await page.getByText(/试过了：将会增/).waitFor();
  await page.getByText('▲ leave.csv 将整个替换通讯录里的“请假”表：表里没有的行会被移出。').waitFor();
  await page.getByLabel(/为什么导入/).fill('十二月休假');
  await page.getByRole('button', { name: '导入通讯录' }).click();
  await page.getByText(/已导入，通讯录第/).waitFor();
  assert.equal(await version(), before + 1);
  assert_sound(page);
});
