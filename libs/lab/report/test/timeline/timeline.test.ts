import { describe, expect, it } from 'vitest';

import { timelineFigures } from '../../src/timeline/timeline-figures.ts';
import { timelineRows } from '../../src/timeline/timeline-rows.ts';
import { span, timelineOf } from './timeline-of.ts';

describe('the rows of a timeline', () => {
  it('are as many as messages were in flight, and a message has the first free one', () => {
    const rows = timelineRows([span(0, 0, 10), span(1, 0, 30), span(2, 10, 20), span(3, 15, 25)]);
    expect(rows.map(({ spans }) => spans.map(({ message }) => message))).toEqual([[0, 2], [1], [3]]);
  });

  it('keep the steps of a message together', () => {
    const rows = timelineRows([span(0, 0, 10), span(1, 12, 20), span(0, 30, 40)]);
    expect(rows.map(({ spans }) => spans.map(({ message }) => message))).toEqual([[0, 0], [1]]);
  });

  it('are each of one thread, thread by thread', () => {
    const rows = timelineRows([
      span(0, 0, 10, { thread: 2 }),
      span(1, 20, 30, { thread: 1 }),
      span(2, 21, 22),
    ]);
    expect(rows.map(({ thread }) => thread)).toEqual([0, 1, 2]);
  });

  it('are none if no step was logged', () => {
    expect(timelineRows([])).toEqual([]);
  });
});

describe('the figures of a timeline', () => {
  it('count what overlaps, and an end and a start at the same moment do not', () => {
    const computes = { nature: 'computes' as const };
    const figures = timelineFigures(
      timelineOf(4, [span(0, 0, 40), span(1, 0, 40), span(0, 40, 55, computes), span(1, 55, 70, computes)]),
    );
    expect(figures).toEqual({
      durationMs: 70,
      threads: 1,
      atOnce: 2,
      computingAtOnce: 1,
      computedMs: 30,
      unseen: 2,
    });
  });

  it('count what a thread of libuv computes', () => {
    const libuv = { nature: 'libuv' as const };
    expect(timelineFigures(timelineOf(2, [span(0, 0, 10, libuv), span(1, 5, 15, libuv)]))).toMatchObject({
      computingAtOnce: 2,
      computedMs: 20,
    });
  });
});
