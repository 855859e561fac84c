import { noiseSentence } from '../analysis/noise-sentence.ts';
import type { Measurements } from '../measurements/measurements.ts';
import { picturesOf } from '../pictures/pictures-of.ts';
import { priceList, pricesOf, type PriceList } from '../prices-of.ts';
import { answerSection } from './answer-section.ts';
import { circumstances } from './circumstances.ts';
import { picturePage } from './picture-page.ts';

const titles = {
  compare: 'Which technique is fastest?',
  tune: 'Which setting is best?',
} as const;

/**
 * The report as one HTML file: no script, nothing from outside, light and dark, for a desk, a phone and paper.
 *
 * @param prices @default those of this library
 * @throws {LabError} `usage`, when the prices lack the measurements' region
 */
export function reportPage(measurements: Measurements, prices: PriceList = priceList): string {
  const priced = pricesOf(measurements.region, prices);
  const pictures = picturesOf(measurements, priced);
  const title = titles[measurements.purpose];
  const noise = noiseSentence(measurements);
  return picturePage({
    title,
    answer: answerSection(measurements, priced),
    introduction:
      'Duration is that of whole warm invocations, as in the REPORT line of Lambda: the median, with a 95% confidence ' +
      'interval. Samples of all settings alternate. Failed samples are excluded and listed.',
    figures: circumstances(measurements, prices),
    warnings: [
      ...(noise === undefined ? [] : [noise]),
      ...(pictures.length > 0
        ? []
        : ['No sample succeeded, so there is nothing to draw. See the logs of the functions.']),
    ],
    pictures,
    footer: 'Made by the lab of Parallel Lambda.',
  });
}
