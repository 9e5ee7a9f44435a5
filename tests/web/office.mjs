// What the browser tests share: an office of the sample plan with a message centre of npm's, the built program behind
// real TLS, and Chromium.
//
//   const office = await Office.start(t);                       // ends with the test
//   const page = await office.page(t, { person: 'gu-yutian' }); // signed in, a phone of 360 x 740
//   const desk = await office.page(t, { account: 'desk', width: 1280, height: 800 });
//   await office.text_to('shi-qingsong', /火灾/);                // the SMS that arrived there
//
// Everything waits for an event with a deadline; nothing sleeps for a guessed time.  Environment: TOCSIN_PROGRAM (the
// built program; default build/release), CHROMIUM (default /usr/bin/chromium), TOCSIN_WEB (proxy.mjs).
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate, createHash, createHmac } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const web = createRequire(join(kRoot, 'web/package.json'));
const { chromium } = web('playwright-core');
const kAxe = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');
const kProgram = process.env.TOCSIN_PROGRAM ?? join(kRoot, 'build/release/gateway/app/tocsin');
const kSample = join(kRoot, 'plans/sample-subdistrict');
export const kPatience = 30_000; // milliseconds, for what comes at once on an idle machine
export const kScreens = process.env.TOCSIN_SCREENS ?? join(kRoot, 'build/screens');
const kPassword = 'planted-password-7391';

export async function wait_until(what, found, patience = kPatience) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await found();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${patience} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

// The lines a child writes, kept as they come.
function lines_of(stream) {
  const lines = [];
  createInterface({ input: stream }).on('line', (line) => lines.push(line));
  return lines;
}

// RFC 6238 section 4, by other code than the program's.
function totp(uri) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const secret = new URL(uri).searchParams.get('secret');
  let bits = '';
  for (const letter of secret) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// A zone in which it is about that hour now.
function zone_at(hour) {
  const ahead = hour - new Date().getUTCHours();
  const hours = ahead < -12 ? ahead + 24 : ahead;
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
const in_zone_at = (hour, plan) => plan.replace(/time_zone = "[^"]*"/, `time_zone = "${zone_at(hour)}"`);

// The plan in an office where it is two at night, when the sample lets the desk phone first.
export const at_night = (plan) => in_zone_at(2, plan);

// Links in messages carry the port, so it must be known before the start.
function free_port() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function csv_rows(path) {
  const [head, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, n) => [names[n], cell])));
}

class MessageCentre {
  static async start() {
    const centre = new MessageCentre();
    centre.child = spawn(process.execPath, [join(kRoot, 'tests/e2e/peers/smsc.js')], { stdio: ['pipe', 'pipe', 'inherit'] });
    centre.lines = lines_of(centre.child.stdout);
    const first = await wait_until('the message centre listens', () => centre.lines[0]);
    centre.port = JSON.parse(first).port;
    return centre;
  }
  tell(command) {
    this.child.stdin.write(JSON.stringify(command) + '\n');
  }
  // Whole texts to a number, oldest first.
  texts_to(number) {
    const digits = (to) => String(to).replace('+', ''); // of long texts that were joined, the centre leaves it out
    const events = this.lines.map((line) => JSON.parse(line)).filter((e) => digits(e.to) === digits(number));
    return events.filter((e) => e.event === 'joined' || (e.event === 'submit' && e.udh === '' && e.sar.length === 0)).map((e) => e.text);
  }
  // Every message that was handed over, to anybody: parts of long ones each.
  submitted() {
    return this.lines.map((line) => JSON.parse(line)).filter((e) => e.event === 'submit');
  }
  close() {
    this.child.kill();
  }
}

export class Office {
  // `settings`: more lines of the settings file, before its tables; `links`: instead of the message centre's;
  // `plan`: changes the plan's text; `sheets`: {"persons.csv": (text) => text}, changes those of the directory; `https`:
  // more lines of [https]; `authority`: every phone trusts the office's own, so that texts carry links.
  static async start(t, { settings = '', https = '', links, plan = (text) => text, sheets = {}, authority = false } = {}) {
    const office = new Office();
    office.folder = mkdtempSync(join(tmpdir(), 'tocsin-web-'));
    t.after(() => office.close());
    office.database = join(office.folder, 'tocsin.db');
    office.config = join(office.folder, 'tocsin.toml');
    cpSync(kSample, join(office.folder, 'plan'), { recursive: true });
    const file = join(office.folder, 'plan/plan.toml');
    writeFileSync(file, plan(readFileSync(file, 'utf8').replaceAll('"Asia/Shanghai"', `"${zone_at(11)}"`)));
    for (const [name, change] of Object.entries(sheets)) {
      const sheet = join(office.folder, 'plan/directory', name);
      writeFileSync(sheet, change(readFileSync(sheet, 'utf8')));
    }
    writeFileSync(join(office.folder, 'password'), kPassword);
    office.centre = await MessageCentre.start();
    if (authority) {
      const tls = join(office.folder, 'tls');
      office.run('tls', 'init', '--out', tls, '--name', 'localhost');
      office.authority = readFileSync(join(tls, 'authority.pem'), 'utf8');
      https = `certificate = "${tls}/server.pem"\nkey = "${tls}/server.key"\nauthority = "${tls}"\nauthority_installed = true\n${https}`;
    }
    office.settings = (port) =>
      `database = "tocsin.db"\nplan = "plan/plan.toml"\ndirectory = "plan/directory"\n${settings}\n` +
      `[office]\narea_code = "539"\n[https]\nport = ${port}\npublic_url = "https://localhost:${port}"\n${https}\n` +
      `[store]\nballast_mb = 0\n` +
      (links ?? `[[link]]\nname = "carrier"\nkind = "smpp"\nhost = "127.0.0.1"\nport = ${office.centre.port}\n` +
        'system_id = "tocsin"\npassword = "secret"\nsource_addr = "10690000"\nrate = 500\n');
    const port = await free_port();
    writeFileSync(office.config, office.settings(port));
    await office.serve();
    if (process.env.TOCSIN_WEB !== undefined) await office.#put_behind_proxy();
    return office;
  }

  // Starts the program; later again, on the port it had.
  async serve() {
    this.child = spawn(kProgram, ['serve', '--config', this.config], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out = lines_of(this.child.stdout);
    const wrong = lines_of(this.child.stderr);
    this.ended = new Promise((done) => this.child.once('exit', done));
    let code;
    void this.ended.then((c) => (code = c ?? 'a signal'));
    const said = (start) => wait_until(`the daemon says "${start}"`, () => {
      if (code !== undefined) throw new Error(`the daemon ended with ${code}: ${wrong.join('\n')}`);
      return out.find((line) => line.includes(start));
    });
    this.port = Number(new URL((await said('serves https://')).split(' ').at(-1)).port);
    if (this.proxy === undefined) this.url = `https://localhost:${this.port}`;
    this.certificate = readFileSync((await said('certificate ')).split(' ')[1], 'utf8');
  }

  async #put_behind_proxy() {
    const { start_proxy } = await import('./proxy.mjs');
    const key = readFileSync(join(this.folder, this.authority === undefined ? 'certificate.key' : 'tls/server.key'), 'utf8');
    const port = await free_port();
    this.proxy = await start_proxy({ folder: process.env.TOCSIN_WEB, port, daemon: () => this.port, certificate: this.certificate, ca: this.authority ?? this.certificate, key });
    this.url = `https://localhost:${port}`;
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  close() {
    this.child?.kill('SIGKILL');
    this.centre?.close();
    this.proxy?.close();
    this.proxy?.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // The program's command line.
  run(...words) {
    const done = spawnSync(kProgram, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    assert.equal(done.status, 0, `${words.join(' ')}\n${done.stdout}\n${done.stderr}`);
    return done.stdout;
  }

  // {status, json, text, headers}; `as`: what session() gave, or a token.
  async api(as, method, path, body, more = {}) {
    const headers = { ...more };
    if (typeof as === 'string') headers.Authorization = `Bearer ${as}`;
    else if (as) Object.assign(headers, { Cookie: `__Host-sid=${as.cookie}`, Origin: this.url, 'X-Tocsin': '1' });
    let sent;
    if (body !== undefined) {
      sent = Buffer.isBuffer(body) ? body : JSON.stringify(body);
      headers['Content-Type'] ??= 'application/json';
      headers['Content-Length'] = Buffer.byteLength(sent);
    }
    return new Promise((done, failed) => {
      const asked = request(this.url + path, { method, headers, ca: this.authority ?? this.certificate, servername: 'localhost' }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          let json;
          try { json = JSON.parse(text); } catch { json = undefined; }
          done({ status: answer.statusCode, headers: answer.headers, text, json });
        });
      });
      asked.on('error', failed);
      asked.end(sent);
    });
  }

  token(role, person) {
    const words = ['token', 'add', '--database', this.database, '--role', role, '--name', `test-${role}-${person ?? 'none'}`];
    return this.run(...words, ...(person === undefined ? [] : ['--person', person])).trim();
  }

  // The mobile of somebody of the sample directory, E.164.
  number_of(person) {
    const row = csv_rows(join(this.folder, 'plan/directory/contacts.csv')).find((r) => r.person === person && r.kind === 'mobile');
    assert.ok(row, `${person} has no mobile in the sample`);
    return '+86' + row.address.replaceAll(/\D/g, '');
  }
  texts_to(person) {
    return this.centre.texts_to(this.number_of(person));
  }
  // The first text there that fits, behind the `after` first.
  async text_to(person, pattern, after = 0) {
    return wait_until(`a text to ${person} with ${pattern}`, () => this.texts_to(person).slice(after).find((text) => pattern.test(text)));
  }
  // That person's phone texts the office.
  text_from(person, text) {
    this.centre.tell({ do: 'mo', from: this.number_of(person), to: '10690000', text });
  }

  // An account with password and second factor: {name, password, otpauth}.
  account(role, name = role) {
    const made = JSON.parse(this.run('user', 'add', name, '--role', role, '--database', this.database,
      '--password-file', join(this.folder, 'password'), '--json'));
    return { name, password: kPassword, otpauth: made.otpauth, totp: () => totp(made.otpauth) };
  }

  // A session as a browser's cookie: of a person by the code that their phone gets, or of a new account of that role.
  async session({ person, role, name }) {
    if (person !== undefined) {
      const before = this.texts_to(person).length;
      const asked = await this.api(null, 'POST', '/api/v1/sign-in/code', { number: this.number_of(person) });
      assert.equal(asked.status, 202, asked.text);
      const code = (await this.text_to(person, /\d{6}/, before)).match(/\d{6}/)[0];
      return this.#signed_in('/api/v1/sign-in', { request: asked.json.request, code });
    }
    const account = this.account(role, name ?? role);
    return this.#signed_in('/api/v1/sign-in/password', { name: account.name, password: account.password, totp: account.totp() });
  }
  async #signed_in(path, body) {
    const answer = await this.api(null, 'POST', path, body);
    assert.equal(answer.status, 200, answer.text);
    return { cookie: answer.headers['set-cookie'][0].match(/__Host-sid=([^;]*)/)[1], ...answer.json };
  }

  // A fresh browser with one page: signed in when `session`, `person` or `role` is given.  `trusted: false`: a phone
  // that does not know the certificate (its user went past the warning).
  async page(t, { session, person, role, name, path = '/', width = 360, height = 740, lang = 'zh-CN', dark = false, trusted = true, more = {} } = {}) {
    const browser = await chromium_for(trusted ? this.certificate : '');
    const context = await browser.newContext({
      locale: lang, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', ignoreHTTPSErrors: !trusted,
      permissions: ['geolocation'], ...more,
    });
    context.setDefaultTimeout(kPatience);
    t.after(() => context.close());
    const signed = session ?? (person !== undefined || role !== undefined ? await this.session({ person, role, name }) : undefined);
    if (signed !== undefined) {
      await context.addCookies([{ name: '__Host-sid', value: signed.cookie, url: this.url, secure: true, httpOnly: true, sameSite: 'Strict' }]);
    }
    const page = await context.newPage();
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error' && /Content Security Policy|Refused to/.test(line.text())) page.faults.push(line.text());
    });
    page.on('request', (asked) => {
      const { origin, protocol } = new URL(asked.url());
      if (protocol.startsWith('http') && origin !== this.url) page.faults.push(`asked elsewhere: ${asked.url()}`);
    });
    if (path !== null) await page.goto(this.url + path);
    return page;
  }
}

// One Chromium per certificate it trusts: by its public key, as a phone trusts the office's authority.
const browsers = new Map();
async function chromium_for(certificate) {
  if (!browsers.has(certificate)) {
    const args = ['--no-sandbox', '--autoplay-policy=user-gesture-required'];
    if (certificate !== '') {
      const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
      args.push(`--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`);
    }
    browsers.set(certificate, chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args }));
  }
  return browsers.get(certificate);
}
// After all tests of a file: `after(close_browsers)`.
export async function close_browsers() {
  for (const browser of browsers.values()) await (await browser).close();
  browsers.clear();
}

// Nothing went wrong in the page's scripts, and nothing was asked of another origin.
export function assert_sound(page) {
  assert.deepEqual(page.faults, []);
}

// WCAG 2.2 A and AA by axe: no serious or critical finding.
export async function assert_accessible(page) {
  if (!(await page.evaluate('typeof axe !== "undefined"'))) await page.evaluate(kAxe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  const bad = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  assert.deepEqual(bad.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`), []);
}

// The page is not wider than its window.
export async function assert_fits(page) {
  const [wide, window_width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= window_width, `the page is ${wide} px wide in a window of ${window_width}`);
}

// Whatever is pressed or typed into is 44 px high and wide at least, or 44 px of its label are; links within a sentence
// stand in the line (WCAG 2.5.8).
export async function assert_targets(page) {
  const small = await page.evaluate(() => {
    const found = [];
    for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role="button"], [role="tab"]')) {
      const label = /checkbox|radio|file/.test(one.type ?? '') ? one.closest('label') : null;
      const { width, height } = (label ?? one).getBoundingClientRect();
      const hidden = one.closest('.visually-hidden, .skip, [hidden]') !== null && label === null;
      const in_line = one.localName === 'a' && getComputedStyle(one).display === 'inline';
      if (hidden || in_line || width === 0 || (label?.classList.contains('visually-hidden') ?? false)) continue;
      if (width < 43.5 || height < 43.5) found.push(`${one.localName} "${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 30)}" ${Math.round(width)} x ${Math.round(height)}`);
    }
    return found;
  });
  assert.deepEqual(small, []);
}

// build/screens/NAME.png
export async function screen(page, name) {
  mkdirSync(kScreens, { recursive: true });
  await page.screenshot({ path: join(kScreens, `${name}.png`), fullPage: true });
}

export const screens_taken = () => readdirSync(kScreens);
