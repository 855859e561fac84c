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

  it.each(['us-moon-1', 'US-EAST-1', '', 'cn-north-1'])('are unknown for the region "%s"', (region) => {
    expect(() => pricesOf(region)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(
          `^The prices of 2026-11 do not have the region "${region}"\\. Pass a file .*, or choose one of us-east-1, af-south-1, `,
        ) as string,
      }),
    );
  });

  it.each([
    ['eu-central-1', { arm64: 0.0000133334, x86_64: 0.0000166667 }, 0.2],
    ['ap-east-1', { arm64: 0.0000183, x86_64: 0.00002292 }, 0.28],
    ['ap-southeast-5', { arm64: 0.000012, x86_64: 0.000015 }, 0.18],
  ])('are Lambda’s in %s, and leave the others out', (region, gbSecond, millionRequests) => {
    expect(pricesOf(region)).toEqual({ gbSecond, millionRequests });
  });

  it('cost on arm64 about 20% less than on x86_64 in every region', () => {
    for (const { gbSecond } of Object.values(priceList.regions)) {
      expect(gbSecond.arm64 / gbSecond.x86_64).toBeCloseTo(0.8, 2);
    }
  });

  it('are unknown for a name that every object has', () => {
    expect(() => pricesOf('constructor')).toThrow(LabError);
  });

  it('can be those of a list of the user', () => {
    const regions = { 'eu-central-1': { gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 } };
    const list = readPriceList(JSON.stringify({ ...priceList, regions }), 'own.json');
    expect(pricesOf('eu-central-1', list).millionRequests).toBe(3);
    expect(() => pricesOf('us-east-1', list)).toThrow('choose one of eu-central-1.');
  });

  it.each([
    ['{', 'own.json is not JSON'],
    ['null', 'own.json is not a list of prices: it must be like {"asOf"'],
    ['{"regions": {}}', 'own.json is not a list of prices'],
    ['{"asOf": "2026-11", "source": "us", "regions": [1]}', 'own.json is not a list of prices'],
  ])('are not read from %s', (text, message) => {
    expect(() => readPriceList(text, 'own.json')).toThrow(new RegExp(`^${message}`));
  });

  const whole = { gbSecond: { arm64: 1, x86_64: 2 }, millionRequests: 3 };

  it.each([
    [
      { ...whole, gbSecond: { arm64: 1 } },
      'The price gbSecond.x86_64 of here must be a number of at least 0, but is missing.',
    ],
    [
      { ...whole, millionRequests: '3' },
      'The price millionRequests of here must be a number of at least 0, but is "3".',
    ],
    [{ ...whole, pollerHour: -1 }, 'The price pollerHour of here must be a number of at least 0, but is -1.'],
    [{ ...whole, vcpuHour: 1 }, 'The prices of here have an unknown price vcpuHour.'],
    [{ ...whole, pollerhour: 1 }, 'The prices of here have an unknown price pollerhour.'],
    ['cheap', 'The price gbSecond.arm64 of here must be a number of at least 0, but is missing.'],
  ])('of %j are refused', (here, message) => {
    const list = { ...priceList, regions: { here } };
    expect(() => readPriceList(JSON.stringify(list), 'own.json')).toThrow(message);
  });

  it('of this library can be read like those of a user', () => {
    expect(readPriceList(JSON.stringify(priceList), 'prices.json')).toEqual(priceList);
  });

  it('are dated, and name their source', () => {
    expect(priceList).toMatchObject({
      asOf: expect.stringMatching(/^\d{4}-\d{2}$/) as string,
      source: expect.stringMatching(/^https:\/\/aws\.amazon\.com\//) as string,
    });
  });
});
