import { styleText } from 'node:util';

import {
  adviceSentences,
  advise,
  analyseSeries,
  analyseWorkloads,
  conditions,
  deployCommand,
  failureSentences,
  meaning,
  missingSentences,
  priceList,
  pricesOf,
  settingsTable,
  table,
  type Measurements,
  type PriceList,
  type Prices,
} from '@parallel-lambda/report';

import { exitCode } from './exit-code.ts';

/** The report in brief, on the terminal. */
export function showFindings(measurements: Measurements, list: PriceList = priceList): void {
  const prices = pricesOf(measurements.region, list);
  if (measurements.purpose === 'tune') showSettings(measurements, prices);
  else showTechniques(measurements, prices);
  for (const sentence of conditions(measurements, list)) console.log(styleText('dim', sentence));
}

function showTechniques(measurements: Measurements, prices: Prices): void {
  const groups = analyseWorkloads(measurements, prices);
  console.log(table(groups));
  warn(failureSentences(groups));
  for (const sentence of meaning(groups)) console.log(`- ${sentence}`);
}

function showSettings(measurements: Measurements, prices: Prices): void {
  const all = measurements.series.map((series) => analyseSeries(measurements, series, prices));
  if (advise(all).length > 0) console.log(settingsTable(all));
  // What was asked for is advice.
  else process.exitCode = exitCode.failure;
  warn(missingSentences(all));
  for (const sentence of adviceSentences(measurements, all)) console.log(`- ${sentence}`);
  const byCommand = Map.groupBy(advise(all, measurements.p99Ms), ({ figures }) =>
    deployCommand(figures.series),
  );
  if (byCommand.size > 0) console.log('To deploy it:');
  for (const [command, advices] of byCommand) {
    console.log(`  ${command}  # ${advices.map(({ goal }) => goal).join(', ')}`);
  }
}

function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) console.log(styleText('yellow', `! ${sentence}`));
}
