import { expect, it } from 'vitest';

import { propertiesOf, settingText } from '../../src/analysis/setting-text.ts';

const setting = { function: 'orders', memoryMb: 1769, variables: { WORKERS: '8' } };
const series = { id: 'id', workload: 'any', variant: 'orders', setting, messages: 50, cold: false };

it('names varied variables', () => {
  expect(settingText(series)).toBe('orders, 1769 MB, WORKERS=8, batches of 50');
});

it("sets up a user's own function in CDK, in SAM and by the AWS CLI", () => {
  const [cdk, sam, configuration, mapping] = propertiesOf(series);
  expect(cdk).toContain("memorySize: 1769, environment: { WORKERS: '8' }");
  expect(cdk).toContain('batchSize: 50, maxBatchingWindow: Duration.seconds(1)');
  expect(sam).toContain("MemorySize: 1769, Environment: { Variables: { WORKERS: '8' } }");
  expect(sam).toContain('BatchSize: 50, MaximumBatchingWindowInSeconds: 1');
  expect(configuration).toContain("--memory-size 1769 --environment 'Variables={WORKERS=8}'");
  expect(mapping).toContain('--batch-size 50 --maximum-batching-window-in-seconds 1');
});

it('needs no window for a batch of 10', () => {
  expect(propertiesOf({ ...series, messages: 10 }).join()).not.toMatch(/window/i);
});
