// The office of the tests itself: served, signed in to, and heard of by SMS.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_fits, assert_sound, close_browsers } from './office.mjs';

after(close_browsers);

test('a person signs in with the code that their phone got, and every face comes up', async (t) => {
  const office = await Office.start(t);
  const session = await office.session({ person: 'gu-yutian' });
  const me = await office.api(session, 'GET', '/api/v1/session');
  assert.equal(me.json.person.code, 'gu-yutian');
  for (const path of ['/', '/desk', '/admin']) {
    const page = await office.page(t, { session, path });
    await page.waitForSelector('main');
    await assert_fits(page);
    assert_sound(page);
  }
});

test('the service worker of a phone that trusts the certificate is ready', async (t) => {
  const office = await Office.start(t);
  const page = await office.page(t);
  await page.evaluate(() => navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => true));
  assert_sound(page);
});
