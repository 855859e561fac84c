import { localFunctionOptions } from '@parallel-lambda/local-lambda';
import { parseEndpoint, parseLayer } from '@parallel-lambda/local-stack/options';
import { describe, expect, it } from 'vitest';

import { shared } from '../src/shared/options.ts';

describe('the options of a local function', () => {
  it('override the template, and set workers and threads by environment variables', () => {
    expect(
      localFunctionOptions({ workers: 4, threads: 2, memory: 1769, timeout: 3, runtime: 'aws' }),
    ).toEqual({
      runtime: 'aws',
      overrides: { memoryMb: 1769, timeoutSeconds: 3, environment: { WORKERS: '4', THREADS: '2' } },
    });
  });

  it('set no environment variable if none is requested', () => {
    expect(localFunctionOptions({ runtime: 'own' }).overrides?.environment).toEqual({});
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

describe('endpoints of services', () => {
  it('are collected', () => {
    const first = parseEndpoint('dynamodb=http://localhost:8000');
    expect(parseEndpoint('events=https://e', first)).toEqual({
      dynamodb: 'http://localhost:8000',
      events: 'https://e',
    });
  });

  it.each(['', 'dynamodb', 'dynamodb=localhost:8000', '=http://localhost'])('are not "%s"', (text) => {
    expect(() => parseEndpoint(text)).toThrow(
      'It must be SERVICE=URL, such as dynamodb=http://localhost:8000.',
    );
  });
});

describe('layers', () => {
  it('are collected: folders and zip files, by name or ARN', () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:layer:shared:3';
    expect(parseLayer(`${arn}=test`, parseLayer('own=src'))).toEqual({ own: 'src', [arn]: 'test' });
  });

  it('are not anything else', () => {
    expect(() => parseLayer('src')).toThrow('It must be NAME=FOLDER or NAME=ZIP, such as shared=./layer.');
    expect(() => parseLayer('own=package.json')).toThrow('package.json is neither a folder nor a zip file.');
  });
});
