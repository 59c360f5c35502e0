// Takes the pictures of docs/screens: node tools/interop/page/screens.mjs FOLDER,
// with ELIOS_BIN and ELIOS_INTEROP_DIR as for the tests.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { browse, Host, visit } from './host.mjs';

const folder = process.argv[2] ?? 'docs/screens';
mkdirSync(folder, { recursive: true });

const host = await Host.open('--evaluator', 'simulated:4s');
const browser = await browse();
const LOOKS = [
  ['desktop-light', { colorScheme: 'light' }],
  ['desktop-dark', { colorScheme: 'dark' }],
  ['phone-light', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
  ['phone-dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
];
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const state = (page, name) => page.locator('.states [aria-current]', { hasText: name }).waitFor();

for (const [look, options] of LOOKS) {
  const shot = (page, name) => page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: name === 'report' });
  const page = await visit(browser, host, options);
  await page.goto(host.invite('--bank', 'go', '--topics', 'concurrency', '--level', '2..3', '--count', '2', '--name', 'Ada').link);
  await page.getByText('You are invited').waitFor();
  await shot(page, 'invitation');
  await press(page, 'Begin');
  await state(page, 'QUESTIONING');
  await page.locator('textarea').fill('A send on a nil channel blocks forever, and so does a receive. In a select one can set a channel to nil, and its case is never chosen.');
  await page.getByText('saved').waitFor();
  await shot(page, 'interview');
  await press(page, 'Submit');
  await page.getByText('point 4 of').waitFor();
  await shot(page, 'evaluation');
  await page.locator('.states [aria-current]').filter({ hasNotText: 'EVALUATING' }).waitFor();
  await page.waitForTimeout(300); // for the picture alone: the frame after
  await shot(page, 'followup');
  const overview = await visit(browser, host, options);
  await overview.goto(`${host.url}/#${host.token('host', 'Host')}`);
  await overview.getByText('started at question').first().waitFor();
  await shot(overview, 'host');
  await overview.leave();
  await press(page, 'End the interview');
  await press(page, 'Read the report');
  await page.getByText('unprompted').or(page.getByText('Nothing could be assessed')).first().waitFor();
  await page.locator('details.question summary').first().click();
  await shot(page, 'report');
  await page.leave();
}
await browser.close();
await host.close();
