import { escapeText } from '../drawing/draw-svg.ts';
import type { Picture } from '../pictures/picture.ts';
import { pageStyle } from './page-style.ts';
import { pictureSection } from './picture-section.ts';

/** Content of a page of pictures. */
export interface PicturePage {
  readonly title: string;
  readonly introduction: string;
  /** The result, as HTML; the sources then stand at the end. @default none */
  readonly answer?: string;
  /** Sources of the page: a name and a text each. */
  readonly figures: readonly (readonly [name: string, text: string])[];
  readonly warnings: readonly string[];
  readonly pictures: readonly Picture[];
  readonly footer: string;
}

/** More are printed smaller, so that a report fits two pages. */
const fewPictures = 5;

/** Pictures as one HTML file: no script, nothing from outside, light and dark, for a desk, a phone and paper. */
export function picturePage({
  title,
  introduction,
  answer,
  figures,
  warnings,
  pictures,
  footer,
}: PicturePage): string {
  const list = figures.map(([name, text]) => `<dt>${escapeText(name)}</dt><dd>${escapeText(text)}</dd>`);
  const sources = `<dl>${list.join('\n')}</dl>`;
  const warned = warnings.map((warning) => `<p class="warning">${escapeText(warning)}</p>`);
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
${answer ?? `<p>${escapeText(introduction)}</p>\n${sources}`}
${warned.join('\n')}
</header>
<main>
<div class="pictures${pictures.length > fewPictures ? ' small' : ''}">${pictures.map(pictureSection).join('\n')}
${answer === undefined ? '' : `<section aria-labelledby="sources"><h2 id="sources">How it was measured</h2><p class="how">${escapeText(introduction)}</p>${sources}</section>`}</div>
</main>
<footer><p>${escapeText(footer)}</p></footer>
</body>
</html>
`;
}
