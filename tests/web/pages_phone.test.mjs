// Every page of the phone, as a grid worker and a commander see it.
import { after } from 'node:test';

import { look_at_pages } from './evening.mjs';
import { close_browsers } from './office.mjs';

after(close_browsers);

// The form opens behind its tile.
async function choose_fire(page, { office }) {
  await page.goto(`${office.url}/#/`);
  await page.getByRole('main').getByText(/^(火灾|fire)$/i).first().click();
  await page.locator('form').waitFor();
  // Where "send" is in its own place: on the way there it lies over what is behind it, which is no smaller for that.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
}

look_at_pages({
  face: 'worker',
  path: '/',
  session: (office) => office.session({ person: 'gu-yutian' }),
  pages: ({ report }) => [
    { name: 'hazards', hash: '#/' },
    { name: 'form', hash: '#/report?hazard=fire', before: choose_fire },
    { name: 'mine', hash: '#/mine' },
    { name: 'sent', hash: `#/sent/${report}` },
    { name: 'me', hash: '#/me' },
  ],
});

look_at_pages({
  face: 'commander',
  path: '/',
  session: (office) => office.session({ person: 'shi-qingsong' }),
  pages: ({ alert }) => [
    { name: 'alerts', hash: '#/alerts' },
    { name: 'alert', hash: `#/alerts/${alert}` },
  ],
});
