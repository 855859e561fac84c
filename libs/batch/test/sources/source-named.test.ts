import { expect, it } from 'vitest';

import { ParallelLambdaError } from '../../src/index.ts';
import { sources } from '../../src/sources/index.ts';
import { sourceNamed } from '../../src/technique/index.ts';

it('is found by its name', () => {
  for (const source of sources) expect(sourceNamed(source.name)).toBe(source);
});

it('is never guessed', () => {
  expect(() => sourceNamed('SNS')).toThrow(ParallelLambdaError);
  expect(() => sourceNamed('SNS')).toThrow("Unknown source 'SNS': expected one of SQS, SQS FIFO");
});
