export { costOfMillionMessages, type CostInput } from './cost-of-million-messages.ts';
export { prices, type Architecture } from './prices.ts';
export { spreadOf, type Spread } from './spread.ts';
