import { noiseSentence } from '../analysis/noise-sentence.ts';
import type { Measurements } from '../measurements/measurements.ts';
import { picturesOf } from '../pictures/pictures-of.ts';
import { priceList, pricesOf, type PriceList } from '../prices-of.ts';
import { circumstances } from './circumstances.ts';
import { picturePage } from './picture-page.ts';

const titles = {
  compare: 'Comparison of the techniques',
  tune: 'Tuning: technique, memory, workers, batch size',
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
      'Parallel Lambda processes a batch of messages in parallel inside one AWS Lambda invocation, with promises, worker ' +
      'threads or Effect fibers. These are the results on the machine below.',
    figures: circumstances(measurements, prices),
    warnings: [
      ...(noise === undefined ? [] : [noise]),
      ...(pictures.length > 0
        ? []
        : ['No sample succeeded, so there is nothing to draw. See the logs of the functions.']),
    ],
    pictures,
    footer:
      'Durations are those of whole invocations, as in the REPORT line of Lambda. Failed samples are excluded and named.',
  });
}
