import { readFileSync } from 'node:fs';

import { isRecord, LabError } from '@parallel-lambda/local-lambda';

/** A Lambda function's processor architecture. */
export type Architecture = 'arm64' | 'x86_64';

/** Prices of Lambda in a region, in US dollars, without the free tier and volume discounts. */
export interface Prices {
  /** A second of 1,024 MB. */
  readonly gbSecond: Readonly<Record<Architecture, number>>;
  readonly millionRequests: number;
  /**
   * Requests of a standard SQS queue. Absent from a list that does not have it: then a plan leaves its cost out.
   *
   * @see https://aws.amazon.com/sqs/pricing/
   */
  readonly millionQueueRequests?: number;
  /** An event poller of SQS in provisioned mode, per hour. Absent like `millionQueueRequests`. */
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

/** The list of this library: all prices of us-east-1, and Lambda's of the regions that its source has. */
export const priceList = JSON.parse(
  readFileSync(new URL('../prices.json', import.meta.url), 'utf8'),
) as PriceList;

/** The prices of a region, by their path in the list. Those that are not required are left out of what needs them. */
const required = ['gbSecond.arm64', 'gbSecond.x86_64', 'millionRequests'];
const optional = ['millionQueueRequests', 'pollerHour', 'vcpuHour.arm64', 'vcpuHour.x86_64'];

/**
 * Reads the user's list of prices.
 *
 * @param text JSON, in the shape of `prices.json` of this library
 * @param name of the file, for errors
 * @throws {LabError} `usage`, if it is not such a list
 */
export function readPriceList(text: string, name: string): PriceList {
  const shape = '{"asOf": "2026-11", "source": "https://…", "regions": {"eu-central-1": {…}}}';
  const list = parse(text, name) as Partial<Record<keyof PriceList, unknown>> | null;
  const { asOf, source, regions } = list ?? {};
  if (typeof asOf !== 'string' || typeof source !== 'string' || !isRecord(regions)) {
    throw new LabError('usage', `${name} is not a list of prices: it must be like ${shape}.`);
  }
  for (const [region, prices] of Object.entries(regions)) checkPrices(region, prices);
  return list as PriceList;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabError('usage', `${name} is not JSON: ${(cause as Error).message}`);
  }
}

/**
 * Returns the prices of a region.
 *
 * @param region such as `us-east-1`
 * @param list @default the one of this library
 * @throws {LabError} `usage`, if the list does not have the region
 */
export function pricesOf(region: string, list: PriceList = priceList): Prices {
  const prices = Object.entries(list.regions).find(([name]) => name === region)?.[1];
  if (prices) return prices;
  const known = Object.keys(list.regions).join(', ');
  throw new LabError(
    'usage',
    `The prices of ${list.asOf} do not have the region "${region}". Pass a file that has it (--prices FILE), or choose one of ${known}.`,
  );
}

/** @throws {LabError} `usage`, if a price is unknown, missing, or not a number from 0 */
function checkPrices(region: string, prices: unknown): void {
  const given = new Map(isRecord(prices) ? pathsOf(prices) : []);
  const unknown = [...given.keys()].find((path) => ![...required, ...optional].includes(path));
  if (unknown !== undefined) {
    const known = [...required, ...optional].join(', ');
    throw new LabError(
      'usage',
      `The prices of ${region} have an unknown price ${unknown}. Known are ${known}.`,
    );
  }
  for (const path of [...required, ...given.keys()]) {
    const price = given.get(path);
    if (typeof price === 'number' && price >= 0) continue;
    const received = price === undefined ? 'missing' : JSON.stringify(price);
    throw new LabError(
      'usage',
      `The price ${path} of ${region} must be a number of at least 0, but is ${received}.`,
    );
  }
}

/** Returns the values of an object by their paths: `gbSecond.arm64`. */
function pathsOf(prices: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(prices).flatMap(([name, value]) =>
    isRecord(value)
      ? pathsOf(value).map(([path, each]) => [`${name}.${path}`, each] as const)
      : [[name, value] as const],
  );
}
