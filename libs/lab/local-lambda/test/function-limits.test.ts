import { expect, it } from 'vitest';

import type { FunctionDefinition } from '../src/function-definition.ts';
import { applyOverrides, invocationsPerEnvironment, timeoutOf } from '../src/function-settings.ts';

const definition: FunctionDefinition = {
  name: 'orders',
  logicalId: 'Orders',
  codeFolder: '/code',
  handler: 'handler.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memoryMb: 4096,
  timeoutSeconds: 30,
  environment: {},
  logFormat: 'JSON',
  notes: [],
};

const managed: FunctionDefinition = { ...definition, managedInstances: { perEnvironment: 64 } };

it.each([
  [{ timeoutSeconds: 901 }, 'The timeout in seconds must be a whole number from 1 to 900, not 901'],
  [{ memoryMb: 10_241 }, 'The memory size in MB must be a whole number from 128 to 10240, not 10241'],
])('refuses %j on demand', (overrides, message) => {
  expect(() => applyOverrides(definition, overrides)).toThrow(message);
});

it.each([{ timeoutSeconds: 5400 }, { memoryMb: 32_768 }])('allows %j on Managed Instances', (overrides) => {
  expect(applyOverrides(managed, overrides)).toMatchObject(overrides);
});

it.each([
  [{ timeoutSeconds: 5401 }, 'from 1 to 5400, not 5401'],
  [{ memoryMb: 2047 }, 'from 2048 to 32768, not 2047'],
])('refuses %j on Managed Instances', (overrides, message) => {
  expect(() => applyOverrides(managed, overrides)).toThrow(message);
});

it.each([
  [managed, { runtime: 'aws' }, 64],
  [managed, { runtime: 'aws', maxConcurrency: 8 }, 8],
  [definition, { runtime: 'aws', maxConcurrency: 8 }, 8],
  // Only AWS's client takes several at a time, and strict mode needs one owner of what is left behind.
  [managed, { runtime: 'own' }, undefined],
  [managed, { runtime: 'aws', strict: true }, undefined],
  [definition, { runtime: 'aws' }, undefined],
] as const)('of %o, an environment with %j takes %s invocations at a time', (of, options, expected) => {
  expect(invocationsPerEnvironment(of, options)).toBe(expected);
});

it.each([
  [30, true, 30],
  [5400, true, 900],
  [5400, false, 5400],
])('an invocation of a function with a timeout of %d s, synchronous: %s, ends after %d s', (...given) => {
  const [timeoutSeconds, synchronous, seconds] = given;
  expect(timeoutOf({ timeoutSeconds }, { synchronous })).toBe(seconds);
});
