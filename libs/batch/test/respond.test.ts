import { describe, expect, it } from 'vitest';

import {
  abandoned,
  InvalidResponseError,
  notStarted,
  respond,
  stopped,
  succeeded,
  type Outcome,
} from '../src/index.ts';
import { checkResponse } from '../src/respond.ts';
import { batchOf } from './batch-of.ts';

const failed: Outcome = { status: 'failed', error: new Error('failed') };
const again = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the response', () => {
  it('is empty when every message has succeeded', () => {
    expect(respond(batchOf('a', 'b'), [succeeded, succeeded])).toEqual(again());
    expect(respond(batchOf(), [])).toEqual(again());
  });

  it('names every message that has not succeeded, in the order of the batch', () => {
    const outcomes = [notStarted, succeeded, failed, abandoned, stopped];
    expect(respond(batchOf('a', 'b', 'c', 'd', 'e'), outcomes)).toEqual(again('a', 'c', 'd', 'e'));
  });

  it('names a message of which no outcome is told', () => {
    expect(respond(batchOf('a', 'b', 'c'), [succeeded])).toEqual(again('b', 'c'));
  });

  it.each([undefined, null, 'succeeded', true, {}, { status: 'done' }, ['succeeded']])(
    'names a message of which the outcome is %o',
    (unknown) => {
      expect(respond(batchOf('a', 'b'), [unknown as unknown as Outcome, succeeded])).toEqual(again('a'));
    },
  );

  it.each([[undefined], [null], ['succeeded'], [{ 0: succeeded, length: 1 }], [[succeeded, succeeded]]])(
    'is refused when the outcomes of one message are %o',
    (outcomes) => {
      expect(() => respond(batchOf('a'), outcomes as readonly Outcome[])).toThrow(InvalidResponseError);
    },
  );
});

describe('the check of a response', () => {
  it('lets pass what names messages of the batch once', () => {
    for (const ids of [[], ['a'], ['b', 'a']]) checkResponse(batchOf('a', 'b'), again(...ids));
  });

  it.each([
    ['a message that is not in the batch', again('c')],
    ['a message twice', again('a', 'a')],
    ['an empty identifier', again('')],
    ['no identifier', { batchItemFailures: [{ itemIdentifier: undefined as unknown as string }] }],
  ])('refuses what names %s', (_, response) => {
    expect(() => {
      checkResponse(batchOf('a', 'b'), response);
    }).toThrow(InvalidResponseError);
  });
});
