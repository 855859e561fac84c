import { describe, expect, it } from 'vitest';

import { localFunctionOptions } from '@parallel-lambda/local-lambda';
import { json, number, shared } from '../src/shared/options.ts';

describe('the options of a local function', () => {
  it('override what the template says, workers and threads by environment variables', () => {
    expect(
      localFunctionOptions({ workers: 4, threads: 2, memory: 1769, timeout: 3, runtime: 'aws' }),
    ).toEqual({
      runtime: 'aws',
      overrides: { memoryMb: 1769, timeoutSeconds: 3, environment: { WORKERS: '4', THREADS: '2' } },
    });
  });

  it('set no environment variable where nothing is wanted', () => {
    expect(localFunctionOptions({ runtime: 'own' }).overrides?.environment).toEqual({});
  });
});

describe('a whole number', () => {
  const { parse } = number('N', '', [3, 5]);

  it.each(['3', '5', '05'])('within its range is taken: %s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each(['2', '6', '4.0', '+4', '0x4', '', 'four'])('is not "%s", from 3 to 5', (text) => {
    expect(() => parse(text)).toThrow('It must be a whole number from 3 to 5.');
  });
});

describe('a number with a fraction', () => {
  const { parse } = number('N', '', [0.5, 5], { fraction: true });

  it.each(['0.5', '3', '4.99'])('within its range is taken: %s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each(['0.4', '5.1', '.5', '1e0', ''])('is not "%s", from 0.5 to 5', (text) => {
    expect(() => parse(text)).toThrow('It must be a number from 0.5 to 5.');
  });
});

describe('parameters of a template', () => {
  const { parse } = shared.parameter;

  it('are pairs, whose values may hold commas and equals signs', () => {
    expect(parse('Stage=prod,List=a,b,Query=x=1')).toEqual({ Stage: 'prod', List: 'a,b', Query: 'x=1' });
  });

  it.each(['', 'Stage', '=prod'])('are not "%s"', (text) => {
    expect(() => parse(text)).toThrow('It must be NAME=VALUE, separated by commas.');
  });
});

describe('JSON', () => {
  it.each(['null', ' {"hash": 7}', '""'])('stays the text that it is: %s', (text) => {
    expect(json(text)).toBe(text);
  });
});
