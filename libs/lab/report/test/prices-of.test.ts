import { LabError } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { priceList, pricesOf } from '../src/index.ts';
import { readPriceList, type PriceList } from '../src/options.ts';

describe('the prices of a region', () => {
  it('are those of the list', () => {
    const list: PriceList = {
      ...priceList,
      regions: { here: { gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 } },
    };
    expect(pricesOf('here', list)).toEqual({ gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 });
  });

  it('are unknown for another region, and the error lists the known ones', () => {
    expect(() => pricesOf('us-moon-1')).toThrow(
      new LabError('usage', 'The prices of 2026-11 have no region "us-moon-1", only us-east-1'),
    );
    expect(() => pricesOf('constructor')).toThrow(LabError);
  });

  it('are numbers', () => {
    for (const here of [{ gbSecond: { arm64: 1 }, millionRequests: 3 }, {}]) {
      const list = { ...priceList, regions: { here } } as unknown as PriceList;
      expect(() => pricesOf('here', list)).toThrow('The prices of here are not three numbers from 0 on');
    }
  });

  it('can be those of a list of the user', () => {
    const regions = { 'eu-central-1': { gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 } };
    const list = readPriceList(JSON.stringify({ ...priceList, regions }), 'own.json');
    expect(pricesOf('eu-central-1', list).millionRequests).toBe(3);
    expect(() => pricesOf('us-east-1', list)).toThrow('only eu-central-1');
  });

  it.each([
    ['{', 'own.json is no JSON'],
    ['null', 'own.json is no list of prices: it must be like {"asOf"'],
    ['{"regions": {}}', 'own.json is no list of prices'],
  ])('are not read from %s', (text, said) => {
    expect(() => readPriceList(text, 'own.json')).toThrow(LabError);
    expect(() => readPriceList(text, 'own.json')).toThrow(said);
  });

  it('are dated, and name their source', () => {
    expect(priceList).toMatchObject({
      asOf: expect.stringMatching(/^\d{4}-\d{2}$/) as string,
      source: expect.stringMatching(/^https:\/\/aws\.amazon\.com\//) as string,
    });
  });
});
