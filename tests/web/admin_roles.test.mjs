// Who may see the pages of the office at all.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, close_browsers } from './office.mjs';

after(close_browsers);

const desk_size = { width: 1280, height: 800 };

test('the desk and reporters are told that the pages are not for them, whatever the address; the API says so too', async (t) => {
  const office = await Office.start(t);
  for (const who of [{ role: 'duty', name: 'desk' }, { person: 'gu-yutian' }]) {
    const session = await office.session(who);
    for (const path of ['/admin', '/admin#/directory/persons/shi-qingsong', '/admin#/plans/edit', '/admin#/access']) {
      const page = await office.page(t, { session, path, ...desk_size });
      await page.getByRole('heading', { name: '您的账号无权使用这个页面。' }).waitFor();
      assert.equal(await page.getByRole('table').count() + await page.getByRole('textbox').count(), 0);
    }
    for (const path of ['/api/v1/directory/persons', '/api/v1/users', '/api/v1/directory/changes', '/api/v1/directory/export?reason=x']) {
      assert.equal((await office.api(session, 'GET', path)).status, 403, path);
    }
  }
  const auditor = await office.page(t, { role: 'auditor', path: '/admin', ...desk_size });
  await auditor.getByRole('heading', { name: '职务' }).waitFor();
  assert.equal(await auditor.getByRole('link', { name: '导入名单' }).count(), 0);
  await auditor.goto(`${office.url}/admin#/import`);
  await auditor.getByText('没有这个页面。').waitFor();
});
