import { readFileSync } from 'node:fs';

/** What Lambda costs in a region, in US dollars, without the free tier and volume discounts. */
interface Prices {
  /** A second of 1,024 MB. */
  readonly gbSecond: Readonly<Record<'arm64' | 'x86_64', number>>;
  readonly millionRequests: number;
}

const file = new URL('../../../libs/lab/report/prices.json', import.meta.url);
const { regions } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly regions: { readonly 'us-east-1': Prices };
};

/** The prices of us-east-1, from the one list that the lab's reports count with too. */
export const prices = regions['us-east-1'];
