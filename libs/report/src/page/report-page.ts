import { noiseSentence } from '../analysis/noise-sentence.ts';
import { escapeText } from '../drawing/draw-svg.ts';
import type { Measurements } from '../measurements/measurements.ts';
import { picturesOf } from '../pictures/pictures-of.ts';
import { priceList, pricesOf, type PriceList } from '../prices-of.ts';
import { circumstances } from './circumstances.ts';
import { pageStyle } from './page-style.ts';
import { pictureSection } from './picture-section.ts';

const titles = {
  compare: 'Which technique: a comparison',
  tune: 'Which settings: technique, memory, workers, batch size',
} as const;

/**
 * The report as one HTML file: no script, nothing from outside, light and dark, for a desk, a phone and paper.
 *
 * @param prices @default those of this library
 * @throws {PriceError} when the prices lack the measurements' region
 */
export function reportPage(measurements: Measurements, prices: PriceList = priceList): string {
  const pictures = picturesOf(measurements, pricesOf(measurements.region, prices));
  const title = titles[measurements.purpose];
  const noise = noiseSentence(measurements);
  const facts = circumstances(measurements, prices).map(
    ([name, text]) => `<dt>${escapeText(name)}</dt><dd>${escapeText(text)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Parallel Lambda: ${escapeText(title)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escapeText(title)}</h1>
<p>Parallel Lambda works on a batch of messages inside one invocation of AWS Lambda, in parallel: with promises, worker threads or
Effect fibers. This is what came out on the machine named here.</p>
<dl>${facts.join('\n')}</dl>
${noise === undefined ? '' : `<p class="warning">${escapeText(noise)}</p>`}
</header>
<main>
${pictures.length > 0 ? pictures.map(pictureSection).join('\n') : nothing}
</main>
<footer><p>Whole invocations of the built functions, as Lambda’s REPORT line has them. Samples that failed do not count, and are named where they are missing.</p></footer>
</body>
</html>
`;
}

const nothing =
  '<section><p class="warning">No sample succeeded, so there is nothing to draw: see what the functions logged.</p></section>';
