import { readText } from '@parallel-lambda/local-lambda';
import { picturesOf, pricesOf, readMeasurements, writePictures } from '@parallel-lambda/report';

import type { ExitCode } from '../shared/exit-code.ts';
import { showMeasurements } from '../shared/report.ts';
import type { DrawOptions } from './command.ts';

/** Shows stored measurements as after measuring them: on the terminal and as a report. */
export async function run(options: DrawOptions): Promise<ExitCode> {
  const { from, pictures: folder, prices } = options;
  const stored = readMeasurements(await readText(from), from);
  const measurements = { ...stored, region: options.region ?? stored.region };
  const pictures = picturesOf(measurements, pricesOf(measurements.region, prices));
  if (folder !== undefined) await writePictures(folder, pictures);
  return showMeasurements(measurements, options);
}
