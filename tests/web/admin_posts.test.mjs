// Who fills a post, who stands in, who is in a unit: changed by a form, after what it would change was shown.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers } from './office.mjs';

after(close_browsers);

const size = { width: 1280, height: 800 };

async function pick(dialog, group, typed, name) {
  const field = dialog.getByRole('group', { name: group });
  await field.getByRole('searchbox').fill(typed);
  await field.getByRole('button', { name: new RegExp(`^${name}`) }).click();
}

test('posts and units', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const post_of = async (code) => (await office.api(session, 'GET', '/api/v1/directory/posts')).json.posts.find((one) => one.code === code);
  const unit_of = async (code) => (await office.api(session, 'GET', '/api/v1/directory/units')).json.units.find((one) => one.code === code);
  const version = async () => (await office.api(session, 'GET', '/api/v1/directory')).json.version;

  await t.test('a post is given to somebody else, with deputies in another order; nothing changes before it is saved', async (t) => {
    const before = await version();
    const page = await office.page(t, { session, path: '/admin#/directory/posts', ...size });
    await page.getByRole('button', { name: '修改职务：指挥长' }).click();
    const dialog = page.getByRole('dialog');
    await pick(dialog, '由谁担任', 'byl', '白云岭');
    await dialog.getByRole('button', { name: '江雨荷往前移' }).click();
    await dialog.getByLabel('原因').fill('换届');
    await dialog.getByRole('button', { name: '先看会改什么' }).click();
    await dialog.getByText(/将会：增/).waitFor();
    await assert_accessible(page);
    assert.equal(await version(), before);
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText(`已保存，通讯录第 ${before + 1} 版。`).waitFor();
    await page.getByRole('row', { name: /^指挥长/ }).getByText('白云岭').waitFor();
    const post = await post_of('commander');
    assert.equal(post.holder.code, 'bai-yunling');
    assert.deepEqual(post.deputies.map(({ code }) => code), ['jiang-yuhe', 'liu-xiqiao']);
    assert_sound(page);
  });

  await t.test('a successor begins on a day: until then the post stays with whoever has it', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/posts', ...size });
    await page.getByRole('button', { name: '修改职务：宣传组组长' }).click();
    const dialog = page.getByRole('dialog');
    await pick(dialog, '由谁担任', '金砥鸣', '金砥鸣');
    await dialog.getByLabel(/从哪天起/).fill('2035-01-01');
    await dialog.getByLabel('原因').fill('接任');
    await dialog.getByRole('button', { name: '先看会改什么' }).click();
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText(/已保存，通讯录第/).waitFor();
    assert.equal((await post_of('propaganda')).holder.code, 'hua-mingyue');
    const sheet = (await office.api(session, 'GET', '/api/v1/directory/export?reason=x&sheet=posts')).text;
    assert.match(sheet, /propaganda,宣传组组长,qingshi,hua-mingyue,,2035-01-01 00:00/);
    assert.match(sheet, /propaganda,宣传组组长,qingshi,jin-diming,2035-01-01/);
  });

  await t.test('a unit gets another head and a member less', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/units', ...size });
    await page.getByRole('button', { name: '修改单位：青石消防救援站' }).click();
    const dialog = page.getByRole('dialog');
    await pick(dialog, '负责人', 'ltj', '雷霆均');
    await dialog.getByRole('group', { name: '其他成员' }).getByRole('button', { name: '去掉史敦厚' }).click();
    await dialog.getByLabel('原因').fill('调整');
    await dialog.getByRole('button', { name: '先看会改什么' }).click();
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText(/已保存，通讯录第/).waitFor();
    assert.deepEqual((await unit_of('fire-station')).members.map(({ person, role }) => [person.code, role]), [['lei-tingjun', 'responsible']]);
    assert_sound(page);
  });

  await t.test('a change decided on what has changed meanwhile is not done', async (t) => {
    const page = await office.page(t, { session, path: '/admin#/directory/posts', ...size });
    await page.getByRole('button', { name: '修改职务：后勤保障组组长' }).click();
    const dialog = page.getByRole('dialog');
    await pick(dialog, '由谁担任', '金砥鸣', '金砥鸣');
    await dialog.getByLabel('原因').fill('接任');
    await dialog.getByRole('button', { name: '先看会改什么' }).click();
    await dialog.getByText(/将会：/).waitFor();
    const other = await office.api(session, 'PUT', '/api/v1/directory/persons/somebody', { name: '别人', language: 'zh' }, { 'If-None-Match': '*' });
    assert.equal(other.status, 201, other.text);
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText(/别人刚刚改过/).waitFor();
    assert.equal((await post_of('logistics')).holder.code, 'mi-fengnian');
  });
});
