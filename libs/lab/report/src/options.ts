export { readPriceList, type PriceList } from './prices-of.ts';
