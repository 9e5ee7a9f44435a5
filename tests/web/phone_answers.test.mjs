// Answers to alerts where there is no signal: kept, shown as not sent, sent once, and never over a newer one.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen, wait_until } from './office.mjs';

after(close_browsers);

const kDesk = '\n[desk]\nphone = "0539-0000110"\nsms = "10690000"\n';
const kCommander = 'shi-qingsong';

// A fire that rings the commander: {office, desk, code, alert}.
async function a_fire(t, facts = { trapped: 2 }) {
  const office = await Office.start(t, { https: kDesk, authority: true });
  const desk = office.token('duty');
  const reporter = office.token('reporter', 'gu-yutian');
  const sent = await office.api(reporter, 'POST', '/api/v1/reports', { key: 'the-fire-0001', hazard: 'fire', facts, area: 'donghu', place: '北门' });
  assert.equal(sent.status, 201, sent.text);
  const code = sent.json.incident;
  const alert = await wait_until('the commander is told', () => own(office, desk, code));
  return { office, desk, code, alert: alert.alert };
}
async function own(office, desk, code) {
  const { alerts } = (await office.api(desk, 'GET', `/api/v1/incidents/${code}/alerts`)).json;
  return alerts.find((alert) => alert.person.code === kCommander);
}
// What the record of the incident says of answers, in order.
async function answers_given(office, desk, alert) {
  const { scene } = (await office.api(desk, 'GET', `/api/v1/alerts/${alert}`)).json;
  return scene.timeline.filter((entry) => entry.what === 'answer').map((entry) => entry.text);
}
const answered = (office, desk, code, answer) =>
  wait_until(`the desk has ${answer}`, async () => (await own(office, desk, code)).answer === answer);
async function ready_offline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
// The alert's page, ready to do without a network.
async function at_the_alert(t, { office, alert }, session) {
  const page = await office.page(t, session === undefined ? { person: kCommander } : { session });
  await ready_offline(page);
  await page.goto(`${office.url}/#/alerts/${alert}`);
  await page.getByRole('button', { name: '前往', exact: true }).waitFor();
  return page;
}
const tap = (page, answer) => page.getByRole('button', { name: answer, exact: true }).click();
const unsent = (page, answer) => page.getByText(`点的“${answer}”还没有送达值班室`);

// Somebody taps it where there is no signal.
async function tap_offline(page, word) {
  await page.context().setOffline(true);
  await tap(page, word);
  await unsent(page, word).waitFor();
}

test('an answer tapped without a signal outlives a reload, says that it is not sent, and reaches the desk once', async (t) => {
  const fire = await a_fire(t);
  const { office, desk, code, alert } = fire;
  const page = await at_the_alert(t, fire);
  await page.context().setOffline(true);
  await page.getByLabel('补充一句').fill('十分钟后到');
  await tap(page, '前往');
  await unsent(page, '前往').waitFor();
  const sms = page.getByRole('link', { name: `回短信“2 ${code}”` });
  assert.equal(await sms.getAttribute('href'), `sms:10690000?body=2%20${code}`);
  assert.equal(await page.getByRole('link', { name: '打电话给值班室' }).first().getAttribute('href'), 'tel:05390000110');
  await assert_accessible(page);
  await assert_fits(page);
  await screen(page, 'phone-answer-unsent-zh');
  await page.reload();
  await unsent(page, '前往').waitFor();
  await page.getByRole('heading', { name: /火灾/ }).waitFor(); // as it was last read, and said so
  await page.getByText(/没有网络。下面是 .* 的状态/).waitFor();
  await page.goto(`${office.url}/#/alerts`);
  await unsent(page, '前往').waitFor();
  await page.goto(`${office.url}/#/alerts/${alert}`);
  assert.equal((await own(office, desk, code)).answer, null, 'nothing went out yet');
  await page.context().setOffline(false);
  await answered(office, desk, code, 'coming');
  await page.getByText('您的答复：前往').waitFor();
  await unsent(page, '前往').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('您的答复：前往').waitFor();
  assert.equal((await answers_given(office, desk, alert)).length, 1);
  assert_sound(page);
});

test('the last of several answers tapped without a signal is the one that goes out', async (t) => {
  const fire = await a_fire(t);
  const { office, desk, code, alert } = fire;
  const page = await at_the_alert(t, fire);
  await tap_offline(page, '前往');
  await tap(page, '不能到');
  await unsent(page, '不能到').waitFor();
  assert.equal(await unsent(page, '前往').count(), 0);
  await page.context().setOffline(false);
  await answered(office, desk, code, 'cannot');
  await unsent(page, '不能到').waitFor({ state: 'detached' });
  assert.equal((await answers_given(office, desk, alert)).length, 1);
  assert_sound(page);
});

test('an answer that waited never goes over a newer one, and the phone says so', async (t) => {
  const fire = await a_fire(t);
  const { office, desk, code, alert } = fire;
  const page = await at_the_alert(t, fire);
  await tap_offline(page, '前往');
  const noted = await office.api(desk, 'POST', `/api/v1/alerts/${alert}/answer`, { answer: 'cannot', note: '电话里说去不了' });
  assert.equal(noted.status, 200, noted.text);
  await page.context().setOffline(false);
  await page.getByText('“前往”没有发送').waitFor();
  await page.getByText('您的答复：不能到').waitFor();
  assert.equal((await own(office, desk, code)).answer, 'cannot');
  await assert_accessible(page);
  await screen(page, 'phone-answer-overtaken-zh');
  await tap(page, '前往'); // now it is meant so
  await answered(office, desk, code, 'coming');
  await page.getByText('“前往”没有发送').waitFor({ state: 'detached' });
  assert_sound(page);
});

test('an answer whose receipt was lost is not given twice', async (t) => {
  const fire = await a_fire(t);
  const { office, desk, code, alert } = fire;
  const session = await office.session({ person: kCommander });
  const page = await at_the_alert(t, fire, session);
  let lost = 0;
  await page.route('**/answer', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    const asked = route.request();
    const given = await office.api(session, 'POST', new URL(asked.url()).pathname, asked.postDataJSON(), { 'If-Match': asked.headers()['if-match'] });
    assert.equal(given.status, 200, given.text);
    return route.abort();
  });
  await tap(page, '前往');
  await answered(office, desk, code, 'coming');
  await page.getByText('您的答复：前往').waitFor();
  await unsent(page, '前往').waitFor({ state: 'detached' });
  assert.equal(lost, 1);
  assert.equal((await answers_given(office, desk, alert)).length, 1);
  assert_sound(page);
});

test('behind the link of the text an answer tapped without a signal outlives a reload too', async (t) => {
  const { office, desk, code } = await a_fire(t);
  const link = (await office.text_to(kCommander, /\/a#/)).match(/\/a#[A-Za-z0-9_-]+/)[0];
  const page = await office.page(t, { path: link });
  await ready_offline(page);
  await page.getByRole('button', { name: '前往', exact: true }).waitFor();
  await tap_offline(page, '前往');
  await page.reload();
  await unsent(page, '前往').waitFor();
  await page.context().setOffline(false);
  await answered(office, desk, code, 'coming');
  await page.getByText('您的答复：前往').waitFor();
  assert_sound(page);
});

test('an answer that waits behind a link that ended meanwhile is shown as lost', async (t) => {
  const { office, desk, code } = await a_fire(t);
  const link = (await office.text_to(kCommander, /\/a#/)).match(/\/a#[A-Za-z0-9_-]+/)[0];
  const page = await office.page(t, { path: link });
  await ready_offline(page);
  await page.getByRole('button', { name: '前往', exact: true }).waitFor();
  await tap_offline(page, '前往');
  const ended = await office.api(desk, 'POST', `/api/v1/incidents/${code}/stand-down`,
    { reason: '已扑灭', ordered_by: 'gao-yuanshan', conditions: ['fire-out', 'all-found'] });
  assert.equal(ended.status, 200, ended.text);
  await page.context().setOffline(false);
  await page.getByText('这个链接已失效').waitFor();
  await page.getByText('点的“前往”没有送达值班室，这个链接也不能再发它').waitFor();
  await assert_accessible(page);
  await assert_fits(page);
  await screen(page, 'phone-link-over-unsent-zh');
  await page.getByRole('button', { name: '知道了' }).click();
  await page.getByText('没有送达值班室').waitFor({ state: 'detached' });
  assert_sound(page);
});

test('a decision is never kept for later: without a signal nothing is decided, and the phone says why', async (t) => {
  const { office, desk, code } = await a_fire(t, { trapped: 5 });
  const link = (await office.text_to(kCommander, /批准|决定|启动/)).match(/\/a#[A-Za-z0-9_-]+/)[0];
  const page = await office.page(t, { path: link });
  await page.getByRole('button', { name: '批准启动' }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '批准启动' }).click();
  await page.getByText('没有网络，还没有决定').waitFor();
  await screen(page, 'phone-decision-offline-zh');
  await page.context().setOffline(false);
  await page.getByText('没有网络，还没有决定').waitFor();
  assert.equal((await office.api(desk, 'GET', `/api/v1/incidents/${code}`)).json.approval.state, 'pending');
  assert_sound(page);
});
