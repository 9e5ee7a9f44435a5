// The stage of the demo: everybody's phone, its keys, and the clock that can be moved.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { assert_accessible, assert_fits, assert_targets, kPatience, kRoot, screen, wait_until } from './office.mjs';

const { chromium } = createRequire(join(kRoot, 'web/package.json'))('playwright-core');
const kProgram = process.env.TOCSIN_PROGRAM ?? join(kRoot, 'build/release/gateway/app/tocsin');

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(() => browser.close());

async function start_demo(t) {
  const child = spawn(kProgram, ['demo', '--no-scene', '--port', '0', '--samples', join(kRoot, 'plans/sample-subdistrict')], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  let url;
  createInterface({ input: child.stdout }).on('line', (line) => (url ??= line.match(/stays up at (https:\S+)/)?.[1]));
  return wait_until('the demo is up', () => url, 60_000);
}

// With TOCSIN_WEB the pages come from that folder (proxy.mjs does so for an office).
async function pages_of_folder(context) {
  const folder = process.env.TOCSIN_WEB;
  if (folder === undefined) return;
  const { files } = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'));
  await context.route('**/*', (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = files.find((one) => one.path === path);
    const disk = join(folder, path === '/' ? 'index.html' : file?.type.startsWith('text/html') ? `${path}.html` : path);
    return file !== undefined && existsSync(disk) ? route.fulfill({ body: readFileSync(disk), contentType: file.type }) : route.continue();
  });
}

async function open_stage(t, url, { lang = 'zh-CN', width = 1280, height = 800, dark = false } = {}) {
  const context = await browser.newContext({ locale: lang, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', ignoreHTTPSErrors: true });
  context.setDefaultTimeout(kPatience);
  t.after(() => context.close());
  await pages_of_folder(context);
  const page = await context.newPage();
  await page.goto(`${url}/stage`);
  await page.locator('main h1').waitFor();
  return page;
}
const phone = (page, name) => page.locator('.handset', { has: page.getByRole('heading', { name, exact: true }) });

test('a report by text rings phones, a key answers, time passes, and whoever stays silent is to be phoned', async (t) => {
  const url = await start_demo(t);
  const page = await open_stage(t, url);
  await page.getByRole('button', { name: /谷雨田 发短信/ }).click();
  const commander = phone(page, '石青松');
  await commander.getByText(/火灾/).first().waitFor();
  await commander.getByRole('button', { name: '2 前往' }).click();
  await commander.locator('.mine').getByText('2', { exact: true }).waitFor();
  await page.getByRole('button', { name: '快进 5 分钟' }).click();
  await page.locator('.handset.ringing').first().waitFor();
  assert.equal(await commander.evaluate((one) => one.classList.contains('ringing')), false, 'who comes is not phoned');
  for (const [lang, width, dark] of [['zh-CN', 1280, false], ['zh-CN', 360, false], ['zh-CN', 320, true], ['en-GB', 1280, false], ['en-GB', 360, false], ['en-GB', 640, false]]) {
    const seen = await open_stage(t, url, { lang, width, dark });
    await seen.locator('.handset.ringing').first().waitFor();
    await assert_fits(seen);
    await assert_accessible(seen);
    await assert_targets(seen);
    await screen(seen, `stage-${lang.slice(0, 2)}-${width}${dark ? '-dark' : ''}`);
    await seen.context().close();
  }
});

test('the reports and alerts of anybody open from their phone, signed in as them', async (t) => {
  const url = await start_demo(t);
  const page = await open_stage(t, url);
  await page.getByRole('button', { name: /谷雨田 发短信/ }).click();
  await phone(page, '石青松').getByText(/火灾/).first().waitFor();
  const opened = page.context().waitForEvent('page');
  await phone(page, '石青松').getByRole('button', { name: /打开 石青松/ }).click();
  const app = await opened;
  await app.getByRole('link', { name: /警报 · 事件 101/ }).first().waitFor();
});
