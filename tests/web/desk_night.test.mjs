// A night at the desk: what is heard, a page that was hidden, who may only look, the map, everything by keyboard, and
// targets that a tired hand hits.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers, wait_until } from './office.mjs';

// One office for the file: what a test leaves behind (an opened incident, a message) is no other test's business.
const office = await Office.start({ after });
after(close_browsers);
const desk = await office.session({ role: 'duty' });
const auditor = await office.session({ role: 'auditor' });
const tokens = new Map();
let keys = 0;

async function report(person, more) {
  if (!tokens.has(person)) tokens.set(person, office.token('reporter', person));
  keys += 1;
  const answer = await office.api(tokens.get(person), 'POST', '/api/v1/reports', { key: `night-${keys}-test-key`, hazard: 'fire', facts: {}, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.incident;
}
const incident = async (code) => (await office.api(desk, 'GET', `/api/v1/incidents/${code}?alerts=0`)).json;
const open = async (code) => assert.ok((await office.api(desk, 'POST', `/api/v1/incidents/${code}/open`)).status < 300);
const page_of = (t, hash, more = {}) =>
  office.page(t, { session: desk, path: `/desk#/${hash}`, width: 1280, height: 800, lang: 'en-GB', ...more });

// A page whose tones are counted by their pitch, and that is hidden while `asleep`.
async function page_that_listens(t, more = {}) {
  const page = await page_of(t, '', { path: null, ...more });
  await page.addInitScript(() => {
    globalThis.heard = [];
    globalThis.asleep = false;
    Object.defineProperty(document, 'hidden', { get: () => globalThis.asleep });
    Object.defineProperty(document, 'visibilityState', { get: () => (globalThis.asleep ? 'hidden' : 'visible') });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      if (when.length > 0) globalThis.heard.push(Math.round(this.frequency.value));
      start.apply(this, when);
    };
    const Real = globalThis.AudioContext;
    globalThis.AudioContext = class extends Real {
      constructor() {
        super();
        globalThis.bell = this;
      }
    };
  });
  return page;
}
const heard = (page, hertz) => page.evaluate((pitch) => globalThis.heard.filter((one) => one === pitch).length, hertz);
const kAlarm = 880;
const kReminder = 523;

// Tells the page that somebody looks at it again, or no more.
const look_at = (page, awake) => page.evaluate((looked_at) => {
  globalThis.asleep = !looked_at;
  document.dispatchEvent(new Event('visibilitychange'));
}, awake);

test('a message of a stranger rings softly, not like an incident; a muted desk rings nothing and says so', async (t) => {
  const page = await page_that_listens(t);
  await page.goto(`${office.url}/desk`);
  const banner = page.getByRole('button', { name: /The sound is blocked/ });
  await banner.click();
  await page.getByText('The sound is on').waitFor();
  office.centre.tell({ do: 'mo', from: '+8614400000971', to: '10690000', text: '你好' });
  await wait_until('the soft tone', async () => (await heard(page, kReminder)) > 0);
  assert.equal(await heard(page, kAlarm), 0, 'it rings as if somebody were in danger');
  await page.evaluate(() => globalThis.bell.suspend());
  await banner.waitFor();
  const before = await page.evaluate(() => globalThis.heard.length);
  const code = await report('gu-yutian', { area: 'donghu' });
  await page.getByRole('link', { name: `#${code}`, exact: true }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.heard.length), before);
  await page.getByRole('button', { name: 'Turn the sound on' }).click();
  await wait_until('the bell, now that it can', async () => (await heard(page, kAlarm)) > 0);
  await open(code);
});

test('the board shows the worst first, whoever has not answered is red, and who has is not', async (t) => {
  const grave = await report('lu-donghe', { hazard: 'explosion', area: 'donghu-1', facts: { trapped: 5 } }); // level II
  const middle = await report('yan-guilai', { hazard: 'explosion', area: 'nanmen-1', facts: { trapped: 1 } }); // level III
  for (const code of [middle, grave]) await open(code);
  const fresh = await report('tan-luwei', { hazard: 'explosion', area: 'liuyuan-1' }); // lower, but nobody has opened it
  t.after(() => open(fresh)); // or it rings in the next test
  const page = await page_of(t, '');
  await page.getByRole('link', { name: `Open ${fresh}` }).waitFor();
  const shown = (await page.locator('.incident .code').allTextContents()).map((text) => Number(text.slice(1)));
  assert.deepEqual(shown.filter((code) => [grave, middle, fresh].includes(code)), [fresh, grave, middle]);

  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `#${grave}`, exact: true }) });
  const colour = (of, what = 'color') => of.evaluate((one, name) => getComputedStyle(one)[name], what);
  const red = await page.evaluate(() => {
    const one = document.body.appendChild(document.createElement('span'));
    one.style.color = 'var(--bad)';
    const found = getComputedStyle(one).color;
    one.remove();
    return found;
  });
  const waiting = row.getByText(/^\d+ unanswered$/);
  await waiting.waitFor();
  assert.equal(await colour(waiting), red);
  assert.notEqual(await colour(row.getByText(/^\d+ coming$/)), red);
  const people = await wait_until('two are told', async () => {
    const { alerts } = (await office.api(desk, 'GET', `/api/v1/incidents/${grave}`)).json;
    const told = alerts.filter((one) => one.told && one.kind === 'alert' && one.state !== 'withdrawn');
    return told.length >= 2 && told;
  });
  assert.equal((await office.api(desk, 'POST', `/api/v1/alerts/${people[0].alert}/answer`, { answer: 'coming' })).status, 200);
  await page.goto(`${office.url}/desk#/incidents/${grave}`);
  const person = (n) => page.getByRole('row').filter({ hasText: people[n].person.name });
  await person(0).getByText('coming', { exact: true }).waitFor();
  assert.equal(await colour(person(1).getByText('no answer', { exact: true })), red);
  assert.equal(await colour(person(1).getByRole('cell').first(), 'borderLeftColor'), red);
  assert.notEqual(await colour(person(0).getByText('coming', { exact: true })), red);
});

test('a hidden page whose timers sleep still rings, and is fresh again as soon as somebody looks', async (t) => {
  const page = await page_that_listens(t);
  await page.clock.install();
  await page.goto(`${office.url}/desk`);
  await page.getByRole('button', { name: /The sound is blocked/ }).click();
  await page.getByText('The sound is on').waitFor();
  await look_at(page, false);
  await page.clock.pauseAt(Date.now() + 3_600_000); // no timer of the page runs from here on; the bell's clock does
  const alarms = await heard(page, kAlarm);
  const first = await report('mai-shouwang', { area: 'xinhua' });
  await wait_until('the bell rings by its own clock', async () => (await heard(page, kAlarm)) > alarms);
  await open(first);

  await page.evaluate(() => globalThis.bell.suspend()); // now nothing runs in it at all
  await page.getByRole('button', { name: /The sound is blocked/ }).waitFor();
  const second = await report('ma-tayun', { area: 'nanmen' });
  const link = page.getByRole('link', { name: `#${second}`, exact: true });
  await wait_until('a desk that is awake has it', async () =>
    (await office.api(desk, 'GET', '/api/v1/incidents?open=true')).json.incidents.some((one) => one.incident === second));
  assert.equal(await link.count(), 0, 'the page was not asleep: this test shows nothing');
  await look_at(page, true);
  await link.waitFor();
  assert_sound(page);
  await open(second);
});

test('who may only look sees everything, changes nothing, and is not rung', async (t) => {
  const code = await report('shui-changliu', { area: 'hebin', text: 'smoke at the river' });
  const page = await page_that_listens(t, { session: auditor });
  await page.goto(`${office.url}/desk`);
  await page.getByText('Your account may only read.').waitFor();
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `#${code}`, exact: true }) });
  await row.getByText('Nobody has opened it').waitFor();
  assert.equal(await page.getByRole('button', { name: /The sound is blocked/ }).count(), 0);
  for (const name of [/Phoned in/, /Inbox/]) assert.equal(await page.getByRole('link', { name }).count(), 0, `${name}`);
  await row.getByRole('link', { name: `#${code}`, exact: true }).click();
  await page.getByText('smoke at the river').waitFor();
  await page.getByRole('row').filter({ hasText: '严无火' }).first().waitFor();
  for (const name of ['Raise / Lower', 'Merge', 'Split', 'Stand down', 'Done']) {
    assert.equal(await page.getByRole('button', { name }).count(), 0, name);
  }
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Done/ }).count(), 0);
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.getByRole('heading', { name: /Handover sheet/ }).waitFor();
  assert.equal(await page.getByLabel('Name of who takes over').count(), 0);
  assert.equal((await incident(code)).seen_at, null, 'looking counted as opening');
  assert.equal(await page.evaluate(() => globalThis.heard.length), 0);
  assert_sound(page);
  for (const [path, body] of [[`/api/v1/incidents/${code}/open`, undefined], [`/api/v1/incidents/${code}/level`, { level: 'I', reason: 'x' }],
    ['/api/v1/handover', { taken_over_by: 'somebody', person: null, note: null, seen: 0 }]]) {
    assert.equal((await office.api(auditor, 'POST', path, body)).status, 403, path);
  }
  await open(code);
});

test('nobody takes over without a name, neither on the page nor past it', async (t) => {
  const page = await page_of(t, 'handover');
  const hand_over = page.getByRole('button', { name: 'Hand over' });
  await hand_over.waitFor();
  assert.ok(await hand_over.isDisabled(), 'handed over to nobody');
  await page.getByLabel('Name of who takes over').fill('   ');
  assert.ok(await hand_over.isDisabled(), 'handed over to a blank');
  await page.getByLabel('Note (may stay empty)').fill('watch the gate');
  await page.keyboard.press('Control+Enter');
  const { json: sheet } = await office.api(desk, 'GET', '/api/v1/handover');
  const nameless = await office.api(desk, 'POST', '/api/v1/handover', { taken_over_by: ' ', person: null, note: null, seen: sheet.seen });
  assert.equal(nameless.status, 422, nameless.text);
  assert.deepEqual((await office.api(desk, 'GET', '/api/v1/handovers')).json.handovers, []);
  await page.getByLabel('Name of who takes over').fill('夏清荷');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Handed over to 夏清荷').waitFor();
});

test('the map shows incidents where they are, and its marks open them by click and by key', async (t) => {
  const code = await report('feng-manlou', { area: 'beiling' });
  await open(code);
  const page = await page_of(t, 'map');
  const mark = page.locator('.leaflet-marker-icon').filter({ hasText: String(code) });
  await page.locator('.area-name').first().waitFor();
  const boxes = await page.locator('.area-name, .leaflet-marker-icon').evaluateAll((all) =>
    all.map((one) => ({ name: one.matches('.area-name') ? one.textContent : '', ...one.getBoundingClientRect().toJSON() })));
  const over = boxes.filter((a) => a.name !== '' && boxes.some((b) => b !== a && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
  assert.deepEqual(over.map((one) => one.name), [], 'names lie over marks or over each other');
  await mark.click();
  await page.getByRole('heading', { name: new RegExp(`Incident ${code} `) }).waitFor();
  await page.goBack();
  await mark.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: new RegExp(`Incident ${code} `) }).waitFor();
  assert_sound(page);
});

test('the phoned-in form is filled and sent without a mouse, in the order in which callers speak', async (t) => {
  const page = await page_of(t, 'phoned');
  await page.getByRole('heading', { name: 'Phoned in' }).waitFor();
  const label = () => page.evaluate(() => {
    const field = document.activeElement;
    const group = field.closest('fieldset.fact')?.querySelector('legend')?.textContent;
    return group ?? field.labels?.[0]?.querySelector('.name')?.textContent ?? field.labels?.[0]?.textContent ?? field.textContent;
  });
  const tab = async () => {
    await page.keyboard.press('Tab');
    return (await label()).trim();
  };
  await page.getByRole('combobox', { name: /^What/ }).focus();
  const { json: form } = await office.api(null, 'GET', '/api/v1/plan?lang=en');
  await page.keyboard.type(form.hazards.find((one) => one.kind === 'fire').name);
  await page.getByRole('group', { name: /trapped/i }).waitFor();
  assert.match(await tab(), /Search the areas/);
  // The whole list is one stop; arrows walk in it.
  await page.keyboard.type('柳园');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.locator('.chosen').getByText('柳园社区').waitFor();
  await wait_until('the words of the place are next', async () => /Exact place/.test(await label()));
  await page.keyboard.type('gate 3');
  assert.match(await tab(), /What was said/);
  await page.keyboard.type('smoke from the cellar');
  assert.match(await tab(), /trapped/);
  await page.keyboard.press('ArrowRight'); // from unknown to zero: a zero that was chosen
  assert.match(await tab(), /trapped/); // another number of the same question
  assert.match(await tab(), /badly hurt/);
  await page.keyboard.press('Control+Enter');
  const heading = page.getByRole('heading', { name: /Received as incident \d+/ });
  await heading.waitFor();
  const code = Number((await heading.textContent()).match(/\d+/)[0]);
  const view = await incident(code);
  assert.deepEqual([view.hazard, view.area.code, view.place, view.facts.trapped, view.reports[0].text],
    ['fire', 'liuyuan', 'gate 3', 0, 'smoke from the cellar']);
  // What could still raise it is asked at once, and goes behind the report.
  await page.getByRole('heading', { name: 'Ask the caller this too' }).waitFor();
  await page.getByRole('group', { name: /badly hurt/i }).first().getByRole('radio', { name: '1', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await page.getByText('added').waitFor();
  assert.equal((await incident(code)).facts.serious, 1);
  await open(code);
});

test('an inbox holds what nothing understood too, one tap from being classified', async (t) => {
  const code = await report('cen-zaixue', { hazard: null, area: 'beiling-1', text: 'come quickly' });
  const page = await page_of(t, 'inbox');
  await page.getByRole('link', { name: `Open and classify ${code}` }).click();
  // The words stand above the kinds.
  const words = await page.getByText('come quickly').boundingBox();
  const kinds = await page.getByRole('heading', { name: /What is it\?/ }).boundingBox();
  assert.ok(words.y < kinds.y, 'whoever classifies must search for what was said');
  await page.getByRole('button', { name: 'fire', exact: true }).click();
  await page.getByRole('heading', { name: /What is it\?/ }).waitFor({ state: 'detached' });
});

// What is too small for a thumb: everything that acts but links within a sentence, which text may hold (WCAG 2.5.8).
async function small_targets(page) {
  return page.evaluate(() => {
    const wanted = 'button, .button, select, textarea, summary, nav a, [data-item], input, main a, .leaflet-marker-icon';
    const small = [];
    for (const one of document.querySelectorAll(wanted)) {
      if (one.closest('[hidden], .visually-hidden, .skip') || !one.checkVisibility()) continue;
      // A box or a dot is as large as the label around it.
      const target = one.matches('input[type=checkbox], input[type=radio]') ? one.closest('label') : one;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || (width >= 44 && height >= 44) || (height >= 44 && one.matches('main a'))) continue;
      small.push(`${one.tagName} "${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 40)}" ${Math.round(width)}x${Math.round(height)}`);
    }
    return [...new Set(small)];
  });
}

test('everything that can be touched is 44 pixels high, on every page', async (t) => {
  const code = await report('yang-liuan', { area: 'donghu-2', facts: { trapped: 1 } });
  office.centre.tell({ do: 'mo', from: '+8614400000972', to: '10690000', text: '有人吗' });
  const message = await wait_until('the message is there', async () =>
    (await office.api(desk, 'GET', '/api/v1/inbox')).json.messages.find((one) => one.text === '有人吗')?.message);
  for (const [width, height] of [[360, 740], [1280, 800]]) {
    const page = await page_of(t, '', { width, height });
    const found = {};
    for (const hash of ['', `incidents/${code}`, 'calls', 'phoned', 'inbox', `inbox/${message}`, 'tasks', 'map', 'handover', 'links']) {
      await page.goto(`${office.url}/desk#/${hash}`);
      await page.locator('main h1').waitFor();
      if (hash.startsWith('incidents')) await page.locator('.people tbody tr').first().waitFor();
      const small = await small_targets(page);
      if (small.length > 0) found[hash] = small;
    }
    assert.deepEqual(found, {}, `at ${width}`);
    await page.goto(`${office.url}/desk#/incidents/${code}`);
    for (const name of ['Raise / Lower', 'Merge', 'Stand down']) {
      await page.getByRole('button', { name }).click();
      assert.deepEqual(await small_targets(page), [], name);
      await assert_accessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.context().close();
  }
});

test('what each page is for is reached by Tab, and j walks its list', async (t) => {
  const code = await report('bo-lanting', { hazard: 'explosion', area: 'hebin-1', facts: { trapped: 1 } });
  await report('sha-ouyang', { hazard: null, area: 'hebin-2', text: 'come' });
  const page = await page_of(t, '');
  const focused = () => page.evaluate(() => {
    const one = document.activeElement;
    return (one.getAttribute('aria-label') ?? one.getAttribute('title') ?? one.labels?.[0]?.textContent ?? one.textContent).trim();
  });
  for (const [hash, wanted] of [['', new RegExp(`^Open ${code}`)], ['inbox', /^Open and classify/], ['tasks', /^Done/], ['map', new RegExp(`^#${code} .*explosion`)],
    ['handover', /^Name of who takes over/], ['phoned', /This is a drill/], [`incidents/${code}`, /^Stand down/]]) {
    await page.goto(`${office.url}/desk#/links`);
    await page.locator('a[aria-current=page][href="#/links"]').waitFor();
    await page.goto(`${office.url}/desk#/${hash}`);
    await page.locator(hash === 'map' ? '.leaflet-marker-icon' : 'main h1').first().waitFor();
    const been = [];
    for (let n = 0; n < 60 && !wanted.test(been[been.length - 1] ?? ''); n += 1) {
      await page.keyboard.press('Tab');
      been.push(await focused());
    }
    assert.match(been[been.length - 1], wanted, `/${hash}: ${been.join(' | ')}`);
  }
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
  await page.keyboard.press('j');
  const first = await focused();
  await page.keyboard.press('j');
  const second = await focused();
  assert.match(`${first} ${second}`, /^#\d+ #\d+$/);
  assert.notEqual(first, second);
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: new RegExp(`Incident ${first.slice(1)} `) }).waitFor();
});
