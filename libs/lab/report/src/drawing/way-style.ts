import { oneByOne } from '../measurements/measurements.ts';
import { colour, type ColourName } from './colours.ts';

/** How a way is drawn, the same in every picture: its colour, and its shape for those who do not see that. */
export interface WayStyle {
  readonly colour: string;
  readonly symbol: string;
  readonly line: 'solid' | 'dashed' | 'dotted';
}

const colours: readonly ColourName[] = ['way-1', 'way-2', 'way-3', 'way-4', 'way-5'];
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin'] as const;
const lines = ['solid', 'dashed', 'dotted'] as const;

/** How that is drawn which the ways are held against. */
export const yardstickStyle: WayStyle = { colour: colour('yardstick'), symbol: 'diamond', line: 'dotted' };

/**
 * @param way one of `ways`
 * @param ways all that are in the picture's measurements, in their order
 */
export function wayStyle(way: string, ways: readonly string[]): WayStyle {
  if (way === oneByOne) return yardstickStyle;
  const place = Math.max(0, ways.filter((name) => name !== oneByOne).indexOf(way));
  return {
    colour: colour(colours[place % colours.length] ?? 'way-1'),
    symbol: symbols[place % symbols.length] ?? 'circle',
    line: lines[place % lines.length] ?? 'solid',
  };
}
