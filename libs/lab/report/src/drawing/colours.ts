/** Role of a colour. The page and the picture define it for light and for dark. */
export type ColourName =
  | 'ink'
  | 'muted'
  | 'grid'
  | 'computes'
  | 'waits'
  | 'libuv'
  | 'baseline'
  | 'variant-1'
  | 'variant-2'
  | 'variant-3'
  | 'variant-4'
  | 'variant-5';

interface Shades {
  readonly light: string;
  readonly dark: string;
}

/**
 * Colours that people who see no red, green or blue can distinguish; shapes and heights say the same
 * again.
 *
 * @see Okabe, M., Ito, K.: Color Universal Design (2008), https://jfly.uni-koeln.de/color/
 */
const shades: Readonly<Record<ColourName, Shades>> = {
  ink: { light: '#1b1f24', dark: '#e8eaed' },
  muted: { light: '#57606a', dark: '#a9b1ba' },
  grid: { light: '#d8dee4', dark: '#3a4149' },
  computes: { light: '#0072b2', dark: '#56b4e9' },
  waits: { light: '#e69f00', dark: '#e69f00' },
  libuv: { light: '#b35c8c', dark: '#d98cb8' },
  baseline: { light: '#6e7781', dark: '#8b949e' },
  'variant-1': { light: '#0072b2', dark: '#56b4e9' },
  'variant-2': { light: '#d55e00', dark: '#f28e3d' },
  'variant-3': { light: '#00835f', dark: '#2fc79b' },
  'variant-4': { light: '#b35c8c', dark: '#d98cb8' },
  'variant-5': { light: '#7a6a00', dark: '#f0e442' },
};

const names = Object.keys(shades) as ColourName[];

/**
 * A colour to draw with. The charting library needs real colours, so each name has a placeholder that no picture uses;
 * {@link nameColours} puts the names in their place.
 */
export function colour(name: ColourName): string {
  return `#fe00${(names.indexOf(name) + 16).toString(16)}`;
}

/** Replaces the colours of a drawing by CSS variables. */
export function nameColours(svg: string): string {
  return names.reduce((text, name) => text.replaceAll(colour(name), `var(--${name})`), svg);
}

/** The variables' values: light, or dark where the reader prefers that. */
export function colourRules(selector: string): string {
  const values = (shade: keyof Shades): string =>
    names.map((name) => `--${name}:${shades[name][shade]}`).join(';');
  const dark = `@media screen and (prefers-color-scheme:dark){${selector}{${values('dark')}}}`;
  return `${selector}{${values('light')}}${dark}`;
}
