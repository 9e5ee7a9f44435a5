// Each state of the phone's pages, as its user meets it: every one fits, is accessible and has keys large enough for a
// wet finger, in both languages, on a narrow phone, at night, and in a window of a desk.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, assert_targets, close_browsers, screen, wait_until } from './office.mjs';

after(close_browsers);

const kDesk = '\n[desk]\nphone = "0539-0000110"\nsms = "10690000"\n';
const kDonghu = { geolocation: { latitude: 35.305, longitude: 118.615 } };
const kReporter = 'gu-yutian';
const kCommander = 'shi-qingsong';
const kSizes = [['360', 360, 'light'], ['1280', 1280, 'light'], ['320-dark', 320, 'dark'], ['640', 640, 'light']];

// What the words of the pages are in each language.
const kWords = {
  'zh-CN': {
    fire: '火灾', food: '食物中毒', unsure: '不清楚，请打给我', here: '就在我这里', elsewhere: '在别处', right: '对，就是这里', send: '发送报告',
    late: '还没有发出去！', minutes: /已等 3 分钟（\d\d:\d\d 起）/, waiting: '等待发送', received: /值班室还没看/, read: /值班室已查看/, handled: /已有人赶来/, ended: /已结束/,
    sign_in: '登录后才能发送', refused: '报告没有送进值班室', coming: '前往', your: /您的答复/, approve: '批准启动', code: '验证码', over: '这个链接已失效',
    use: '发送这张照片', text_code: '短信验证码', add_place: '补上地点', refused_area: '名单里没有这个地点', delete: '删除这份报告', ask_delete: '值班室还没有收到。删除吗？', line_over: /事件已结束/, ended_alert: '不用再答复', alerts_none: '没有发给您的警报', drill: /演练，不是真的/,
  },
  'en-GB': {
    fire: 'fire', food: 'food poisoning', unsure: 'Not sure: call me', here: 'Here, where I am', elsewhere: 'Elsewhere', right: 'Yes, it is here', send: 'Send the report',
    late: 'Not sent yet!', minutes: /waiting for 3 min, since \d\d:\d\d/, waiting: 'Waiting to be sent', received: /Received, not read yet/, read: /The desk has read it/, handled: /Somebody is on the way/, ended: /is over/,
    sign_in: 'Sign in to send it', refused: 'The report did not get to the desk', coming: 'Coming', your: /The desk has your answer/, approve: 'Start the response', code: 'Code', over: 'This link no longer works',
    use: 'Send this photograph', text_code: 'Code from the text message', add_place: 'Add the place', refused_area: 'The place is not on the list', delete: 'Delete this report', ask_delete: 'The desk does not have it. Delete it?', line_over: /Incident over/, ended_alert: 'No answer is needed', alerts_none: 'No alerts for you', drill: /DRILL, not real/,
  },
};

// Looks at what is there in every size; the picture is as long as the page.
async function look(page, name, lang) {
  const { width, height } = page.viewportSize();
  for (const [size, wide, scheme] of kSizes) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: wide, height });
    await assert_fits(page);
    await assert_targets(page);
    const long = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: wide, height: Math.max(height, Math.min(long, 4000)) });
    if (size === '360' || scheme === 'dark') await assert_accessible(page);
    await screen(page, `state-${name}-${lang.slice(0, 2)}-${size}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width, height });
}
async function ready_offline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
const button = (page, name) => page.getByRole('button', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { name }).first();
const fire = (office, token, key, more = {}) => office.api(token, 'POST', '/api/v1/reports',
  { key, hazard: 'fire', facts: { trapped: 2 }, area: 'donghu', place: '3号楼 2单元', ...more });

for (const lang of ['zh-CN', 'en-GB']) {
  const words = kWords[lang];

  test(`each state of a report is sound, fits and has large keys, in ${lang}`, async (t) => {
    const office = await Office.start(t, { https: kDesk });
    const desk = office.token('duty');
    const page = await office.page(t, { person: kReporter, lang, path: null, more: kDonghu });
    await page.clock.install();
    await page.goto(office.url);
    const shown = async (name) => look(page, name, lang);
    await button(page, words.fire).waitFor();
    await shown('tiles');
    await button(page, words.unsure).click();
    await button(page, words.send).waitFor();
    await shown('unsure');
    await page.goto(`${office.url}/#/`);
    await button(page, words.fire).click();
    await shown('form');
    await button(page, words.elsewhere).click();
    await page.locator('.areas').waitFor();
    await shown('form-list');
    await button(page, words.here).click();
    await button(page, words.right).waitFor();
    await shown('form-confirm');
    await button(page, words.right).click();
    await shown('form-placed');
    await ready_offline(page);
    await page.context().setOffline(true);
    await shown('form-offline');
    await button(page, words.send).click();
    await heading(page, words.waiting).waitFor();
    await shown('waiting');
    await page.clock.fastForward(25_000);
    await heading(page, words.late).waitFor();
    await shown('late');
    await page.clock.fastForward(180_000);
    await page.getByText(words.minutes).waitFor();
    await page.goto(`${office.url}/#/`);
    await button(page, words.fire).waitFor();
    await shown('tiles-offline');
    await page.context().setOffline(false);
    await page.goBack();
    await heading(page, words.received).waitFor();
    await page.locator('.standing ~ section.card .fact button').nth(1).click();
    await page.locator('.fact .notice.good').waitFor();
    await shown('received');
    const [{ incident }] = (await office.api(desk, 'GET', '/api/v1/incidents')).json.incidents;
    await office.api(desk, 'POST', `/api/v1/incidents/${incident}/open`, {});
    await heading(page, words.read).waitFor();
    await shown('read');
    const { alerts } = (await office.api(desk, 'GET', `/api/v1/incidents/${incident}/alerts`)).json;
    await office.api(desk, 'POST', `/api/v1/alerts/${alerts[0].alert}/answer`, { answer: 'coming' });
    await heading(page, words.handled).waitFor();
    await shown('handled');
    await page.goto(`${office.url}/#/mine`);
    await shown('mine');
    await page.goBack();
    await office.api(desk, 'POST', `/api/v1/incidents/${incident}/stand-down`, { reason: '已扑灭', ordered_by: 'gao-yuanshan', conditions: ['fire-out', 'all-found'] });
    await heading(page, words.ended).waitFor();
    await shown('ended');
    await page.goto(`${office.url}/#/me`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.contact').first().waitFor();
    await shown('me');
    await page.route('**/api/v1/reports', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'urn:tocsin:problem:invalid-field', title: 'invalid field', detail: 'unknown area "donghu-9"', field: 'area', status: 422 }) }));
    await page.goto(`${office.url}/#/`);
    await button(page, words.food).click();
    await shown('form-coarse');
    await button(page, words.send).click();
    await heading(page, words.refused).waitFor();
    await page.getByText(words.refused_area).waitFor();
    await shown('refused');
    await button(page, words.delete).click();
    await page.getByText(words.ask_delete).waitFor();
    await shown('refused-delete');
    assert_sound(page);
  });

  test(`signing in before sending and the brush over a photograph, in ${lang}`, async (t) => {
    const office = await Office.start(t, { https: kDesk });
    const page = await office.page(t, { lang });
    await button(page, words.unsure).click();
    await button(page, words.send).click();
    await heading(page, words.sign_in).waitFor();
    await look(page, 'sign-in', lang);
    await page.getByRole('textbox').first().fill(office.number_of(kReporter));
    await page.locator('form button.main').first().click();
    await page.getByLabel(words.text_code).waitFor();
    await look(page, 'sign-in-code', lang);
    const signed = await office.page(t, { person: 'shui-changliu', lang });
    await button(signed, words.fire).click();
    await button(signed, words.send).click();
    await heading(signed, words.received).waitFor();
    await button(signed, words.add_place).click();
    await look(signed, 'without-place', lang);
    const picture = await signed.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 1200;
      canvas.height = 1600;
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#8aa0b0';
      pen.fillRect(0, 0, 1200, 1600);
      return canvas.toDataURL('image/jpeg', 0.8);
    });
    await signed.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(picture.split(',')[1], 'base64') });
    await button(signed, words.use).waitFor();
    await look(signed, 'photo', lang);
    assert_sound(page);
    assert_sound(signed);
  });

  test(`each state of an alert is sound, fits and has large keys, in ${lang}`, async (t) => {
    const office = await Office.start(t, { https: kDesk, authority: true });
    const desk = office.token('duty');
    const page = await office.page(t, { person: kCommander, lang, path: '/#/alerts' });
    await page.getByText(words.alerts_none).waitFor();
    await look(page, 'alerts-none', lang);
    const reporter = office.token('reporter', kReporter);
    const sent = await fire(office, reporter, 'the-fire-0001');
    const code = sent.json.incident;
    await page.getByRole('link', { name: new RegExp(`${code}`) }).first().waitFor();
    await look(page, 'alerts', lang);
    await page.getByRole('link', { name: new RegExp(`${code}`) }).first().click();
    await button(page, words.coming).waitFor();
    await look(page, 'alert', lang);
    await button(page, words.coming).click();
    await page.getByText(words.your).waitFor();
    await look(page, 'alert-answered', lang);
    const link = (await office.text_to(kCommander, /\/a#/)).match(/\/a#[A-Za-z0-9_-]+/)[0];
    const linked = await office.page(t, { path: link, lang });
    await button(linked, words.coming).waitFor();
    await look(linked, 'link', lang);
    await fire(office, reporter, 'the-drill-0001', { drill: true, area: 'beiling-1' });
    await page.goto(`${office.url}/#/alerts`);
    await page.locator('.line .drill').first().waitFor();
    await look(page, 'alerts-drill', lang);
    await page.locator('.line:has(.drill)').first().click();
    await page.getByText(words.drill).waitFor();
    await look(page, 'alert-drill', lang);
    const ended = await office.api(desk, 'POST', `/api/v1/incidents/${code}/stand-down`,
      { reason: '已扑灭', ordered_by: 'gao-yuanshan', conditions: ['fire-out', 'all-found'] });
    assert.equal(ended.status, 200, ended.text);
    await page.goto(`${office.url}/#/alerts`);
    const over = page.getByRole('link', { name: words.line_over }).first();
    await over.waitFor();
    await look(page, 'alerts-over', lang);
    await over.click();
    await page.getByText(words.ended_alert).waitFor();
    await look(page, 'alert-over', lang);
    await page.goto(`${office.url}/#/me`);
    await page.locator('.contact').first().waitFor();
    await look(page, 'me-commander', lang);
    assert_sound(page);
    assert_sound(linked);
  });

  test(`a decision with what it sets off is sound, fits and has large keys, in ${lang}`, async (t) => {
    const office = await Office.start(t, { https: kDesk, authority: true });
    await fire(office, office.token('reporter', kReporter), 'the-fire-0001', { facts: { trapped: 5 } });
    const page = await office.page(t, { lang, path: (await office.text_to(kCommander, /\/a#/)).match(/\/a#[A-Za-z0-9_-]+/)[0] });
    await button(page, words.approve).waitFor();
    await look(page, 'approval', lang);
    await button(page, words.approve).click();
    await page.getByLabel(words.code).waitFor();
    await look(page, 'approval-code', lang);
    const link = await office.page(t, { path: '/a#AAAAAAAAAAAAAAAAAAAAAAAAAAAA', lang });
    await link.getByText(words.over).waitFor();
    await look(link, 'link-over', lang);
    assert_sound(page);
  });
}
