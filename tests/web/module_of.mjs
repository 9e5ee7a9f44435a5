// One module of the web app, as a page would have it, for tests that need no browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { kRoot } from './office.mjs';

const { build } = createRequire(join(kRoot, 'web/package.json'))('esbuild');

// What `exports` names, paths being those below web/src: "export { clause_text } from './parts/clause';"
export async function module_of(t, exports) {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-module-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const made = join(folder, 'made.mjs');
  await build({
    stdin: { contents: exports, resolveDir: join(kRoot, 'web/src'), loader: 'ts' }, bundle: true, format: 'esm', platform: 'node',
    jsx: 'automatic', jsxImportSource: 'preact', outfile: made, logLevel: 'error',
  });
  return import(made);
}
