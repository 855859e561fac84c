import { styleText } from 'node:util';

import {
  analyseWorkloads,
  conditions,
  failureSentences,
  meaning,
  priceList,
  pricesOf,
  table,
  type Measurements,
} from '@parallel-lambda/report';

/** The report in brief, on the terminal. */
export function showFindings(measurements: Measurements): void {
  const groups = analyseWorkloads(measurements, pricesOf(measurements.region));
  console.log(table(groups));
  for (const sentence of failureSentences(groups)) console.log(styleText('yellow', `! ${sentence}`));
  for (const sentence of meaning(groups)) console.log(`- ${sentence}`);
  for (const sentence of conditions(measurements, priceList)) console.log(styleText('dim', sentence));
}
