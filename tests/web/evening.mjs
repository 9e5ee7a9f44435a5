// An evening at the office of the tests: a fire that is being answered, something nobody understands, a stranger's
// message; and the pages of each face, each looked at in both languages, on a phone and at a desk.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Office, assert_accessible, assert_fits, assert_sound, screen, wait_until } from './office.mjs';

export const kWidths = [
  { name: 'phone', width: 360, height: 740 },
  { name: 'desk', width: 1280, height: 800 },
];
export const kLanguages = ['zh-CN', 'en-GB'];

// {office, fire, unclear}: spoken codes.  `words` are planted where people write, `puzzle` in what nothing understands.
export async function an_evening(t, { words = '三楼冒烟', puzzle = '这里出事了，快来人', place = '3号楼 2单元', settings = {} } = {}) {
  const office = await Office.start(t, settings);
  const reporter = office.token('reporter', 'gu-yutian');
  const report = await office.api(reporter, 'POST', '/api/v1/reports', {
    key: 'evening-0001', hazard: 'fire', facts: { trapped: 2, spreading: true }, area: 'donghu-1', place, text: words,
  });
  assert.equal(report.status, 201, report.text);
  await office.text_to('shi-qingsong', /./);
  office.text_from('shi-qingsong', '2');
  const far = office.token('reporter', 'feng-manlou');
  const unclear = await office.api(far, 'POST', '/api/v1/reports', { key: 'evening-0002', text: puzzle, area: 'beiling-1' });
  assert.equal(unclear.status, 201, unclear.text);
  assert.equal(unclear.json.assessment.hazard, 'unclassified', unclear.text);
  office.centre.tell({ do: 'mo', from: '+8614400007777', to: '10690000', text: '北岭那边好像着火了' });
  const desk = office.token('duty');
  await wait_until('the stranger is in the inbox', async () => (await office.api(desk, 'GET', '/api/v1/inbox')).json.messages.length > 0);
  const commander = await wait_until('the commander is coming', async () =>
    (await office.api(desk, 'GET', `/api/v1/incidents/${report.json.incident}`)).json.alerts.find((a) => a.answer === 'coming'));
  return { office, alert: commander.alert, fire: report.json.incident, report: report.json.report, unclear: unclear.json.incident, tokens: { reporter, desk } };
}

// Looks at each page of a face: pages = [{name, hash, ready: text or selector that says it is there, before}]
export function look_at_pages({ face, path, pages, session, also = async () => {} }) {
  for (const lang of kLanguages) {
    test(`each page of ${face} is sound, accessible and fits, in ${lang}`, async (t) => {
      const evening = await an_evening(t);
      const signed = await session(evening.office);
      for (const { name: size, width, height } of kWidths) {
        const page = await evening.office.page(t, { session: signed, path: null, width, height, lang });
        for (const one of pages(evening)) {
          await t.test(`${one.name} at ${width}`, async () => {
            await page.goto(`${evening.office.url}${one.path ?? path}${one.hash ?? ''}`);
            await page.waitForSelector(one.ready ?? 'main h1');
            await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
            if (one.before) await one.before(page, evening);
            await screen(page, `${face}-${one.name}-${lang.slice(0, 2)}-${size}`);
            await assert_fits(page);
            await assert_accessible(page);
            await also(page);
            assert_sound(page);
          });
        }
        await page.context().close();
      }
    });
  }
}
