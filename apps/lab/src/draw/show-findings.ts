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
} from '@parallel-lambda/report';

/** The report in brief, on the terminal. */
export function showFindings(measurements: Measurements): void {
  if (measurements.purpose === 'tune') showSettings(measurements);
  else showTechniques(measurements);
  for (const sentence of conditions(measurements, priceList)) console.log(styleText('dim', sentence));
}

function showTechniques(measurements: Measurements): void {
  const groups = analyseWorkloads(measurements, pricesOf(measurements.region));
  console.log(table(groups));
  warn(failureSentences(groups));
  for (const sentence of meaning(groups)) console.log(`- ${sentence}`);
}

function showSettings(measurements: Measurements): void {
  const prices = pricesOf(measurements.region);
  const all = measurements.series.map((series) => analyseSeries(measurements, series, prices));
  console.log(settingsTable(all));
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
