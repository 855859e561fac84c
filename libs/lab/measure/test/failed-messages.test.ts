import { describe, expect, it } from 'vitest';

import { failedMessages } from '../src/failed-messages.ts';

const queue = { Records: ['a', 'b', 'c'].map((messageId) => ({ messageId })) };
const kinesis = { Records: ['1', '2', '3'].map((sequenceNumber) => ({ kinesis: { sequenceNumber } })) };
const pipe = ['1', '2', '3'].map((eventID) => ({ eventID, sequenceNumber: '9' }));
const table = { Records: ['1', '2', '3'].map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })) };
const kafka = { records: { 'orders-0': [{ offset: 5 }, { offset: 6 }], 'orders-1': [{ offset: 5 }] } };

function failures(...identifiers: readonly unknown[]): unknown {
  return { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) };
}

describe('the messages of a batch that are not finished', () => {
  it.each([
    ['no response', queue, null, 0],
    ['an empty list', queue, failures(), 0],
    ['messages of a queue, each once', queue, failures('a', 'c', 'a'), 2],
    ['a record of a stream: also all behind it', kinesis, failures('3', '2'), 2],
    ['a record of a table', table, failures('1'), 3],
    ['records of Kafka', kafka, failures({ partition: 'orders-0', offset: 6 }), 1],
    ['messages of a queue that a pipe sends', queue.Records, failures('b'), 1],
    ['a record of a stream that a pipe sends', pipe, failures('2'), 2],
    ['an unknown identifier: the whole batch', queue, failures('a', 'z'), 3],
    ['an empty identifier', queue, failures(''), 3],
    ['a list that is not a list', queue, { batchItemFailures: 'a' }, 3],
  ])('%s', (_, event, payload, expected) => {
    expect(failedMessages(payload, event, 3)).toBe(expected);
  });
});
