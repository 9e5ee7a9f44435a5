// Accounts, tokens, sessions and the record, as administrators see them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

const size = { width: 1280, height: 800 };

// Signs in with a recovery code; {status, cookie}.
async function sign_in(office, name, password, recovery_code) {
  const answer = await office.api(null, 'POST', '/api/v1/sign-in/password', { name, password, recovery_code });
  return { status: answer.status, cookie: answer.headers['set-cookie']?.[0].match(/__Host-sid=([^;]*)/)[1] };
}

test('who may sign in', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });

  await t.test('a new account is shown with its QR code and recovery codes once, works, and is disabled', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/access', ...size });
    await page.getByLabel(/账号名/).fill('night-desk');
    await page.getByLabel(/初始密码/).fill('rain-over-the-lake');
    await page.getByRole('button', { name: '新增', exact: true }).click();
    await page.getByRole('img', { name: '身份验证器的二维码' }).waitFor();
    const once = page.getByRole('region', { name: /night-desk：下面的内容只显示这一次/ });
    const code = (await once.getByRole('listitem').first().innerText()).trim();
    await assert_accessible(page);
    assert.equal((await sign_in(office, 'night-desk', 'rain-over-the-lake', code)).status, 200);
    await page.getByRole('button', { name: '已经抄好，关闭' }).click();
    assert.equal(await page.getByText(code).count(), 0);
    await page.getByRole('button', { name: '永久停用… night-desk' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '永久停用' }).click();
    await page.getByRole('row', { name: /night-desk.*停用/ }).waitFor();
    assert.equal((await sign_in(office, 'night-desk', 'rain-over-the-lake', code)).status, 403);
    await screen(page, 'admin-accounts-zh-1280');
    assert_sound(page);
  });

  await t.test('a token is shown once and refused after it is revoked', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/access/tokens', ...size });
    await page.getByLabel(/^名称/).fill('gateway-2');
    await page.getByRole('button', { name: '新增', exact: true }).click();
    const token = (await page.getByRole('region', { name: /令牌 gateway-2/ }).locator('code').innerText()).trim();
    assert.equal((await office.api(token, 'GET', '/api/v1/session')).status, 200);
    await page.getByRole('button', { name: '作废令牌 gateway-2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
    await page.getByRole('row', { name: /gateway-2.*作废/ }).waitFor();
    assert.equal((await office.api(token, 'GET', '/api/v1/session')).status, 401);
    assert_sound(page);
  });

  await t.test('a session of somebody else is ended, one\'s own is not offered', async (t) => {
    const other = await office.session({ role: 'duty', name: 'lost-tablet' });
    const page = await office.page(t, { session, path: '/admin#/access/sessions', ...size });
    assert.equal(await page.getByRole('row', { name: /本机/ }).getByRole('button').count(), 0);
    await page.getByRole('button', { name: '终止 lost-tablet 的登录' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '终止' }).click();
    await page.getByRole('row', { name: /lost-tablet/ }).waitFor({ state: 'detached' });
    assert.equal((await office.api(other, 'GET', '/api/v1/session')).status, 401);
    assert_sound(page);
  });

  await t.test('the record says in words what was done, and of one incident alone', async (t) => {
    const reporter = office.token('reporter', 'gu-yutian');
    const sent = await office.api(reporter, 'POST', '/api/v1/reports', { key: 'planted-key-1', hazard: 'fire', facts: { trapped: 1 }, area: 'donghu' });
    assert.equal(sent.status, 201, sent.text);
    const page = await office.page(t, { session, path: '/admin#/record', ...size });
    await page.getByRole('row', { name: /新增账号.*值班室.*由管理员 命令行/ }).first().waitFor();
    await page.getByRole('row', { name: /登录 office · 密码/ }).first().waitFor();
    await page.getByRole('row', { name: new RegExp(`事件 ${sent.json.incident} 步骤开始 报警求援`) }).waitFor();
    await page.getByRole('row', { name: new RegExp(`事件 ${sent.json.incident} 研判 .*级`) }).waitFor();
    assert.doesNotMatch(await page.locator('table').innerText(), /call-119|fire\/|link:0|[0-9a-f]{8}…|name:/);
    await screen(page, 'admin-record-all-zh-1280');
    await page.getByLabel('只看事件编号').fill(String(sent.json.incident));
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByRole('row', { name: /收到报告/ }).waitFor();
    await page.getByRole('row', { name: /新增账号/ }).first().waitFor({ state: 'detached' });
    await page.getByText(/从头开始。 整个记录共 \d+ 条/).waitFor();
    await screen(page, 'admin-record-zh-1280');
    assert_sound(page);
  });
});
