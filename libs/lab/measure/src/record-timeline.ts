import { sqsEvent } from '@parallel-lambda/event-sources';
import { LabError } from '@parallel-lambda/local-lambda';
import type { Setting, Timeline, TimelineSpan } from '@parallel-lambda/report';

import type { TimelineBatch } from './measured-functions.ts';
import { readSpans } from './read-spans.ts';
import type { OpenFunction } from './trial.ts';

/** The first one compiles the code. The quickest is stored, because other load on the machine disturbed it least. */
const recordings = 4;

/**
 * Invokes a function with a batch a few times, and returns the steps of the quickest invocation.
 *
 * @param open must start the function with `TIMELINE=on`
 * @throws {LabError} `failure`, if the function fails or logs no steps
 */
export async function recordTimeline(
  open: OpenFunction,
  setting: Setting,
  batch: TimelineBatch,
): Promise<Timeline> {
  await using opened = await open(setting);
  const event = sqsEvent(batch.messages, batch.body);
  const ids = event.Records.map(({ messageId }) => messageId);
  let quickest: readonly TimelineSpan[] = [];
  for (let recording = 0; recording < recordings; recording++) {
    const { status, log } = await opened.invoke(event);
    const spans = status === 'success' ? readSpans(log, ids) : [];
    if (spans.length === 0) {
      throw new LabError('failure', `${setting.function} logged no steps of its batch:\n${log}`);
    }
    if (quickest.length === 0 || endOf(spans) < endOf(quickest)) quickest = spans;
  }
  return { variant: setting.function, setting, ...batch, spans: quickest };
}

function endOf(spans: readonly TimelineSpan[]): number {
  return Math.max(...spans.map(({ to }) => to));
}
