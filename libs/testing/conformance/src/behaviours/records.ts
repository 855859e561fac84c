import { inspect } from 'node:util';

import type { Outcome } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import { kafkaEvent, kafkaRecord } from '@parallel-lambda/event-sources';
import { describe, expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses, times } from '../setup/helpers.ts';
import { setUpForAll } from '../setup/set-up.ts';
import { sentMessages } from '../sources/batch-of.ts';
import { sourcesUnderTest } from '../sources/sources-under-test.ts';
import { sqsEvent } from '../sources/sqs-event.ts';
import type { SeenMessage } from '../work/actions.ts';
import { writeTask } from '../work/write-task.ts';

const payloads = ['', 'plain', 'ä€😀 \0 \uFEFF', '\r\n\u2028'];

/** Work receives the text, bytes and record of its message, from every source. */
export function records(makeTechnique: MakeTechnique): void {
  const fixture = setUpForAll(makeTechnique, { workers: 3 });

  describe.each(sourcesUnderTest)('of $name', (source) => {
    it.each(payloads)('reach the work: %j', async (payload) => {
      const number = 2;
      const body = writeTask({ number, do: 'report the message' }, payload);
      const message = { id: `message-${number}`, body, receiveCount: 5 };
      const text = source.textOf?.(message) ?? body;
      const event = source.eventOf([...sentMessages(['succeed', 'succeed']), message]);
      const batch = readBatch(event, source.options);
      const outcomes = await fixture().runBatch(batch);
      expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'failed']);
      expect(seenIn(outcomes[number])).toEqual<SeenMessage>({
        id: batch.messages[number]?.id ?? '',
        text,
        bytes: Buffer.from(text).toString('hex'),
        ...seenRecord(batch.records[number]),
        ...(source.name.startsWith('SQS') && { receiveCount: 5 }),
      } as SeenMessage);
    });

    it('are in every copy that the work makes of its message', async () => {
      const outcomes = await fixture().run(['copy the message', 'succeed', 'copy the message'], { source });
      expect(outcomes).toEqual(times(3, { status: 'succeeded' }));
    });
  });

  it('reach the work of their message, among many', async () => {
    const messages = Array.from({ length: 40 }, (_, number) => ({
      id: `message-${number}`,
      body: writeTask({ number, do: 'report the message' }),
    }));
    const { Records } = sqsEvent(messages);
    // Standard SQS may deliver a duplicate, so a record can have another index in the event than its message in the batch.
    const event = { Records: [...Records.slice(0, 5), ...Records] };
    const outcomes = await fixture().runBatch(readBatch(event));
    const seen = outcomes.map(seenIn);
    expect(seen.map(({ record, receiptHandle }) => ({ record, receiptHandle }))).toEqual(
      Records.map(seenRecord),
    );
  });

  it('that are not UTF-8 fail alone', async () => {
    const value = new Uint8Array([0xff]);
    const tasks = sentMessages(['succeed', 'succeed']).map(({ body }, partition) =>
      kafkaRecord({ partition, value: body }),
    );
    const batch = readBatch(kafkaEvent([...tasks, kafkaRecord({ partition: 7, value })]));
    const outcomes = await fixture().runBatch(batch);
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'failed']);
    expect(outcomes[2]).toMatchObject({
      error: {
        name: 'InvalidMessageError',
        message: expect.stringContaining('topic-7@0 is not UTF-8') as string,
      },
    });
  });
}

function seenIn(outcome: Outcome | undefined): SeenMessage {
  if (outcome?.status !== 'failed' || !(outcome.error instanceof Error)) {
    throw new Error(`Expected a failure that reports the message, not ${inspect(outcome)}`);
  }
  return JSON.parse(outcome.error.message) as SeenMessage;
}

/** Returns what JSON shows of a record: for SQS everything that is the same at every delivery. */
function seenRecord(record: unknown): Pick<SeenMessage, 'record' | 'receiptHandle'> {
  const { receiptHandle, attributes, ...rest } = record as {
    readonly receiptHandle?: string;
    readonly attributes?: Readonly<Record<string, string>>;
  };
  if (!receiptHandle) return { record };
  const perDelivery = ['ApproximateReceiveCount', 'ApproximateFirstReceiveTimestamp'];
  const same = Object.entries(attributes ?? {}).filter(([name]) => !perDelivery.includes(name));
  return { record: { ...rest, attributes: Object.fromEntries(same) }, receiptHandle };
}
