import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

import { json } from '../../src/decode/index.ts';
import { checked, InvalidOptionError, ParallelLambdaError, type StandardSchema } from '../../src/index.ts';
import { contextOf } from '../../src/technique/index.ts';
import { messageOf } from '../message-of.ts';
import { returning } from './returning.ts';

const context = contextOf({}, new AbortController().signal);

describe('a schema that violates Standard Schema', () => {
  /** A promise of another library, of which `instanceof Promise` is false. */
  const thenable = (value: unknown, error?: Error): PromiseLike<unknown> => ({
    then: (onFulfilled, onRejected) =>
      (error ? Promise.reject(error) : Promise.resolve(value)).then(onFulfilled, onRejected),
  });

  it('is awaited when its result is a thenable and no Promise', async () => {
    const work = vi.fn(() => 'done');
    expect(await checked(returning(thenable({ value: 7 })), work)(messageOf('{}'), context)).toBe('done');
    expect(work).toHaveBeenCalledExactlyOnceWith(7, expect.anything(), context);
  });

  it('fails the message when a thenable rejects, or has issues', async () => {
    const error = new Error('the schema is broken');
    const rejecting = checked(returning(thenable(undefined, error)), () => undefined);
    await expect(rejecting(messageOf('{}'), context)).rejects.toThrow(error);
    const work = vi.fn();
    const failing = checked(returning(thenable({ issues: [{ message: 'no' }] })), work);
    await expect(failing(messageOf('{}'), context)).rejects.toThrow(
      'Message a does not fit its schema: the value',
    );
    expect(work).not.toHaveBeenCalled();
  });

  it.each([
    [undefined],
    [null],
    [7],
    ['value'],
    [{}],
    [true],
    [{ issues: undefined }],
    [{ issues: null }],
    [{ issues: 'no' }],
  ])('fails the message, and does not call the work, when its result is %o', async (result) => {
    const work = vi.fn<(...args: unknown[]) => undefined>();
    const run = (): unknown => checked(returning(result), work)(messageOf('{}'), context);
    expect(run).toThrow(ParallelLambdaError);
    expect(run).toThrow(/^The schema returned .* for message a, not \{ value \} or \{ issues \}/);
    const later = checked(returning(Promise.resolve(result)), work)(messageOf('{}'), context);
    await expect(later).rejects.toThrow('The schema returned ');
    expect(work).not.toHaveBeenCalled();
  });

  it('may give undefined as a value', () => {
    const work = vi.fn();
    checked(returning({ value: undefined }), work)(messageOf('{}'), context);
    expect(work).toHaveBeenCalledExactlyOnceWith(undefined, expect.anything(), context);
  });

  it.each([[undefined], [null], [{}], [{ '~standard': {} }], [z.object], ['schema']])(
    'is refused immediately when it is %o',
    (schema) => {
      const run = (): unknown => checked(schema as unknown as StandardSchema<unknown>, () => undefined);
      expect(run).toThrow(InvalidOptionError);
      expect(run).toThrow('schema of checked must be a Standard Schema');
    },
  );

  it('is refused immediately together with work or a decoder of the wrong type', () => {
    const run = (work: unknown, decode?: unknown) => (): unknown =>
      checked(z.unknown(), work as () => unknown, { decode: decode as never });
    expect(run(undefined)).toThrow(InvalidOptionError);
    expect(run(undefined)).toThrow('work of checked must be a function');
    expect(() => checked(z.unknown(), () => 1, { decoder: json } as never)).toThrow('Did you mean decode?');
    expect(run(() => 1, 'json')).toThrow(
      "decode of checked must be a function or a list of functions, not 'json'",
    );
    expect(run(() => 1, [json, undefined])).toThrow('not [ [Function: json], undefined ]');
  });
});
