// Times by the office's clocks, wherever the browser is.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { module_of } from './module_of.mjs';

process.env.TZ = 'America/New_York';

const clocks = async (t, zone) => {
  const made = await module_of(t, `export * from './base/time';`);
  made.office_is_in(zone);
  return made;
};

test('an instant is shown as the office has it, not the browser', async (t) => {
  const { full_time, day_of, wall } = await clocks(t, 'Asia/Shanghai');
  assert.equal(full_time('2026-11-22T16:03:07Z'), '2026-11-23 00:03:07');
  assert.equal(day_of('2026-11-22T16:03:07Z'), '2026-11-23');
  assert.equal(wall(Date.parse('2026-11-22T16:03:07Z')).hour, 0);
});

test('a time of today is short, of another day of the office it has its date', async (t) => {
  const { short_time, server_said } = await clocks(t, 'Asia/Shanghai');
  server_said('2026-11-22T16:30:00Z');
  assert.equal(short_time('2026-11-22T16:03:07Z'), '00:03');
  assert.equal(short_time('2026-11-22T15:59:00Z'), '11-22 23:59');
  assert.equal(short_time(null), '');
});

test('what a field says is a time of the office', async (t) => {
  const { instant_of } = await clocks(t, 'Asia/Shanghai');
  assert.equal(instant_of('2026-11-23T00:03'), '2026-11-22T16:03:00.000Z');
  assert.equal(instant_of('2026-11-23'), '2026-11-22T16:00:00.000Z');
});

test('clocks that are put forward and back are read right on both sides', async (t) => {
  const { instant_of, full_time } = await clocks(t, 'Europe/Berlin');
  assert.equal(instant_of('2026-03-29T01:59'), '2026-03-29T00:59:00.000Z');
  assert.equal(instant_of('2026-03-29T03:00'), '2026-03-29T01:00:00.000Z');
  assert.equal(instant_of('2026-10-25T04:00'), '2026-10-25T03:00:00.000Z');
  assert.equal(full_time('2026-10-25T01:30:00Z'), '2026-10-25 02:30:00');
});

test('a zone that the browser does not know leaves it its own', async (t) => {
  const { full_time } = await clocks(t, 'Mars/Olympus');
  assert.equal(full_time('2026-11-22T16:03:07Z'), '2026-11-22 11:03:07');
});
