// Every page of the office, as its administrator sees it.
import { after } from 'node:test';

import { look_at_pages } from './evening.mjs';
import { close_browsers } from './office.mjs';
import { assert_targets } from './targets.mjs';

after(close_browsers);

look_at_pages({
  face: 'admin',
  path: '/admin',
  also: assert_targets,
  session: (office) => office.session({ role: 'admin', name: 'office' }),
  pages: () => [
    { name: 'directory', hash: '#/directory' },
    { name: 'person', hash: '#/directory/persons/shi-qingsong' },
    { name: 'posts', hash: '#/directory/posts' },
    { name: 'units', hash: '#/directory/units' },
    { name: 'history', hash: '#/directory/changes' },
    { name: 'paper', hash: '#/directory/paper' },
    { name: 'doubtful', hash: '#/directory/doubtful' },
    { name: 'check', hash: '#/directory/check' },
    { name: 'import', hash: '#/import' },
    { name: 'rosters', hash: '#/rosters' },
    { name: 'plans', hash: '#/plans' },
    { name: 'plan-edit', hash: '#/plans/edit' },
    { name: 'plan-compare', hash: '#/plans/compare' },
    { name: 'plan-simulate', hash: '#/plans/simulate' },
    { name: 'links', hash: '#/links' },
    { name: 'users', hash: '#/access' },
    { name: 'tokens', hash: '#/access/tokens' },
    { name: 'sessions', hash: '#/access/sessions' },
    { name: 'record', hash: '#/record' },
  ],
});
