import type { Outcome } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import { kafkaEvent, kafkaRecord, kinesisRecord } from '@parallel-lambda/event-sources';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

import type { SeenMessage } from '../deeds.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { sentMessages } from '../sent-messages.ts';
import { setUpForAll } from '../set-up-for-all.ts';
import { sourcesUnderTest } from '../sources-under-test.ts';
import { sqsEvent } from '../sqs-event.ts';
import { statuses } from '../statuses.ts';
import { writeTask } from '../task.ts';
import { turns } from '../turns.ts';

const payloads = ['', 'plain', 'ä€😀 \0 \uFEFF', '\r\n\u2028'];

/** A work is given the text, the bytes and the record of its own message, of whatever source. */
export function records(makeTechnique: MakeTechnique): void {
  const trial = setUpForAll(makeTechnique, { workers: 3 });

  describe.each(sourcesUnderTest)('of $name', (source) => {
    it.each(payloads)('are seen by the work: %j', async (payload) => {
      const number = 2;
      const body = writeTask({ number, do: 'tell of the message' }, payload);
      const messages = [
        ...sentMessages(['succeed', 'succeed']),
        { id: `message-${number}`, body, receiveCount: 5 },
      ];
      const event = source.eventOf(messages);
      const batch = readBatch(event, source.options);
      const outcomes = await trial().runBatch(batch);
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

  it('are each seen by the work on their own message, of many at a time', async () => {
    const messages = Array.from({ length: 40 }, (_, number) => ({
      id: `message-${number}`,
      body: writeTask({ number, do: 'tell of the message' }),
    }));
    const { Records } = sqsEvent(messages);
    // Standard SQS may deliver one twice: the records stand further on in the event than their messages in the batch.
    const event = { Records: [...Records.slice(0, 5), ...Records] };
    const outcomes = await trial().runBatch(readBatch(event));
    expect(outcomes.map((outcome) => seenIn(outcome).record)).toEqual(Records);
  });

  it('that are not UTF-8 fail, and no other', async () => {
    const value = new Uint8Array([0xff]);
    const orders = sentMessages(['succeed', 'succeed']).map(({ body }, partition) =>
      kafkaRecord({ partition, value: body }),
    );
    const batch = readBatch(kafkaEvent([...orders, kafkaRecord({ partition: 7, value })]));
    const outcomes = await trial().runBatch(batch);
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'failed']);
    expect(outcomes[2]).toMatchObject({
      error: {
        name: 'InvalidMessageError',
        message: expect.stringContaining('topic-7@0 is not UTF-8') as string,
      },
    });
  });

  it('that the Kinesis Producer Library made of several fail before they are worked on', async () => {
    const { runBatch, witness } = trial();
    await turns();
    witness.reset();
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
    expect(witness.starts).toBe(1);
  });
}

function seenIn(outcome: Outcome | undefined): SeenMessage {
  if (outcome?.status !== 'failed' || !(outcome.error instanceof Error)) {
    throw new Error(`It was to fail with what it saw, not ${inspect(outcome)}`);
  }
  return JSON.parse(outcome.error.message) as SeenMessage;
}

/** The records of an event, in its order. */
function recordsOf(event: object): readonly unknown[] {
  const { Records, records: byPartition = {} } = event as {
    readonly Records?: readonly unknown[];
    readonly records?: Readonly<Record<string, readonly unknown[]>>;
  };
  return Records ?? Object.values(byPartition).flat();
}
