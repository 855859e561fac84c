import { describe, expect, it } from 'vitest';

import { PriceError, priceList, pricesOf, type PriceList } from '../src/index.ts';

describe('the prices of a region', () => {
  it('are those of the list', () => {
    const list: PriceList = {
      ...priceList,
      regions: { here: { gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 } },
    };
    expect(pricesOf('here', list)).toEqual({ gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 });
  });

  it('are told apart from none, with those that there are', () => {
    expect(() => pricesOf('us-moon-1')).toThrow(
      new PriceError('The prices of 2026-11 have no region "us-moon-1", only us-east-1'),
    );
    expect(() => pricesOf('constructor')).toThrow(PriceError);
  });

  it('are numbers', () => {
    const regions = { here: { gbSecond: { arm64: 1 }, millionRequests: 3 } };
    expect(() => pricesOf('here', { ...priceList, regions } as unknown as PriceList)).toThrow(
      'The prices of here are not three numbers from 0 on',
    );
  });

  it('are dated, and name their source', () => {
    expect(priceList).toMatchObject({
      asOf: expect.stringMatching(/^\d{4}-\d{2}$/) as string,
      source: expect.stringMatching(/^https:\/\/aws\.amazon\.com\//) as string,
    });
  });
});
