import { baselineVariant } from '../measurements/measurements.ts';
import { colour, type ColourName } from './colours.ts';

/** Style of a variant in every picture: its colour, and its shape for readers who do not see the colour. */
export interface VariantStyle {
  readonly colour: string;
  readonly symbol: string;
  readonly line: 'solid' | 'dashed' | 'dotted';
}

const colours: readonly ColourName[] = ['variant-1', 'variant-2', 'variant-3', 'variant-4', 'variant-5'];
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin'] as const;
const lines = ['solid', 'dashed', 'dotted'] as const;

/** Style of the baseline. */
export const baselineStyle: VariantStyle = { colour: colour('baseline'), symbol: 'diamond', line: 'dotted' };

/**
 * @param variant one of `variants`
 * @param variants all that are in the picture's measurements, in their order
 */
export function variantStyle(variant: string, variants: readonly string[]): VariantStyle {
  if (variant === baselineVariant) return baselineStyle;
  const place = Math.max(0, variants.filter((name) => name !== baselineVariant).indexOf(variant));
  return {
    colour: colour(colours[place % colours.length] ?? 'variant-1'),
    symbol: symbols[place % symbols.length] ?? 'circle',
    line: lines[place % lines.length] ?? 'solid',
  };
}
