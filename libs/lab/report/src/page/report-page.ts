import { noiseSentence } from '../analysis/noise-sentence.ts';
import type { Measurements } from '../measurements/measurements.ts';
import { picturesOf } from '../pictures/pictures-of.ts';
import { priceList, pricesOf, type PriceList } from '../prices-of.ts';
import { circumstances } from './circumstances.ts';
import { picturePage } from './picture-page.ts';

const titles = {
  compare: 'Which technique: a comparison',
  tune: 'Which settings: technique, memory, workers, batch size',
} as const;

/**
 * The report as one HTML file: no script, nothing from outside, light and dark, for a desk, a phone and paper.
 *
 * @param prices @default those of this library
 * @throws {LabError} `usage`, when the prices lack the measurements' region
 */
export function reportPage(measurements: Measurements, prices: PriceList = priceList): string {
  const pictures = picturesOf(measurements, pricesOf(measurements.region, prices));
  const title = titles[measurements.purpose];
  const noise = noiseSentence(measurements);
  return picturePage({
    title,
    introduction:
      'Parallel Lambda works on a batch of messages inside one invocation of AWS Lambda, in parallel: with promises, worker ' +
      'threads or Effect fibers. This is what came out on the machine named here.',
    facts: circumstances(measurements, prices),
    warnings: [
      ...(noise === undefined ? [] : [noise]),
      ...(pictures.length > 0
        ? []
        : ['No sample succeeded, so there is nothing to draw: see what the functions logged.']),
    ],
    pictures,
    footer:
      'Whole invocations of the built functions, as Lambda’s REPORT line has them. Samples that failed do not count, and are ' +
      'named where they are missing.',
  });
}
