import { expect, it } from 'vitest';

import type { TestMessage } from '../../src/messages/test-message.ts';
import { TokenIndex, tokensOf } from '../../src/messages/tokens.ts';

function message(key: string, body: string): TestMessage {
  return { key, lane: undefined, tokens: tokensOf(key, body), record: {} };
}

function indexOf(...messages: readonly TestMessage[]): TokenIndex {
  const index = new TokenIndex();
  index.add(messages);
  return index;
}

const one = message('key-one', '{"id":100001,"text":"the same text"}');
const two = message('key-two', '{"id":100011,"text":"the same text"}');

it('recognizes a message by what only this message holds', () => {
  expect(indexOf(one, two).messagesIn('GET /orders/100001')).toEqual(new Set(['key-one']));
});

it('recognizes all messages of a call for several', () => {
  const found = indexOf(one, two).messagesIn('{"ids":[100001,100011]}');
  expect(found).toEqual(new Set(['key-one', 'key-two']));
});

it.each(['GET /orders/1000011', 'GET /orders/1100001', 'the same text', 'nothing'])(
  'does not recognize a message in %s',
  (text) => {
    expect(indexOf(one, two).messagesIn(text).size).toBe(0);
  },
);

it('recognizes a message by what an envelope holds as JSON in a text', () => {
  const index = indexOf(message('key-one', '{"Message":"{\\"id\\":\\"check-100001\\"}"}'));
  expect(index.messagesIn('POST /check-100001')).toEqual(new Set(['key-one']));
});

it('recognizes a message by its identifier and by a body that is not JSON', () => {
  const index = indexOf(message('key-one', 'Call Anna'), message('key-two', 'Call Ben!'));
  expect(index.messagesIn('key-one')).toEqual(new Set(['key-one']));
  expect(index.messagesIn('> Call Ben! <')).toEqual(new Set(['key-two']));
});

it('recognizes a message by an identifier in a body that is not JSON, and not by its other words', () => {
  const index = indexOf(
    message('key-one', '10:00\tGET\t/link-100001\tDE'),
    message('key-two', 'delete link-100002'),
  );
  expect(index.messagesIn('{"id":"link-100001"}')).toEqual(new Set(['key-one']));
  expect(index.messagesIn('POST /delete').size).toBe(0);
});
