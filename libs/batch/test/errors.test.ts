import { expect, it } from 'vitest';

import * as batch from '../src/index.ts';

const classes = [
  ['ParallelLambdaError', batch.ParallelLambdaError],
  ['InvalidEventError', batch.InvalidEventError],
  ['InvalidOptionError', batch.InvalidOptionError],
  ['InvalidResponseError', batch.InvalidResponseError],
  ['InvalidMessageError', batch.InvalidMessageError],
  ['FullFailureError', batch.FullFailureError],
] as const;

it.each(classes)('%s bears its name, which Lambda reports as errorType, also when minified', (name, type) => {
  const error = new type('what', { cause: 'why' });
  expect(error).toMatchObject({ name, message: 'what', cause: 'why' });
  expect(error).toBeInstanceOf(batch.ParallelLambdaError);
});
