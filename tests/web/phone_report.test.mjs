// Reporting from a phone: in few taps, kept without a network, sent once, and its true state always in view.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen, wait_until } from './office.mjs';

after(close_browsers);

const kDesk = '\n[desk]\nphone = "0539-0000110"\nsms = "10690000"\n';
const kDonghu = { geolocation: { latitude: 35.305, longitude: 118.615 } };
const kReporter = 'gu-yutian';

const start = (t, more = {}) => Office.start(t, { https: kDesk, ...more });
const incidents_of = async (office, desk) => (await office.api(desk, 'GET', '/api/v1/incidents')).json.incidents;
const reports_of = async (office, desk, code) => (await office.api(desk, 'GET', `/api/v1/incidents/${code}`)).json.reports;

// From the tiles to the form of that hazard.
const begin = (page, hazard) => page.getByRole('button', { name: hazard, exact: true }).click();
async function choose_area(page, name) {
  await page.getByRole('button', { name: '在别处' }).click();
  await page.getByLabel('搜索地点').fill(name);
  await page.locator('.areas button').first().click();
}
const send = (page) => page.getByRole('button', { name: '发送报告' }).click();
async function ready_offline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
// What every person of the incident was sent, by their codes.
async function deliveries_of(office, desk, code) {
  const { alerts } = (await office.api(desk, 'GET', `/api/v1/incidents/${code}/alerts`)).json;
  return alerts.flatMap((alert) => alert.deliveries.map((one) => `${alert.person.code} ${one.delivery} ${one.channel}`)).sort();
}
// Behind a code that was asked for now nothing of before is on its way any more: all goes out in the order it was made.
async function quiet(office) {
  const [who] = kAskers.splice(0, 1);
  const before = office.texts_to(who).length;
  await office.api(null, 'POST', '/api/v1/sign-in/code', { number: office.number_of(who) });
  await office.text_to(who, /\d{6}/, before);
}
const kAskers = ['zhong-changming', 'yang-liuan']; // told nothing of a fire at Donghu
const to_others = (office) => office.centre.submitted().filter(({ to }) => !['zhong-changming', 'yang-liuan'].some((one) => office.number_of(one).endsWith(String(to).slice(-11))));

test('a report is sent from where one stands in five taps, with every count unknown until it is chosen', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter, more: kDonghu });
  let taps = 0;
  const tap = async (name) => {
    taps += 1;
    await page.getByRole('button', { name, exact: true }).click();
  };
  await tap('火灾');
  const trapped = page.getByRole('group', { name: /被困/ });
  assert.ok(await trapped.getByRole('radio', { name: '不清楚' }).isChecked(), 'nobody said anything of it');
  assert.ok(!(await trapped.getByRole('radio', { name: '0', exact: true }).isChecked()));
  await tap('就在我这里');
  await page.getByText('东湖社区').first().waitFor();
  await tap('对，就是这里');
  taps += 1;
  await trapped.getByRole('radio', { name: '0', exact: true }).check();
  await assert_accessible(page);
  await assert_fits(page);
  await screen(page, 'phone-report-zh');
  await tap('发送报告');
  await page.getByRole('heading', { name: /已收到，值班室还没看：事件 \d+/ }).waitFor();
  assert.ok(taps <= 6, `${taps} taps`);
  const [incident] = await incidents_of(office, desk);
  assert.equal(incident.hazard, 'fire');
  assert.match(incident.area.path, /东湖社区/);
  const [report] = await reports_of(office, desk, incident.incident);
  assert.deepEqual(report.facts, { trapped: 0 }, 'what was not chosen is not said');
  await assert_accessible(page);
  await screen(page, 'phone-sent-zh');
  assert_sound(page);
});

// All that a page keeps: what it wrote of itself, what its worker kept, the addresses it was at.
const kept_on = (page) => page.evaluate(async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    for (const store of db.objectStoreNames) {
      found.push(await new Promise((done) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(JSON.stringify(asked.result));
      }));
    }
    db.close();
  }
  for (const name of await caches.keys()) found.push((await (await caches.open(name)).keys()).map(({ url }) => url).join());
  return found.join('\n');
});

test('the position leaves the phone once, to find the area, and is kept nowhere', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter, path: null, more: { geolocation: { latitude: 35.306789, longitude: 118.614321 } } });
  const digits = /35\.3067|118\.6143/; // of no area's centre
  const told = [];
  page.on('request', (asked) => {
    const sent = `${asked.url()} ${asked.postData() ?? ''}`;
    if (digits.test(decodeURIComponent(sent))) told.push(new URL(asked.url()).pathname);
  });
  await page.goto(office.url);
  await begin(page, '火灾');
  await page.getByRole('button', { name: '就在我这里' }).click();
  await page.getByRole('button', { name: '对，就是这里' }).click();
  assert.doesNotMatch(await kept_on(page), digits, 'in the draft');
  await send(page);
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  assert.deepEqual(told, ['/api/v1/areas/at']);
  assert.doesNotMatch(await kept_on(page), digits);
  const [{ incident }] = await incidents_of(office, desk);
  assert.doesNotMatch((await office.api(desk, 'GET', `/api/v1/incidents/${incident}`)).text, digits);
  assert_sound(page);
});

test('what was sent is read by the desk, handled and over, and the phone says so each time', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await send(page);
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  const [{ incident }] = await incidents_of(office, desk);
  await office.api(desk, 'POST', `/api/v1/incidents/${incident}/open`, {});
  await page.getByRole('heading', { name: `值班室已查看：事件 ${incident}` }).waitFor();
  const { alerts } = (await office.api(desk, 'GET', `/api/v1/incidents/${incident}/alerts`)).json;
  await office.api(desk, 'POST', `/api/v1/alerts/${alerts[0].alert}/answer`, { answer: 'coming' });
  await page.getByRole('heading', { name: `已有人赶来：事件 ${incident}` }).waitFor();
  const ended = await office.api(desk, 'POST', `/api/v1/incidents/${incident}/stand-down`, 
    { reason: '已扑灭', ordered_by: 'gao-yuanshan', conditions: ['fire-out'] });
  assert.equal(ended.status, 200, ended.text);
  await page.getByRole('heading', { name: `事件 ${incident} 已结束` }).waitFor();
  assert_sound(page);
});

test('a question of the plan is answered by one tap and raises the level', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await send(page);
  const asked = page.getByRole('region', { name: '还知道这些吗' });
  await asked.getByRole('group', { name: /被困/ }).getByRole('button', { name: '2', exact: true }).click();
  await asked.getByText('✓ 被困：2').waitFor();
  const incident = await wait_until('the level rose', async () => (await incidents_of(office, desk)).find((i) => i.level === 'III'));
  assert.equal((await reports_of(office, desk, incident.incident)).length, 2);
  assert.equal(await asked.getByRole('group', { name: /被困/ }).count(), 0, 'it is not asked again');
  const first = await asked.locator('.fact').allInnerTexts();
  await asked.getByRole('button', { name: '改正 被困' }).click();
  await asked.getByRole('group', { name: /被困/ }).getByRole('button', { name: '1', exact: true }).click();
  await asked.getByText('✓ 被困：1').waitFor();
  await asked.getByText('两次回答值班室都看得到').waitFor();
  await wait_until('the desk has both answers', async () => (await reports_of(office, desk, incident.incident)).length === 3);
  const then = await asked.locator('.fact').allInnerTexts();
  assert.deepEqual(then.map((text) => text.startsWith('✓ 被困')), first.map((text) => text.startsWith('✓ 被困')), 'it stays in its place');
  await page.reload();
  await asked.getByText('✓ 被困：1').waitFor();
  assert_sound(page);
});

test('a report written without a network survives a reload there, and goes out once when the signal returns', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await ready_offline(page);
  await page.getByRole('button', { name: '火灾', exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await page.getByLabel('还看到什么').fill('三楼冒烟');
  await page.reload();
  await page.getByLabel('还看到什么').waitFor();
  assert.equal(await page.getByLabel('还看到什么').inputValue(), '三楼冒烟', 'a draft outlives a reload');
  await send(page);
  await page.getByRole('heading', { name: '等待发送' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: /等待发送|还没有发出去/ }).waitFor();
  await page.getByRole('heading', { name: '还没有发出去！' }).waitFor();
  await page.getByRole('link', { name: '改用短信发送' }).waitFor();
  assert.equal(await page.getByRole('link', { name: '打电话给值班室' }).first().getAttribute('href'), 'tel:05390000110');
  await assert_accessible(page);
  await screen(page, 'phone-waiting-zh');
  assert.deepEqual(await incidents_of(office, desk), []);
  // Two pages of one phone wake at once: still one report.
  const other = await page.context().newPage();
  await page.context().setOffline(false);
  await other.goto(office.url);
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  const [incident, ...more] = await incidents_of(office, desk);
  assert.deepEqual(more, []);
  assert.equal((await reports_of(office, desk, incident.incident)).length, 1);
  await page.reload();
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  assert.equal((await reports_of(office, desk, incident.incident)).length, 1, 'nothing is sent again');
  assert_sound(page);
});

test('a report whose receipt was lost, by a reload too, is one report', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const session = await office.session({ person: kReporter });
  const page = await office.page(t, { session });
  const keys = [];
  await page.route('**/api/v1/reports', async (route) => {
    const asked = route.request();
    if (asked.method() !== 'POST') return route.continue();
    keys.push(asked.postDataJSON().key);
    if (keys.length > 2) return route.continue();
    const taken = await office.api(session, 'POST', '/api/v1/reports', asked.postDataJSON()); // it arrives, its answer does not
    assert.ok(taken.status === 201 || taken.status === 200, taken.text);
    return route.abort();
  });
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await send(page);
  await page.getByRole('heading', { name: '等待发送' }).waitFor();
  await wait_until('it was sent', () => keys.length > 0);
  await page.reload();
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  assert.ok(keys.length > 2 && new Set(keys).size === 1, `one key for all tries: ${keys.join()}`);
  const [incident, ...more] = await incidents_of(office, desk);
  assert.deepEqual(more, []);
  assert.equal((await reports_of(office, desk, incident.incident)).length, 1);
  assert_sound(page);
});

test('the text message a phone falls back to and the report that follows later merge into one', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await ready_offline(page);
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await page.getByRole('group', { name: /被困/ }).getByRole('radio', { name: '2', exact: true }).check();
  await page.getByRole('group', { name: /重伤/ }).getByRole('radio', { name: '0', exact: true }).check();
  await page.context().setOffline(true);
  await send(page);
  const link = page.getByRole('link', { name: '改用短信发送' });
  await link.waitFor();
  const href = await link.getAttribute('href');
  assert.match(href, /^sms:10690000\?body=/);
  const text = decodeURIComponent(href.split('body=')[1]);
  assert.match(text, /#[0-9A-HJKMNP-TV-Z]{13}$/);
  await link.click(); // its phone would open the text, ready to be sent
  await page.getByText('短信已打开').waitFor();
  office.text_from(kReporter, text);
  const incident = await wait_until('the text is a report', async () => (await incidents_of(office, desk))[0]);
  assert.equal(incident.hazard, 'fire');
  assert.match(incident.area.path, /东湖社区/);
  const [by_text, ...more] = await reports_of(office, desk, incident.incident);
  assert.deepEqual(more, []);
  assert.equal(by_text.facts.trapped, 2, text);
  assert.equal(by_text.facts.serious, 0, text);
  await wait_until('the commander is told', () => office.texts_to('shi-qingsong').length > 0);
  await quiet(office);
  const told = await deliveries_of(office, desk, incident.incident);
  const sent = to_others(office);
  assert.ok(told.length > 0 && sent.length > 0);
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: `已收到，值班室还没看：事件 ${incident.incident}` }).waitFor();
  await quiet(office);
  assert.deepEqual(await deliveries_of(office, desk, incident.incident), told, 'nobody is told twice');
  assert.deepEqual(to_others(office), sent, 'and no text left for anybody');
  assert.equal((await incidents_of(office, desk)).length, 1, 'by either way it is one incident');
  // The desk keeps what each way said, under one key; for its writer it is one report.
  const both = await reports_of(office, desk, incident.incident);
  assert.deepEqual(both.map((report) => report.via).sort(), ['sms', 'web']);
  await page.goto(`${office.url}/#/mine`);
  await page.locator('.lines li').first().waitFor();
  await wait_until('the phone has read what it sent', async () => (await page.locator('.lines li').count()) === 1);
  await page.reload();
  await page.locator('.lines li').first().waitFor();
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((one) => one.name.includes('/api/v1/reports?')));
  assert.equal(await page.locator('.lines li').count(), 1);
  assert_sound(page);
});

test('signing in is asked before sending, and what was written goes out by itself behind it', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t);
  await begin(page, '燃气泄漏');
  await choose_area(page, '新华社区');
  await page.getByLabel('还看到什么').fill('楼道里很浓的气味');
  await send(page);
  await page.getByRole('heading', { name: '登录后才能发送' }).waitFor();
  await assert_accessible(page);
  await screen(page, 'phone-sign-in-zh');
  await page.reload();
  await page.getByLabel('手机号码').fill(office.number_of(kReporter));
  const before = office.texts_to(kReporter).length;
  await page.getByRole('button', { name: '发送验证码' }).click();
  const code = (await office.text_to(kReporter, /\d{6}/, before)).match(/\d{6}/)[0];
  await page.getByLabel('短信验证码').fill(code);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  const [incident] = await incidents_of(office, desk);
  assert.equal(incident.hazard, 'gas_leak');
  const [report] = await reports_of(office, desk, incident.incident);
  assert.equal(report.text, '楼道里很浓的气味');
  assert_sound(page);
});

test('"not sure: call me" goes to the desk with nothing else said', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await begin(page, '不清楚，请打给我');
  await page.getByText('没有选地点').waitFor();
  await send(page);
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  const [incident] = await incidents_of(office, desk);
  assert.equal(incident.hazard, 'unclassified');
  assert_sound(page);
});

test('a report that went out without a place says so until its writer adds one', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter, more: kDonghu });
  await begin(page, '火灾');
  await send(page);
  await page.getByText('没有地点，值班室不知道在哪里').waitFor();
  await page.getByRole('button', { name: '补上地点' }).click();
  assert.ok(await page.getByRole('button', { name: '发送地点' }).isDisabled(), 'nothing is chosen yet');
  await page.getByRole('button', { name: '就在我这里' }).click();
  await page.getByRole('button', { name: '对，就是这里' }).click();
  await page.getByLabel('具体位置').fill('3号楼');
  await page.getByRole('button', { name: '发送地点' }).click();
  await page.getByText(/✓ 地点：.*东湖社区.* 3号楼/).waitFor();
  assert.equal(await page.getByText('值班室不知道在哪里').count(), 0);
  const [incident, ...more] = await incidents_of(office, desk);
  assert.deepEqual(more, [], 'it is said of the same incident');
  assert.match(incident.area.path, /东湖社区/);
  assert.equal(incident.place, '3号楼');
  assert_sound(page);
});

test('a report that is refused says why and asks before it is deleted; corrected, it keeps its photographs', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  let refuse = true;
  await page.route('**/api/v1/reports', (route) => (route.request().method() !== 'POST' || !refuse ? route.continue()
    : route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({
      type: 'urn:tocsin:problem:invalid-field', title: 'invalid field', detail: 'trapped must be a whole number', field: 'facts.trapped', status: 422 }) })));
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await page.getByLabel('这是演练').check();
  await page.getByText('演练，不是真的').waitFor();
  await page.getByRole('button', { name: '发送演练报告' }).click();
  await page.getByRole('heading', { name: '报告没有送进值班室' }).waitFor();
  await page.getByText('“被困”填得不对。').waitFor();
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') });
  await page.getByRole('button', { name: '发送这张照片' }).click();
  await page.getByText('1 张照片等待发送').waitFor();
  await page.getByRole('button', { name: '删除这份报告' }).click();
  await page.getByText('值班室还没有收到。删除吗？').waitFor();
  await page.getByRole('button', { name: '保留' }).click();
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByText('1 张照片等待发送').waitFor();
  refuse = false;
  await page.getByRole('button', { name: '发送演练报告' }).click();
  await page.getByText('已附 1 张照片').waitFor();
  assert.equal((await incidents_of(office, desk)).length, 1);
  await page.goto(`${office.url}/#/`);
  await begin(page, '火灾');
  await page.getByLabel('还看到什么').fill('写了一半');
  await page.goto(`${office.url}/#/`);
  await page.getByRole('button', { name: '删除这份报告' }).click();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByRole('link', { name: /^继续写/ }).waitFor({ state: 'detached' });
  assert_sound(page);
});

test('a code that does not come can be asked for again, and the number changed', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { path: null });
  await page.clock.install();
  await page.goto(`${office.url}/#/me`);
  await page.getByLabel('手机号码').fill(office.number_of(kReporter));
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByText(office.number_of(kReporter)).waitFor();
  await office.text_to(kReporter, /\d{6}/);
  assert.equal(await page.getByRole('button', { name: '再发一个验证码' }).count(), 0);
  const asked = [];
  await page.route('**/api/v1/sign-in/code', async (route) => { // by the server's clock no minute has gone
    asked.push(route.request().postDataJSON().number);
    await route.fulfill({ status: 202, contentType: 'application/json', body: JSON.stringify({ request: '3K9T1WQ600001', expires_at: new Date().toISOString() }) });
  });
  await page.clock.fastForward(61_000);
  await page.getByRole('button', { name: '再发一个验证码' }).click();
  await page.getByRole('button', { name: '再发一个验证码' }).waitFor({ state: 'detached' });
  assert.deepEqual(asked, [office.number_of(kReporter)]);
  await page.getByRole('button', { name: '改号码' }).click();
  await page.getByLabel('手机号码').waitFor();
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  assert_sound(page);
});

test('a public-health report stops at the community and takes no photograph', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await begin(page, '食物中毒');
  await page.getByRole('button', { name: '在别处' }).click();
  assert.equal(await page.locator('.areas').getByText('网格').count(), 0, 'no grid is offered');
  assert.equal(await page.getByLabel('具体位置').count(), 0);
  await page.getByLabel('搜索地点').fill('东湖社区');
  await page.locator('.areas button').first().click();
  await send(page);
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  assert.equal(await page.getByText('拍现场照片').count(), 0);
  const [incident] = await incidents_of(office, desk);
  assert.equal(incident.area.name, '东湖社区');
  assert_sound(page);
});

test('a phone that does not trust the certificate is told that it works online only', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { person: kReporter, trusted: false });
  await page.getByText('没有安装本单位的证书').waitFor();
  assert.equal(await page.getByRole('link', { name: '安装证书' }).first().getAttribute('href'), '/install');
  await begin(page, '火灾');
  await choose_area(page, '东湖社区');
  await send(page);
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
});

// What the focused thing is called, and whether anything lies over its middle.
const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  const { left, top, width, height } = (one.closest('label') ?? one).getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  const name = one.getAttribute('aria-label') ?? one.closest('label')?.textContent ?? one.textContent ?? '';
  return { name: name.trim(), type: one.type ?? one.localName, free: over !== null && ((one.closest('label') ?? one).contains(over) || over.contains(one)) };
});

test('a report is written and sent by keys alone, in the order of the page, and nothing lies over where one is', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  await page.getByRole('button', { name: '火灾', exact: true }).press('Enter');
  await page.locator('form.report').waitFor();
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  const stops = [];
  for (let n = 0; n < 60 && !stops.some(({ name }) => name === '发送报告'); n += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    assert.ok(stop.free || stop.name === '跳到正文', `"${stop.name}" (${stop.type}) is covered`);
    stops.push(stop);
    if (stop.type === 'radio' && stop.name === '不清楚' && stops.filter(({ type }) => type === 'radio').length === 1) {
      await page.keyboard.press('ArrowRight'); // the first question: zero is chosen, by a key
      assert.equal((await focused(page)).name, '0');
    }
  }
  const names = stops.map(({ name, type }) => (type === 'radio' ? 'o' : name));
  const order = ['换灾种', '就在我这里', '在别处', '还看到什么？（可不填）', '这是演练', '发送报告'];
  assert.deepEqual(names.filter((name) => order.includes(name)), order);
  assert.equal(names.filter((name) => name === 'o').length, 7, `each question is one stop: ${names.join(' | ')}`);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  const [incident] = await incidents_of(office, desk);
  const [report] = await reports_of(office, desk, incident.incident);
  assert.deepEqual(Object.values(report.facts), [0]);
  assert_sound(page);
});
