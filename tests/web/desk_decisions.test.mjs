// What the desk decides: level, merging, splitting, standing down; what it sees of an approval and of what people wrote.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers, wait_until } from './office.mjs';

// One office for the file: each test has incidents of its own, far enough apart that they do not join by themselves.
const office = await Office.start({ after }, { authority: true });
after(close_browsers);
const desk = await office.session({ role: 'duty' });
const tokens = new Map();
let keys = 0;

async function report(person, more) {
  if (!tokens.has(person)) tokens.set(person, office.token('reporter', person));
  keys += 1;
  const answer = await office.api(tokens.get(person), 'POST', '/api/v1/reports', { key: `decision-${keys}-test`, hazard: 'fire', facts: {}, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.incident;
}
const incident = async (code) => (await office.api(desk, 'GET', `/api/v1/incidents/${code}`)).json;
const page_of = (t, code, more = {}) =>
  office.page(t, { session: desk, path: `/desk#/${code === null ? '' : `incidents/${code}`}`, width: 1280, height: 800, lang: 'en-GB', ...more });

test('two incidents that are one are merged: the old number leads to what it became, and the board shows one', async (t) => {
  const older = await report('mai-shouwang', { area: 'xinhua', text: 'smoke' });
  const later = await report('ma-tayun', { area: 'nanmen', text: 'a lot of smoke' });
  assert.notEqual(older, later);
  const board = await page_of(t, null);
  await board.getByRole('link', { name: `#${later}`, exact: true }).waitFor();
  const page = await page_of(t, later);
  await page.getByRole('button', { name: 'Merge' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Still missing: the incident to merge with').waitFor();
  await dialog.getByRole('radio', { name: new RegExp(`#${older} `) }).check();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: new RegExp(`Incident ${older} `) }).waitFor();
  await page.getByText(`#${later} was merged into this one`).waitFor();
  await page.getByText('a lot of smoke').waitFor();
  await board.getByRole('link', { name: `#${later}`, exact: true }).waitFor({ state: 'detached' });
  await board.getByRole('link', { name: `#${older}`, exact: true }).waitFor();
  // Whoever comes by the old number sees the same page, and what happens next.
  const by_old = await page_of(t, later);
  await by_old.getByRole('heading', { name: new RegExp(`Incident ${older} `) }).waitFor();
  assert.equal(await report('mai-shouwang', { area: 'xinhua', text: 'it spreads to the roof' }), older);
  for (const one of [page, by_old]) await one.getByText('it spreads to the roof').waitFor();
  assert.equal((await incident(older)).reports.length, 3);
});

test('a report about something else is split off, with the place that it is at', async (t) => {
  const code = await report('shui-changliu', { area: 'hebin', text: 'smoke at the river' });
  assert.equal(await report('bo-lanting', { area: 'hebin', text: 'a bin burns at the school' }), code);
  const page = await page_of(t, code);
  await page.getByRole('button', { name: 'Split' }).click();
  const dialog = page.getByRole('dialog');
  const boxes = dialog.getByRole('checkbox');
  for (const box of await boxes.all()) await box.check();
  await dialog.getByText('Still missing: one report that stays').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Split' }).isDisabled(), 'every report can be split off');
  await dialog.getByRole('checkbox', { name: /smoke at the river/ }).uncheck();
  await dialog.getByLabel(/Place of the other one/).fill('school gate');
  await dialog.getByRole('button', { name: 'Split' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('a bin burns at the school').waitFor({ state: 'detached' });
  const other = await wait_until('the new one is on the list', async () =>
    (await office.api(desk, 'GET', '/api/v1/incidents?open=true')).json.incidents.find((one) => one.place === 'school gate'));
  await page.goto(`${office.url}/desk#/incidents/${other.incident}`);
  await page.getByText('a bin burns at the school').waitFor();
});

test('standing down says what is missing, and who may not order it is refused with the reason', async (t) => {
  const code = await report('yang-liuan', { area: 'liuyuan', text: 'smoke' });
  const page = await page_of(t, code);
  await page.getByRole('button', { name: 'Stand down' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Still missing: 1 not ticked; who ordered it; the reason').waitFor();
  const send = dialog.getByRole('button', { name: 'Stand down' });
  assert.ok(await send.isDisabled(), 'sent with everything open');
  await dialog.getByLabel('Why it ends').fill('the fire is out');
  await dialog.getByRole('checkbox').check();
  await dialog.getByText('Still missing: who ordered it').waitFor();
  const not_named = await dialog.getByLabel(/Ordered by/).locator('option').evaluateAll((all) =>
    all.map((one) => [one.value, one.textContent]).find(([value, text]) => value !== '' && !text.startsWith('★'))?.[0]);
  await dialog.getByLabel(/Ordered by/).selectOption(not_named);
  await send.click();
  await dialog.getByRole('alert').getByText(/may not/).waitFor();
  assert.equal((await incident(code)).state, 'open');
  const bare = await office.api(desk, 'POST', `/api/v1/incidents/${code}/stand-down`, { reason: 'out', conditions: [], ordered_by: 'gao-yuanshan' });
  assert.ok(bare.status >= 400 && bare.status < 500, `ended without its condition: ${bare.text}`);
  await page.route('**/api/v1/record?*', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const { entries, next } = (await office.api(desk, 'GET', pathname + search)).json;
    for (const one of entries) if (one.kind === 'conditions_ticked') one.person ??= { code: 'gao-yuanshan', name: '高远山' };
    await route.fulfill({ json: { entries, next } });
  });
  await dialog.getByLabel(/Ordered by/).selectOption('gao-yuanshan');
  await send.click();
  await page.getByText(/^Ended \d\d:\d\d, ordered by 高远山: the fire is out$/).waitFor();
  await page.getByText('desk: why it ended').waitFor();
  await page.getByText('closed, not marked done').waitFor();
  await page.getByText('Show the timeline').click();
  await page.locator('.timeline').getByText(/^\S+: the fire is out$/).waitFor();
});

test('raising needs no reason and lowering does, and both stand in the timeline', async (t) => {
  const code = await report('feng-manlou', { area: 'beiling', text: 'smoke' });
  const page = await page_of(t, code);
  await page.getByRole('button', { name: 'Raise / Lower' }).click();
  let dialog = page.getByRole('dialog');
  await dialog.getByText('Still missing: New level').waitFor();
  await dialog.getByText('Now: level IV').waitFor();
  await dialog.getByRole('radio', { name: /level II .*Raise/ }).check();
  await dialog.getByRole('button', { name: 'Raise: level II' }).click();
  await page.getByRole('heading', { name: /level II\b/ }).waitFor();
  await page.getByRole('button', { name: 'Raise / Lower' }).click();
  dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /level III .*Lower/ }).check();
  await dialog.getByText('Still missing: Reason').waitFor();
  await dialog.getByLabel(/lowering needs a reason/).fill('only smoke');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: /level III\b/ }).waitFor();
  await page.getByText('Show the timeline').click();
  await page.locator('.timeline').getByText('level IV → level II', { exact: true }).waitFor();
  await page.locator('.timeline').getByText('level II → level III', { exact: true }).waitFor();
  assert.doesNotMatch(await page.locator('.timeline').innerText(), /post:|duty:|unit:|fire\//, 'codes in the timeline');
  // What ran under the level before is over, and folded away under what runs now.
  await page.getByText(/Steps that are over/).waitFor();
});

test('while an approval is open the desk sees who is asked, until when and what it begins; then who gave it', async (t) => {
  const code = await report('gu-yutian', { area: 'donghu', facts: { trapped: 5 }, text: 'five are inside' });
  const page = await page_of(t, code);
  const note = page.getByRole('region', { name: 'Approval' });
  await note.getByText('waits for approval').waitFor();
  await note.getByText('石青松').waitFor();
  await note.getByText('starts by itself if nobody decides in time').waitFor();
  await note.getByText(/^\d:\d\d$/).waitFor();
  await note.getByText('Inform the workers').waitFor();
  const board = await page_of(t, null);
  const row = board.getByRole('listitem').filter({ has: board.getByRole('link', { name: `#${code}`, exact: true }) });
  await row.getByText('Waits for approval').waitFor();
  await assert_accessible(page);

  // The commander gives it on the phone, with the code of that phone.
  const asked = await office.text_to('shi-qingsong', new RegExp(`批准[\\s\\S]*${code}`));
  const phone = await office.page(t, { path: asked.match(/\/a#[A-Za-z0-9_-]+/)[0] });
  const before = office.texts_to('shi-qingsong').length;
  await phone.getByRole('button', { name: '批准启动' }).click();
  await phone.getByLabel('验证码').fill((await office.text_to('shi-qingsong', /\d{6}/, before)).match(/\d{6}/)[0]);
  await phone.getByRole('button', { name: '确认启动' }).click();
  await phone.getByText('已决定：启动。').waitFor();

  await note.getByText('approved', { exact: true }).waitFor();
  await note.getByText(/decided by 石青松/).waitFor();
  assert.equal(await note.getByText('Inform the workers').count(), 0, 'it still says what it would begin');
  await row.getByText('Waits for approval').waitFor({ state: 'detached' });
  const begun = page.getByRole('listitem').filter({ hasText: 'Inform the workers' });
  await begun.getByText('waits', { exact: true }).waitFor({ state: 'detached' });
  for (const one of [page, board, phone]) assert_sound(one);
});

test('what somebody wrote instead of a number stands on the board until the desk has read it', async (t) => {
  const code = await report('song-tao', { area: 'donghu-2', hazard: 'explosion', facts: { trapped: 1 }, text: 'a bang' });
  const people = await wait_until('somebody is told', async () => {
    const { alerts } = await incident(code);
    return alerts.some((one) => one.person.code === 'lu-donghe' && one.told) && alerts;
  });
  assert.ok(people.length > 0);
  office.text_from('lu-donghe', `${code} 路口堵住了，要绕到北门`);
  const board = await page_of(t, null);
  const row = board.getByRole('listitem').filter({ has: board.getByRole('link', { name: `#${code}`, exact: true }) });
  await row.getByText('1 replied in words: have a look').waitFor();
  const page = await page_of(t, code);
  await page.getByText('要绕到北门').waitFor();
  await page.getByRole('button', { name: 'I have read it' }).click();
  await page.getByText(/read at \d\d:\d\d/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'I have read it' }).count(), 0);
  await row.getByText('replied in words').waitFor({ state: 'detached' });
});
