// The phone's other pages: both languages, one's own page, photographs, and the first load over a bad network.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, screen, wait_until } from './office.mjs';

after(close_browsers);

const kDesk = '\n[desk]\nphone = "0539-0000110"\nsms = "10690000"\n';
const kReporter = 'gu-yutian';
const start = (t) => Office.start(t, { https: kDesk });

test('another language is one tap away, for all words and for the form, and stays chosen', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { person: kReporter });
  await page.getByRole('heading', { name: '发生了什么？' }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'What happened?' }).waitFor();
  await page.getByRole('button', { name: /^fire$/i }).click();
  await page.getByRole('group', { name: /trapped/i }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.reload();
  await page.getByRole('group', { name: /trapped/i }).waitFor();
  const shown = await page.evaluate(() => document.body.innerText);
  assert.deepEqual(shown.replaceAll(/中文|[^\n]*\/[^\n]*/g, '').match(/[一-鿿]+/g), null, 'no word of the other language is left');
  assert_sound(page);
});

for (const [lang, dark, width] of [['zh-CN', false, 360], ['en', false, 360], ['zh-CN', true, 360], ['en', false, 320], ['en', false, 1280]]) {
  test(`every page is sound and fits in ${lang}${dark ? ', dark' : ''}, ${width} wide`, async (t) => {
    const office = await start(t);
    const page = await office.page(t, { person: 'shi-qingsong', lang, dark, width });
    for (const hash of ['#/', '#/mine', '#/alerts', '#/me']) {
      await page.goto(office.url + '/' + hash);
      await page.locator('main h1').first().waitFor();
      await assert_fits(page);
      await assert_accessible(page);
      await screen(page, `phone-${hash.slice(2) || 'home'}-${lang.slice(0, 2)}${dark ? '-dark' : ''}-${width}`);
    }
    assert_sound(page);
  });
}

test('a number is taken back by its owner, after a question', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { person: kReporter, path: '/#/me' });
  await page.getByRole('button', { name: /^不再用这个号码/ }).first().click();
  await page.getByText('这是您唯一的号码：停用后收不到任何警报，也不能再登录。').waitFor();
  await page.getByRole('button', { name: '停用', exact: true }).click();
  await page.getByText('已不再使用。').waitFor();
  assert_sound(page);
});

test('the address of the calendar is replaced after a question, and what waits is counted before signing out', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { person: kReporter, path: '/#/me' });
  const address = page.getByRole('textbox', { name: '我的值班日历' });
  const before = await address.inputValue();
  await page.getByRole('button', { name: '换一个地址' }).click();
  await page.getByText('旧地址马上失效').waitFor();
  assert.equal(await address.inputValue(), before);
  await page.getByRole('button', { name: '换地址', exact: true }).click();
  await page.getByText('已换。旧地址不能再用。').waitFor();
  assert.notEqual(await address.inputValue(), before);
  assert.equal(await page.getByText('还没发出的报告').count(), 0);
  assert.equal(await page.getByRole('link', { name: '安装证书' }).count(), 0, 'this phone trusts the office');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.goto(`${office.url}/#/`);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '火灾', exact: true }).click();
  await page.getByRole('button', { name: '发送报告' }).click();
  await page.getByRole('heading', { name: '等待发送' }).waitFor();
  await page.goto(`${office.url}/#/me`);
  await page.getByText('还没发出的报告、答复和照片：1 份').waitFor();
  assert_sound(page);
});

test('who signs out leaves nothing behind but what is not sent', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { person: kReporter });
  await page.getByRole('button', { name: '火灾', exact: true }).click();
  await page.getByRole('button', { name: '在别处' }).click();
  await page.locator('.areas button').first().click();
  await page.getByRole('button', { name: '发送报告' }).click();
  await page.getByRole('heading', { name: /值班室还没看/ }).waitFor();
  await page.goto(office.url + '/#/me');
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByText('还没有登录').waitFor();
  await page.goto(office.url + '/#/mine');
  await page.getByText('还没有报告').waitFor();
  assert_sound(page);
});

// A picture as a camera writes it: 2000 x 1500, one colour, with a place and a maker beside it.
async function camera_picture(page, path) {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 2000;
    canvas.height = 1500;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#e0c040';
    pen.fillRect(0, 0, 2000, 1500);
    return canvas.toDataURL('image/jpeg', 0.9);
  });
  const plain = Buffer.from(url.split(',')[1], 'base64');
  const said = Buffer.from('Exif\0\0secret-camera 35.305,118.615', 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(said.length + 2, 2);
  const picture = Buffer.concat([plain.subarray(0, 2), head, said, plain.subarray(2)]);
  writeFileSync(path, picture);
  return picture;
}

test('a photograph goes out small, without what the camera wrote beside it, and black where it was blacked out', async (t) => {
  const office = await start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter });
  const file = join(office.folder, 'camera.jpg');
  assert.ok((await camera_picture(page, file)).includes('secret-camera'));
  await page.getByRole('button', { name: '火灾', exact: true }).click();
  await page.getByRole('button', { name: '在别处' }).click();
  await page.locator('.areas button').first().click();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '发送报告' }).click();
  const camera = page.locator('input[type=file]');
  assert.equal(await camera.getAttribute('capture'), 'environment', 'the camera, not the gallery');
  await camera.setInputFiles(file);
  const canvas = page.locator('canvas.photo');
  await canvas.waitFor();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5, { steps: 5 });
  await page.mouse.up();
  await screen(page, 'phone-photo-zh');
  await page.getByRole('button', { name: '发送这张照片' }).click();
  await page.getByText('1 张照片等待发送').waitFor();
  await page.context().setOffline(false);
  await page.getByText('已附 1 张照片').waitFor();
  const { incidents } = (await office.api(desk, 'GET', '/api/v1/incidents')).json;
  const code = incidents[0].incident;
  const attachment = await wait_until('the photograph is there', async () =>
    (await office.api(desk, 'GET', `/api/v1/incidents/${code}`)).json.reports[0].attachments?.[0]);
  assert.equal(Math.max(attachment.width, attachment.height), 1600);
  const seen = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    const bytes = await answer.blob();
    const picture = await createImageBitmap(bytes);
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    const pen = canvas.getContext('2d');
    pen.drawImage(picture, 0, 0);
    const at = (x, y) => Array.from(pen.getImageData(picture.width * x, picture.height * y, 1, 1).data.slice(0, 3));
    return { text: await bytes.text(), black: at(0.55, 0.5), free: at(0.1, 0.1) };
  }, `/api/v1/incidents/${code}/attachments/${attachment.attachment}`);
  assert.ok(!seen.text.includes('secret-camera') && !seen.text.includes('Exif'), 'nothing of the camera is left');
  assert.ok(seen.black.every((part) => part < 24), `black is ${seen.black}`);
  assert.ok(seen.free[0] > 150, `untouched is ${seen.free}`);
  assert_sound(page);
});

// Milliseconds from the beginning of the navigation until the tiles of the plan can be tapped, by the page's own clock.
async function usable_after(page, url) {
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      if (document.querySelector('.tile:not(.wide)') === null) return;
      globalThis.usable_at = performance.now();
      watch.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 });
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('button', { name: '火灾', exact: true }).waitFor();
  return page.evaluate(() => Math.round(globalThis.usable_at));
}

test('the first load is usable within 3 s at 400 kbit/s and 400 ms, and the form opens at once', async (t) => {
  const office = await start(t);
  const page = await office.page(t, { path: null });
  const took = await usable_after(page, office.url);
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/v1/plan')).length);
  t.diagnostic(`usable after ${took} ms`);
  assert.ok(took < 3000, `usable after ${took} ms`);
  assert.equal(asked, 1, 'the form is asked for once');
  const tapped = await page.evaluate(() => {
    const before = performance.now();
    [...document.querySelectorAll('.tile')].find((tile) => tile.textContent === '火灾').click();
    return new Promise((done) => {
      const look = () => (document.querySelector('form.report') === null ? requestAnimationFrame(look) : done(performance.now() - before));
      look();
    });
  });
  assert.ok(tapped < 300, `the form opens ${Math.round(tapped)} ms behind the tap`);
  assert_sound(page);
});
