import type { TimelineSpan } from '@parallel-lambda/report';

/** A step as the workload logs it. */
interface LoggedSpan extends Omit<TimelineSpan, 'message'> {
  readonly message: string;
}

/**
 * Finds the steps that a function logs with `TIMELINE=on`.
 *
 * @param log of one invocation, as text or as JSON
 * @param ids of the messages, in batch order
 * @returns the steps by start time, which is 0 for the first
 */
export function readSpans(log: string, ids: readonly string[]): readonly TimelineSpan[] {
  const places = new Map(ids.map((id, place) => [id, place]));
  const logged = log.split('\n').flatMap((line) => spanIn(line) ?? []);
  const first = Math.min(...logged.map(({ from }) => from));
  return logged
    .flatMap(({ message, thread, nature, from, to }) => {
      const place = places.get(message);
      if (place === undefined) return [];
      return [{ message: place, thread, nature, from: round(from - first), to: round(to - first) }];
    })
    .sort((a, b) => a.from - b.from);
}

function spanIn(line: string): LoggedSpan | undefined {
  // In a JSON log, the line is the string `message` of an object.
  const text = line.startsWith('{') ? String((JSON.parse(line) as { message?: unknown }).message) : line;
  const start = text.indexOf('{"span":');
  return start < 0 ? undefined : (JSON.parse(text.slice(start)) as { span: LoggedSpan }).span;
}

function round(ms: number): number {
  return Number(ms.toFixed(2));
}
