/** Draws the chart and fills in the page on adaptive workers from the stored runs: `npx nx draw-adaptive bench`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writePictures } from '@parallel-lambda/report';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';

import { workspace } from '../functions.ts';
import { adaptivePicture, curvesPicture, fillAdaptivePage } from './page.ts';
import { readRuns } from './stored-runs.ts';

const PAGE = 'docs/adaptive-workers.md';

interface Options {
  readonly from: string;
  readonly page: string;
  readonly pictures: string;
}

await new Command('draw-adaptive')
  .description('Draw the chart and fill in the page on adaptive workers')
  .option('--from <FILE>', 'stored runs', 'docs/measurements/adaptive.json')
  .option('--page <FILE>', 'page to fill in', PAGE)
  .option('--pictures <FOLDER>', 'folder for the chart', 'docs/pictures')
  .action(draw)
  .parseAsync();

async function draw({ from, page, pictures }: Options): Promise<void> {
  const stored = readRuns(path.resolve(workspace, from));
  const curves = curvesPicture(stored);
  await writePictures(path.resolve(workspace, pictures), [
    adaptivePicture(stored),
    ...(curves ? [curves] : []),
  ]);
  const file = path.resolve(workspace, page);
  const style = await resolveConfig(path.join(workspace, PAGE));
  const filled = fillAdaptivePage(await readFile(file, 'utf8'), stored);
  await writeFile(file, await format(filled, { ...style, parser: 'markdown' }));
}
