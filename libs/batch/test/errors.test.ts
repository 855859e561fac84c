import { describe, expect, it } from 'vitest';

import * as batch from '../src/index.ts';

const classes = [
  ['ParallelLambdaError', batch.ParallelLambdaError],
  ['InvalidEventError', batch.InvalidEventError],
  ['InvalidOptionError', batch.InvalidOptionError],
  ['InvalidResponseError', batch.InvalidResponseError],
  ['InvalidMessageError', batch.InvalidMessageError],
  ['FullFailureError', batch.FullFailureError],
] as const;

it.each(classes)('%s has its name, which Lambda reports as errorType, also when minified', (name, type) => {
  const error = new type('what', { cause: 'why' });
  expect(error).toMatchObject({ name, message: 'what', cause: 'why' });
  expect(error).toBeInstanceOf(batch.ParallelLambdaError);
});

describe('RetryLater', () => {
  it.each([0, 0.5, 43_200])('takes %d seconds', (seconds) => {
    expect(new batch.RetryLater({ seconds, cause: 'why' })).toMatchObject({
      ...{ name: 'RetryLater', fate: 'retry later', seconds, cause: 'why', message: `Retry in ${seconds} s` },
    });
  });

  it.each([-1, NaN, Infinity, 43_201, '30' as never, undefined as never])('refuses %o seconds', (seconds) => {
    const make = (): unknown => new batch.RetryLater({ seconds, cause: 'why' });
    expect(make).toThrow(batch.InvalidOptionError);
    expect(make).toThrow(`seconds of RetryLater must be a number from 0 to 43200, not ${seconds}`);
    expect(make).toThrow(expect.objectContaining({ cause: 'why' }));
  });
});

it('GiveUp has a reason', () => {
  expect(new batch.GiveUp('no items', { cause: 'why' })).toMatchObject({
    ...{ name: 'GiveUp', fate: 'give up', message: 'no items', cause: 'why' },
  });
});
