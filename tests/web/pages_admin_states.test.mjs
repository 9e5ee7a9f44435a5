// The office's pages in the states in which they matter: with something found, drawn, refused or missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { an_evening, kLanguages, kWidths } from './evening.mjs';
import { assert_accessible, assert_fits, assert_sound, close_browsers, screen, wait_until } from './office.mjs';
import { assert_targets } from './targets.mjs';

after(close_browsers);

const slow = { timeout: 120_000 }; // a plan is judged on one thread, in seconds
const csv = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

// Somebody on leave, a post and a unit without anybody, a rotation with a turn of nobody's, a number that nobody has, a
// second plan, two reports' worth of record; and an administrator who is a person.
async function an_office_with_troubles(t) {
  const evening = await an_evening(t, { settings: { plan: (text) => text.replaceAll(/ {2}"cases\/[a-z_]+\.toml",\n/g, '') } });
  const { office } = evening;
  const made = JSON.parse(office.run('user', 'add', 'chief', '--role', 'admin', '--person', 'shi-qingsong', '--database', office.database,
    '--password-file', join(office.folder, 'password'), '--json'));
  const signed = await office.api(null, 'POST', '/api/v1/sign-in/password',
    { name: 'chief', password: readFileSync(join(office.folder, 'password'), 'utf8').trim(), recovery_code: made.recovery_codes[0] });
  const chief = { cookie: signed.headers['set-cookie'][0].match(/__Host-sid=([^;]*)/)[1] };
  const exported = async (sheet) => (await office.api(chief, 'GET', `/api/v1/directory/export?reason=test&sheet=${sheet}`)).text;
  const { json: { version } } = await office.api(chief, 'GET', '/api/v1/directory');
  const changed = await office.api(chief, 'POST', '/api/v1/directory/import', {
    sheets: [
      { name: 'leave.csv', text: 'person,from,to\nliu-xiqiao,2020-01-01,2036-01-01\n' },
      { name: 'posts.csv', text: (await exported('posts')).replace('hua-mingyue', '') },
      { name: 'units.csv', text: (await exported('units')).replace('di-pingan', '') },
      { name: 'duty.csv', text: 'duty,who,from,to\nleader,post:duty-leader,,\n' },
      { name: 'rotations.csv', text: `${(await exported('rotations')).trimEnd()}\ndesk,值班室轮班,zhong-changming;xia-qinghe;-,1,08:30,2026-11-01,2027-12-31\n` },
    ],
    base_version: version, reason: '换届',
  });
  assert.equal(changed.status, 201, changed.text);
  office.centre.tell({ do: 'nobody', at: office.number_of('shi-dunhou') });
  // Twice, in two incidents: once may be a phone that is off.
  for (const area of ['hebin', 'nanmen']) {
    const sent = await office.api(evening.tokens.reporter, 'POST', '/api/v1/reports', { key: `states-${area}`, hazard: 'fire', facts: { trapped: 4, dead: 3 }, area });
    assert.equal(sent.status, 201, sent.text);
  }
  await wait_until('a number is in doubt', async () =>
    (await office.api(chief, 'GET', '/api/v1/contacts/doubtful')).json.contacts.length > 0);
  return { ...evening, chief };
}

const press = (page, zh, en) => page.getByRole('button', { name: new RegExp(`^(${zh}|${en})$`) }).first().click();

// {name, hash, show: brings the page there}; a few are looked at in more sizes and at night.
const kStates = [
  { name: 'search-initials', hash: '#/directory?q=gyt', show: (page) => page.getByRole('link', { name: '谷雨田' }).waitFor(), often: true },
  { name: 'search-number', hash: '#/directory?q=0027', show: (page) => page.getByRole('link', { name: '谷雨田' }).waitFor() },
  { name: 'search-unit', hash: `#/directory?q=${encodeURIComponent('青石消防')}`, show: (page) => page.getByRole('link', { name: '严无火' }).waitFor() },
  { name: 'search-nobody', hash: '#/directory?q=zzzz', show: (page) => page.getByText(/没有找到|Nobody found/).waitFor() },
  { name: 'person-on-leave', hash: '#/directory/persons/liu-xiqiao', async show(page) {
    await page.getByText(/▲ (请假中|on leave)/).waitFor();
    await press(page, '查看请假…', 'Show leave…');
    await page.getByLabel(/^(原因|Reason)$/).fill('排班');
    await press(page.getByRole('dialog'), '查看请假', 'Show leave');
    await page.getByText(/2020-01-01 (至|to) 2036-01-01/).waitFor();
  } },
  { name: 'person-in-doubt', hash: '#/directory/persons/shi-dunhou', show: (page) => page.locator('dl').waitFor(), often: true },
  { name: 'person-edit', hash: '#/directory/persons/shi-dunhou', async show(page) {
    await press(page, '修改', 'Edit');
    await page.getByLabel(/^(原因|Reason)$/).fill('换了号码');
    await press(page, '打开修改', 'Open for editing');
    await page.getByLabel(/^(号码或地址|Number or address)/).first().fill('1440000099');
    await press(page, '保存', 'Save');
    await page.getByRole('alert').first().waitFor();
  } },
  { name: 'posts-vacant', hash: '#/directory/posts', show: (page) => page.getByText(/▲ (空缺|VACANT)/).waitFor() },
  { name: 'post-edit', hash: '#/directory/posts', often: true, async show(page) {
    await page.getByRole('button', { name: /：宣传组组长|: 宣传组组长/ }).click();
    const holder = page.getByRole('group', { name: /^(由谁担任|Held by)$/ });
    await holder.getByRole('searchbox').fill('hmy');
    await holder.getByRole('button', { name: /花明月/ }).click();
    await page.getByLabel(/^(原因|Reason)$/).fill('换届');
    await press(page, '先看会改什么', 'See what would change');
    await page.getByRole('dialog').getByText(/将会：|This would be:/).waitFor();
  } },
  { name: 'unit-edit', hash: '#/directory/units', async show(page) {
    await page.getByRole('button', { name: /：电梯维保站|: 电梯维保站/ }).click();
    await page.getByRole('group', { name: /^(其他成员|Other members)$/ }).getByRole('searchbox').fill('李');
    await page.getByRole('dialog').getByRole('status').first().waitFor();
  } },
  { name: 'doubtful', hash: '#/directory/doubtful', show: (page) => page.getByRole('row', { name: /史敦厚/ }).waitFor() },
  { name: 'undo', hash: '#/directory/changes', async show(page) {
    await press(page, '撤销最后一次改动', 'Undo the last change');
    await page.getByRole('dialog').waitFor();
  } },
  { name: 'erase', hash: '#/directory/persons/gu-yutian', async show(page) {
    await press(page, '彻底删除…', 'Erase for good…');
    await page.getByRole('dialog').waitFor();
  } },
  { name: 'import-unreadable', hash: '#/import', async show(page) {
    await page.locator('input[type=file]').setInputFiles({ name: '旧名单.csv', mimeType: 'text/csv', buffer: Buffer.concat([Buffer.from('D0CF11E0A1B11AE1', 'hex'), Buffer.alloc(600)]) });
    await page.getByRole('alert').waitFor();
  } },
  { name: 'import-findings', hash: '#/import', often: true, async show(page) {
    await page.locator('input[type=file]').setInputFiles(csv('应急队名单.csv',
      '应急队通讯录,,,,\n姓 名,职务,单位,联系方式,备注\n王 伟,驾驶员,应急队,14400000901,\n王伟,会计,应急队,14400000902,\n谷雨田,队员,应急队,1440000903,新号\n石青松,指挥长,,14400000001,\n赵无名,,应急队,,\n'));
    await page.getByRole('cell', { name: /此格有问题|Found in this cell/ }).first().waitFor();
  } },
  { name: 'import-sheet-error', hash: '#/import', async show(page) {
    await page.locator('input[type=file]').setInputFiles(csv('leave.csv', 'person,from,to\nshi-qingsong,2026-12-01,2026-13-07\nnobody-here,2026-12-01,2026-12-07\n'));
    await page.getByRole('alert').first().waitFor();
  } },
  { name: 'rosters-gaps', hash: '#/rosters?month=2026-12', often: true, async show(page) {
    await page.getByText(/▲ (无人|NOBODY)/).first().waitFor();
    await page.getByText(/处叫不到足够的人|Too few people are reached/).waitFor(slow);
  } },
  { name: 'plan-error', hash: '#/plans/edit', async show(page) {
    const source = page.locator('textarea');
    await source.fill((await source.inputValue()).replace('[plan]', '[plan]\nnonsense = 1'));
    await press(page, '检查', 'Check');
    await page.locator('.gutter .mark.error').first().waitFor(slow);
    await page.locator('.found-there li').first().waitFor();
  } },
  { name: 'plan-what-if', hash: '#/plans/simulate', often: true, async show(page) {
    await page.getByRole('combobox', { name: /^(灾种|Hazard)$/ }).selectOption('fire');
    await page.getByRole('combobox', { name: /^(区域|Area)$/ }).selectOption({ label: '青石街道 / 东片区 / 东湖社区' });
    await page.getByRole('group', { name: /被困|rapped/ }).getByRole('radio', { name: '2', exact: true }).check();
    await press(page, '演算', 'Run');
    await page.locator('figure.course').waitFor(slow);
  } },
  { name: 'plan-compare', hash: '#/plans/compare', async show(page) {
    await page.goto(page.url().replace('compare', 'edit'));
    await page.getByRole('combobox', { name: /^(文件|File)$/ }).selectOption({ label: 'hazards/fire.toml' });
    const source = page.getByRole('textbox', { name: /fire\.toml/ });
    await source.fill((await source.inputValue()).replace('{ trapped = "1..3" }', '{ trapped = "2..3" }'));
    await press(page, '看改动的效果', 'Show the effect of the changes');
    await page.getByRole('row', { name: /被困1人|trapped/i }).first().waitFor(slow);
  } },
  { name: 'token-made', hash: '#/access/tokens', async show(page, n) {
    await page.getByLabel(/^(名称|Name)/).fill(`gateway-${n}`);
    await press(page, '新增', 'Add');
    await page.locator('.once').waitFor();
  } },
  { name: 'account-made', hash: '#/access', async show(page, n) {
    await page.getByLabel(/^(账号名|Name)/).fill(`night-desk-${n}`);
    await page.getByLabel(/^(初始密码|First password)/).fill('rain-over-the-lake');
    await press(page, '新增', 'Add');
    await page.locator('.once').waitFor();
  } },
  { name: 'sessions-two', hash: '#/access/sessions', show: (page) => page.getByRole('row').nth(1).waitFor() },
  { name: 'record-filtered', hash: '#/record?incident=101', show: (page) => page.getByRole('row', { name: /收到报告|report received/ }).first().waitFor() },
  { name: 'link-probed', hash: '#/links', often: true, async show(page) {
    await page.getByRole('button', { name: /carrier/ }).click();
    await page.getByText(/✓ (已送到|delivered)/).waitFor();
  } },
];

for (const lang of kLanguages) {
  test(`the office's pages in their states are sound, accessible and fit, in ${lang}`, async (t) => {
    const { office, chief } = await an_office_with_troubles(t);
    let n = 0;
    const look_at = async (states, size, dark = false) => {
      const page = await office.page(t, { session: chief, path: null, lang, dark, width: size.width, height: size.height });
      for (const state of states) {
        await t.test(`${state.name} at ${size.width}${dark ? ' at night' : ''}`, async () => {
          await page.goto('about:blank'); // what was typed before is gone
          await page.goto(`${office.url}/admin${state.hash}`);
          await page.waitForSelector('main h1');
          n += 1;
          await state.show(page, n);
          await screen(page, `admin-${state.name}-${lang.slice(0, 2)}-${size.name}${dark ? '-dark' : ''}`);
          await assert_fits(page);
          await assert_accessible(page);
          await assert_targets(page);
          assert_sound(page);
        });
      }
      await page.context().close();
    };
    const [phone, desk] = kWidths;
    const often = kStates.filter((state) => state.often);
    await look_at(kStates, desk);
    if (lang === 'zh-CN') {
      await look_at(kStates, phone);
      // The narrowest phone; a desk's window at 200 %; night.
      await look_at(often, { name: '320', width: 320, height: 640 });
      await look_at(often, { name: '640', width: 640, height: 400 });
      await look_at(often, desk, true);
    } else {
      await look_at(often, phone);
    }
    office.centre.close();
    for (const size of kWidths) {
      await look_at([{ name: 'link-dead', hash: '#/links', show: (page) => page.getByText(/✕ (不通|down)/).waitFor({ timeout: 60_000 }) }], size);
    }
  });
}
