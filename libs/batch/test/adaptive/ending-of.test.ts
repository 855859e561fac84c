import { expect, it } from 'vitest';

import { endingOf } from '../../src/adaptive/ending-of.ts';
import { GiveUp, InvalidMessageError, RetryLater, TimeLimitError } from '../../src/index.ts';

const named = (name: string): Error => Object.assign(new Error(), { name });

it.each([
  ['an HTTP client with 429', Object.assign(new Error(), { status: 429 }), 'rejected'],
  ['axios with 503', Object.assign(new Error(), { response: { status: 503 } }), 'rejected'],
  [
    'the AWS SDK, throttled',
    Object.assign(named('ThrottlingException'), { $metadata: { httpStatusCode: 400 } }),
    'rejected',
  ],
  ['DynamoDB', named('ProvisionedThroughputExceededException'), 'rejected'],
  ['a refused connection', Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'rejected'],
  [
    'fetch',
    new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'UND_ERR_SOCKET' }) }),
    'rejected',
  ],
  ['RetryLater', new RetryLater({ seconds: 1 }), 'rejected'],
  ['within', new TimeLimitError(), 'rejected'],
  ['a timeout', new DOMException('', 'TimeoutError'), 'rejected'],
  ['a client error', Object.assign(new Error(), { status: 404 }), 'ignored'],
  ['an invalid message', new InvalidMessageError(), 'ignored'],
  ['GiveUp', new GiveUp('no items'), 'ignored'],
  ['a fault of the code', new TypeError('x is not a function'), 'ignored'],
  ['a server error', Object.assign(new Error(), { status: 500 }), 'failed'],
  ['an unknown error', new Error('failed'), 'failed'],
  ['a string', 'failed', 'failed'],
] as const)('%s is understood', (_, error, ending) => {
  expect(endingOf(error)).toBe(ending);
});

it('takes what cannot be read for an unknown error', () => {
  const refuse = (): never => {
    throw new Error('unreadable');
  };
  expect(endingOf(new Proxy({}, { get: refuse, getPrototypeOf: refuse }))).toBe('failed');
});
