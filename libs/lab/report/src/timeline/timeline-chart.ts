import { axisLook, axisNumber } from '../drawing/axes.ts';
import { colour } from '../drawing/colours.ts';
import type { Chart } from '../drawing/draw-svg.ts';
import type { Timeline, TimelineSpan } from '../measurements/measurements.ts';
import { milliseconds } from '../statistics/units.ts';
import { timelineFigures } from './timeline-figures.ts';
import { timelineRows } from './timeline-rows.ts';

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly number[]): [number, number];
}

const rowHeight = 9;
const titleHeight = 34;
const legendHeight = 26;
const axisHeight = 44;

/** Natures in the order of the legend; each has its height, for readers who cannot distinguish the colours. */
const natures = [
  { nature: 'waits', text: 'waits', height: 0.34 },
  { nature: 'computes', text: 'computes', height: 0.9 },
  { nature: 'libuv', text: 'computes in a libuv thread', height: 0.6 },
] as const;

/** Draws timelines below each other on a common time axis. A row is a worker, a bar a step of a message. */
export function timelineChart(timelines: readonly Timeline[], width: number): Chart {
  const left = width < 500 ? 62 : 84;
  const until = Math.max(...timelines.map((timeline) => timelineFigures(timeline).durationMs));
  let top = legendHeight;
  const panels = timelines.map((timeline) => {
    const rows = timelineRows(timeline.spans);
    const panel = { timeline, rows, top: top + titleHeight, height: rows.length * rowHeight };
    top = panel.top + panel.height;
    return panel;
  });
  const shown = natures.filter(({ nature }) =>
    timelines.some(({ spans }) => spans.some((span) => span.nature === nature)),
  );
  return {
    width,
    height: top + axisHeight,
    option: {
      legend: legendOf(shown.map(({ text }) => text)),
      title: panels.flatMap(({ timeline, top: y }) => titlesOf(timeline, y, left)),
      grid: panels.map((panel) => ({ left, right: 20, top: panel.top, height: panel.height })),
      xAxis: panels.map((_, index) => ({
        ...axisLook,
        gridIndex: index,
        type: 'value',
        min: 0,
        max: niceEnd(until),
        name: index === panels.length - 1 ? 'milliseconds since the first step' : '',
        nameLocation: 'middle',
        nameGap: 26,
        axisLabel: {
          ...axisLook.axisLabel,
          show: index === panels.length - 1,
          formatter: axisNumber,
        },
      })),
      yAxis: panels.map(({ rows }, index) => rowAxis(rows.length, index)),
      series: panels.flatMap(({ rows }, index) => [
        ...shown.map(({ nature, text, height }) => ({
          type: 'custom',
          name: text,
          xAxisIndex: index,
          yAxisIndex: index,
          silent: true,
          itemStyle: { color: colour(nature) },
          data: rows.flatMap((row, place) => barsOf(row.spans, nature, place)),
          renderItem: (_: unknown, api: RenderApi) => bar(api, height, colour(nature)),
        })),
        threadLabels(rows, index),
      ]),
    },
  };
}

function titlesOf(timeline: Timeline, top: number, left: number) {
  return [
    {
      text: timeline.variant,
      left: left - 5,
      top: top - titleHeight + 7,
      textStyle: { color: colour('ink'), fontSize: 14, fontWeight: 'bold' },
    },
    {
      text: `finished after ${milliseconds(timelineFigures(timeline).durationMs)}`,
      right: 14,
      top: top - titleHeight + 8,
      textStyle: { color: colour('muted'), fontSize: 13, fontWeight: 'normal' },
    },
  ];
}

function rowAxis(rows: number, index: number) {
  return {
    gridIndex: index,
    type: 'value',
    min: 0,
    max: Math.max(rows, 1),
    inverse: true,
    axisLine: { show: true, lineStyle: { color: colour('grid') } },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
  };
}

function legendOf(names: readonly string[]) {
  return {
    data: names.map((name) => ({ name, icon: 'rect' })),
    top: 0,
    left: 0,
    itemWidth: 18,
    itemGap: 26,
    itemHeight: 10,
    textStyle: { color: colour('ink'), fontSize: 13 },
  };
}

function barsOf(spans: readonly TimelineSpan[], nature: TimelineSpan['nature'], place: number): number[][] {
  return spans.filter((span) => span.nature === nature).map(({ from, to }) => [from, place, to]);
}

function bar(api: RenderApi, share: number, fill: string) {
  const [x1, y1] = api.coord([api.value(0), api.value(1)]);
  const [x2, y2] = api.coord([api.value(2), api.value(1) + 1]);
  const height = (y2 - y1) * share;
  const y = (y1 + y2 - height) / 2;
  return { type: 'rect', shape: { x: x1, y, width: Math.max(x2 - x1, 1), height }, style: { fill } };
}

/** Names each thread beside its rows. */
function threadLabels(rows: readonly { readonly thread: number }[], index: number) {
  const threads = [...new Set(rows.map(({ thread }) => thread))];
  const labels = threads.map((thread, place) => {
    const first = rows.findIndex((row) => row.thread === thread);
    const count = rows.filter((row) => row.thread === thread).length;
    return { text: thread === 0 ? 'main\nthread' : `thread ${place + 1}`, first, count };
  });
  return {
    type: 'custom',
    name: 'threads',
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    clip: false,
    data: labels.map(({ first, count }) => [0, first, count]),
    renderItem: ({ dataIndex }: { readonly dataIndex: number }, api: RenderApi) => {
      const [x, y1] = api.coord([0, api.value(1)]);
      const [, y2] = api.coord([0, api.value(1) + api.value(2)]);
      const text = labels[dataIndex]?.text ?? '';
      const style = { text, fill: colour('muted'), align: 'right', verticalAlign: 'middle', fontSize: 12 };
      return {
        type: 'group',
        children: [
          { type: 'text', x: x - 8, y: (y1 + y2) / 2, style },
          {
            type: 'line',
            shape: { x1: x - 4, y1: y1 + 1.5, x2: x - 4, y2: y2 - 1.5 },
            style: { stroke: colour('muted'), lineWidth: 1.5 },
          },
        ],
      };
    },
  };
}

/** Returns the end of the time axis: the next of 1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8 times a power of ten. */
function niceEnd(ms: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(ms, 1)));
  return unit * ([1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10].find((step) => step * unit >= ms) ?? 10);
}
