import { beforeEach, describe, expect, it } from 'vitest';

import { logOutcomes } from '../../src/log-outcomes.ts';
import { batchOf } from '../batch-of.ts';
import { failed, RecordingLogger } from './recording-logger.ts';

let recorded: RecordingLogger;

beforeEach(() => {
  recorded = new RecordingLogger();
});

describe('a logged error', () => {
  it('keeps its class name, message, codes, causes and stack', () => {
    class PaymentError extends Error {
      override readonly name = 'PaymentError';
      readonly code = 'DECLINED';
      readonly $metadata = { requestId: 'r-1', cfId: 'c' };
    }
    const error = new PaymentError('no', { cause: new TypeError('why') });
    logOutcomes(batchOf('a'), [failed(error)], recorded.logger);
    const [[, , logged]] = recorded.lines as [[string, string, Error]];
    expect(logged).toBeInstanceOf(Error);
    expect(logged).not.toBe(error);
    expect(logged.constructor.name).toBe('PaymentError');
    expect(Object.fromEntries(Object.entries(logged))).toEqual({ code: 'DECLINED', requestId: 'r-1' });
    expect([logged.name, logged.message, logged.stack]).toEqual([error.name, error.message, error.stack]);
    expect(logged.cause).toMatchObject({ name: 'TypeError', message: 'why' });
  });

  it('has the frames of its stack, however long its message', () => {
    logOutcomes(batchOf('a'), [failed(new Error(`${'x'.repeat(5_000)}\n and more`))], recorded.logger);
    expect(recorded.lines[0]?.[2]?.stack).toMatch(/^Error: x{1000}…\n {4}at .*loggable-error\.test\.ts/);
  });

  it('accepts a stack that is not a string', () => {
    logOutcomes(batchOf('a'), [failed(Object.assign(new Error('odd'), { stack: 7 }))], recorded.logger);
    expect(recorded.lines[0]?.[2]?.stack).toBe('Error: odd');
  });
});
