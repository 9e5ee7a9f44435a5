// Every page of the duty desk, as its user sees it; then its states in a bad night.
import { after, test } from 'node:test';

import { look_at_pages } from './evening.mjs';
import { Office, assert_accessible, assert_fits, assert_sound, at_night, close_browsers, screen, wait_until } from './office.mjs';

after(close_browsers);

look_at_pages({
  face: 'desk',
  path: '/desk',
  session: (office) => office.session({ role: 'duty' }),
  pages: ({ fire, unclear }) => [
    { name: 'board', hash: '#/' },
    { name: 'incident', hash: `#/incidents/${fire}` },
    { name: 'unclassified', hash: `#/incidents/${unclear}` },
    { name: 'calls', hash: '#/calls' },
    { name: 'phoned', hash: '#/phoned' },
    { name: 'inbox', hash: '#/inbox' },
    { name: 'tasks', hash: '#/tasks' },
    { name: 'map', hash: '#/map', ready: '.leaflet-marker-icon' },
    { name: 'handover', hash: '#/handover' },
    { name: 'links', hash: '#/links' },
  ],
});

// A fire that awaits approval, one that was merged into it by its number, one that ended, a message, people to be phoned.
async function a_bad_night(t) {
  const office = await Office.start(t, { plan: at_night });
  const desk = await office.session({ role: 'duty' });
  const done = async (path, body) => {
    const answer = await office.api(desk, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.json;
  };
  const report = async (n, person, more) =>
    (await office.api(office.token('reporter', person), 'POST', '/api/v1/reports', { key: `bad-night-000${n}`, hazard: 'fire', facts: {}, ...more })).json.incident;
  const fire = await report(1, 'ma-tayun', { facts: { trapped: 5 }, area: 'nanmen', place: '南门集市', text: '市场着火，5人在里面' });
  const merged = await report(2, 'mai-shouwang', { area: 'xinhua', text: '也看到烟' });
  await done(`/api/v1/incidents/${merged}/merge`, { into: fire });
  const ended = await report(3, 'shui-changliu', { area: 'hebin', text: '河边冒烟' });
  await done(`/api/v1/incidents/${ended}/stand-down`, { reason: '火已扑灭，无人受伤', conditions: ['fire-out'], ordered_by: 'gao-yuanshan' });
  office.centre.tell({ do: 'mo', from: '+8614400007777', to: '10690000', text: '北岭那边好像着火了' });
  const message = await wait_until('the message is there', async () => (await office.api(desk, 'GET', '/api/v1/inbox')).json.messages[0]?.message);
  await wait_until('people to be phoned', async () => (await office.api(desk, 'GET', '/api/v1/call-sheet')).json.lines.length >= 3);
  return { office, desk, auditor: await office.session({ role: 'auditor' }), fire, merged, ended, message };
}

// The desk's look with what cannot be brought about here: everything that tocsin warns of at once, links that are dead.
const in_danger = async (page, { office, desk }) => {
  const { json } = await office.api(desk, 'GET', '/api/v1/desk');
  const since = new Date(Date.now() - 600_000).toISOString();
  json.dangers = [
    { code: 'link', text: 'Link carrier is down: connection refused.', text_zh: '通道carrier已中断：连接被拒绝。', since },
    { code: 'disk', text: 'The disk of the database has 180 MiB left.', text_zh: '数据库所在磁盘只剩180 MiB。', since: null },
    { code: 'clock', text: 'The machine’s clock was set forward by 1 h.', text_zh: '本机时钟被拨快了1小时。', since: null },
    { code: 'nobody_on_duty', text: 'Nobody is on duty now: the desk.', text_zh: '现在无人值班：值班室。', since: null },
  ];
  json.on_duty[0].people = [];
  Object.assign(json.links[0], { state: 'down', why: 'connection refused', why_zh: '连接被拒绝', since, waiting: 41 });
  await page.route('**/api/v1/desk', (route) => route.fulfill({ json }));
};

const press = (n) => async (page) => {
  await page.locator('.actions button').nth(n).click();
  await page.locator('dialog').waitFor();
};
const states = ({ fire, merged, ended, message }) => [
  { name: 'approval', hash: `incidents/${fire}`, before: (page) => page.locator('.people tbody tr').first().waitFor() },
  { name: 'raise', hash: `incidents/${fire}`, before: press(0) },
  { name: 'split', hash: `incidents/${fire}`, before: press(2) },
  { name: 'stand-down', hash: `incidents/${fire}`, before: press(3) },
  { name: 'timeline', hash: `incidents/${fire}`, before: async (page) => {
    await page.locator('.people summary').first().click();
    await page.locator('#timeline ~ details summary').click();
    await page.locator('.timeline li').first().waitFor();
  } },
  { name: 'merged', hash: `incidents/${merged}`, before: async (page) => {
    await page.waitForURL(`**/desk#/incidents/${fire}`);
    await page.locator('.people tbody tr').first().waitFor();
  } },
  { name: 'ended', hash: `incidents/${ended}` },
  { name: 'calls-noted', hash: 'calls', before: async (page) => {
    await page.locator('#callee').waitFor();
    await page.locator('.outcomes button').nth(4).click();
    await page.locator('.said.good').waitFor();
  } },
  { name: 'phoned-filled', hash: 'phoned', before: async (page) => {
    await page.locator('main select').first().selectOption('fire');
    await page.locator('main textarea').first().fill('楼顶有火，听见有人喊');
  } },
  { name: 'message', hash: `inbox/${message}` },
  { name: 'handover-print', hash: 'handover', before: (page) => page.emulateMedia({ media: 'print' }) },
  { name: 'dangers', hash: '', mock: in_danger, before: (page) => page.locator('.danger li').nth(3).waitFor() },
  { name: 'links-dead', hash: 'links', mock: in_danger, before: (page) => page.locator('td .late').first().waitFor() },
  { name: 'keys', hash: '', before: (page) => page.keyboard.press('Shift+?') },
  { name: 'auditor', hash: `incidents/${fire}`, auditor: true, before: (page) => page.locator('.people tbody tr').first().waitFor() },
];

const kDark = ['approval', 'timeline', 'calls-noted', 'dangers']; // colours differ, places do not

test('the desk in a bad night is accessible and fits: narrow in Chinese, wide in English, dark', async (t) => {
  const night = await a_bad_night(t);
  for (const [width, height, lang, dark] of [[320, 640, 'zh-CN', false], [1280, 800, 'en-GB', false], [640, 400, 'zh-CN', true]]) {
    const pages = {};
    for (const who of ['desk', 'auditor']) pages[who] = await night.office.page(t, { session: night[who], path: '/desk', width, height, lang, dark });
    for (const one of states(night)) {
      if (dark && !kDark.includes(one.name)) continue;
      const page = pages[one.auditor ? 'auditor' : 'desk'];
      await page.emulateMedia({ media: 'screen' });
      await page.unrouteAll();
      if (one.mock) await one.mock(page, night);
      await page.goto(`${night.office.url}/desk#/links`); // away from what stood there, without loading it all again
      await page.locator('a[aria-current=page][href="#/links"]').waitFor();
      await page.goto(`${night.office.url}/desk#/${one.hash}`);
      await page.locator('main h1').waitFor();
      if (one.before) await one.before(page);
      await screen(page, `desk-night-${one.name}-${lang.slice(0, 2)}-${width}${dark ? '-dark' : ''}`);
      await assert_fits(page);
      if (one.name !== 'handover-print') await assert_accessible(page);
      assert_sound(page);
    }
    for (const page of Object.values(pages)) await page.context().close();
  }
});
