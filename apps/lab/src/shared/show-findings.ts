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

import { exitCode, type ExitCode } from './exit-code.ts';

/** Prints the report in brief. A tuning without advice is a failure. */
export function showFindings(measurements: Measurements, list: PriceList = priceList): ExitCode {
  const prices = pricesOf(measurements.region, list);
  const code =
    measurements.purpose === 'tune'
      ? showSettings(measurements, prices)
      : showTechniques(measurements, prices);
  for (const sentence of conditions(measurements, list)) console.log(styleText('dim', sentence));
  return code;
}

function showTechniques(measurements: Measurements, prices: Prices): ExitCode {
  const groups = analyseWorkloads(measurements, prices);
  console.log(table(groups));
  warn(failureSentences(groups));
  for (const sentence of meaning(groups)) console.log(`- ${sentence}`);
  return exitCode.success;
}

function showSettings(measurements: Measurements, prices: Prices): ExitCode {
  const all = measurements.series.map((series) => analyseSeries(measurements, series, prices));
  const hasAdvice = advise(all).length > 0;
  if (hasAdvice) console.log(settingsTable(all));
  warn(missingSentences(all));
  for (const sentence of adviceSentences(measurements, all)) console.log(`- ${sentence}`);
  const byCommand = Map.groupBy(advise(all, measurements.p99Ms), ({ figures }) =>
    deployCommand(figures.series),
  );
  if (byCommand.size > 0) console.log('To deploy it:');
  for (const [command, advices] of byCommand) {
    console.log(`  ${command}  # ${advices.map(({ goal }) => goal).join(', ')}`);
  }
  return hasAdvice ? exitCode.success : exitCode.failure;
}

function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) console.log(styleText('yellow', `! ${sentence}`));
}
