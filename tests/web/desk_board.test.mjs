// The desk's board: fresh within two seconds, two desks at once, heard when it must be, closed to everybody else.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, close_browsers, wait_until } from './office.mjs';

// One office for the tests that leave nothing behind; those that need an empty board, or break something, have their own.
const shared = await Office.start({ after });
after(close_browsers);
const desk = await shared.session({ role: 'duty' });
const tokens = new Map();
const token = (office, role, person) => {
  const name = `${office.port} ${role} ${person}`;
  if (!tokens.has(name)) tokens.set(name, office.token(role, person));
  return tokens.get(name);
};

const kWide = { path: '/desk', width: 1280, height: 800, lang: 'en-GB' };
const kFire = { hazard: 'fire', facts: { trapped: 2, serious: 1 }, area: 'donghu', place: 'north gate', text: 'smoke on the third floor' };
let keys = 0;

async function report(office, person, more = {}) {
  keys += 1;
  const answer = await office.api(token(office, 'reporter', person), 'POST', '/api/v1/reports', { key: `board-test-${keys}`, ...kFire, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.incident;
}

// Counts the tones that the page makes, and keeps its audio context within reach.
async function listen(page) {
  await page.addInitScript(() => {
    globalThis.heard = [];
    globalThis.beats = 0;
    const Real = globalThis.AudioContext;
    globalThis.AudioContext = class extends Real {
      constructor() {
        super();
        globalThis.bell = this;
      }
      createOscillator() {
        const tone = super.createOscillator();
        const start = tone.start.bind(tone);
        tone.start = (when) => {
          if (when === undefined) globalThis.beats += 1; // the silent second by which the bell counts
          else globalThis.heard.push(tone.frequency.value);
          start(when);
        };
        return tone;
      }
    };
  });
}

test('an answer is on the desk within two seconds, on the board and person by person', async (t) => {
  const office = shared, duty = desk;
  const code = await report(office, 'gu-yutian');
  const board = await office.page(t, { ...kWide, session: duty });
  const page = await office.page(t, { ...kWide, session: duty, path: `/desk#/incidents/${code}` });
  await page.getByRole('heading', { name: new RegExp(`Incident ${code}`) }).waitFor();
  const alerts = await wait_until('people are told', async () => {
    const { json } = await office.api(duty, 'GET', `/api/v1/incidents/${code}`);
    return json.alerts.length >= 5 && json.alerts.every((one) => one.told) && json.alerts;
  });
  const took = [];
  for (const [n, alert] of alerts.slice(0, 3).entries()) {
    const began = Date.now();
    const answer = await office.api(duty, 'POST', `/api/v1/alerts/${alert.alert}/answer`, { answer: 'coming' });
    assert.equal(answer.status, 200, answer.text);
    const row = page.getByRole('row').filter({ hasText: alert.person.name });
    await row.getByText('coming', { exact: true }).waitFor();
    took.push(Date.now() - began);
    await board.getByText(`${n + 1} coming`).waitFor();
  }
  took.sort((a, b) => a - b);
  t.diagnostic(`answers were on the page after ${took.join(', ')} ms`);
  assert.ok(took[1] < 2000, `half of the answers took longer than 2 s: ${took}`);
  await page.getByRole('progressbar').first().waitFor();
  await assert_accessible(page);
  await assert_accessible(board);
  for (const one of [page, board]) assert_sound(one);
});

test('what one desk opens is opened on the other; who decides on an older picture is told so', async (t) => {
  const office = shared;
  const code = await report(office, 'ma-tayun', { area: 'nanmen' });
  const first = await office.page(t, { ...kWide, role: 'duty', name: 'desk-one' });
  const second = await office.page(t, { ...kWide, role: 'duty', name: 'desk-two' });
  const row = second.getByRole('listitem').filter({ has: second.getByRole('link', { name: `#${code}`, exact: true }) });
  await row.getByText('Nobody has opened it').waitFor();
  await first.getByRole('link', { name: `Open ${code}` }).click();
  await row.getByText('Nobody has opened it').waitFor({ state: 'detached' });

  await second.getByRole('link', { name: `#${code}` }).click();
  for (const page of [first, second]) await page.getByRole('button', { name: 'Raise / Lower' }).click();
  await first.getByRole('radio', { name: /level II .*Raise/ }).check();
  await first.getByRole('button', { name: 'Raise: level II' }).click();
  await first.getByRole('dialog').waitFor({ state: 'detached' });

  const dialog = second.getByRole('dialog');
  await dialog.getByText('Somebody changed it just now').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Change the level' }).isDisabled(), 'a decision on an older picture can be sent');
  await second.getByRole('heading', { name: /level II\b/ }).waitFor();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('radio', { name: /level III .*Lower/ }).check();
  assert.ok(await dialog.getByRole('button', { name: 'Lower: level III' }).isDisabled(), 'lowered without a reason');
  await dialog.getByLabel(/lowering needs a reason/).fill('only smoke');
  await dialog.getByRole('button', { name: 'Lower: level III' }).click();
  await first.getByRole('heading', { name: /level III\b/ }).waitFor();
  await first.getByText('only smoke').waitFor();
});

test('two desks in two time zones read the same clock: the office\'s', async (t) => {
  const office = shared;
  const code = await report(office, 'ma-tayun', { area: 'nanmen' });
  const { time_zone } = (await office.api(undefined, 'GET', '/api/v1/plan')).json;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: time_zone, dateStyle: 'short', timeStyle: 'medium' });
  const shown = [];
  for (const timezoneId of ['America/New_York', 'Asia/Shanghai']) {
    const desk = await office.page(t, { ...kWide, role: 'duty', name: `desk-in-${timezoneId.split('/')[0].toLowerCase()}`, path: `/desk#/incidents/${code}`, more: { timezoneId } });
    const time = desk.locator('dd time').first();
    const at = Date.parse(await time.getAttribute('datetime'));
    await desk.getByText(clock.format(at)).first().waitFor();
    shown.push(await time.textContent());
  }
  assert.equal(shown[0], shown[1]);
});

test('standing down asks for each condition and for whose word it was', async (t) => {
  const office = shared;
  const code = await report(office, 'mai-shouwang', { area: 'xinhua' });
  const page = await office.page(t, { ...kWide, session: desk, path: `/desk#/incidents/${code}` });
  await page.getByRole('button', { name: 'Stand down' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: 'Stand down' });
  await dialog.getByLabel('Why it ends').fill('the fire is out');
  for (const box of await dialog.getByRole('checkbox').all()) {
    assert.ok(await send.isDisabled(), 'sent with a condition open');
    await box.check();
  }
  assert.ok(await send.isDisabled(), 'sent without whose word it was');
  await dialog.getByLabel(/Ordered by/).selectOption('shi-qingsong');
  await send.click();
  await page.getByText(/^Ended /).waitFor();
  const { json } = await office.api(desk, 'GET', `/api/v1/incidents/${code}`);
  assert.equal(json.state, 'ended');
});

test('a reporter who types the desk address sees a wall, and the API has one too', async (t) => {
  const office = shared;
  const worker = await office.session({ person: 'gu-yutian' });
  const code = await report(office, 'gu-yutian');
  const page = await office.page(t, { ...kWide, session: worker, path: `/desk#/incidents/${code}` });
  await page.getByText('Your account may not use this page.').waitFor();
  assert.equal(await page.getByText('north gate').count(), 0);
  for (const path of ['/api/v1/call-sheet', '/api/v1/inbox', '/api/v1/record', '/api/v1/desk', '/api/v1/tasks', '/api/v1/handover']) {
    assert.equal((await office.api(worker, 'GET', path)).status, 403, path);
  }
});

test('while the program is down the desk says so, and afterwards it is fresh again without a reload', async (t) => {
  const office = await Office.start(t);
  const page = await office.page(t, { ...kWide, path: null, role: 'duty' });
  await page.clock.install(); // the page's time can be moved on
  await page.goto(`${office.url}/desk`);
  await page.getByText('No incident is open.').waitFor();
  await page.evaluate(() => { globalThis.same_page = true; });
  await office.kill();
  await page.clock.fastForward(6000);
  await page.getByText(/No answer from the server for \d+ s/).waitFor();
  await office.serve();
  await page.clock.fastForward(12_000); // longer than it ever waits between two tries
  await page.getByText(/No answer from the server/).waitFor({ state: 'detached' });
  const code = await report(office, 'gu-yutian');
  await page.getByRole('link', { name: `#${code}`, exact: true }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.same_page), true, 'the page was loaded again');
});

test('signing in arms the bell; it rings until the incident is opened', async (t) => {
  const office = await Office.start(t);
  const account = office.account('duty', 'desk');
  const page = await office.page(t, { ...kWide, path: null });
  await listen(page);
  await page.goto(`${office.url}/desk`);
  await page.getByLabel('Account').fill(account.name);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByLabel('Six digits of the authenticator').fill(account.totp());
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('No incident is open.').waitFor();
  await page.getByText('The sound is on').waitFor();
  assert.equal(await page.getByText(/The sound is blocked/).count(), 0);
  assert.equal(await page.evaluate(() => globalThis.heard.length), 0);

  const code = await report(office, 'gu-yutian');
  const rings = () => page.evaluate(() => globalThis.heard.filter((hertz) => hertz === 880).length);
  await wait_until('the bell rings and goes on', async () => (await rings()) >= 3);
  await page.getByRole('link', { name: `Open ${code}` }).click();
  await page.getByRole('heading', { name: new RegExp(`Incident ${code}`) }).waitFor();
  await wait_until('the incident counts as opened', async () =>
    (await office.api(token(office, 'auditor'), 'GET', `/api/v1/incidents/${code}`)).json.seen_at !== null);
  await page.getByRole('link', { name: 'Incidents', exact: true }).waitFor(); // no number on it any more
  const before = await rings();
  const beats = () => page.evaluate(() => globalThis.beats);
  const now = await beats();
  await wait_until('longer than from one ring to the next', async () => (await beats()) >= now + 3);
  assert.equal(await rings(), before, 'it rings although everything is opened');
});

test('a desk that nobody touched, or whose browser mutes it, says that the sound is blocked', async (t) => {
  const office = shared;
  const page = await office.page(t, { ...kWide, path: null, session: desk });
  await listen(page);
  await page.goto(`${office.url}/desk`);
  const banner = page.getByRole('button', { name: /The sound is blocked/ });
  await banner.click();
  await page.getByText('The sound is on').waitFor();
  await page.evaluate(() => globalThis.bell.suspend());
  await banner.waitFor();
  await page.getByRole('button', { name: 'Turn the sound on' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Test the sound' }).click();
  await wait_until('a tone', () => page.evaluate(() => globalThis.heard.length > 0));
});

test('the language is changed where one is, and what the server says in words changes too', async (t) => {
  const office = shared;
  const code = await report(office, 'gu-yutian');
  const page = await office.page(t, { ...kWide, session: desk, path: `/desk#/incidents/${code}` });
  await page.getByRole('heading', { name: /level III.*fire/ }).waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: /事件 \d+.*三级.*火灾/ }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: /Incident \d+.*level III.*fire/ }).waitFor();
});

test('a session that somebody ended leaves no desk that looks awake', async (t) => {
  const office = shared;
  const session = await office.session({ role: 'duty', name: 'desk-ended' });
  const page = await office.page(t, { ...kWide, session });
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
  const ended = await office.api(token(office, 'admin'), 'POST', `/api/v1/sessions/${session.session}/revoke`, {});
  assert.equal(ended.status, 200, ended.text);
  await page.getByText('Signed out: this desk does not ring now.').waitFor();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
});

test('a link that goes down is told on every page', async (t) => {
  const office = await Office.start(t);
  const page = await office.page(t, { ...kWide, role: 'duty', path: '/desk#/phoned' });
  await page.getByRole('heading', { name: 'Phoned in' }).waitFor();
  const told = page.getByRole('region', { name: 'Attention' }).getByText(/carrier/);
  assert.equal(await told.count(), 0);
  office.centre.close();
  await told.waitFor();
  await page.getByRole('link', { name: /Channels 1/ }).click();
  await page.getByRole('cell', { name: /down|doubtful/ }).waitFor();
  await told.waitFor();
});

test('every page of the desk is reached by keyboard, and fits a window of 320 pixels', async (t) => {
  const office = shared;
  const page = await office.page(t, { ...kWide, session: desk });
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  for (const [key, name] of [['c', 'Call sheet'], ['p', 'Phoned in'], ['i', 'Inbox'], ['t', 'Tasks'], ['m', 'Map'], ['h', 'Handover'], ['l', 'Channels'], ['b', 'Incidents']]) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.locator('nav a[aria-current="page"]').filter({ hasText: name }).waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    await assert_fits(page);
  }
  assert_sound(page);
});
