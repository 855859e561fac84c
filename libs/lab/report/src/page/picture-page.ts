import { escapeText } from '../drawing/draw-svg.ts';
import type { Picture } from '../pictures/picture.ts';
import { pageStyle } from './page-style.ts';
import { pictureSection } from './picture-section.ts';

/** Content of a page of pictures. */
export interface PicturePage {
  readonly title: string;
  readonly introduction: string;
  /** Sources of the page: a name and a text each. */
  readonly figures: readonly (readonly [name: string, text: string])[];
  readonly warnings: readonly string[];
  readonly pictures: readonly Picture[];
  readonly footer: string;
}

/** Pictures as one HTML file: no script, nothing from outside, light and dark, for a desk, a phone and paper. */
export function picturePage({
  title,
  introduction,
  figures,
  warnings,
  pictures,
  footer,
}: PicturePage): string {
  const list = figures.map(([name, text]) => `<dt>${escapeText(name)}</dt><dd>${escapeText(text)}</dd>`);
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
<p>${escapeText(introduction)}</p>
<dl>${list.join('\n')}</dl>
${warned.join('\n')}
</header>
<main>
${pictures.map(pictureSection).join('\n')}
</main>
<footer><p>${escapeText(footer)}</p></footer>
</body>
</html>
`;
}
