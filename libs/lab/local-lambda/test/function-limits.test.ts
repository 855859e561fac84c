import { expect, it } from 'vitest';

import type { FunctionDefinition } from '../src/function-definition.ts';
import { applyOverrides } from '../src/function-settings.ts';

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

it.each([
  [{ timeoutSeconds: 901 }, 'The timeout in seconds must be a whole number from 1 to 900, not 901'],
  [{ memoryMb: 10_241 }, 'The memory size in MB must be a whole number from 128 to 10240, not 10241'],
])('refuses %j on demand', (overrides, message) => {
  expect(() => applyOverrides(definition, overrides)).toThrow(message);
});

it.each([{ timeoutSeconds: 5400 }, { memoryMb: 32_768 }])('allows %j on Managed Instances', (overrides) => {
  expect(applyOverrides({ ...definition, onManagedInstances: true }, overrides)).toMatchObject(overrides);
});

it.each([
  [{ timeoutSeconds: 5401 }, 'from 1 to 5400, not 5401'],
  [{ memoryMb: 2047 }, 'from 2048 to 32768, not 2047'],
])('refuses %j on Managed Instances', (overrides, message) => {
  expect(() => applyOverrides({ ...definition, onManagedInstances: true }, overrides)).toThrow(message);
});
