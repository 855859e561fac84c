import { expect, it } from 'vitest';

import { expectedRedeliveries } from '../src/models/redelivery-model.ts';
import { sourcesUnderTest } from '../src/sources/sources-under-test.ts';

const messages = ['a', 'b', 'a', 'b', 'a', 'c'].map((group, position) => ({
  group,
  succeeds: ![2, 3].includes(position),
}));

it.each([
  ['SQS', [2, 3]],
  ['SQS FIFO', [2, 3, 4]],
  ['Kinesis', [2]],
  ['DynamoDB Streams', [2]],
  ['Kafka, by partition', [2, 3, 4]],
  ['Kafka, by key', [2, 3, 4]],
])('the model of %s redelivers %o', (name, expected) => {
  const source = sourcesUnderTest.find((candidate) => candidate.name === name);
  expect(source && expectedRedeliveries(source, messages)).toEqual(expected);
});

it.each(sourcesUnderTest)('the model of $name redelivers no message if all succeeded', (source) => {
  const all = messages.map(({ group }) => ({ group, succeeds: true }));
  expect(expectedRedeliveries(source, all)).toEqual([]);
  expect(expectedRedeliveries(source, [])).toEqual([]);
});
