import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { fromPlainError, toPlainError } from '../src/shared/plain-error.ts';

class OrderError extends TypeError {
  readonly code = 'E_ORDER';
  readonly status = 422;
}

/** Returns what arrives in the main thread. */
function crossed(thrown: unknown): Error & Record<string, unknown> {
  return fromPlainError(structuredClone(toPlainError(thrown))) as Error & Record<string, unknown>;
}

describe('an error sent from a thread', () => {
  it('keeps its class by name, and its built-in class', () => {
    const error = crossed(new OrderError('no such order'));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.constructor.name).toBe('OrderError');
    expect(error).toMatchObject({ message: 'no such order', code: 'E_ORDER', status: 422 });
    expect(error.stack).toContain('plain-error.test.ts');
    expect(Object.keys(error)).toEqual(['code', 'status']);
  });

  it('keeps what the AWS SDK adds', () => {
    const $metadata = { httpStatusCode: 400, requestId: 'r1', attempts: 3 };
    const thrown = Object.assign(new Error('slow down'), { name: 'Throttling', $fault: 'client', $metadata });
    expect(crossed(thrown)).toMatchObject({ name: 'Throttling', $fault: 'client', $metadata });
  });

  it('keeps the code of an AbortError, which is a getter of its class', () => {
    expect(crossed(new DOMException('stop', 'AbortError'))).toMatchObject({ name: 'AbortError', code: 20 });
  });

  it('keeps the errors of an AggregateError, and causes', () => {
    const cause = new RangeError('the cause', { cause: 'a text' });
    const error = crossed(new AggregateError([new OrderError('one'), 'two'], 'both', { cause }));
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors).toMatchObject([{ message: 'one', code: 'E_ORDER' }, 'two']);
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(error.cause).toMatchObject({ message: 'the cause', cause: 'a text' });
  });

  it('keeps an object of errors, as validation libraries have it', () => {
    const errors = { name: { message: 'required' } };
    expect(crossed(Object.assign(new Error('invalid'), { errors }))).toMatchObject({ errors });
  });

  it('keeps what an error of another realm is', () => {
    const thrown: unknown = runInNewContext("Object.assign(new RangeError('other'), { code: 'E_OTHER' })");
    expect(crossed(thrown)).toBeInstanceOf(RangeError);
    expect(crossed(thrown)).toMatchObject({ message: 'other', code: 'E_OTHER' });
  });

  it.each([undefined, null, 7, 'text', { kind: 'plain', nested: { list: [1, 2] } }])('keeps %j', (value) => {
    expect(crossed(value)).toEqual(value);
  });

  it.each([
    [() => undefined, 'Function'],
    [Symbol('s'), 'Symbol(s)'],
    [new Map([[1, 2]]), 'Map'],
    [new WeakSet(), 'WeakSet'],
    [new URL('https://example.org/a'), 'https://example.org/a'],
  ])('becomes a text if it is not data: %s', (value, text) => {
    expect(crossed(value)).toContain(text);
  });
});

describe('the properties of a sent error', () => {
  it('leave out functions and getters that throw', () => {
    const thrown = Object.assign(new Error('x'), { retry: () => undefined, good: 1 });
    Object.defineProperty(thrown, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('unreadable');
      },
    });
    expect(Object.keys(crossed(thrown))).toEqual(['good']);
  });

  it('are limited in depth and size, and small ones are kept first', () => {
    const circular: Record<string, unknown> = { data: 'x'.repeat(100_000), list: Array(10_000).fill('item') };
    circular.self = circular;
    const error = crossed(
      Object.assign(new Error('axios'), { request: circular, config: circular, status: 503 }),
    );
    expect(error.status).toBe(503);
    expect(JSON.stringify(error).length).toBeLessThan(10_000);
  });

  it('are limited for causes too', () => {
    let thrown = new Error('y'.repeat(1_000_000));
    for (let depth = 0; depth < 100; depth += 1) thrown = new Error('outer', { cause: thrown });
    expect(JSON.stringify(toPlainError(thrown)).length).toBeLessThan(300_000);
  });

  it('cannot change the prototype of the error', () => {
    const thrown = Object.defineProperty(new Error('x'), '__proto__', {
      value: { evil: 1 },
      enumerable: true,
    });
    expect(crossed(thrown)).toBeInstanceOf(Error);
  });
});
