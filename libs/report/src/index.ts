export { costOfMillionMessages, type CostInput } from './cost-of-million-messages.ts';
export {
  PriceError,
  priceList,
  pricesOf,
  type Architecture,
  type PriceList,
  type Prices,
} from './prices-of.ts';
export { compareMedians, type Ratio } from './statistics/compare-medians.ts';
export { confidence, type Interval } from './statistics/bootstrap.ts';
export { digits, significant } from './statistics/figure-text.ts';
export { estimate, uncertainty, type Estimate } from './statistics/estimate.ts';
export { spreadOf, type Spread } from './statistics/spread.ts';
