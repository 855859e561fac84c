import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import { nameColours } from './colours.ts';

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  SVGRenderer,
]);

/** Input of the charting library. */
export type ChartOption = EChartsCoreOption;

/** A chart, ready to be drawn at one width. */
export interface Chart {
  readonly option: ChartOption;
  readonly width: number;
  readonly height: number;
}

/** Label of a drawing, for screen readers. */
export interface Naming {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/**
 * Draws a chart as SVG, without a browser. It scales with its place, its colours are CSS variables, it has no script
 * and refers to nothing outside of itself.
 */
export function drawSvg({ option, width, height }: Chart, { id, title, description }: Naming): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily }, ...option });
    const svg = nameColours(chart.renderToSVGString())
      // How it looks under a pointer: nothing happens there, and the names differ from run to run.
      .replace(/<style >.*?<\/style>\n?/s, '')
      .replaceAll(/ class="[^"]*"/g, '')
      // The library's own ids are the same in every chart.
      .replaceAll(/zr\d+-/g, `${id}-`)
      .replace(/<svg[^>]*>/, '');
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
      `aria-labelledby="${id}-title ${id}-description">` +
      `<title id="${id}-title">${escapeText(title)}</title>` +
      `<desc id="${id}-description">${escapeText(description)}</desc>${svg}`
    );
  } finally {
    chart.dispose();
  }
}

/** Text as it may stand in HTML and SVG, between tags and in an attribute's quotes. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
