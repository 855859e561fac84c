import { sqsEvent } from '@parallel-lambda/event-source';
import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import type { Setting, Timeline } from '@parallel-lambda/report';

import { readSpans } from './read-spans.ts';
import type { OpenFunction } from './trial.ts';

/** A batch of which every step is seen. */
export interface DrawnBatch {
  readonly messages: number;
  readonly body: unknown;
}

/**
 * Has a technique work on a batch twice, and keeps the steps of the second time, when its code is compiled.
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
  await opened.invoke(event);
  const { status, log } = await opened.invoke(event);
  const ids = event.Records.map(({ messageId }) => messageId);
  const spans = status === 'success' ? readSpans(log, ids) : [];
  if (spans.length === 0) {
    throw new LocalLambdaError('assembly', `${setting.function} told no steps of its batch:\n${log}`);
  }
  return { way: setting.function, setting, ...batch, spans };
}
