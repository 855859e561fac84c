/**
 * Opens every guide of the built site, `out/site`, in Chromium, on a desk and on a phone. Fails if the console has an error, a page
 * is wider than the window, or axe finds something.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';

const site = path.resolve(import.meta.dirname, '../out/site');
const base = process.env.SITE_BASE ?? '/';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const readers: Readonly<Record<string, BrowserContextOptions>> = {
  'on a desk, light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'on a phone, dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
};

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const browsers = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = browsers.find((place) => existsSync(place));
if (executablePath === undefined) {
  throw new Error('Chromium is not installed. Install it, or set CHROMIUM to the path of its program.');
}

/** Every page but those of the API reference, which look alike: of those the first. */
const all = globSync('**/*.html', { cwd: site })
  .filter((page) => page !== '404.html')
  .sort();
const reference = all.filter((page) => page.startsWith('api/'));
const pages = [...all.filter((page) => !page.startsWith('api/')), ...reference.slice(0, 1)];
if (pages.length < 2) throw new Error('The site is not built: run `npx nx site docs` first.');

const server = createServer(({ url = '/' }, response) => {
  send(decodeURI(new URL(url, 'http://localhost').pathname), response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const found = await Promise.all(
  Object.entries(readers).map(([reader, options]) => problemsOf(browser, reader, options)),
);
await browser.close();
server.close();

for (const problem of found.flat()) console.error(problem);
console.log(`${pages.length} pages, ${found.flat().length} problems`);
if (found.flat().length > 0) process.exitCode = 1;

async function problemsOf(
  { newContext }: Pick<Browser, 'newContext'>,
  reader: string,
  options: BrowserContextOptions,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const page = await (await newContext.call(browser, options)).newPage();
  let place = '';
  const add = (problem: string): number => problems.push(`${place}, ${reader}: ${problem}`);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) add(message.text());
  });
  page.on('pageerror', ({ message }) => add(message));
  for (place of pages) {
    await page.goto(`${address}${place}`, { waitUntil: 'networkidle' });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > (options.viewport?.width ?? 0)) add(`${width} pixels wide`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { id, nodes } of violations) add(`${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }
  return problems;
}

function send(place: string, response: ServerResponse): void {
  const file = path.join(site, place.slice(base.length));
  const found = [file, `${file}.html`, path.join(file, 'index.html')].find(
    (candidate) => path.extname(candidate) !== '' && existsSync(candidate),
  );
  response.writeHead(found === undefined ? 404 : 200, {
    'content-type': types[path.extname(found ?? '')] ?? 'application/octet-stream',
  });
  response.end(found === undefined ? undefined : readFileSync(found));
}
