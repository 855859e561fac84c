import { sqsEvent } from '@parallel-lambda/event-sources';
import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import type { Setting, Timeline, TimelineSpan } from '@parallel-lambda/report';

import { readSpans } from './read-spans.ts';
import type { OpenFunction } from './trial.ts';

/** A batch of which every step is seen. */
export interface DrawnBatch {
  readonly messages: number;
  readonly body: unknown;
}

/** The code is compiled in the first; of the others the quickest is kept, which nothing else on the machine disturbed. */
const recordings = 4;

/**
 * Has a technique work on a batch a few times, and keeps the steps of the quickest.
 *
 * @param open must start the function with `TIMELINE=on`
 * @throws {LocalLambdaError} `assembly`, when it fails or tells no steps
 */
export async function recordTimeline(
  open: OpenFunction,
  setting: Setting,
  batch: DrawnBatch,
): Promise<Timeline> {
  await using opened = await open(setting);
  const event = sqsEvent(batch.messages, batch.body);
  const ids = event.Records.map(({ messageId }) => messageId);
  let quickest: readonly TimelineSpan[] = [];
  for (let recording = 0; recording < recordings; recording++) {
    const { status, log } = await opened.invoke(event);
    const spans = status === 'success' ? readSpans(log, ids) : [];
    if (spans.length === 0) {
      throw new LocalLambdaError('assembly', `${setting.function} told no steps of its batch:\n${log}`);
    }
    if (quickest.length === 0 || endOf(spans) < endOf(quickest)) quickest = spans;
  }
  return { way: setting.function, setting, ...batch, spans: quickest };
}

function endOf(spans: readonly TimelineSpan[]): number {
  return Math.max(...spans.map(({ to }) => to));
}
