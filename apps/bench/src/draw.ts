/** Draws the charts and fills in the pages that show results, from the stored measurements: `npx nx draw bench`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { LabError, readText } from '@parallel-lambda/local-lambda';
import { readMeasurements, writePictures } from '@parallel-lambda/report';
import { Command } from 'commander';
import { format, resolveConfig } from 'prettier';

import { workspace } from './functions.ts';
import { growthPicture } from './growth/growth-picture.ts';
import { growths } from './growth/growths.ts';
import { fillPage } from './page/performance-page.ts';

interface Options {
  readonly from: string;
  readonly page: readonly string[];
  readonly pictures: string;
}

const program = new Command('draw')
  .description('Draw the charts and fill in the pages that show results')
  .option('--from <FILE>', 'stored measurements', 'docs/measurements/performance.json')
  .option('--page <FILES...>', 'pages to fill in', ['docs/performance.md', 'README.md'])
  .option('--pictures <FOLDER>', 'charts to write', 'docs/pictures')
  .action(draw);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`draw: ${error.message}`);
  process.exitCode = 1;
}

async function draw(options: Options): Promise<void> {
  const [from, folder] = [options.from, options.pictures].map((file) => path.resolve(workspace, file)) as [
    string,
    string,
  ];
  const measurements = readMeasurements(await readText(from), from);
  const pictures = growths.map((growth) => growthPicture(growth, measurements));
  await writePictures(folder, pictures);
  const style = await resolveConfig(path.join(workspace, 'docs/performance.md'));
  for (const page of options.page.map((file) => path.resolve(workspace, file))) {
    const filled = fillPage(await readFile(page, 'utf8'), measurements, pictures);
    await writeFile(page, await format(filled, { ...style, parser: 'markdown' }));
  }
}
