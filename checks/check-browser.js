// npm run check:browser [-- --screenshot page.png] : bundles examples/offline-app with the built package and uses it in a
// headless Chromium, in the end without a network. Chromium is /usr/bin/chromium, or what CHROMIUM names.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const executablePath = env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.log(
    `Not run: there is no Chromium at ${executablePath}. Install one, or name it: CHROMIUM=/path/to/chromium.`,
  );
  exit(1);
}
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const repository = fileURLToPath(new URL('..', import.meta.url));
const example = join(repository, 'examples/offline-app');
const scratch = mkdtempSync(join(tmpdir(), 'footbridge-browser-'));
const outDir = join(scratch, 'app');
const counted = { passed: 0, failed: 0 };

try {
  await main();
} catch (error) {
  check(`it comes to its end: ${error.message}`, false);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
console.log(`\n${counted.passed} passed, ${counted.failed} failed`);
exit(counted.failed === 0 ? 0 : 1);

async function main() {
  checkTypes();
  await bundle();
  const context = await chromium.launchPersistentContext(join(scratch, 'profile'), {
    executablePath,
    args: flags,
    locale: 'en-US',
  });
  console.log(`Chromium ${context.browser().version()}\n`);
  const server = await preview({ root: example, build: { outDir }, preview: { host: '127.0.0.1', port: 4173 } });
  try {
    await use(context, server);
  } finally {
    await context.close();
    await server.close();
  }
}

function checkTypes() {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(execPath, [tsc, '-p', example], { encoding: 'utf8' });
  check(`the page's types hold${stdout === '' ? '' : `:\n${stdout}`}`, status === 0);
}

async function bundle() {
  const ofNode = [];
  const watch = {
    name: 'modules-of-node',
    enforce: 'pre',
    resolveId: (id, importer) => {
      if (isBuiltin(id)) ofNode.push(`\n  ${id} for ${importer}`);
    },
  };
  const how = { root: example, configFile: false, logLevel: 'warn', plugins: [watch] };
  await build({ ...how, build: { outDir, emptyOutDir: true } });
  const scripts = readdirSync(join(outDir, 'assets')).filter((path) => path.endsWith('.js'));
  const size = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(outDir, 'assets', path))).length, 0);
  console.log(`  The page's script has ${(size / 1000).toFixed(1)} kB, compressed.`);
  check(`the bundle asks for no module of Node${ofNode.join('')}`, scripts.length > 0 && ofNode.length === 0);
}

async function use(context, server) {
  const [url] = server.resolvedUrls.local;
  const [page] = context.pages();
  const errors = [];
  const asked = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  context.on('request', (request) => asked.push(request.url()));

  await page.goto(url);
  await page.waitForSelector('text=Works offline');
  await page.click('#many');
  const report = await page.waitForFunction(() => document.getElementById('result').textContent);
  const text = await report.jsonValue();
  console.log(`  ${text}`);
  check('10,000 orders are delivered to each subscriber and to the queue', same(await figures(page), after(10_000)));
  check('the page draws meanwhile', Number(/drew (\d+) frames/.exec(text)?.[1]) >= 3);

  await page.waitForSelector('text=10,000 orders kept');
  await page.click('#many');
  const had = await keepInTheMiddle(page);
  await reload(page);
  const reloaded = await figures(page);
  console.log(
    `  Kept when ${had} orders were counted; ${reloaded.orders - had} more were under way, and counted after the reload.`,
  );
  check('a reload in the middle loses no part of an order, and repeats none', same(reloaded, after(reloaded.orders)));

  const foreign = asked.filter((address) => !address.startsWith(url));
  check(
    `the page asks for nothing but its own files: ${asked.length} requests, ${foreign.length} for others`,
    foreign.length === 0,
  );
  await context.setOffline(true);
  await server.close();
  const orders = reloaded.orders + 1;
  await page.click('#place');
  await page.waitForSelector(`text=${orders.toLocaleString('en-US')} orders kept`);
  const placed = await figures(page);
  const { turnover, big, outbox } = reloaded;
  check(
    'an order is placed without a network',
    same(placed, { orders, turnover: turnover + 120, big: big + 1, outbox: outbox + 1 }),
  );
  await reload(page);
  check('all of it is there after a reload without a network', same(await figures(page), placed));
  check('it fits a narrow window', await fits(page, 320));
  check(`nothing goes wrong in the page${errors.map((error) => `\n  ${error}`).join('')}`, errors.length === 0);

  const at = argv.indexOf('--screenshot');
  if (at > 0) await page.screenshot({ path: argv[at + 1] });
}

/** Keeps the shop as when the tab is hidden, once some orders of the second ten thousand are counted. Answers how many were. */
async function keepInTheMiddle(page) {
  const kept = await page.waitForFunction(() => {
    const text = document.getElementById('kept').textContent;
    if (document.getElementById('orders').textContent === '10,000') return false;
    if (text === '10,000 orders kept') document.dispatchEvent(new Event('visibilitychange'));
    return text !== '10,000 orders kept' && text;
  });
  return Number.parseInt((await kept.jsonValue()).replaceAll(',', ''), 10);
}

/** Whether nothing sticks out of a window of this width. */
async function fits(page, width) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 700 });
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  if (before !== null) await page.setViewportSize(before);
  return widest <= width;
}

async function reload(page) {
  await page.reload();
  await page.waitForSelector('text=Works offline');
}

/** What the page shows. */
function figures(page) {
  return page.evaluate(() => {
    const number = (id) => Number(document.getElementById(id).textContent.replaceAll(',', ''));
    return { orders: number('orders'), turnover: number('turnover'), big: number('big'), outbox: number('outbox') };
  });
}

/** What it is to show after so many of the orders that its second button places. */
function after(orders) {
  const totals = Array.from({ length: orders }, (_, i) => i % 200);
  const turnover = totals.reduce((sum, total) => sum + total, 0);
  return { orders, turnover, big: totals.filter((total) => total > 100).length, outbox: orders };
}

function same(shown, wanted) {
  const isSame = JSON.stringify(shown) === JSON.stringify(wanted);
  if (!isSame) console.log(`  shown ${JSON.stringify(shown)}\n  wanted ${JSON.stringify(wanted)}`);
  return isSame;
}

function check(what, isRight) {
  counted[isRight ? 'passed' : 'failed']++;
  console.log(`${isRight ? '✓' : '✗'} ${what}`);
}
