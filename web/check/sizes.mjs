// What a face loads at first, compressed, against its limit.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kLimits = { phone: 120_000, desk: 240_000, admin: 240_000, stage: 120_000 }; // octets, gzip
const folder = mkdtempSync(join(tmpdir(), 'tocsin-web-'));
let faults = 0;
try {
  execFileSync(process.execPath, [join(import.meta.dirname, '../build.mjs'), '--out', folder]);
  const { files, loads } = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'));
  const gzip = new Map(files.map((f) => [f.path, f.gzip]));
  const page = { phone: '/', desk: '/desk', admin: '/admin', stage: '/stage' };
  for (const [face, load] of Object.entries(loads)) {
    const size = [page[face], load.style, '/app/icon.svg', ...load.scripts].reduce((sum, path) => sum + gzip.get(path), 0);
    const over = size > kLimits[face];
    if (over) faults += 1;
    console.log(`size: ${face} ${size} of ${kLimits[face]} octets at first load${over ? ': TOO LARGE' : ''}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(faults);
