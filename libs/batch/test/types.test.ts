/** Code that must not compile. The type check is the test: an unused `@ts-expect-error` is an error. */
import { Readable } from 'node:stream';

import type {
  Context,
  DynamoDBRecord,
  DynamoDBStreamHandler,
  Handler,
  KinesisStreamBatchResponse,
  KinesisStreamEvent,
  KinesisStreamHandler,
  KinesisStreamRecord,
  MSKEvent,
  MSKHandler,
  MSKRecord,
  SelfManagedKafkaHandler,
  SQSBatchResponse,
  SQSEvent,
  SQSHandler,
  SQSRecord,
} from 'aws-lambda';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import * as z from 'zod';

import { base64, dynamoDbChange, gunzip, json, snsEnvelope } from '../src/decode/index.ts';
import {
  batchHandler,
  checked,
  type BatchResponse,
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
  // @ts-expect-error -- an unfinished message has a reason
  { status: 'unfinished' },
  // @ts-expect-error -- no such reason
  { status: 'unfinished', reason: 'slow' },
];

export const works: readonly Work[] = [
  () => undefined,
  async ({ text }, { signal }) => {
    await fetch(text, { signal });
  },
  // @ts-expect-error -- a message is not a string
  (message: string) => message,
];

/** An Effect as the types of Effect 4 have it. */
declare const effect: { readonly '~effect/Effect': { readonly _A: () => number }; pipe(): unknown };

export const worksThatAreNotRun: readonly Work[] = [
  // @ts-expect-error -- an Effect is not run
  () => effect,
  // @ts-expect-error -- nor is the Effect that a promise holds
  async () => Promise.resolve(effect),
  // @ts-expect-error -- the body of a generator does not run
  function* () {
    yield 1;
  },
  // @ts-expect-error -- nor does that of an asynchronous one
  async function* () {
    yield await Promise.resolve(1);
  },
  // @ts-expect-error -- a function is not called
  () => () => undefined,
  // @ts-expect-error -- nor when a promise holds it
  async () => Promise.resolve(() => undefined),
  // @ts-expect-error -- a stream is not read
  () => Readable.from([]),
  // @ts-expect-error -- nor a web stream
  async () => (await fetch('https://example.com')).body,
  // @ts-expect-error -- the code of a timer has not run
  () => setTimeout(() => undefined, 1),
  // @ts-expect-error -- an Observable is not subscribed to
  () => ({ subscribe: (observer: unknown) => observer }),
  // @ts-expect-error -- a Result may be a failure
  () => ({ isErr: () => true, error: new Error('failed') }),
  // @ts-expect-error -- its type is unknown
  () => JSON.parse('1') as unknown,
];

export const worksThatReturn: readonly Work[] = [
  async () => fetch('https://example.com'),
  () => new Map([[1, 2]]),
  () => new Uint8Array(1),
  () => [1, { next: 'page' }],
  () => Promise.resolve({ items: [], next: undefined }),
  () => Promise.resolve<Record<string, string>>({}),
  (): any => JSON.parse('1'), // eslint-disable-line @typescript-eslint/no-explicit-any -- any is what the compiler cannot check
  () => new Error('returned'),
  () =>
    ({
      then: (fulfil: (value: number) => void) => {
        fulfil(1);
      },
    }) as PromiseLike<number>,
];

export const handlers = (technique: Technique) => {
  const handler = batchHandler(technique);
  const sqs: SQSHandler = handler;
  const kinesis: KinesisStreamHandler = handler;
  const dynamoDb: DynamoDBStreamHandler = handler;
  const msk: MSKHandler = handler;
  const kafka: SelfManagedKafkaHandler = handler;
  const wrapped = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => handler(event, context);
  const wrappedStream = async (event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> =>
    await handler(event);
  const pipe: Handler<readonly SQSRecord[], BatchResponse> = handler;
  const any: Handler = handler;
  // @ts-expect-error -- Kafka's identifiers are no texts
  const wrong = async (event: MSKEvent): Promise<SQSBatchResponse> => await handler(event);
  return [sqs, kinesis, dynamoDb, msk, kafka, wrapped, wrappedStream, pipe, any, wrong];
};

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

// @ts-expect-error -- the type of the record is unknown without a type parameter
export const unknownRecord: Work = ({ record }) => String(record.messageId);

const order = z.object({ id: z.string(), at: z.coerce.date() });
const sale = v.object({ id: v.string(), amount: v.optional(v.number(), 1) });

export const checkedWorks: readonly Work[] = [
  checked(order, ({ id, at }) => id.toUpperCase() + at.toISOString()),
  checked(sale, ({ amount }, { text }, { signal }) => [amount.toFixed(), text.length, signal.aborted]),
  // @ts-expect-error -- what the schema does not give
  checked(order, ({ amount }) => String(amount)),
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
  context.awsRequestId = '';
}

export function optionsAreKnown(technique: Technique): void {
  batchHandler(technique, { marginMs: 5 });
  batchHandler(technique, {
    onFullFailure: 'throw',
    kafkaLanes: 'key',
    onBatchEnd: async ({ messages, outcomes: all, context: { awsRequestId } }) => {
      await Promise.resolve([messages[0]?.id, all[0]?.status, awsRequestId?.length]);
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
  // @ts-expect-error -- in milliseconds, as in Lambda
  startDeadline(new Date());
}

it('is checked by the compiler', () => {
  expect(outcomes).toHaveLength(5);
});
