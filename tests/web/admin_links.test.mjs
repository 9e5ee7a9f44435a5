// Links and their probes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { Office, assert_accessible, assert_sound, close_browsers, screen } from './office.mjs';

after(close_browsers);

test('an administrator who is a person probes a link to their own phone', async (t) => {
  const office = await Office.start(t);
  const password = readFileSync(join(office.folder, 'password'), 'utf8').trim();
  const made = JSON.parse(office.run('user', 'add', 'chief', '--role', 'admin', '--person', 'shi-qingsong', '--database', office.database,
    '--password-file', join(office.folder, 'password'), '--json'));
  const signed = await office.api(null, 'POST', '/api/v1/sign-in/password', { name: 'chief', password, recovery_code: made.recovery_codes[0] });
  const chief = { cookie: signed.headers['set-cookie'][0].match(/__Host-sid=([^;]*)/)[1] };
  const before = office.texts_to('shi-qingsong').length;
  const page = await office.page(t, { session: chief, path: '/admin#/links', width: 1280, height: 800 });
  await page.getByRole('row', { name: /carrier.*✓ 通/ }).waitFor();
  await page.getByRole('button', { name: '经 carrier 试发给我' }).click();
  await page.getByText(/已通过 carrier 发出一条试发短信/).waitFor();
  await office.text_to('shi-qingsong', /./, before);
  await assert_accessible(page);
  await screen(page, 'admin-links-zh-1280');
  assert_sound(page);
});
