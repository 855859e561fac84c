import path from 'node:path';

import { writeText } from '@parallel-lambda/local-lambda';

import { colourRules } from '../drawing/colours.ts';
import { drawSvg } from '../drawing/draw-svg.ts';
import type { Picture } from '../pictures/picture.ts';

const width = 820;

/** Returns a picture as an SVG file for a README, in the reader's light or dark scheme. */
export function pictureFile({ id, title, howToRead, findings, chart }: Omit<Picture, 'figures'>): string {
  const svg = drawSvg(chart(width), { id, title, description: `${howToRead} ${findings.join(' ')}` });
  const style = `<style>${colourRules('svg')}</style>`;
  return `${svg.replace('</desc>', `</desc>${style}`)}\n`;
}

/**
 * Writes each picture to `ID.svg` in a folder.
 *
 * @throws {LabError} if a file cannot be written
 */
export async function writePictures(
  folder: string,
  pictures: readonly Omit<Picture, 'figures'>[],
): Promise<void> {
  for (const picture of pictures)
    await writeText(path.join(folder, `${picture.id}.svg`), pictureFile(picture));
}
