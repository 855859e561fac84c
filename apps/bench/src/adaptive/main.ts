/** Measures adaptive workers beside fixed numbers: `npx nx adaptive bench`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { adaptive, type AdaptiveWorkers } from '@parallel-lambda/batch';
import { Command, InvalidArgumentError } from 'commander';

import { measure, type Measured } from './measure.ts';
import { services, type ServiceModel } from './services.ts';

const ADAPTIVE_MS = 10_000;
const FIXED = [1, 2, 4, 8, 16, 20, 32, 64, 128, 256, 512];

interface Options {
  readonly only?: readonly string[];
  readonly workers: readonly number[];
  readonly seconds: number;
}

await new Command('adaptive')
  .description(
    'Measure adaptive workers beside fixed numbers of workers, with services that saturate, reject and slow down',
  )
  .option('--only <SERVICE...>', 'measure only these services, a to h')
  .option('--workers <N...>', 'fixed numbers of workers', wholeNumbers, FIXED)
  .option('--seconds <N>', 'duration of each fixed number of workers', Number, 10)
  .action(run)
  .parseAsync();

async function run({ only, workers, seconds }: Options): Promise<void> {
  using server = fork(path.join(import.meta.dirname, 'service-server.ts'));
  const [{ port }] = (await once(server, 'message')) as [AddressInfo];
  const measured = async (
    model: ServiceModel,
    setting: number | AdaptiveWorkers,
    ms: number,
  ): Promise<Measured> => {
    server.send(model.name);
    await once(server, 'message');
    return measure(model, `http://127.0.0.1:${port}`, setting, ms);
  };
  console.log('| service | workers | per second | first 3 s | rejected | p99 |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const model of services.filter(({ name }) => only?.includes(name) ?? true)) {
    print(model, 'adaptive', await measured(model, adaptive({ max: 512 }), ADAPTIVE_MS));
    // A service that changes with time needs the whole time.
    const ms = model.name === 'e' ? ADAPTIVE_MS : 1_000 * seconds;
    for (const fixed of workers) print(model, String(fixed), await measured(model, fixed, ms));
  }
}

function print({ name, text }: ServiceModel, setting: string, measured: Measured): void {
  const { succeededPerSecond, earlyPerSecond, rejected, p99Ms } = measured;
  const columns = [
    setting === 'adaptive' ? `(${name}) ${text}` : '',
    setting,
    Math.round(succeededPerSecond),
    Math.round(earlyPerSecond),
    `${(100 * rejected).toFixed(1)} %`,
    `${Math.round(p99Ms)} ms`,
  ];
  console.log(`| ${columns.join(' | ')} |`);
}

function wholeNumbers(text: string, before: readonly number[] | undefined): readonly number[] {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return [...(before === undefined || before === FIXED ? [] : before), Number(text)];
}
