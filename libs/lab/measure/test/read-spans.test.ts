import { expect, it } from 'vitest';

import { readSpans } from '../src/read-spans.ts';

const span = (message: string, from: number, to: number) =>
  JSON.stringify({ span: { message, thread: 1, nature: 'waits', from, to } });

const text = (line: string) => `2026-11-23T06:00:00.000Z\trequest\tINFO\t${line}`;

const expected = [
  { message: 1, thread: 1, nature: 'waits', from: 0, to: 50.25 },
  { message: 0, thread: 1, nature: 'waits', from: 10, to: 20 },
];

it('finds the steps in a text log, from the first on', () => {
  const log = [
    'START RequestId: request Version: $LATEST',
    text(span('a', 1010, 1020)),
    text(span('b', 1000, 1050.254)),
    text('something else'),
    'REPORT RequestId: request',
  ];
  expect(readSpans(log.join('\n'), ['a', 'b'])).toEqual(expected);
});

it('finds them in a JSON log', () => {
  const log = [span('a', 1010, 1020), span('b', 1000, 1050.254), 'else'].map((message) =>
    JSON.stringify({ level: 'INFO', message }),
  );
  expect(readSpans(log.join('\n'), ['a', 'b'])).toEqual(expected);
});

it('finds none of a message that is not in the batch, and none where none was logged', () => {
  expect(readSpans(text(span('x', 0, 1)), ['a'])).toEqual([]);
  expect(readSpans('END RequestId: request', ['a'])).toEqual([]);
});
