import { expect, it } from 'vitest';

import { nxConfiguration } from '../src/nx-configuration.ts';

it.each([
  'nx deploy infra',
  'nx deploy infra --context source=fifo',
  'nx deploy infra --context=source=fifo',
  'nx deploy infra -- -c source=fifo',
  'nx run infra:deploy --context source=fifo',
  'nx deploy infra --context-lookups',
])('%s gives Nx no configuration', (commandLine) => {
  expect(nxConfiguration(commandLine.split(' '))).toBeUndefined();
});

it.each([
  'nx deploy infra -c source=fifo',
  'nx deploy infra -c=source=fifo',
  'nx deploy infra --configuration source=fifo',
  'nx deploy infra --configuration=source=fifo --context memory=1769',
  'nx run infra:deploy:source=fifo',
  'nx deploy infra -c source=fifo -- --context memory=1769',
])('%s gives Nx one', (commandLine) => {
  expect(nxConfiguration(commandLine.split(' '))).toBe('source=fifo');
});
