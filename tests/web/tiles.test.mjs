// The map's tiles come from the one place that the settings name, and from nowhere else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createServer as listen } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { Office, close_browsers, wait_until } from './office.mjs';

after(close_browsers);

// One pixel (PNG, third edition; the smallest that decoders take).
const kPixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

function free_port() {
  return new Promise((done) => {
    const server = listen().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

test('tiles of the settings are drawn, without a cookie or where one came from; another place is refused', async (t) => {
  const port = await free_port();
  const other = await free_port();
  const office = await Office.start(t, {
    https: `[map]\ntiles = "https://127.0.0.1:${port}/{z}/{x}/{y}.png"\nattribution = "<b>测绘</b> 2026"`,
  });
  const asked = [];
  const key = readFileSync(join(office.folder, 'certificate.key'), 'utf8');
  for (const at of [port, other]) {
    const server = createServer({ cert: office.certificate, key }, (request, answer) => {
      asked.push({ at, url: request.url, headers: request.headers });
      answer.writeHead(200, { 'Content-Type': 'image/png' });
      answer.end(kPixel);
    });
    await new Promise((done) => server.listen(at, '127.0.0.1', done));
    t.after(() => server.close());
  }
  const page = await office.page(t, { role: 'duty', path: '/desk#/map', width: 1280, height: 800 });
  await page.waitForFunction(() => [...document.querySelectorAll('img.leaflet-tile')].some((tile) => tile.naturalWidth > 0));
  await page.getByText('<b>测绘</b> 2026').waitFor(); // as words
  assert.ok(asked.length > 0 && asked.every(({ at, url }) => at === port && /^\/\d+\/\d+\/\d+\.png$/.test(url)), JSON.stringify(asked.slice(0, 3)));
  for (const { headers } of asked) {
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
  }
  // What the page was told about: tiles of that place, and no refusal.
  assert.deepEqual(page.faults.filter((fault) => !fault.startsWith(`asked elsewhere: https://127.0.0.1:${port}/`)), []);

  await page.evaluate((address) => {
    document.addEventListener('securitypolicyviolation', (event) => (globalThis.refused = event.blockedURI));
    new Image().src = address;
  }, `https://127.0.0.1:${other}/1/1/1.png`);
  await wait_until('the browser refuses it', () => page.evaluate(() => globalThis.refused));
  assert.ok(asked.every(({ at }) => at === port));
});

test('without a setting the map asks nobody', async (t) => {
  const office = await Office.start(t);
  const page = await office.page(t, { role: 'duty', path: '/desk#/map', width: 1280, height: 800 });
  await page.locator('.leaflet-container').waitFor();
  assert.equal(await page.locator('img.leaflet-tile').count(), 0);
  assert.deepEqual(page.faults, []);
});
