import type { TimelineSpan } from '../measurements/measurements.ts';

/** The steps of one worker, as far as can be seen from outside: messages of one thread that do not overlap. */
export interface TimelineRow {
  readonly thread: number;
  readonly spans: readonly TimelineSpan[];
}

/**
 * Assigns each message to a row of its thread: the first free row when it starts. A row therefore shows one worker, and
 * the number of rows is the maximum number of messages in flight.
 */
export function timelineRows(spans: readonly TimelineSpan[]): readonly TimelineRow[] {
  const threads = [...new Set(spans.map(({ thread }) => thread))].sort((a, b) => a - b);
  return threads.flatMap((thread) => {
    const rows: { until: number; spans: TimelineSpan[] }[] = [];
    for (const message of messagesOf(spans.filter((span) => span.thread === thread))) {
      const from = Math.min(...message.map((span) => span.from));
      const to = Math.max(...message.map((span) => span.to));
      const free = rows.find(({ until }) => until <= from);
      if (free) {
        free.spans.push(...message);
        free.until = to;
      } else rows.push({ until: to, spans: [...message] });
    }
    return rows.map((row) => ({ thread, spans: row.spans }));
  });
}

/** The steps of each message, in the order in which the messages began. */
function messagesOf(spans: readonly TimelineSpan[]): readonly (readonly TimelineSpan[])[] {
  const messages = Map.groupBy(
    [...spans].sort((a, b) => a.from - b.from),
    ({ message }) => message,
  );
  return [...messages.values()];
}
