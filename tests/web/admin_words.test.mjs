// What the office's pages make of codes, rows and entries, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { module_of } from './module_of.mjs';

test('leave ends with its last day, and is taken back now or before it begins', async (t) => {
  const leave = await module_of(t, `export * from './admin/leave_rows';`);
  const sheet = 'person,from,to\r\na,2026-11-01,2026-11-23\r\na,2026-12-01,2026-12-08 00:00\r\nb,,\r\na,2025-01-01,2025-01-02 00:00\r\n';
  const now = '2026-11-23 22:15';
  const mine = leave.leaves_of(sheet, 'a', now);
  assert.deepEqual(mine.map(({ from, to }) => [from, leave.last_of(to)]), [['2026-11-01', '2026-11-23'], ['2026-12-01', '2026-12-07']]);
  assert.deepEqual(leave.leaves_of(sheet, 'a', '2026-11-24 00:00').map(({ from }) => from), ['2026-12-01']);
  assert.equal(leave.last_of('2026-03-01 00:00'), '2026-02-28');
  assert.equal(leave.last_of('2026-05-05 18:00'), '2026-05-05 18:00');
  assert.equal(leave.leaves_of(sheet, 'b', now).length, 1);
  assert.match(leave.without_leave(sheet, 'a', mine[0], now), /a,2026-11-01,2026-11-23 22:15\r\n/);
  const without = leave.without_leave(sheet, 'a', mine[1], now);
  assert.ok(!without.includes('2026-12') && without.includes('b,,'));
  assert.deepEqual(leave.leaves_of(leave.without_leave(sheet, 'a', mine[0], now), 'a', now).map(({ from }) => from), ['2026-12-01']);
});

test('the sum of a change says what its lines say', async (t) => {
  const { counts_of } = await module_of(t, `export { counts_of } from './admin/differences';`);
  const row = (what, table, key) => ({ what, table, row: key, fields: [] });
  const turned = [row('gone', 'posts', 'propaganda, 宣传组组长, a'), row('added', 'posts', 'propaganda, 宣传组组长, b'), row('added', 'leave', 'a')];
  assert.deepEqual(counts_of({ added: 2, changed: 0, gone: 1, differences: turned }), { added: 1, changed: 1, gone: 0 });
  // Of a change with more rows than are sent, the rows are what is known.
  assert.deepEqual(counts_of({ added: 400, changed: 0, gone: 1, differences: turned }), { added: 400, changed: 0, gone: 1 });
});

test('turns of a rotation are said by name, an empty one as nobody', async (t) => {
  const { CodeNames } = await module_of(t, `export { CodeNames } from './admin/code_names';`);
  const names = new CodeNames([], [], [{ code: 'zhong', name: '钟长鸣' }, { code: 'xia', name: '夏清荷' }]);
  assert.equal(names.row('desk, 值班室轮班, zhong\nxia\n-, 1, 08:30', 'rotations'), '值班室、值班室轮班、钟长鸣、夏清荷、无人、每 1 天换班、08:30');
});

test('an entry of the record says levels, answers and people in words, and no digests', async (t) => {
  const { detail_of, kNoRecordNames, plan } = await module_of(t, `export { detail_of } from './admin/record_detail';
    export { kNoRecordNames } from './admin/record_names'; export { plan } from './base/plan';`);
  plan.value = { levels: [{ id: 'IV', name: '四级' }, { id: 'III', name: '三级' }], hazards: [], attributes: [] };
  const names = {
    ...kNoRecordNames, sessions: new Map([['S1', 'office']]), links: ['carrier'],
    incidents: new Map([['I1', { code: 101, texts: new Map([['T1', '报警求援'], ['T2', '抢险救援：单位 fire-station'], ['K1', '119打了吗？']]) }]]),
  };
  const said = (kind, more = {}) => detail_of({ kind, incident: 'I1', subject: null, a: 0, b: 0, detail: '', ...more }, names);
  for (const [expected, kind, more] of [
    ['报警求援', 'step_started', { subject: 'T1', detail: 'call-119' }],
    ['抢险救援：fire-station', 'step_started', { subject: 'T2', detail: 'rescue@unit:fire-station' }],
    ['119打了吗？', 'task_opened', { subject: 'K1' }],
    ['三级', 'assessed', { a: 1, detail: 'fire/III/2' }],
    ['四级 → 三级 · 值班室 desk', 'level_raised', { a: 0, b: 1, detail: 'duty:desk 8a126c343ff91fe881568a70bd113138' }],
    ['前来', 'answered', { a: 2, b: 1, detail: 'link:0' }],
    ['', 'report_accepted', { detail: '8a126c343ff91fe881568a70bd113138' }],
    ['网格员 · 那里没有人', 'not_told', { b: 24, detail: 'area:workers' }],
    ['指挥长 · 请假', 'not_told', { b: 23, detail: 'post:commander' }],
    ['上报人 · 由管理员 命令行', 'token_added', { a: 1, b: 51, detail: 'admin:local name:72aaeb120477ffcd5103f3bae77e53e5', incident: null }],
    ['office · 密码', 'signed_in', { subject: 'S1', b: 1, incident: null }],
    ['管理员 office：登录中的设备', 'list_read', { b: 1, detail: 'admin:office GET /api/v1/sessions', incident: null }],
    ['服务短信（验证码、试发、自动回复等）', 'delivered', { detail: 'DELIVRD err:000', incident: null, person: null }],
    ['', 'delivered', { detail: 'DELIVRD err:000', person: { code: 'a', name: '甲' } }],
    ['第 1 版 · 系统', 'plan_in_force', { a: 1, b: 12, detail: 'system:tocsin bc0c1d513bd8d5c3529b564500447c7aac89ced018acbd93365506289db9dcc6', incident: null }],
    ['carrier', 'link_up', { detail: 'bound', incident: null }],
  ]) assert.equal(said(kind, more).replace('commander', '指挥长'), expected, kind);
});
