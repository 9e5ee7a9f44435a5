// Finding people by how their names are read, and who fills which post.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

test('people are found by pinyin initials, by the whole reading, and by their unit', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const page = await office.page(t, { session, path: '/admin', width: 1280, height: 800 });
  const search = page.getByRole('searchbox');
  for (const [typed, found] of [['gyt', '谷雨田'], ['guyu', '谷雨田'], ['青石消防救援站', '严无火']]) {
    await search.fill(typed);
    await page.getByRole('link', { name: found }).waitFor();
    await page.getByRole('link', { name: '石青松' }).waitFor({ state: 'detached' });
  }
  assert_sound(page);
});

test('posts say who fills them, who is on leave, and which are vacant', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const { json: { version } } = await office.api(session, 'GET', '/api/v1/directory');
  const made = await office.api(session, 'POST', '/api/v1/directory/import', {
    sheets: [{ name: 'leave.csv', text: 'person,from,to\nshi-qingsong,2020-01-01,2036-01-01\n' },
      { name: 'posts.csv', text: 'code,name,area,person,from,to\ncommander,指挥长,qingshi,shi-qingsong,,\npropaganda,宣传组组长,qingshi,,,\n' },
      { name: 'deputies.csv', text: 'post,order,person\n' },
      { name: 'duty.csv', text: 'duty,who,from,to\n' }, { name: 'rotations.csv', text: 'duty,name,turns,every_days,handover,from,to\n' }],
    base_version: version, reason: '换届',
  });
  assert.equal(made.status, 201, made.text);
  const page = await office.page(t, { session, path: '/admin#/directory/posts', width: 1280, height: 800 });
  await page.getByRole('row', { name: /指挥长.*石青松.*请假中/ }).waitFor();
  await page.getByRole('row', { name: /宣传组组长.*▲ 空缺/ }).waitFor();
  await page.getByText('2 个职务，1 个空缺。').waitFor();
  await screen(page, 'admin-posts-zh-1280');
  assert_sound(page);
});

test('a deputy on leave is marked beside the post, and whoever stands in is said of its holder', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ role: 'admin', name: 'office' });
  const page = await office.page(t, { session, path: null, width: 1280, height: 800 });
  const { json: { posts } } = await office.api(session, 'GET', '/api/v1/directory/posts');
  const away = new Set(['shi-qingsong', 'liu-xiqiao']);
  for (const post of posts) {
    post.on_leave = away.has(post.holder?.code);
    for (const deputy of post.deputies) deputy.on_leave = away.has(deputy.code);
  }
  await page.route('**/api/v1/directory/posts', (route) => route.fulfill({ json: { posts } }));
  await page.goto(`${office.url}/admin#/directory/posts`);
  await page.getByRole('row', { name: /^指挥长 石青松 ▲ 请假中 柳溪桥 ▲ 请假中 ?、 ?江雨荷/ }).waitFor();
  await screen(page, 'admin-posts-leave-zh-1280');
  await page.goto(`${office.url}/admin#/directory/persons/shi-qingsong`);
  await page.getByText('江雨荷接替（指挥长）').waitFor();
  assert_sound(page);
});
