// The browser wakes the worker when the signal returns, with no page open (Background Sync).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, close_browsers, wait_until } from './office.mjs';

after(close_browsers);

const kReporter = 'gu-yutian';

// What the browser does once it has a network again: by its own door for developers, since a test cannot wait for its
// own idea of when that is.
async function wake(context, url) {
  const blank = await context.newPage();
  const wire = await context.newCDPSession(blank);
  let registration;
  wire.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registration = registrations.find((one) => one.scopeURL.startsWith(url) && !one.isDeleted) ?? registration;
  });
  await wire.send('ServiceWorker.enable');
  await wait_until('the worker is registered', () => registration);
  await wire.send('ServiceWorker.dispatchSyncEvent', { origin: url, registrationId: registration.registrationId, tag: 'tocsin-outbox', lastChance: false });
  return blank;
}

test('what was written without a signal goes out once it returns, with no page open, and once', async (t) => {
  const office = await Office.start(t);
  const desk = office.token('duty');
  const page = await office.page(t, { person: kReporter, more: { permissions: ['geolocation', 'background-sync'] } });
  const incidents = async () => (await office.api(desk, 'GET', '/api/v1/incidents')).json.incidents;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '火灾', exact: true }).click();
  await page.getByRole('button', { name: '发送报告' }).click();
  await page.getByRole('heading', { name: '等待发送' }).waitFor();
  const tags = await page.evaluate(() => navigator.serviceWorker.ready.then((one) => one.sync.getTags()));
  t.diagnostic(`asked to be woken for: ${tags.join()}`);
  assert.deepEqual(tags, ['tocsin-outbox']);
  const context = page.context();
  const keep = await context.newPage(); // else the context would go with its last page
  await page.close();
  await context.setOffline(false);
  await wake(context, office.url);
  const [incident] = await wait_until('the report is with the desk', async () => {
    const found = await incidents();
    return found.length > 0 && found;
  });
  assert.equal(incident.hazard, 'fire');
  await keep.goto(office.url);
  await keep.getByText(/值班室还没看/).waitFor();
  assert.equal((await office.api(desk, 'GET', `/api/v1/incidents/${incident.incident}`)).json.reports.length, 1);
});
