/** The parts that every message goes through, by themselves: `npx nx measure-parts bench`. */
import { isatty } from 'node:tty';

import type { Technique } from '@parallel-lambda/batch';
import {
  contextOf,
  readBatch,
  respond,
  startDeadline,
  succeeded,
  type Batch,
} from '@parallel-lambda/batch/technique';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { bench, do_not_optimize, group, run } from 'mitata';

/* eslint-disable @nx/enforce-module-boundaries -- parts of the library that it does not export */
import { STARTED, SUCCEEDED, SharedBatch } from '../../../libs/thread-workers/src/shared/shared-batch.ts';
import { ThreadBatch } from '../../../libs/thread-workers/src/thread/thread-batch.ts';
/* eslint-enable @nx/enforce-module-boundaries */
import { kinesisBatch, sqsBatch } from './events.ts';

const sizes = [10, 100, 1000, 10_000];
const max = 10_000;
const batch = readBatch(sqsBatch({ messages: max, body: [] }));

group('reading a batch of SQS, by its messages', () => {
  for (const messages of sizes) {
    const event = sqsBatch({ messages, body: [] });
    bench(`${messages}`, () => {
      do_not_optimize(readBatch(event));
    });
  }
});

group('reading 10,000 records of Kinesis, by their partition keys', () => {
  for (const keys of [1, 100, 10_000]) {
    const event = kinesisBatch({ messages: max, body: [], keys });
    bench(`${keys}`, () => {
      do_not_optimize(readBatch(event));
    });
  }
});

group('responding to 10,000 messages', () => {
  const done = batch.messages.map(() => succeeded);
  const failed = batch.messages.map(() => ({ status: 'failed', error: undefined }) as const);
  bench('all succeeded', () => {
    do_not_optimize(respond(batch, done));
  });
  bench('all failed', () => {
    do_not_optimize(respond(batch, failed));
  });
});

group('10,000 messages in shared memory', () => {
  bench('laying them', () => {
    do_not_optimize(SharedBatch.of(batch));
  });
  bench('the claim cursor: claiming all lanes', function* () {
    yield {
      [0]: () => inThread(SharedBatch.of(batch)),
      bench: (shared: ThreadBatch) => {
        while (shared.claim() !== undefined);
      },
    };
  });
  const shared = inThread(SharedBatch.of(batch));
  bench('the status board: marking each twice', () => {
    for (let position = 0; position < max; position++) {
      shared.mark(position, 1, STARTED);
      shared.mark(position, 1, SUCCEEDED);
    }
  });
  bench('reading each message', () => {
    for (let position = 0; position < max; position++) do_not_optimize(shared.message(position));
  });
});

group('10,000 messages with nothing to do, by promises, by their lanes', () => {
  const technique = promiseWorkers({ work: () => undefined });
  for (const keys of [1, 100, 10_000]) {
    const inLanes = readBatch(kinesisBatch({ messages: max, body: [], keys }));
    bench(`${keys}`, () => workOn(technique, inLanes));
  }
});

group('two batches of 10,000 at a time, by promises', () => {
  const technique = promiseWorkers({ work: () => undefined });
  bench('one', () => workOn(technique, batch));
  bench('two at a time', () => Promise.all([workOn(technique, batch), workOn(technique, batch)]));
});

function inThread({ buffer }: SharedBatch): ThreadBatch {
  return new ThreadBatch(buffer, batch.source, { at: () => undefined });
}

async function workOn(technique: Technique, one: Batch): Promise<void> {
  using deadline = startDeadline(60_000);
  const context = contextOf({ deadlineMs: deadline.atMs }, deadline.signal);
  do_not_optimize(await technique(one, { deadline, context }));
}

await run({ colors: isatty(1) });
