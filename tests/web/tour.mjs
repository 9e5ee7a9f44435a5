// Makes the pictures of docs/tour.md: node tests/web/tour.mjs [FOLDER]
//
// Starts `tocsin demo --no-scene`, plays an evening on its stage, and takes a picture wherever the tour stops.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { kRoot, wait_until } from './office.mjs';

const { chromium } = createRequire(join(kRoot, 'web/package.json'))('playwright-core');
const kProgram = process.env.TOCSIN_PROGRAM ?? join(kRoot, 'build/release/gateway/app/tocsin');
const kPictures = process.argv[2] ?? join(kRoot, 'docs/tour');
const kPhone = { viewport: { width: 390, height: 780 }, hasTouch: true };
const kDesk = { viewport: { width: 1280, height: 800 } };

async function start_demo() {
  const child = spawn(kProgram, ['demo', '--no-scene', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let url;
  createInterface({ input: child.stdout }).on('line', (line) => (url ??= line.match(/stays up at (https:\S+)/)?.[1]));
  await wait_until('the demo is up', () => url, 60_000);
  return { child, url };
}

class Tour {
  constructor(browser, url) {
    this.browser = browser;
    this.url = url;
  }
  // A page of a browser of its own, signed in as that account or person.
  async page(as, how, path) {
    const context = await this.browser.newContext({ ...how, locale: 'zh-CN', ignoreHTTPSErrors: true, geolocation: { latitude: 35.3098, longitude: 118.6133 }, permissions: ['geolocation'] });
    const page = await context.newPage();
    await page.goto(`${this.url}/stage`);
    if (as !== null) {
      await page.evaluate(async (body) => {
        const answer = await fetch('/api/v1/stage/enter', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Tocsin': '1' }, body });
        if (!answer.ok) throw new Error(await answer.text());
      }, JSON.stringify(as));
    }
    await page.goto(this.url + path);
    return page;
  }
  // What the virtual phone of that person texts.
  async texts(stage, person, text) {
    await stage.evaluate(async ([who, what]) => {
      const { phones } = await (await fetch('/api/v1/stage')).json();
      const { phone } = phones.find((one) => one.person === who);
      await fetch('/api/v1/stage/text', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Tocsin': '1' }, body: JSON.stringify({ phone, text: what }) });
    }, [person, text]);
  }
  async passes(stage, seconds) {
    await stage.evaluate(async (s) => {
      await fetch('/api/v1/stage/pass', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Tocsin': '1' }, body: JSON.stringify({ seconds: s }) });
    }, seconds);
  }
  async picture(page, name) {
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    await page.screenshot({ path: join(kPictures, `${name}.jpg`), type: 'jpeg', quality: 72 });
    console.log(name);
  }
}

async function play(tour) {
  const stage = await tour.page(null, kDesk, '/stage');
  const worker = await tour.page({ person: 'gu-yutian' }, kPhone, '/');
  await worker.waitForSelector('main h1');
  await tour.picture(worker, 'report-hazards');
  await tour.texts(stage, 'gu-yutian', '东湖小区3号楼着火，2人被困');
  await tour.texts(stage, 'feng-manlou', '这里出事了，快来人');
  await wait_until('the desk has both', async () => (await stage.evaluate(async () => (await (await fetch('/api/v1/stage')).json()).texts)) > 6);
  await worker.goto(`${tour.url}/#/mine`);
  await worker.waitForSelector('main h1');
  await tour.picture(worker, 'report-state');
  await stage.waitForSelector('.handset');
  await tour.picture(stage, 'stage');
  const commander = await tour.page({ person: 'shi-qingsong' }, kPhone, '/#/alerts');
  await commander.locator('main a[href*="alerts/"]').first().click();
  await commander.waitForSelector('main h1');
  await tour.picture(commander, 'alert');
  const desk = await tour.page({ account: 'desk' }, kDesk, '/desk');
  await desk.waitForSelector('a[href*="incidents/"]');
  await tour.picture(desk, 'desk-board');
  await tour.texts(stage, 'shi-qingsong', '2');
  await tour.passes(stage, 240);
  await desk.goto(`${tour.url}/desk#/incidents/101`);
  await desk.waitForSelector('main h1');
  await tour.picture(desk, 'desk-incident');
  for (const [hash, name] of [['calls', 'desk-calls'], ['inbox', 'desk-inbox'], ['map', 'desk-map'], ['handover', 'desk-handover']]) {
    await desk.goto(`${tour.url}/desk#/${hash}`);
    await desk.waitForSelector('main h1');
    await tour.picture(desk, name);
  }
  const office = await tour.page({ account: 'office' }, kDesk, '/admin');
  for (const [hash, name] of [['directory', 'office-directory'], ['import', 'office-import'], ['rosters', 'office-rosters'], ['plans', 'office-plans'], ['record', 'office-record']]) {
    await office.goto(`${tour.url}/admin#/${hash}`);
    await office.waitForSelector('main h1');
    await tour.picture(office, name);
  }
}

const { child, url } = await start_demo();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
mkdirSync(kPictures, { recursive: true });
try {
  await play(new Tour(browser, url));
} finally {
  await browser.close();
  child.kill();
}
