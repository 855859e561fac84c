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
