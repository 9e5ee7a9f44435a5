// Every page of the duty desk, as its user sees it.
import { after } from 'node:test';

import { look_at_pages } from './evening.mjs';
import { close_browsers } from './office.mjs';

after(close_browsers);

look_at_pages({
  face: 'desk',
  path: '/desk',
  session: (office) => office.session({ role: 'duty' }),
  pages: ({ fire, unclear }) => [
    { name: 'board', hash: '#/' },
    { name: 'incident', hash: `#/incidents/${fire}` },
    { name: 'unclassified', hash: `#/incidents/${unclear}` },
    { name: 'calls', hash: '#/calls' },
    { name: 'phoned', hash: '#/phoned' },
    { name: 'inbox', hash: '#/inbox' },
    { name: 'tasks', hash: '#/tasks' },
    { name: 'map', hash: '#/map' },
    { name: 'handover', hash: '#/handover' },
    { name: 'links', hash: '#/links' },
  ],
});
