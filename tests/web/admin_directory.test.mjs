// The directory as administrators see it, and who may see it at all.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

const desk_size = { width: 1280, height: 800 };

test('the directory of an office', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });

  await t.test('people are found by name and by the end of a number; numbers are masked', async (t) => {
    const page = await office.page(t, { session, path: '/admin', ...desk_size });
    const search = page.getByRole('searchbox');
    await search.fill('谷雨');
    await page.getByRole('link', { name: '谷雨田' }).waitFor();
    await page.getByText('1 人').waitFor();
    const number = office.number_of('gu-yutian');
    assert.ok((await page.getByRole('row', { name: /谷雨田/ }).innerText()).includes(number.slice(-4)));
    assert.ok(!(await page.content()).includes(number));
    await search.fill(office.number_of('shi-qingsong').slice(-4));
    await page.getByRole('link', { name: '石青松' }).waitFor();
    await search.fill('没有这个人');
    await page.getByText(/没有找到/).waitFor();
    await search.fill('');
    await page.getByText(/前 50 人/).waitFor();
    await assert_accessible(page);
    await screen(page, 'admin-directory-zh-1280');
    assert_sound(page);
  });

  await t.test('whole numbers are shown for a reason alone', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/gu-yutian', ...desk_size });
    await page.getByRole('button', { name: '显示完整号码' }).click();
    const show = page.getByRole('dialog').getByRole('button', { name: '显示完整号码' });
    assert.ok(await show.isDisabled());
    await page.getByLabel('原因').fill('年度核对');
    await show.click();
    await page.getByText(office.number_of('gu-yutian')).waitFor();
    const record = await office.api(session, 'GET', '/api/v1/record?limit=1000');
    assert.ok(record.json.entries.some(({ kind }) => kind === 'unmasked'));
  });

  await t.test('a wrong number is said beside its field, and the right one is saved', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/gu-yutian', ...desk_size });
    await page.getByRole('button', { name: '修改' }).click();
    await page.getByLabel('原因').fill('换了号码');
    await page.getByRole('button', { name: '打开修改' }).click();
    const address = page.getByLabel('号码或地址').first();
    await address.fill('1440000099');
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('label', { has: address }).getByText(/10位，手机11位：少1位/).waitFor();
    await screen(page, 'admin-person-wrong-zh-1280');
    await address.fill('14400000099');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(/已保存，通讯录第 2 版/).waitFor();
    await page.getByText('0099').waitFor();
    assert_sound(page);
  });

  await t.test('an edit decided on what has changed meanwhile is not done', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/bai-yunling', ...desk_size });
    await page.getByRole('button', { name: '修改' }).click();
    await page.getByLabel('原因').fill('改备注');
    await page.getByRole('button', { name: '打开修改' }).click();
    const known = await office.api(session, 'GET', '/api/v1/directory/persons/bai-yunling?reason=x');
    const { code: _, version: __, ...body } = known.json;
    const fields = (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    const other = await office.api(session, 'PUT', '/api/v1/directory/persons/bai-yunling',
      fields({ ...body, notes: '别人改的', contacts: body.contacts.map(fields) }), { 'If-Match': known.headers.etag });
    assert.equal(other.status, 200, other.text);
    await page.getByLabel('备注').fill('我改的');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(/别人刚刚改过/).waitFor();
    const now = await office.api(session, 'GET', '/api/v1/directory/persons/bai-yunling');
    assert.equal(now.json.notes, '别人改的');
  });

  await t.test('leave is noted, and the history takes it back', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/persons/shi-qingsong', ...desk_size });
    await page.getByRole('button', { name: '登记请假…' }).click();
    await page.getByLabel('从（这一天起）').fill('2020-01-01');
    await page.getByLabel('到（含这一天）').fill('2036-01-01');
    await page.getByLabel('原因').fill('疗养');
    await page.getByRole('dialog').getByRole('button', { name: '登记请假' }).click();
    await page.getByText('请假已登记。').waitFor();
    await page.getByRole('listitem').filter({ hasText: '2020-01-01 至 2036-01-01（含）' }).waitFor();
    await page.getByText('▲ 请假中').waitFor();
    await screen(page, 'admin-person-leave-zh-1280');
    const people = await office.page(t, { session, path: '/admin#/directory?q=shi-qingsong', ...desk_size });
    await people.getByRole('row', { name: /石青松.*▲ 请假中/ }).waitFor();
    await page.goto(`${office.url}/admin#/directory/changes`);
    await page.getByRole('button', { name: '撤销最后一次改动' }).click();
    await page.getByLabel('原因').fill('填错了人');
    await page.getByRole('dialog').getByRole('button', { name: '撤销最后一次改动' }).click();
    await page.getByText(/已撤销，现在是第/).waitFor();
    const leave = await office.api(session, 'GET', '/api/v1/directory/export?reason=x&sheet=leave');
    assert.doesNotMatch(leave.text, /shi-qingsong/);
    assert_sound(page);
  });

  await t.test('leave is shown for a reason, one that runs ends at once and one to come is taken out', async (t) => {
    const { json: { version } } = await office.api(session, 'GET', '/api/v1/directory');
    const made = await office.api(session, 'POST', '/api/v1/directory/import', {
      sheets: [{ name: 'leave.csv', text: 'person,from,to\nbai-yunling,2019-01-01,2019-02-01\nbai-yunling,2020-01-01,2035-01-01\nbai-yunling,2036-03-01,2036-03-02\n' }],
      base_version: version, reason: '疗养',
    });
    assert.equal(made.status, 201, made.text);
    const page = await office.page(t, { session, path: '/admin#/directory/persons/bai-yunling', ...desk_size });
    await page.getByText('▲ 请假中').waitFor();
    await page.getByRole('button', { name: '查看请假…' }).click();
    await page.getByLabel('原因').fill('排班');
    await page.getByRole('dialog').getByRole('button', { name: '查看请假' }).click();
    const noted = page.getByRole('region', { name: '已登记的请假' });
    await noted.getByText('2020-01-01 至 2035-01-01（含）').waitFor();
    await noted.getByText('2036-03-01 至 2036-03-02（含）').waitFor();
    assert.equal(await noted.getByText('2019').count(), 0);
    for (const leave of ['2036-03-01 至 2036-03-02（含）', '2020-01-01 至 2035-01-01（含）']) {
      await page.getByRole('button', { name: `销假… ${leave}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('原因').fill('提前回来');
      await dialog.getByRole('button', { name: '先看会改什么' }).click();
      await dialog.getByText(/将会：/).waitFor();
      await assert_accessible(page);
      await dialog.getByRole('button', { name: '保存' }).click();
      await page.getByText('已销假。').waitFor();
      await noted.getByText(leave).waitFor({ state: 'detached' });
    }
    await page.getByText('▲ 请假中').waitFor({ state: 'detached' });
    const posts = (await office.api(session, 'GET', '/api/v1/directory/posts')).json.posts;
    assert.ok(posts.every(({ holder, on_leave }) => holder?.code !== 'bai-yunling' || !on_leave));
    assert_sound(page);
  });

  await t.test('the language is changed by one button, and stays', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/paper', width: 360, height: 740, dark: true });
    await page.getByRole('heading', { name: '导出与打印' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Export and print', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Export and print', exact: true }).waitFor();
    assert.doesNotMatch((await page.locator('main').innerText()), /[\u4e00-\u9fff]/);
    await assert_fits(page);
    await assert_accessible(page);
    await screen(page, 'admin-paper-en-360-dark');
  });

  await t.test('markup, signs that turn the writing round and endless words are shown as they are', async (t) => {
    const name = '<img src=x onerror="document.title=1"> \u05e9\u05dc\u05d5\u05dd';
    const notes = 'W'.repeat(490);
    const made = await office.api(session, 'PUT', '/api/v1/directory/persons/hostile', { name, language: 'zh', notes, door: '<script>1</script>', contacts: [], reason: name },
      { 'If-None-Match': '*' });
    assert.equal(made.status, 201, made.text);
    for (const [path, shown] of [['directory?q=hostile', name], ['directory/persons/hostile', name], ['directory/changes', name]]) {
      const page = await office.page(t, { session, path: `/admin#/${path}`, width: 320, height: 640 });
      await page.getByText(shown).first().waitFor();
      assert.equal(await page.locator('main img').count(), 0);
      await assert_fits(page);
      assert_sound(page);
    }
  });
});
