// Being told on a phone: the alert, its answer, a decision; signed in, and behind the link of the text message.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen, wait_until } from './office.mjs';

after(close_browsers);

const kDesk = '\n[desk]\nphone = "0539-0000110"\nsms = "10690000"\n';
const kCommander = 'shi-qingsong';

// A fire that rings the commander; returns its code.
async function a_fire(office, facts, more = {}, who = 'gu-yutian') {
  const reporter = office.token('reporter', who);
  const sent = await office.api(reporter, 'POST', '/api/v1/reports', { key: 'the-fire-0001', hazard: 'fire', facts, area: 'donghu', place: '北门', ...more });
  assert.equal(sent.status, 201, sent.text);
  return sent.json.incident;
}
const alerts_of = async (office, desk, code) => (await office.api(desk, 'GET', `/api/v1/incidents/${code}/alerts`)).json.alerts;
const link_in = (text) => text.match(/\/a#[A-Za-z0-9_-]+/)[0];
const own = (alerts, kind) => alerts.find((alert) => alert.person.code === kCommander && alert.kind === kind);

test('an alert shows what, where and how serious, and one tap answers it for the desk', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const page = await office.page(t, { person: kCommander, path: '/#/alerts' });
  await page.getByText('没有发给您的警报').waitFor();
  const code = await a_fire(office, { trapped: 2 });
  await page.getByRole('link', { name: new RegExp(`事件 ${code}`) }).first().click();
  await page.getByRole('heading', { name: /火灾/ }).waitFor();
  await page.getByText('北门').first().waitFor();
  await page.getByText('回复 1收到').waitFor({ state: 'hidden' }); // the text message is folded
  await page.getByText('短信原文').click();
  await page.getByText('回复 1收到').waitFor();
  await page.getByText('还没有人负责指挥').waitFor();
  await page.getByLabel('补充一句').fill('十分钟后到');
  await page.getByText('这句还没有发').waitFor();
  await page.getByRole('button', { name: '前往', exact: true }).click();
  await page.getByText('您的答复：前往').waitFor();
  await page.getByText('这句还没有发').waitFor({ state: 'detached' });
  await page.getByText(/石青松（指挥长 · 前往途中），.* 起/).waitFor();
  await wait_until('the desk sees it', async () => own(await alerts_of(office, desk, code), 'alert')?.answer === 'coming');
  await wait_until('and that it was opened', async () => own(await alerts_of(office, desk, code), 'alert')?.seen_at !== null);
  await assert_accessible(page);
  await assert_fits(page);
  await screen(page, 'phone-alert-zh');
  await page.getByRole('button', { name: '看地图' }).click();
  await page.locator('.leaflet-marker-icon').first().waitFor();
  await screen(page, 'phone-alert-map-zh');
  assert_sound(page);
});

test('the link of the text opens that alert alone, answers it, and ends with its incident', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const code = await a_fire(office, { trapped: 2 });
  const link = link_in(await office.text_to(kCommander, /\/a#/));
  const page = await office.page(t, { path: link });
  await page.getByRole('heading', { name: /火灾/ }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0, 'nothing else of the app is offered');
  await page.getByRole('button', { name: /^到达/ }).click();
  await page.getByText('您的答复：到达').waitFor();
  await wait_until('the desk sees it', async () => own(await alerts_of(office, desk, code), 'alert')?.answer === 'arrived');
  await page.getByText(/石青松（指挥长），.* 起/).waitFor();
  await assert_accessible(page);
  await assert_fits(page);
  await screen(page, 'phone-link-zh');
  const other = await office.page(t, { path: '/a#not-a-link' });
  await other.getByText('链接不完整').waitFor();
  const ended = await office.api(desk, 'POST', `/api/v1/incidents/${code}/stand-down`,
    { reason: '已扑灭', ordered_by: 'gao-yuanshan', conditions: ['fire-out', 'all-found'] });
  assert.equal(ended.status, 200, ended.text);
  await page.getByText('这个链接已失效').waitFor();
  await page.getByRole('link', { name: '登录，看发给我的警报' }).waitFor();
  assert_sound(page);
});

test('a page of what is over says how it was, and when it ended', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const code = await a_fire(office, { trapped: 2 });
  const alert = await wait_until('the commander is told', async () => own(await alerts_of(office, desk, code), 'alert'));
  await office.api(desk, 'POST', `/api/v1/alerts/${alert.alert}/answer`, { answer: 'coming' });
  const page = await office.page(t, { person: kCommander, path: `/#/alerts/${alert.alert}` });
  await page.getByText(/集合地点/).waitFor();
  await page.getByRole('heading', { name: '由谁指挥', exact: true }).waitFor();
  const ended = await office.api(desk, 'POST', `/api/v1/incidents/${code}/stand-down`,
    { reason: '已扑灭', ordered_by: 'gao-yuanshan', conditions: ['fire-out', 'all-found'] });
  assert.equal(ended.status, 200, ended.text);
  await page.getByText(/这个事件已在 \d\d:\d\d 结束/).waitFor();
  await page.getByText(/您当时的答复：前往（\d\d:\d\d）/).waitFor();
  await page.getByRole('heading', { name: '当时由谁指挥' }).waitFor();
  await page.getByText(/石青松（指挥长），.* 起/).waitFor();
  assert.equal(await page.getByText(/集合地点/).count(), 0);
  assert_sound(page);
});

test('of an incident that became part of another, the page says of which', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const code = await a_fire(office, { trapped: 2 });
  const other = await a_fire(office, { trapped: 2 }, { key: 'the-fire-0002', area: 'beiling-1' }, 'shui-changliu');
  const alert = await wait_until('the commander is told', async () => own(await alerts_of(office, desk, other), 'alert'));
  const merged = await office.api(desk, 'POST', `/api/v1/incidents/${other}/merge`, { into: code });
  assert.equal(merged.status, 200, merged.text);
  const page = await office.page(t, { person: kCommander, path: `/#/alerts/${alert.alert}` });
  await page.getByText(`事件${other}并入${code}，不用在这里答复。`).waitFor();
  assert_sound(page);
});

test('a preview of the link answers nothing and marks nothing as seen', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const code = await a_fire(office, { trapped: 2 });
  const link = link_in(await office.text_to(kCommander, /\/a#/));
  const read = await office.api(null, 'GET', link.split('#')[0]);
  assert.equal(read.status, 200);
  const alert = own(await alerts_of(office, desk, code), 'alert');
  assert.deepEqual([alert.answer, alert.seen_at], [null, null]);
});

test('whoever approves sees what it sets off, and decides with the code of their own phone', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const code = await a_fire(office, { trapped: 5 });
  const link = link_in(await office.text_to(kCommander, /批准|决定|启动/));
  const page = await office.page(t, { path: link });
  await page.getByRole('button', { name: '批准启动' }).waitFor();
  await screen(page, 'phone-approval-zh');
  const before = office.texts_to(kCommander).length;
  await page.getByRole('button', { name: '批准启动' }).click();
  const sms = (await office.text_to(kCommander, /\d{6}/, before)).match(/\d{6}/)[0];
  await page.getByText('还没有决定！').waitFor();
  const field = page.getByLabel('验证码');
  await page.waitForFunction(() => document.activeElement?.getAttribute('autocomplete') === 'one-time-code');
  for (const what of [page.getByText('还没有决定！'), field, page.getByRole('button', { name: '确认启动' })]) {
    const { y, height } = await what.boundingBox();
    assert.ok(y >= 0 && y + height <= 740, `in view: ${y} to ${y + height}`);
  }
  await field.fill('000000' === sms ? '000001' : '000000');
  await page.getByRole('button', { name: '确认启动' }).click();
  await page.getByText('验证码错误').waitFor();
  await page.getByLabel('验证码').fill(sms);
  await assert_accessible(page);
  await page.getByRole('button', { name: '确认启动' }).click();
  await page.getByText('已决定：启动。').waitFor();
  await wait_until('it has begun', async () => (await office.api(desk, 'GET', `/api/v1/incidents/${code}`)).json.approval?.state === 'approved');
  assert_sound(page);
});

test('who is told to wait a moment for a code gets it without another tap', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  await a_fire(office, { trapped: 5 });
  const page = await office.page(t, { path: link_in(await office.text_to(kCommander, /批准|决定|启动/)) });
  let refused = 0;
  await page.route('**/approval/code', (route) => {
    refused += 1;
    return refused > 1 ? route.continue() : route.fulfill({ status: 429, headers: { 'Retry-After': '1' }, contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'urn:tocsin:problem:too-many-requests', title: 'later', status: 429 }) });
  });
  const before = office.texts_to(kCommander).length;
  await page.getByRole('button', { name: '不启动' }).click();
  await page.getByText('2 秒后自动发验证码').waitFor();
  await office.text_to(kCommander, /\d{6}/, before);
  await page.getByRole('button', { name: '确认不启动' }).waitFor();
  assert_sound(page);
});

test('a code that was lost or is too old is not the end: another is asked for, and a refusal says for how long', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const code = await a_fire(office, { trapped: 5 });
  const page = await office.page(t, { path: null });
  await page.clock.install();
  await page.goto(office.url + link_in(await office.text_to(kCommander, /批准|决定|启动/)));
  let asked = 0;
  const requests = [];
  const at = () => new Date(Date.now() + asked * 70_000).toISOString();
  await page.route('**/approval/code', (route) => {
    asked += 1;
    if (asked === 3) {
      return route.fulfill({ status: 429, headers: { 'Retry-After': '600' }, contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'urn:tocsin:problem:too-many-requests', title: 'later', status: 429 }) });
    }
    return route.fulfill({ status: 202, contentType: 'application/json', body: JSON.stringify({ request: `REQUEST${asked}`, expires_at: at() }) });
  });
  await page.route('**/approval', (route) => {
    requests.push(route.request().postDataJSON());
    return route.fulfill({ status: 403, contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'urn:tocsin:problem:wrong-code', title: 'wrong code', status: 403 }) });
  });
  await page.getByRole('button', { name: '批准启动' }).click();
  await page.getByRole('button', { name: /没收到？\d+ 秒后可重发/ }).waitFor();
  assert.ok(await page.getByRole('button', { name: /没收到/ }).isDisabled());
  await screen(page, 'phone-approval-resend-zh');
  await page.clock.fastForward(65_000);
  await page.getByRole('button', { name: '没收到？重发验证码' }).click();
  await page.getByText('请输入最新一条里的验证码').waitFor();
  await page.getByLabel('验证码').fill('123456');
  await page.getByRole('button', { name: '确认启动' }).click();
  await page.getByText('验证码错误').waitFor();
  assert.deepEqual(requests, [{ decision: 'approve', request: 'REQUEST2', code: '123456' }]);
  await page.clock.fastForward(120_000);
  await page.getByText('这个验证码已过期').waitFor();
  assert.equal(await page.getByLabel('验证码').count(), 0);
  await page.getByRole('button', { name: '重发验证码', exact: true }).click();
  await page.getByText('约 10 分钟后才能再发').waitFor();
  await assert_accessible(page);
  await screen(page, 'phone-approval-limit-zh');
  assert.equal((await office.api(desk, 'GET', `/api/v1/incidents/${code}`)).json.approval.state, 'pending');
  assert_sound(page);
});

test('the link of a sign-in waits for a tap and works once', async (t) => {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const asked = await office.api(null, 'POST', '/api/v1/sign-in/code', { number: office.number_of(kCommander) });
  assert.equal(asked.status, 202);
  const link = (await office.text_to(kCommander, /\/s#/)).match(/\/s#[A-Za-z0-9_-]+/)[0];
  const page = await office.page(t, { path: link });
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('已登录。').waitFor();
  await page.getByRole('link', { name: '打开上报页面' }).click();
  await page.getByRole('link', { name: /^警报/ }).waitFor();
  const second = await office.page(t, { path: link });
  await second.getByRole('button', { name: '登录' }).click();
  await second.getByText('链接已用过').waitFor();
  assert_sound(page);
});
