// The desk's work: phoning by keyboard, writing down what callers say, classifying, the inbox, handing over, a long night.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, at_night, close_browsers, wait_until } from './office.mjs';

const kWide = { width: 1280, height: 800, lang: 'en-GB' };

// Two offices for the file, one in the morning and one at night, with a token and a session each.
async function an_office(more) {
  const office = await Office.start({ after }, more);
  return { office, duty: office.token('duty'), reporter: office.token('reporter', 'gu-yutian'), desk: await office.session({ role: 'duty' }) };
}
const morning = await an_office({});
const night = await an_office({ plan: at_night });
after(close_browsers);
let keys = 0;

async function report({ office, reporter }, more) {
  keys += 1;
  const answer = await office.api(reporter, 'POST', '/api/v1/reports', { key: `work-test-${keys}`, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.incident;
}
// Of one place: the first opens the incident, later ones join it.
const fire = (at, more = {}) => report(at, { hazard: 'fire', facts: { trapped: 2 }, area: 'donghu', ...more });

test('the call sheet is worked through by keyboard: one key is an outcome, and the next person stands there', async (t) => {
  const { office, duty, desk } = night;
  const code = await fire(night);
  const lines = await wait_until('people to be phoned', async () => {
    const { json } = await office.api(duty, 'GET', '/api/v1/call-sheet');
    return json.lines.length >= 3 && json.lines;
  });
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk#/calls' });
  const callee = page.locator('#callee');
  await callee.waitFor();
  const first = await callee.textContent();
  const line = lines.find((one) => one.person.name === first);
  await page.getByRole('link', { name: line.phones[0].number }).waitFor();
  assert.match(await page.getByRole('link', { name: line.phones[0].number }).getAttribute('href'), /^tel:\+?\d+$/);
  await page.getByRole('img', { name: /Scan with a phone to dial/ }).waitFor();
  await page.getByText(line.script.slice(0, 20)).first().waitFor();
  await assert_accessible(page);

  await page.keyboard.press('n');
  await page.keyboard.type('2 and 3 are part of the note');
  await page.keyboard.press('Enter');
  await page.keyboard.press('2');
  await page.getByText(`Noted: ${first} coming`).waitFor();
  await wait_until('the next person stands there', async () => (await callee.textContent()) !== first);
  const left = (await page.getByRole('heading', { name: /still to be called/ }).textContent()).match(/\d+/)[0];
  await page.getByRole('link', { name: new RegExp(`^Call sheet ${left}$`) }).waitFor({ timeout: 500 });
  const { json } = await office.api(duty, 'GET', `/api/v1/incidents/${code}`);
  const alert = json.alerts.find((one) => one.person.name === first);
  assert.equal(alert.answer, 'coming');
  assert.ok(json.notes.some((note) => note.text.includes('2 and 3 are part of the note')), JSON.stringify(json.notes));
  const second = await callee.textContent();
  await page.keyboard.press('5');
  await page.getByText(`Noted: ${second} no answer`).waitFor();
  await page.getByRole('link', { name: `Open incident ${code}` }).click();
  await page.getByText('Show the timeline').click();
  await page.locator('.timeline').getByText(new RegExp(`^${second}: no answer \\(by `)).waitFor();
  assert_sound(page);
});

test('for whose word the response waits comes first: in the banner, among the people and on the call sheet', async (t) => {
  const { office, duty, desk } = night;
  const code = await report(night, { hazard: 'fire', facts: { trapped: 5 }, area: 'nanmen' });
  await wait_until('the commander is to be phoned', async () =>
    (await office.api(duty, 'GET', '/api/v1/call-sheet')).json.lines.some((line) => line.person.name === '石青松'));
  const page = await office.page(t, { ...kWide, session: desk, path: null });
  await page.route('**/api/v1/call-sheet', async (route) => {
    const { lines } = (await office.api(desk, 'GET', '/api/v1/call-sheet')).json;
    for (const line of lines) line.decision ??= line.person.name === '石青松';
    await route.fulfill({ json: { lines } });
  });
  await page.goto(`${office.url}/desk#/incidents/${code}`);
  const row = page.locator('.people tbody tr').first();
  await row.getByText('must decide').waitFor();
  assert.match(await row.innerText(), /石青松[\s\S]*to be phoned by the desk/);
  // Nobody has told these people anything: they cannot be said to be silent.
  assert.equal(await page.locator('.people').getByText('no answer', { exact: true }).count(), 0);
  assert.equal(await page.getByText(/\d+ told/).count(), 0, 'a step says that people were told');
  await page.getByText(/^\d+ not told yet$/).waitFor();
  await page.locator('.counts').getByText(/^\d+ still open$/).first().waitFor();
  await page.getByRole('region', { name: 'Approval' }).getByRole('link', { name: 'Call 石青松 now' }).click();
  await page.locator('#callee').getByText('石青松').waitFor();
  await page.getByText(`must decide on #${code}`).waitFor();
  await page.getByRole('button', { name: /石青松.*must decide · \d+:\d\d/ }).waitFor();
  await assert_accessible(page);
});

test('who is only informed owes no answer, and is not shown as silent', async (t) => {
  const { office, duty, desk } = morning;
  const code = await fire(morning, { area: 'donghu-1' });
  const informed = await wait_until('somebody is informed', async () =>
    (await office.api(duty, 'GET', `/api/v1/incidents/${code}`)).json.alerts.find((one) => one.needs === null && one.kind === 'alert' && one.told));
  const page = await office.page(t, { ...kWide, session: desk, path: `/desk#/incidents/${code}` });
  const row = page.getByRole('row').filter({ hasText: informed.person.name });
  await row.getByText('informed, no answer needed').waitFor();
  assert.equal(await row.getByText('no answer', { exact: true }).count(), 0);
  await page.getByRole('button', { name: /Only who has not answered/ }).click();
  await row.waitFor({ state: 'detached' });
  const silent = page.locator('.people tr.unanswered').first();
  const name = await silent.locator('bdi').first().textContent();
  await silent.getByRole('button', { name: /Note an answer/ }).click();
  await page.getByRole('button', { name: 'coming', exact: true }).click();
  await page.locator('.people tr').filter({ hasText: name }).waitFor({ state: 'detached' });
});

test('two desks at one line: the later one is told that it was taken, and nothing is noted twice', async (t) => {
  const { office, duty } = night;
  await fire(night);
  await wait_until('people to be phoned', async () => (await office.api(duty, 'GET', '/api/v1/call-sheet')).json.lines.length >= 3);
  const first = await office.page(t, { ...kWide, role: 'duty', name: 'desk-one', path: '/desk#/calls' });
  const second = await office.page(t, { ...kWide, role: 'duty', name: 'desk-two', path: '/desk#/calls' });
  for (const page of [first, second]) await page.locator('#callee').waitFor();
  const name = await second.locator('#callee').textContent();
  // What is said on the phone is about the first incident of the line; of others it is only known that they were heard.
  const line = (await office.api(duty, 'GET', '/api/v1/call-sheet')).json.lines.find((one) => one.person.name === name);
  const [code] = line.incidents;
  const kind = line.decision ? 'approval' : 'alert';
  await first.getByRole('button', { name: new RegExp(name) }).first().click();
  // The second desk hears nothing for a while, as over a bad line.
  await second.route(/\/api\/v1\/(changes|call-sheet$)/, (route) => route.abort());
  await first.getByRole('button', { name: 'coming', exact: false }).first().click();
  await first.getByText(`Noted: ${name} coming`).waitFor();
  await second.keyboard.press('4');
  await second.getByText('Another desk has just dealt with this line').first().waitFor();
  await second.unroute(/\/api\/v1\/(changes|call-sheet$)/);
  await wait_until('the second desk has moved on', async () => (await second.locator('#callee').textContent()) !== name);
  const { json } = await office.api(duty, 'GET', `/api/v1/incidents/${code}`);
  assert.equal(json.alerts.find((one) => one.person.name === name && one.kind === kind).answer, 'coming');
});

test('an unclassified incident is classified by one tap', async (t) => {
  const { office, desk } = morning;
  const code = await report(morning, { hazard: 'unsure', text: 'people stand at the river', area: 'hebin' });
  const page = await office.page(t, { ...kWide, session: desk, path: `/desk#/incidents/${code}` });
  await page.getByRole('heading', { name: /What is it\?/ }).waitFor();
  const { json: form } = await office.api(null, 'GET', '/api/v1/plan?lang=en');
  await page.getByRole('button', { name: form.hazards.find((one) => one.kind === 'drowning').name, exact: true }).click();
  await page.getByRole('heading', { name: /What is it\?/ }).waitFor({ state: 'detached' });
  const { json } = await office.api(desk, 'GET', `/api/v1/incidents/${code}`);
  assert.equal(json.hazard, 'drowning');
});

test('what a caller says is written and sent by keyboard alone, and asks for nobody\'s name', async (t) => {
  const { office, desk } = morning;
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk' });
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Phoned in' }).waitFor();
  assert.equal(await page.getByLabel(/caller.s (name|number)/i).count(), 0);
  await page.getByRole('combobox', { name: /^What/ }).focus();
  const { json: form } = await office.api(null, 'GET', '/api/v1/plan?lang=en');
  await page.keyboard.type(form.hazards.find((one) => one.kind === 'fire').name);
  await page.getByRole('group', { name: /trapped/i }).waitFor();
  await page.getByLabel(/What was said/).focus();
  await page.keyboard.type('flames on the roof, call me back 14400000099');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: /(Received as|Joined to) incident \d+/ }).waitFor();
  await page.getByText('A number in the words was taken out.').waitFor();
  await page.getByRole('link', { name: /Open incident/ }).click();
  await page.getByText('flames on the roof').waitFor();
  assert.equal(await page.getByText('14400000099').count(), 0);
});

test('a stranger\'s message is opened, taken with a correction, and becomes an incident', async (t) => {
  const { office, desk } = morning;
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk' });
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
  office.centre.tell({ do: 'mo', from: '+8614400000977', to: '10690000', text: '东湖社区着火了' });
  await page.getByRole('link', { name: /Inbox 1/ }).click();
  await page.getByRole('link', { name: /^Open/ }).click();
  await page.getByText('东湖社区着火了').waitFor();
  assert.match(await page.getByRole('link', { name: 'Call back' }).getAttribute('href'), /^tel:\+8614400000977$/);
  await wait_until('the message counts as opened', async () =>
    (await office.api(desk, 'GET', '/api/v1/inbox')).json.messages[0].opened_at !== null);
  await page.getByRole('combobox', { name: /^What/ }).selectOption('explosion');
  await page.getByRole('button', { name: 'Make it a report' }).click();
  await page.getByText(/taken as incident \d+/).waitFor();
  const { json } = await office.api(desk, 'GET', '/api/v1/incidents?open=true');
  assert.equal(json.incidents.filter((one) => one.hazard === 'explosion').length, 1);
  await page.getByRole('link', { name: /^Inbox$/ }).waitFor();
});

test('a message that is no report is left: it is listed apart, with its number to be dialled', async (t) => {
  const { office, desk } = morning;
  office.centre.tell({ do: 'mo', from: '+8614400000978', to: '10690000', text: '你好，请问几点开门' });
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk' });
  await page.getByRole('link', { name: '1 message nobody has opened' }).click();
  const row = page.getByRole('listitem').filter({ hasText: '请问几点开门' });
  await row.getByText('Nobody has opened it').waitFor();
  await row.getByRole('link', { name: /^Open/ }).click();
  await page.getByText('Leave it if nothing happened').waitFor();
  await page.getByRole('img', { name: 'Scan with a phone to dial +8614400000978' }).waitFor();
  await wait_until('it counts as opened', async () =>
    (await office.api(desk, 'GET', '/api/v1/inbox')).json.messages.find((one) => one.text.includes('几点开门')).opened_at !== null);
  await page.getByRole('link', { name: /Back/ }).click();
  await page.getByRole('heading', { name: 'Opened, not a report so far' }).waitFor();
  await row.getByText(/^opened \d\d:\d\d, not a report so far$/).waitFor();
});

test('what was written down is cleared only after a question', async (t) => {
  const { office, desk } = morning;
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk#/phoned' });
  const clear = page.getByRole('button', { name: 'Clear the form' });
  assert.ok(await clear.isDisabled(), 'there is nothing to clear');
  await page.getByLabel(/What was said/).fill('smoke');
  await clear.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await page.getByLabel(/What was said/).inputValue(), 'smoke');
  await clear.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear the form' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel(/What was said/).inputValue(), '');
});

test('a task of the desk is done in one tap and leaves the list', async (t) => {
  const { office, desk } = morning;
  await fire(morning);
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk#/tasks' });
  const done = page.getByRole('button', { name: /^Done/ });
  await done.first().waitFor();
  await page.locator('.task').filter({ hasText: /level .* fire/ }).first().waitFor(); // and which incident it is of
  const open = await done.count();
  await page.getByLabel(/^Note/).first().fill('119 told');
  await done.first().click();
  await wait_until('it leaves the list', async () => (await done.count()) === open - 1);
});

test('the handover sheet prints without buttons, and is taken over by name', async (t) => {
  const { office, desk } = morning;
  const code = await fire(morning);
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk#/handover' });
  await page.getByRole('heading', { name: /Handover sheet/ }).waitFor();
  await page.getByRole('link', { name: `#${code}` }).waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByRole('heading', { name: /Handover sheet/ }).isVisible());
  assert.ok(await page.getByText(/Signature: _+/).isVisible(), 'no line to sign');
  for (const hidden of ['nav', 'button', '.dangers', 'form']) {
    assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, `${hidden} is printed`);
  }
  await page.emulateMedia({ media: 'screen' });
  await page.getByLabel('Name of who takes over').fill('夏清荷 <b>Xia</b>');
  await page.getByLabel('Note (may stay empty)').fill('watch the north gate');
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('Handed over to 夏清荷 <b>Xia</b>').waitFor();
  await page.getByRole('cell', { name: 'watch the north gate' }).waitFor();
  const { json } = await office.api(desk, 'GET', '/api/v1/handovers');
  assert.equal(json.handovers[0].taken_over_by, '夏清荷 <b>Xia</b>');
  assert.ok(json.handovers[0].open_incidents.includes(code));
  assert_sound(page);
});

test('after hundreds of changes the page holds no more than before', async (t) => {
  const { office, duty, desk } = morning;
  const code = await fire(morning);
  const page = await office.page(t, { ...kWide, session: desk, path: `/desk#/incidents/${code}` });
  await page.getByRole('heading', { name: new RegExp(`Incident ${code}`) }).waitFor();
  const alerts = await wait_until('people are told', async () => {
    const { json } = await office.api(duty, 'GET', `/api/v1/incidents/${code}`);
    return json.alerts.length >= 3 && json.alerts.every((one) => one.told) && json.alerts;
  });
  const tools = await page.context().newCDPSession(page);
  const held = async () => {
    await tools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await tools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await tools.send('Memory.getDOMCounters');
    return { bytes: usedSize, nodes, jsEventListeners };
  };
  const change = async (n) => {
    for (let i = 0; i < n; i += 1) {
      const answer = await office.api(duty, 'POST', `/api/v1/alerts/${alerts[i % 3].alert}/answer`, { answer: i % 2 === 0 ? 'coming' : 'arrived' });
      assert.equal(answer.status, 200, answer.text);
      if (i % 25 === 24) {
        await page.goto(`${office.url}/desk#/`);
        await page.getByRole('link', { name: `#${code}`, exact: true }).click();
        await page.getByRole('heading', { name: new RegExp(`Incident ${code}`) }).waitFor();
      }
    }
  };
  await change(75);
  const before = await held();
  await change(150);
  const later = await held();
  t.diagnostic(`after 75 changes ${JSON.stringify(before)}, after 225 ${JSON.stringify(later)}`);
  assert.ok(later.bytes < before.bytes * 1.3 + 1_000_000, `it grew from ${before.bytes} to ${later.bytes} octets`);
  assert.ok(later.nodes < before.nodes * 1.5 + 500, `it grew from ${before.nodes} to ${later.nodes} nodes`);
});

test('with two thousand people the table turns its pages and filters at once', async (t) => {
  const { office, duty, desk } = morning;
  const code = await fire(morning);
  const { json: real } = await wait_until('people are told', async () => {
    const answer = await office.api(duty, 'GET', `/api/v1/incidents/${code}`);
    return answer.json.alerts.length >= 5 && answer;
  });
  // The real people many times over, a page at a time as the server gives them: every twentieth has answered.
  const many = Array.from({ length: 2000 }, (_, n) => {
    const one = real.alerts[n % real.alerts.length];
    return { ...one, alert: String(n).padStart(13, '0'), person: { code: `p${n}`, name: `person ${n}` }, answer: n % 20 === 0 ? 'coming' : null,
      deliveries: [...one.deliveries, ...one.deliveries] };
  });
  const page = await office.page(t, { ...kWide, session: desk, path: '/desk' });
  const wholes = [];
  page.on('request', (request) => { if (new RegExp(`/incidents/${code}(\\?|$)`).test(request.url())) wholes.push(request.url()); });
  await page.route(`**/api/v1/incidents/${code}/alerts?*`, (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const those = asked.get('waiting') === 'true' ? many.filter((one) => one.answer === null) : many;
    const from = Number(asked.get('cursor') ?? 0), to = from + Number(asked.get('limit'));
    return route.fulfill({ json: { alerts: those.slice(from, to), next: to < those.length ? String(to) : null } });
  });
  await page.getByRole('link', { name: `#${code}`, exact: true }).click();
  await page.getByText('Page 1', { exact: true }).waitFor();
  assert.equal(await page.locator('.people tbody tr').count(), 100);
  assert.ok(wholes.length > 0 && wholes.every((url) => url.includes('alerts=0')), `the incident is read without its people: ${wholes}`);
  // In the page's own time, until the row is there and was painted.
  const timed = async (what, button, seen) => {
    const took = await button.evaluate((pressed, name) => new Promise((done) => {
      const began = performance.now();
      pressed.click();
      const look = () => {
        const there = [...document.querySelectorAll('.people td:first-child bdi')].some((one) => one.textContent === name);
        if (there) done(performance.now() - began);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }), seen);
    t.diagnostic(`${what}: ${Math.round(took)} ms`);
    assert.ok(took < 1000, `${what} took ${took} ms`);
  };
  await timed('the next page', page.getByRole('button', { name: 'Next' }), 'person 199');
  await timed('the filter', page.getByRole('button', { name: /Only who has not answered/ }), 'person 1');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('.people td bdi', { hasText: /^person 106$/ }).first().waitFor();
  await page.getByRole('button', { name: 'Previous' }).click();
  await page.getByText('Page 1', { exact: true }).waitFor();
});
