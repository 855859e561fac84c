import { InvalidOptionError } from '@parallel-lambda/batch';
import { afterEach, expect, it, vi } from 'vitest';

import { sqsRedelivery } from '../src/index.ts';
import { fatesOf } from './fates-of.ts';
import { RecordingClient } from './recording-client.ts';
import { sqsEvent } from './sqs-event.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/parked';

it.each<[object, string]>([
  [{ bakcoff: {} }, "Unknown option 'bakcoff' of sqsRedelivery. Did you mean backoff?"],
  [{ backoff: { firstSeconds: 0 } }, 'backoff must have firstSeconds above 0'],
  [{ backoff: { firstSeconds: NaN } }, 'not { firstSeconds: NaN, maxSeconds: 900 }'],
  [{ backoff: { firstSeconds: 1, maxSeconds: 43_201 } }, 'maxSeconds from firstSeconds to 43200'],
  [{ backoff: { firstSeconds: 1_000 } }, 'not { firstSeconds: 1000, maxSeconds: 900 }'],
  [{ heldBack: { firstSeconds: -1 } }, 'heldBack must have firstSeconds above 0'],
  [{ unfinished: 'now' }, "unfinished of sqsRedelivery must be 'immediately', not 'now'"],
  [{ park: 'parked' }, 'park must be the URL of an SQS queue, such as https://sqs.eu-west-1.amazonaws.com/1'],
  [{ park: 7 }, 'not 7'],
  [{ park: '' }, "not ''"],
  [{ giveUpOn: 'TypeError' }, "giveUpOn of sqsRedelivery must be a function, not 'TypeError'"],
  [{ client: {} }, 'such as new SQS({}) of @aws-sdk/client-sqs (not SQSClient), not {}'],
  [{ client: null }, 'client of sqsRedelivery must be a client with sendMessageBatch'],
  [{ backoff: { firstSeconds: 900, maxSeconds: 10 } }, 'not { firstSeconds: 900, maxSeconds: 10 }'],
  [{ timeoutMs: 0 }, 'timeoutMs of sqsRedelivery must be a number of milliseconds from 100 to 900000, not 0'],
])('refuses %o while the function starts', (options, message) => {
  const make = (): unknown => sqsRedelivery(options);
  expect(make).toThrow(InvalidOptionError);
  expect(make).toThrow(message);
});

it.each([
  url,
  `${url}.fifo`,
  'http://localhost:4566/000000000000/parked',
  'http://localhost/queue/us-east-1/0/parked',
])('takes the queue %s', (park) => {
  expect(() => sqsRedelivery({ park })).not.toThrow();
});

it('takes the parking queue from PARKING_QUEUE_URL first', async () => {
  vi.stubEnv('PARKING_QUEUE_URL', `${url}-2`);
  const client = new RecordingClient();
  await fatesOf(sqsEvent('give up'), { client, park: url });
  expect(client.sent[0]?.QueueUrl).toBe(`${url}-2`);
});

it('refuses a PARKING_QUEUE_URL that is not a URL, and ignores an empty one', () => {
  vi.stubEnv('PARKING_QUEUE_URL', 'parked');
  expect(() => sqsRedelivery()).toThrow(
    'The environment variable PARKING_QUEUE_URL must be the URL of an SQS queue',
  );
  vi.stubEnv('PARKING_QUEUE_URL', '');
  expect(() => sqsRedelivery()).not.toThrow();
});

it.each([
  ['arn:aws:sqs:eu-west-1:123456789012:orders', 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders'],
  [
    'arn:aws-cn:sqs:cn-north-1:123456789012:orders',
    'https://sqs.cn-north-1.amazonaws.com.cn/123456789012/orders',
  ],
  ['arn:aws-us-gov:sqs:us-gov-west-1:1:orders.fifo', 'https://sqs.us-gov-west-1.amazonaws.com/1/orders.fifo'],
  ['arn:aws-iso-f:sqs:us-isof-east-1:1:orders', 'https://sqs.us-isof-east-1.csp.hci.ic.gov/1/orders'],
  ['arn:aws-eusc:sqs:eusc-de-east-1:1:orders', 'https://sqs.eusc-de-east-1.amazonaws.eu/1/orders'],
])('finds the queue of %s', async (eventSourceARN, queueUrl) => {
  const client = new RecordingClient();
  const { Records } = sqsEvent('retry in 5');
  const groups = eventSourceARN.endsWith('.fifo') ? { attributes: { MessageGroupId: 'a' } } : {};
  await fatesOf({ Records: Records.map((record) => ({ ...record, ...groups, eventSourceARN })) }, { client });
  expect(client.delayed[0]?.QueueUrl).toBe(queueUrl);
});
