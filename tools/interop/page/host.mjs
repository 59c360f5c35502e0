// A host with its server and its browser, for the tests of the page: a real
// `elios serve` on a database of its own, which can be killed and started again at
// its address, and Debian's Chromium without a window.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(`${process.env.ELIOS_INTEROP_DIR}/`);
const { chromium } = require('playwright-core');
export const axeSource = require.resolve('axe-core/axe.min.js');

const BANKS = new URL('banks', import.meta.url).pathname;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Host {
  static async open(...args) {
    const host = new Host();
    host.home = mkdtempSync(join(tmpdir(), 'elios-page-'));
    cpSync(BANKS, join(host.home, 'elios', 'banks'), { recursive: true });
    host.port = await freePort();
    Object.assign(host, { args, log: '' });
    host.env = { ...process.env, XDG_DATA_HOME: host.home, XDG_CONFIG_HOME: host.home, OLLAMA_HOST: '127.0.0.1:9' };
    await host.start();
    return host;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  // start serves, and returns when the server says where.
  async start() {
    const all = ['serve', '--log', 'json', '--addr', `127.0.0.1:${this.port}`, ...this.args];
    this.server = spawn(process.env.ELIOS_BIN, all, { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.gone = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.stderr.on('data', (b) => { this.log += b; });
    for await (const line of createInterface({ input: this.server.stdout })) {
      if (line.startsWith('elios serves at')) return;
    }
    throw new Error(`elios serve did not start: ${this.log}`);
  }

  async stop(signal = 'SIGTERM') {
    this.server.kill(signal);
    await this.gone;
  }

  async restart(signal = 'SIGKILL') {
    await this.stop(signal);
    await this.start();
  }

  // close also makes sure that no secret of a token has come into the log.
  async close() {
    await this.stop();
    rmSync(this.home, { recursive: true });
    assert.doesNotMatch(this.log, /elios_|panic/, 'the log of the server');
  }

  // elios runs a command on the same database and gives what it prints.
  elios(...args) {
    try {
      return execFileSync(process.env.ELIOS_BIN, args, { env: this.env, encoding: 'utf8', stdio: 'pipe' });
    } catch (e) {
      throw new Error(`elios ${args[0]}: ${e.stderr}`);
    }
  }

  token(scope, name) {
    return this.elios('token', 'create', '--scope', scope, '--name', name).trim();
  }

  invite(...args) {
    return JSON.parse(this.elios('invite', '--json', '--url', this.url, ...args));
  }
}

// browse starts the browser. It must ask nobody but the server.
export const browse = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// visit opens a page that fails the test when anything in it goes wrong: an
// exception, a refusal of the content security policy, a dialog nobody expects, a
// request to anywhere else, a token in an address or a referrer.
export async function visit(browser, host, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  return tab(context, host);
}

// tab opens another page of the same browser.
export async function tab(context, host) {
  const page = await context.newPage();
  const wrong = [];
  await page.addInitScript(() => addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective}`)));
  page.on('pageerror', (e) => wrong.push(`exception: ${e.stack}`));
  page.on('console', (m) => {
    // What the network does is told by the page itself, and tested there.
    if (m.type() === 'error' && !/net::ERR_|WebSocket connection to|Failed to load resource/.test(m.text())) wrong.push(`console: ${m.text()}`);
  });
  page.on('request', (r) => {
    const [url] = r.url().split('#');
    if (!url.startsWith(host.url) && !url.startsWith('blob:')) wrong.push(`asks ${url}`);
    if (url.includes('elios_') || r.headers().referer) wrong.push(`tells ${url} ${r.headers().referer}`);
  });
  page.on('dialog', (d) => {
    if (d.type() !== 'confirm') wrong.push(`dialog: ${d.message()}`);
    d.accept();
  });
  // leave closes the browser's window and makes sure that nothing went wrong in it.
  const leave = async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  };
  return Object.assign(page, { wrong, leave });
}
