import type { Outcome } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import { kafkaEvent, kafkaRecord, kinesisRecord } from '@parallel-lambda/event-sources';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

import type { SeenMessage } from '../work/actions.ts';
import type { MakeTechnique } from '../setup/fixture.ts';
import { sentMessages } from '../sources/batch-of.ts';
import { setUpForAll } from '../setup/set-up.ts';
import { sourcesUnderTest } from '../sources/sources-under-test.ts';
import { sqsEvent } from '../sources/sqs-event.ts';
import { statuses } from '../setup/helpers.ts';
import { writeTask } from '../work/task.ts';
import { turns } from '../setup/helpers.ts';

const payloads = ['', 'plain', 'ä€😀 \0 \uFEFF', '\r\n\u2028'];

/** Work gets the text, the bytes and the record of its own message, from every source. */
export function records(makeTechnique: MakeTechnique): void {
  const fixture = setUpForAll(makeTechnique, { workers: 3 });

  describe.each(sourcesUnderTest)('of $name', (source) => {
    it.each(payloads)('reach the work: %j', async (payload) => {
      const number = 2;
      const body = writeTask({ number, do: 'report the message' }, payload);
      const messages = [
        ...sentMessages(['succeed', 'succeed']),
        { id: `message-${number}`, body, receiveCount: 5 },
      ];
      const event = source.eventOf(messages);
      const batch = readBatch(event, source.options);
      const outcomes = await fixture().runBatch(batch);
      expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'failed']);
      expect(seenIn(outcomes[number])).toEqual<SeenMessage>({
        id: batch.messages[number]?.id ?? '',
        text: body,
        bytes: Buffer.from(body).toString('hex'),
        record: recordsOf(event)[number],
        ...(source.name.startsWith('SQS') && { receiveCount: 5 }),
      } as SeenMessage);
    });
  });

  it('reach the work of their own message, among many', async () => {
    const messages = Array.from({ length: 40 }, (_, number) => ({
      id: `message-${number}`,
      body: writeTask({ number, do: 'report the message' }),
    }));
    const { Records } = sqsEvent(messages);
    // Standard SQS may deliver a duplicate, so a record can have another index in the event than its message in the batch.
    const event = { Records: [...Records.slice(0, 5), ...Records] };
    const outcomes = await fixture().runBatch(readBatch(event));
    expect(outcomes.map((outcome) => seenIn(outcome).record)).toEqual(Records);
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

  it('aggregated by the Kinesis Producer Library fail without being started', async () => {
    const { runBatch, recorder } = fixture();
    await turns();
    recorder.reset();
    const [before, after] = sentMessages(['succeed', 'succeed']);
    const texts = [before?.body ?? '', Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), after?.body ?? ''];
    const Records = texts.map((data, index) =>
      kinesisRecord({ sequenceNumber: `${index}`, partitionKey: 'key', data }),
    );
    const outcomes = await runBatch(readBatch({ Records }));
    expect(statuses(outcomes)).toEqual(['succeeded', 'failed', 'unfinished']);
    expect(outcomes[1]).toMatchObject({
      error: { name: 'InvalidMessageError', message: expect.stringContaining('aggregated') as string },
    });
    expect(recorder.starts).toBe(1);
  });
}

function seenIn(outcome: Outcome | undefined): SeenMessage {
  if (outcome?.status !== 'failed' || !(outcome.error instanceof Error)) {
    throw new Error(`Expected a failure that reports the message, not ${inspect(outcome)}`);
  }
  return JSON.parse(outcome.error.message) as SeenMessage;
}

/** Returns the records of an event, in order. */
function recordsOf(event: object): readonly unknown[] {
  const { Records, records: byPartition = {} } = event as {
    readonly Records?: readonly unknown[];
    readonly records?: Readonly<Record<string, readonly unknown[]>>;
  };
  return Records ?? Object.values(byPartition).flat();
}
