// Sheets of the directory, as the office's editors read and write them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { module_of } from './module_of.mjs';

const csv = (t) => module_of(t, `export * from './admin/csv';`);

test('what is read and written back is the same, whatever stands in the cells', async (t) => {
  const { parse_sheet, sheet_text } = await csv(t);
  const text = 'post,person,note\r\ncommander,chen,"a, ""b""\nand 王"\r\ndeputy,,\r\n';
  assert.deepEqual(parse_sheet(text), {
    columns: ['post', 'person', 'note'],
    rows: [{ post: 'commander', person: 'chen', note: 'a, "b"\nand 王' }, { post: 'deputy', person: '', note: '' }],
  });
  assert.equal(sheet_text(parse_sheet(text)), text);
});

test('a last line without an end, and one that ends in a comma, are whole lines', async (t) => {
  const { parse_sheet } = await csv(t);
  assert.deepEqual(parse_sheet('a,b\n1,2').rows, [{ a: '1', b: '2' }]);
  assert.deepEqual(parse_sheet('a,b\n1,').rows, [{ a: '1', b: '' }]);
});

test('what is no sheet is refused, never read in part', async (t) => {
  const { parse_sheet } = await csv(t);
  assert.throws(() => parse_sheet('a,b\n1,2\n3"x,4\n5,6\n'), /line 3/);
});

test('rows take the place of those that fit, and stand at the end when none did', async (t) => {
  const { parse_sheet, sheet_text, with_rows } = await csv(t);
  const sheet = parse_sheet('post,person\r\na,1\r\nb,2\r\na,3\r\nc,4\r\n');
  const of = (post) => (row) => row.post === post;
  assert.equal(sheet_text(with_rows(sheet, of('a'), [{ post: 'a', person: '9' }])), 'post,person\r\na,9\r\nb,2\r\nc,4\r\n');
  assert.equal(sheet_text(with_rows(sheet, of('d'), [{ post: 'd', person: '5' }])), 'post,person\r\na,1\r\nb,2\r\na,3\r\nc,4\r\nd,5\r\n');
  assert.equal(sheet_text(with_rows(sheet, of('b'), [])), 'post,person\r\na,1\r\na,3\r\nc,4\r\n');
});
