import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import {
  chromium as chromiumBrowser,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { reportPage } from '../../src/index.ts';
import { chromium } from './browser.ts';
import { drawnMeasurements } from './drawn-measurements.ts';

if (chromium === undefined) {
  console.warn('No Chromium is installed, so the report is not looked at in one: apt-get install chromium');
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const readers: readonly (readonly [string, BrowserContextOptions])[] = [
  ['on a desk', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['in the dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
];

describe.skipIf(chromium === undefined).each(readers)('the report in a browser, %s', (_, options) => {
  const said: string[] = [];
  const requested: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromiumBrowser.launch({ executablePath: chromium ?? '', args: ['--no-sandbox'] });
    page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    page.on('request', (request) => requested.push(request.url()));
    await page.setContent(reportPage(drawnMeasurements));
  }, 60_000);

  afterAll(() => browser.close());

  it('prints nothing to the console and makes no request', () => {
    expect({ said, requested: requested.filter((url) => !url.startsWith('data:')) }).toEqual({
      said: [],
      requested: [],
    });
  });

  it('shows every picture once, and is no wider than the window', async () => {
    const shown = await page.evaluate(
      "[...document.querySelectorAll('svg')].filter((svg) => svg.checkVisibility()).length",
    );
    expect(shown).toBe(4);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(options.viewport?.width ?? 0);
  });

  it('has no finding of axe', async () => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html])).toEqual([]);
  });
});
