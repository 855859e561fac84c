/** What must not compile. The type check is the test: an unused `@ts-expect-error` is an error. */
import type { DynamoDBRecord, KinesisStreamRecord, MSKRecord, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import * as z from 'zod';

import { base64, dynamoDbChange, gunzip, json, snsEnvelope } from '../src/decode/index.ts';
import {
  batchHandler,
  checked,
  type Message,
  type Outcome,
  type Technique,
  type Work,
  type WorkContext,
} from '../src/index.ts';
import { notStarted, startDeadline, succeeded, type Batch } from '../src/technique/index.ts';

export const outcomes: readonly Outcome[] = [
  succeeded,
  { status: 'failed', error: undefined },
  // @ts-expect-error -- no such status
  { status: 'done' },
  // @ts-expect-error -- an unfinished message says why
  { status: 'unfinished' },
  // @ts-expect-error -- no such reason
  { status: 'unfinished', reason: 'slow' },
];

export const works: readonly Work[] = [
  () => undefined,
  async ({ text }, { signal }) => {
    await fetch(text, { signal });
  },
  // @ts-expect-error -- a message is no text
  (message: string) => message,
];

export const worksOfASource: readonly Work<SQSRecord>[] = [
  ({ record }) => record.attributes.MessageGroupId?.toUpperCase(),
  // @ts-expect-error -- an SQS record has no such property
  ({ record }) => typeof record.kinesis,
];

export const workOfEachSource = {
  kinesis: ({ record }: Message<KinesisStreamRecord>) => record.kinesis.partitionKey.toUpperCase(),
  dynamoDb: ({ record }: Message<DynamoDBRecord>) => record.dynamodb?.Keys?.Id?.S?.toUpperCase(),
  kafka: ({ record }: Message<MSKRecord>) => record.headers.map((header) => Object.keys(header)),
} satisfies Readonly<Record<string, Work<never>>>;

// @ts-expect-error -- of what source nobody knows is not known in work that does not say
export const unknownRecord: Work = ({ record }) => record.messageId;

const order = z.object({ id: z.string(), at: z.coerce.date() });
const sale = v.object({ id: v.string(), amount: v.optional(v.number(), 1) });

export const checkedWorks: readonly Work[] = [
  checked(order, ({ id, at }) => id.toUpperCase() + at.toISOString()),
  checked(sale, ({ amount }, { text }, { signal }) => [amount.toFixed(), text.length, signal.aborted]),
  // @ts-expect-error -- what the schema does not give
  checked(order, ({ amount }) => amount),
  // @ts-expect-error -- the type that it gives, not the one that it takes
  checked(order, (value: { readonly at: string }) => value),
  checked(order, ({ id }) => id, { decode: (bytes) => Buffer.from(bytes).toString() }),
  checked(order, ({ id }) => id, { decode: [base64, gunzip, snsEnvelope, json] }),
  checked(order, ({ id }) => id, { decode: dynamoDbChange }),
  // @ts-expect-error -- the first decoder gets bytes
  checked(order, ({ id }) => id, { decode: (text: number) => text }),
];

export const refused: readonly (() => Work)[] = [
  // @ts-expect-error -- a schema, not what makes one
  () => checked(z.object, () => undefined),
  // @ts-expect-error -- at least one decoder
  () => checked(order, ({ id }) => id, { decode: [] }),
];

export const checkedWorkOfASource: Work<SQSRecord> = checked(
  order,
  ({ id }, { record }: Message<SQSRecord>) => id + record.receiptHandle,
);

export const techniques: readonly Technique[] = [
  ({ messages }) => Promise.resolve(messages.map(() => notStarted)),
  // @ts-expect-error -- outcomes, not nothing
  () => Promise.resolve(),
  // @ts-expect-error -- statuses alone are no outcomes
  ({ messages }) => Promise.resolve(messages.map(() => 'succeeded')),
];

export function nothingIsChanged(batch: Batch, message: Message, context: WorkContext): void {
  // @ts-expect-error -- read only
  batch.messages[0] = message;
  // @ts-expect-error -- read only
  batch.lanes[0] = [1];
  // @ts-expect-error -- read only
  message.text = '';
  // @ts-expect-error -- read only
  context.requestId = '';
}

export function optionsAreKnown(technique: Technique): void {
  batchHandler(technique, { marginMs: 5 });
  batchHandler(technique, {
    onFullFailure: 'throw',
    kafkaLanes: 'key',
    onBatchEnd: async ({ messages, outcomes: all, context: { requestId } }) => {
      await Promise.resolve([messages[0]?.id, all[0]?.status, requestId?.length]);
    },
  });
  // @ts-expect-error -- no such choice
  batchHandler(technique, { onFullFailure: 'ignore' });
  // @ts-expect-error -- no such choice
  batchHandler(technique, { kafkaLanes: 'topic' });
  // @ts-expect-error -- units are in the name
  batchHandler(technique, { margin: 5 });
  // @ts-expect-error -- a technique, not its name
  batchHandler('promises');
  // @ts-expect-error -- in milliseconds, as Lambda says it
  startDeadline(new Date());
}

it('is checked by the compiler', () => {
  expect(outcomes).toHaveLength(5);
});
