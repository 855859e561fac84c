import { readFileSync } from 'node:fs';

import { LabError } from '@parallel-lambda/local-lambda';

/** A Lambda function's processor architecture. */
export type Architecture = 'arm64' | 'x86_64';

/** Prices of Lambda in a region, in US dollars, without the free tier and volume discounts. */
export interface Prices {
  /** A second of 1,024 MB. */
  readonly gbSecond: Readonly<Record<Architecture, number>>;
  readonly millionRequests: number;
  /**
   * Requests of a standard SQS queue. Absent from a list that does not have it: then no plan is made with it.
   *
   * @see https://aws.amazon.com/sqs/pricing/
   */
  readonly millionQueueRequests?: number;
  /** An event poller of SQS in provisioned mode, per hour. */
  readonly pollerHour?: number;
  /**
   * A vCPU of a compute-optimized instance (c7g, c7i) per hour, on demand: Managed Instances run on such instances.
   *
   * @see https://aws.amazon.com/ec2/pricing/on-demand/
   */
  readonly vcpuHour?: Readonly<Record<Architecture, number>>;
}

/** A list of prices: `prices.json` of this library, or one of the user's in the same shape. */
export interface PriceList {
  /** Year and month. */
  readonly asOf: string;
  readonly source: string;
  readonly regions: Readonly<Record<string, Prices>>;
}

/** The list of this library: us-east-1. The functions' dashboard counts with it too. */
export const priceList = JSON.parse(
  readFileSync(new URL('../prices.json', import.meta.url), 'utf8'),
) as PriceList;

/**
 * Reads a list of prices of the user's.
 *
 * @param text JSON, in the shape of `prices.json` of this library
 * @param name of the file, for errors
 * @throws {LabError} `usage`, when it is none
 */
export function readPriceList(text: string, name: string): PriceList {
  const shape = '{"asOf": "2026-11", "source": "https://…", "regions": {"eu-central-1": {…}}}';
  const list = parse(text, name) as Partial<Record<keyof PriceList, unknown>> | null;
  const { asOf, source, regions } = list ?? {};
  if (typeof asOf !== 'string' || typeof source !== 'string' || typeof regions !== 'object' || !regions) {
    throw new LabError('usage', `${name} is no list of prices: it must be like ${shape}`);
  }
  return list as PriceList;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabError('usage', `${name} is no JSON: ${(cause as Error).message}`);
  }
}

/**
 * @param region such as `us-east-1`
 * @param list @default the one of this library
 * @throws {LabError} `usage`, when the list has no such region, or not all of its prices
 */
export function pricesOf(region: string, list: PriceList = priceList): Prices {
  const prices = Object.entries(list.regions).find(([name]) => name === region)?.[1];
  if (!prices) {
    const known = Object.keys(list.regions).join(', ');
    throw new LabError('usage', `The prices of ${list.asOf} have no region "${region}", only ${known}`);
  }
  const { gbSecond, millionRequests } = prices as { readonly [Price in keyof Prices]?: Prices[Price] };
  for (const price of [gbSecond?.arm64, gbSecond?.x86_64, millionRequests]) {
    if (typeof price !== 'number' || !(price >= 0))
      throw new LabError('usage', `The prices of ${region} are not three numbers from 0 on`);
  }
  return prices;
}
