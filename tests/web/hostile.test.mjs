// Words that would like to be more than words, in every field that takes words, looked for on every page.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { an_evening } from './evening.mjs';
import { assert_fits, assert_sound, close_browsers } from './office.mjs';

after(close_browsers);

// Markup, marks of writing direction, an emoji of several, and no place to break a line.
const kMarkup = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>&lt;b&gt;';
const kMarks = '\u202Eetihw\u2066\u200F';
const kEmoji = '👨‍👩‍👧‍👦🚒';
const kHostile = `${kMarkup}${kMarks}${kEmoji}`;
const kLong = `${kHostile}${'长'.repeat(1000)}${'w'.repeat(800)}`;
// Sheets with marks that nobody can see are refused; markup is kept as it is.
const kName = `${kMarkup}🚒`;
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

const settings = {
  sheets: {
    'persons.csv': (text) => text.replace('gu-yutian,谷雨田,', `gu-yutian,${quoted(`谷${kName}`)},`)
      .replace('shi-qingsong,石青松,', `shi-qingsong,${quoted(`石${kName}`)},`),
    'posts.csv': (text) => text.replace('commander,指挥长,', `commander,${quoted(`指挥${kName}`)},`),
    'areas.csv': (text) => text.replace('东湖社区一网格', quoted(`东湖一${kName}`)),
  },
};

async function look(t, page, url, what) {
  await t.test(what, async () => {
    await page.goto(url);
    await page.waitForSelector('main h1, main h2');
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    assert.equal(await page.evaluate('window.pwned'), undefined, 'a planted script ran');
    assert.equal(await page.locator('img[src="x"], main script').count(), 0, 'planted markup became an element');
    await assert_fits(page);
    assert_sound(page);
  });
}

test('what people write stays text on every page, whatever it is', async (t) => {
  const { office, fire, unclear, report, tokens } = await an_evening(t, { words: kLong, puzzle: kLong, place: kHostile.slice(0, 300), settings });
  office.text_from('liu-xiqiao', `${kHostile} 晚点到`);
  office.centre.tell({ do: 'mo', from: '+8614400007778', to: '10690000', text: kHostile });
  const desk = await office.session({ role: 'duty' });
  const admin = await office.session({ role: 'admin', name: 'office' });
  const commander = await office.session({ person: 'shi-qingsong' });
  const worker = await office.session({ person: 'gu-yutian' });
  const told = (await office.api(tokens.desk, 'GET', `/api/v1/incidents/${fire}`)).json.alerts.find((a) => a.person.code === 'shi-qingsong');
  const noted = await office.api(commander, 'POST', `/api/v1/alerts/${told.alert}/answer`, { answer: 'coming', note: kHostile.slice(0, 500) });
  assert.equal(noted.status, 200, noted.text);
  const over = await office.api(desk, 'POST', '/api/v1/handover', { taken_over_by: kHostile.slice(0, 100), note: kLong.slice(0, 500), seen: 1 });
  assert.ok([201, 404].includes(over.status), over.text);

  for (const [width, height] of [[360, 740], [1280, 800]]) {
    const size = `at ${width}`;
    let page = await office.page(t, { session: desk, path: null, width, height });
    for (const hash of ['', `incidents/${fire}`, `incidents/${unclear}`, 'calls', 'phoned', 'inbox', 'tasks', 'map', 'handover', 'links']) {
      await look(t, page, `${office.url}/desk#/${hash}`, `desk ${hash} ${size}`);
    }
    page = await office.page(t, { session: admin, path: null, width, height });
    for (const hash of ['', 'directory/persons/gu-yutian', 'directory/posts', 'directory/units', 'directory/changes', 'import', 'plans', 'plans/simulate', 'rosters', 'record', 'access', 'access/sessions', 'links']) {
      await look(t, page, `${office.url}/admin#/${hash}`, `admin ${hash} ${size}`);
    }
    page = await office.page(t, { session: commander, path: null, width, height });
    for (const hash of ['alerts', `alerts/${told.alert}`]) await look(t, page, `${office.url}/#/${hash}`, `phone ${hash} ${size}`);
    page = await office.page(t, { session: worker, path: null, width, height });
    for (const hash of ['', 'mine', `sent/${report}`, 'me']) await look(t, page, `${office.url}/#/${hash}`, `phone ${hash} ${size}`);
  }
});

test('the words themselves are shown, not swallowed', async (t) => {
  const { office, fire } = await an_evening(t, { words: kHostile, place: kMarkup, settings });
  const page = await office.page(t, { role: 'duty', path: `/desk#/incidents/${fire}`, width: 1280, height: 800 });
  await page.getByText('<img src=x onerror="window.pwned=1">', { exact: false }).first().waitFor();
  assert_sound(page);
});

test('marks that turn the reading round are taken out of a name', async (t) => {
  const { office } = await an_evening(t);
  const admin = await office.session({ role: 'admin', name: 'office' });
  const answer = await office.api(admin, 'PUT', '/api/v1/directory/persons/turned', { name: `钱${kMarks}`, language: 'zh' }, { 'If-None-Match': '*' });
  assert.equal(answer.status, 201, answer.text);
  const kept = await office.api(admin, 'GET', '/api/v1/directory/persons/turned');
  assert.match(kept.json.name, /^钱/);
  assert.doesNotMatch(kept.json.name, /[\u202A-\u202E\u2066-\u2069]/);
});

test('a name of ten thousand characters is refused with the field and the limit', async (t) => {
  const { office } = await an_evening(t);
  const admin = await office.session({ role: 'admin', name: 'office' });
  const answer = await office.api(admin, 'PUT', '/api/v1/directory/persons/long', { name: '长'.repeat(10_000), language: 'zh' }, { 'If-None-Match': '*' });
  assert.equal(answer.status, 422, answer.text);
  assert.match(answer.text, /name/);
});
