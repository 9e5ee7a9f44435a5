// Bundles the web app: build.mjs --out FOLDER [--embed FILE.cc] [--watch]
//
// Into FOLDER come the files as they are served, and files.json: what each is and how large.  --embed also writes one
// C++ source that holds them all (gateway/app/web_files.h).  Scripts and styles carry a hash in their names and may be
// kept by browsers for good; pages, the service worker and the manifest have fixed names.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, context } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

// The oldest browsers that are supported: docs/web.md names them too.
const target = ['chrome90', 'safari15'];

const kLater = 'src/phone/pages.tsx'; // read behind the phone's first page; a link's page needs it at once

// One page each: the path it is served at, its entry, whether it reads the plan's form at once (src/early), and whether
// only the demo serves it.
const pages = [
  { path: '/', face: 'phone', title: 'tocsin 警钟', later: kLater, installable: true, early: true },
  { path: '/a', face: 'phone', title: 'tocsin 警报 Alert', later: kLater, link: true, early: true },
  { path: '/s', face: 'phone', title: 'tocsin 登录 Sign in', later: kLater, link: true },
  { path: '/desk', face: 'desk', title: 'tocsin 值班室 Desk' },
  { path: '/admin', face: 'admin', title: 'tocsin 管理 Office' },
  { path: '/stage', face: 'stage', title: 'tocsin 演示 Stage', demo: true },
];

const types = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};
const type_of = (name) => types[name.slice(name.lastIndexOf('.'))] ?? 'application/octet-stream';
const hash_of = (bytes) => createHash('sha256').update(bytes).digest('hex');

const options = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.svg': 'file', '.png': 'file' },
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
  write: false,
};

// The phone shares nothing with the others: what it loads comes in few pieces, since each is a wait of its own.
const kTogether = [['phone'], ['desk', 'admin', 'stage']];

function bundle_options(faces) {
  return {
    ...options,
    entryPoints: Object.fromEntries(faces.map((face) => [face, `src/${face}/main.tsx`])),
    format: 'esm',
    splitting: true,
    outdir: '/app',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/app/',
  };
}

const served = (name) => '/app/' + name.slice(name.lastIndexOf('/') + 1);
const made_of = (metafile, entry) => Object.keys(metafile.outputs).find((name) => metafile.outputs[name].entryPoint === entry && name.endsWith('.js'));

// A script and all that it imports, not what it imports later.
function with_imports(metafile, name, scripts = new Set()) {
  if (scripts.has(name)) return scripts;
  scripts.add(name);
  for (const { path, kind } of metafile.outputs[name].imports) if (kind === 'import-statement') with_imports(metafile, path, scripts);
  return scripts;
}

// What a page loads at once, its style, and what it is read behind it (`later`).
function first_load(metafile, { face, later }) {
  const script = made_of(metafile, `src/${face}/main.tsx`);
  const scripts = with_imports(metafile, script);
  const more = later === undefined ? [] : [...with_imports(metafile, made_of(metafile, later))].filter((name) => !scripts.has(name));
  return { script: served(script), scripts: [...scripts].map(served), style: served(metafile.outputs[script].cssBundle), later: more.map(served) };
}

function page_text({ title, face, installable, early, link }, load, early_script) {
  const text = readFileSync(join(here, 'src/base/page.html'), 'utf8');
  const preloads = [...load.scripts, ...(link ? load.later : [])].filter((s) => s !== load.script).map((s) => `<link rel="modulepreload" href="${s}">`);
  const values = {
    TITLE: title,
    FACE: face,
    SCRIPT: load.script,
    STYLE: load.style,
    PRELOADS: preloads.join(''),
    EARLY: early ? `<script src="${early_script}"></script>\n` : '',
    MANIFEST: installable ? '<link rel="manifest" href="/manifest.webmanifest">' : '',
  };
  return text.replace(/\{\{([A-Z]+)\}\}/g, (_, name) => values[name]);
}

function icon_files() {
  const folder = join(here, 'src/icons');
  return readdirSync(folder)
    .sort()
    .map((name) => ({ path: '/app/' + name, bytes: readFileSync(join(folder, name)), lasting: false }));
}

function manifest_text() {
  return JSON.stringify({
    name: 'tocsin 警钟',
    short_name: '警钟 tocsin',
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    orientation: 'portrait',
    background_color: '#ffffff',
    theme_color: '#b3001b',
    lang: 'zh-CN',
    icons: [
      { src: '/app/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/app/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/app/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  });
}

// A script of its own in front of everything: no module waits for it.
async function early_file() {
  const made = await build({ ...options, entryPoints: ['src/early/main.ts'], format: 'iife', outdir: '/app', entryNames: 'early-[hash]' });
  const [file] = made.outputFiles;
  return { path: '/app/' + file.path.slice(file.path.lastIndexOf('/') + 1), bytes: Buffer.from(file.contents), lasting: true };
}

// The service worker knows by name what the phone needs without a network.
async function worker_file(files, phone) {
  const kept = ['/', '/manifest.webmanifest', '/app/icon.svg', '/app/icon-192.png', phone.style, ...phone.scripts, ...phone.later].sort();
  const version = hash_of(files.filter((f) => kept.includes(f.path)).map((f) => hash_of(f.bytes)).join()).slice(0, 16);
  const made = await build({
    ...options,
    entryPoints: ['src/worker/sw.ts'],
    format: 'iife',
    outdir: '/',
    define: { KEPT_FILES: JSON.stringify(kept), KEPT_VERSION: JSON.stringify(version) },
  });
  return { path: '/sw.js', bytes: Buffer.from(made.outputFiles[0].contents), lasting: false };
}

async function make_files() {
  const made = await Promise.all(kTogether.map((faces) => build(bundle_options(faces))));
  const metafile = { outputs: Object.assign({}, ...made.map((one) => one.metafile.outputs)) };
  const by_path = new Map(made.flatMap((one) => one.outputFiles).map((f) => [served(f.path), Buffer.from(f.contents)]));
  const files = [...by_path].map(([path, bytes]) => ({ path, bytes, lasting: true }));
  const early = await early_file();
  files.push(early);
  const loads = {};
  for (const page of pages) {
    const load = first_load(metafile, page);
    loads[page.face] = load;
    files.push({ path: page.path, bytes: Buffer.from(page_text(page, load, early.path)), lasting: false, demo: page.demo ?? false });
  }
  loads.phone.scripts.push(early.path);
  files.push({ path: '/manifest.webmanifest', bytes: Buffer.from(manifest_text()), lasting: false }, ...icon_files());
  files.push(await worker_file(files, loads.phone));
  for (const file of files) {
    file.type = pages.some(({ path }) => path === file.path) ? types['.html'] : type_of(file.path);
    file.etag = `"${hash_of(file.bytes).slice(0, 24)}"`;
    const gzip = gzipSync(file.bytes, { level: 9 });
    file.gzip = !file.type.startsWith('image/png') && gzip.length < file.bytes.length * 0.9 ? gzip : Buffer.alloc(0);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, loads };
}

const name_on_disk = ({ path, type }) =>
  path === '/' ? 'index.html' : type === types['.html'] ? path.slice(1) + '.html' : path.slice(1);

function write_files(folder, { files, loads }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'app'), { recursive: true });
  for (const file of files) {
    file.disk = join(folder, name_on_disk(file));
    writeFileSync(file.disk, file.bytes);
    if (file.gzip.length > 0) writeFileSync(file.disk + '.gz', file.gzip);
  }
  const list = files.map(({ path, type, bytes, gzip, lasting, demo }) => ({
    path, type, lasting, demo: demo ?? false, bytes: bytes.length, gzip: gzip.length || bytes.length,
  }));
  writeFileSync(join(folder, 'files.json'), JSON.stringify({ files: list, loads }, null, 1));
}

// Bytes are pulled in by the assembler; the digests above them make the source another one when they change.
function embed(path, files) {
  const quoted = (text) => JSON.stringify(text);
  const blob = (label, disk) =>
    `asm(".section .rodata\\n.balign 16\\n.global ${label}\\n${label}:\\n.incbin \\"${disk}\\"\\n.global ${label}_end\\n${label}_end:\\n.byte 0\\n.previous");\n` +
    `extern "C" const char ${label}[];\nextern "C" const char ${label}_end[];\n`;
  const view = (label) => `std::string_view(${label}, static_cast<std::size_t>(${label}_end - ${label}))`;
  let blobs = '';
  const rows = files.map((file, n) => {
    const label = `tocsin_web_${n}`;
    blobs += `// ${hash_of(file.bytes)}\n` + blob(label, file.disk);
    const zipped = file.gzip.length > 0;
    if (zipped) blobs += blob(`${label}_gzip`, file.disk + '.gz');
    return `      {${quoted(file.path)}, ${quoted(file.type)}, ${view(label)}, ` +
      `${zipped ? view(`${label}_gzip`) : 'std::string_view()'}, ${quoted(file.etag)}, ${file.lasting}, ${file.demo ?? false}},\n`;
  });
  const text =
    '// Made by web/build.mjs.\n#include "gateway/app/web_files.h"\n\n#include <cstddef>\n#include <vector>\n\n' + blobs +
    '\nnamespace tocsin::app {\n\nports::WebFiles web_files() {\n  static const std::vector<ports::WebFile> files{\n' +
    rows.join('') + '  };\n  return files;\n}\n\n}  // namespace tocsin::app\n';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function run() {
  const out = resolve(argument('--out') ?? join(here, '../build/web'));
  const made = await make_files();
  write_files(out, made);
  if (argument('--embed') !== undefined) embed(resolve(argument('--embed')), made.files);
}

if (process.argv.includes('--watch')) {
  const watched = await context({
    ...bundle_options(kTogether.flat()),
    plugins: [{ name: 'again', setup: (b) => b.onEnd(() => run().then(() => console.log('built'), console.error)) }],
  });
  await watched.watch();
} else {
  await run();
}
