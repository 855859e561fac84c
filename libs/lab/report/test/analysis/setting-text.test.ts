import { expect, it } from 'vitest';

import { settingText, settingWords } from '../../src/analysis/setting-text.ts';

const setting = { function: 'orders', memoryMb: 1769, variables: { WORKERS: '8' } };
const series = { id: 'id', workload: 'any', variant: 'orders', setting, messages: 50, cold: false };

it('names varied variables', () => {
  expect(settingText(series)).toBe('orders, 1769 MB, WORKERS=8, batches of 50');
});

it('names the function in a sentence only if several were measured', () => {
  const other = { series: { ...series, variant: 'invoices' } };
  expect(settingWords(series, [{ series }, other])).toBe('orders, 1,769 MB, WORKERS=8, batches of 50');
  expect(settingWords(series, [{ series }])).toBe('1,769 MB, WORKERS=8, batches of 50');
});
