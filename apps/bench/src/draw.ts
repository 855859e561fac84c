/** Makes the page on performance and its pictures anew, of the measurements that are kept: `npx nx draw bench`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import { pictureFile } from '@parallel-lambda/report';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';

import { growthPicture } from './growth/growth-picture.ts';
import { growths } from './growth/growths.ts';
import { memoryPicture } from './growth/memory-picture.ts';
import { parseMeasurements } from './measurements.ts';
import { fillPage } from './page/performance-page.ts';
import { workspace } from './workspace.ts';

interface Options {
  readonly from: string;
  readonly page: string;
  readonly pictures: string;
}

const program = new Command('draw')
  .description('Draws how costs grow, and puts what was measured into the page on performance.')
  .option('--from <file>', 'the measurements, as measure keeps them', 'docs/measurements/performance.json')
  .option('--page <file>', 'the page, which keeps its own text', 'docs/performance.md')
  .option('--pictures <folder>', 'where the pictures go', 'docs/pictures')
  .action(draw);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`draw: ${error.message}`);
  process.exitCode = 1;
}

async function draw({ from, page, pictures: folder }: Options): Promise<void> {
  const inWorkspace = (file: string): string => path.resolve(workspace, file);
  const measurements = parseMeasurements(await readFile(inWorkspace(from), 'utf8'), from);
  const pictures = [
    ...growths.map((growth) => growthPicture(growth, measurements)),
    memoryPicture(measurements),
  ];
  await mkdir(inWorkspace(folder), { recursive: true });
  for (const picture of pictures) {
    await writeFile(path.join(inWorkspace(folder), `${picture.id}.svg`), pictureFile(picture));
  }
  const file = inWorkspace(page);
  const filled = fillPage(await readFile(file, 'utf8'), measurements, pictures);
  // As the rest of the workspace is formatted: columns of a table as wide as their cells.
  const style = await resolveConfig(path.join(workspace, 'docs/performance.md'));
  await writeFile(file, await format(filled, { ...style, parser: 'markdown' }));
}
